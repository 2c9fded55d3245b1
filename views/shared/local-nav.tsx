import { usePage } from './page-context.ts';

export type LocalNavItem = { href: string; label: string; current?: boolean | undefined; count?: number | undefined };

/** Tabs and filters: plain links with their own addresses. */
export function LocalNav({ items, label }: { items: readonly LocalNavItem[]; label?: string | undefined }) {
  const { t } = usePage();
  return (
    <nav class="local-nav" aria-label={label ?? t('shared.localNav')}>
      <ul>
        {items.map((item) => (
          <li key={item.href}>
            <a class="local-nav-link" href={item.href} aria-current={item.current ? 'page' : undefined}>
              {item.label}
              {item.count !== undefined && <span class="count">{item.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
