import { LinkButton } from '../shared/button.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { GoodsGrid, type GoodsOnShelf, GoodsTile } from '../shared/goods-tile.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { formatYuan } from '../shared/yuan.tsx';

/** With what is kept for households beside it. */
type GoodsHere = GoodsOnShelf & { quantityHeld: number };

export type ShelfPageProps = {
  villageName: string;
  villageHref: string;
  shelfHref: string;
  rulesHref: string;
  fenPerPoint: number;
  /** What is there today, zone by zone. */
  zones: readonly { code: string; name: string; goods: readonly GoodsHere[] }[];
  gone: readonly GoodsOnShelf[];
};

/** What everybody may see: what can be had, for how many points, and how many are left. */
export function ShelfPage({
  villageName,
  villageHref,
  shelfHref,
  rulesHref,
  fenPerPoint,
  zones,
  gone,
}: ShelfPageProps) {
  const { t, locale, today } = usePage();
  return (
    <Layout
      title={t('goods.shelf.title')}
      heading={t('goods.shelf.heading', { village: villageName })}
      lead={t('goods.shelf.lead', {
        day: formatDay(today, locale, { today, short: true }),
        yuan: formatYuan(fenPerPoint),
      })}
      crumbs={[{ href: villageHref, label: t('goods.shelf.village', { village: villageName }) }]}
      actions={<LinkButton href={rulesHref}>{t('goods.shelf.rules')}</LinkButton>}
    >
      {zones.length === 0 && <EmptyState title={t('goods.shelf.empty')}>{t('goods.shelf.emptyHint')}</EmptyState>}
      {zones.map((zone) => (
        <section key={zone.code} class="flow" aria-labelledby={`zone-${zone.code}`}>
          <h2 id={`zone-${zone.code}`}>{zone.name}</h2>
          <GoodsGrid>
            {zone.goods.map((goods) => (
              <GoodsTile key={goods.code} goods={goods}>
                {goods.quantityHeld > 0 && (
                  <p class="soft">{t('goods.shelf.held', { count: goods.quantityHeld, unit: goods.unit })}</p>
                )}
                <a class="soft" href={`${shelfHref}/${goods.code}`}>
                  {t('goods.shelf.priceOf')}
                </a>
              </GoodsTile>
            ))}
          </GoodsGrid>
        </section>
      ))}
      {gone.length > 0 && (
        <details class="more">
          <summary>{t('goods.shelf.gone', { count: gone.length })}</summary>
          <p class="more-body soft">{gone.map(({ name, spec }) => `${name} ${spec}`).join(t('shared.comma'))}</p>
        </details>
      )}
      <ExportLinks list="shelf" />
    </Layout>
  );
}
