import { LinkButton } from './button.tsx';
import { usePage } from './page-context.ts';
import { useVillageHref } from './village-href.ts';

type ExportLinksProps = {
  /** As its address names it. */
  list: string;
  /** Says which list, where a page has more than one. */
  what?: string | undefined;
  /** Narrows it as the page is narrowed: `?kind=award`. */
  query?: string | undefined;
  /** Of an office's list: the address of its region. */
  base?: string | undefined;
};

/** The whole list as a file, not only the page of it that is shown. */
export function ExportLinks({ list, what, query = '', base }: ExportLinksProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const address = `${base ?? href('')}/lists/${list}`;
  return (
    <p class="export">
      <LinkButton href={`${address}.xlsx${query}`} icon="download">
        {what === undefined ? t('shared.exportWorkbook') : t('shared.exportOf', { what })}
      </LinkButton>
      <LinkButton href={`${address}.csv${query}`} look="quiet" ariaLabel={t('shared.exportText', { what: what ?? '' })}>
        CSV
      </LinkButton>
    </p>
  );
}
