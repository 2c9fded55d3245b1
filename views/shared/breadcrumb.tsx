import { usePage } from './page-context.ts';

export type Crumb = { href: string; label: string };

/** The way up; the page itself is named by its heading. */
export function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  const { t } = usePage();
  return (
    <nav class="breadcrumb" aria-label={t('shared.breadcrumb')}>
      <ol>
        {crumbs.map((crumb) => (
          <li key={crumb.href}>
            <a href={crumb.href}>{crumb.label}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
