import { formatPoints } from '../../src/platform/points.ts';
import { SubmitButton } from '../shared/button.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Facts } from '../shared/facts.tsx';
import type { GoodsOnShelf } from '../shared/goods-tile.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Points } from '../shared/points.tsx';
import { QuantityStepper } from '../shared/quantity-stepper.tsx';

export type BasketLine = {
  goods: GoodsOnShelf;
  typed: string;
  /** Null where what was typed is no whole number. */
  quantity: number | null;
  lineCentipoints: number;
};

type BasketProps = {
  basket: readonly BasketLine[];
  totalCentipoints: number;
  balanceCentipoints?: number | undefined;
};

/** What is to be exchanged, with every line's points and the sum. */
export function Basket({ basket, totalCentipoints, balanceCentipoints }: BasketProps) {
  const { t } = usePage();
  const count = basket.reduce((sum, line) => sum + (line.quantity ?? 0), 0);
  const left = balanceCentipoints === undefined ? -1 : balanceCentipoints - totalCentipoints;
  return (
    <Panel
      title={t('exchange.counter.basket')}
      aside={<span role="status">{t('exchange.counter.picked', { count })}</span>}
    >
      {basket.length === 0 ? (
        <EmptyState title={t('exchange.counter.basketEmpty')}>{t('exchange.counter.basketEmptyHint')}</EmptyState>
      ) : (
        <>
          <ul class="basket">
            {basket.map((line) => (
              <Line key={line.goods.code} line={line} />
            ))}
          </ul>
          <Facts
            class="basket-total"
            facts={[
              { label: t('exchange.counter.total'), value: <Points centipoints={totalCentipoints} /> },
              ...(left >= 0 ? [{ label: t('exchange.counter.after'), value: <Points centipoints={left} /> }] : []),
            ]}
          />
          <SubmitButton look="quiet">{t('exchange.counter.update')}</SubmitButton>
        </>
      )}
    </Panel>
  );
}

function Line({ line: { goods, typed, quantity, lineCentipoints } }: { line: BasketLine }) {
  const { t } = usePage();
  return (
    <li class="basket-line">
      <span class="basket-words">
        <span class="basket-name">
          {goods.name} <span class="soft small">{goods.spec}</span>
        </span>
        <span class="soft small">
          {t('exchange.counter.lineEach', { unit: goods.unit, points: formatPoints(goods.priceCentipoints) })}
        </span>
        {quantity === null && <strong class="basket-fault">{t('exchange.counter.lineWrong', { typed })}</strong>}
        {quantity !== null && quantity > goods.quantityOnHand && <TooMany goods={goods} />}
      </span>
      <QuantityStepper
        label={`${goods.name} ${goods.spec}`}
        name={`quantity.${goods.code}`}
        value={quantity ?? 0}
        typed={quantity === null ? typed : undefined}
        max={goods.quantityOnHand}
        stepName="step"
        stepCode={goods.code}
      />
      <span class="basket-points">
        <Points centipoints={lineCentipoints} />
      </span>
    </li>
  );
}

/** How many are left, and one press that takes just those. */
function TooMany({ goods: { code, unit, quantityOnHand } }: { goods: GoodsOnShelf }) {
  const { t } = usePage();
  const values = { count: quantityOnHand, unit };
  return (
    <span class="basket-fault">
      <strong>{quantityOnHand > 0 ? t('exchange.counter.lineShort', values) : t('exchange.counter.lineGone')}</strong>
      <SubmitButton look="secondary" name="step" value={`=${quantityOnHand}*${code}`}>
        {quantityOnHand > 0 ? t('exchange.counter.lineSet', values) : t('exchange.counter.lineRemove')}
      </SubmitButton>
    </span>
  );
}
