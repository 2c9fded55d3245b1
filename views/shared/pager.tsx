import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';

/** Keyset paging: forward to the next rows, and back to the start. */
export function Pager({ nextHref, firstHref }: { nextHref?: string | undefined; firstHref?: string | undefined }) {
  const { t } = usePage();
  if (!nextHref && !firstHref) return null;
  return (
    <nav class="pager" aria-label={t('shared.more')}>
      {firstHref && (
        <a class="button button-quiet" href={firstHref}>
          <Icon name="back" />
          <span>{t('shared.firstPage')}</span>
        </a>
      )}
      {nextHref && (
        <a class="button button-secondary" href={nextHref} rel="next">
          <span>{t('shared.nextPage')}</span>
          <Icon name="arrow" />
        </a>
      )}
    </nav>
  );
}
