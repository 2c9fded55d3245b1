import { LinkButton } from './button.tsx';
import { usePage } from './page-context.ts';

/** The whole list as a file, not only the page of it that is shown. */
export function ExportLink({ href }: { href: string }) {
  const { t } = usePage();
  return (
    <LinkButton href={href} icon="download">
      {t('shared.export')}
    </LinkButton>
  );
}
