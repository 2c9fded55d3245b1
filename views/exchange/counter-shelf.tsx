import type { Translate } from '../shared/dictionary.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { GoodsGrid, type GoodsOnShelf, GoodsTile } from '../shared/goods-tile.tsx';
import { usePage } from '../shared/page-context.ts';
import { useVillageHref } from '../shared/village-href.ts';
import type { BasketLine } from './basket-panel.tsx';

/** How many the household may still fetch, where there is a limit. */
type CounterGoods = GoodsOnShelf & { quota?: { left: number; per: 'month' | 'year' } | undefined };

export type ShelfZone = { code: string; name: string; goods: readonly CounterGoods[] };

type CounterShelfProps = { zones: readonly ShelfZone[]; basket: readonly BasketLine[] };

/** Tiles to press, zone by zone; what has run out is folded away at the end. */
export function CounterShelf({ zones, basket }: CounterShelfProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const picked = new Map(basket.map((line) => [line.goods.code, line.quantity ?? 0]));
  const stocked = zones
    .map((zone) => ({ ...zone, goods: zone.goods.filter(({ quantityOnHand }) => quantityOnHand > 0) }))
    .filter(({ goods }) => goods.length > 0);
  const gone = zones.flatMap(({ goods }) => goods).filter(({ quantityOnHand }) => quantityOnHand <= 0);
  return (
    <section class="counter-shelf" aria-labelledby="shelf-title">
      <h2 id="shelf-title">{t('exchange.counter.shelf')}</h2>
      {stocked.length === 0 && (
        <EmptyState title={t('exchange.counter.shelfEmpty')}>{t('exchange.counter.shelfEmptyHint')}</EmptyState>
      )}
      {stocked.map((zone) => (
        <section key={zone.code} aria-labelledby={`zone-${zone.code}`} class="counter-zone">
          <h3 id={`zone-${zone.code}`}>{zone.name}</h3>
          <GoodsGrid>
            {zone.goods.map((goods) => (
              <GoodsTile
                key={goods.code}
                goods={goods}
                remark={quotaText(goods, t)}
                picked={picked.get(goods.code)}
                button={{ name: 'step', value: `+${goods.code}` }}
              />
            ))}
          </GoodsGrid>
        </section>
      ))}
      {gone.length > 0 && (
        <details class="more">
          <summary>{t('exchange.counter.gone', { count: gone.length })}</summary>
          <p class="more-body soft">{gone.map(({ name, spec }) => `${name} ${spec}`).join(t('shared.comma'))}</p>
          <p class="more-body">
            <a href={href('/wants')}>{t('goods.want.link')}</a>
          </p>
        </details>
      )}
    </section>
  );
}

/** 本月还可换 1 袋 */
function quotaText({ quota, unit }: CounterGoods, t: Translate): string | undefined {
  if (!quota) return undefined;
  if (quota.left === 0) return t(quota.per === 'month' ? 'exchange.quota.monthUsed' : 'exchange.quota.yearUsed');
  return t(quota.per === 'month' ? 'exchange.quota.month' : 'exchange.quota.year', { left: quota.left, unit });
}
