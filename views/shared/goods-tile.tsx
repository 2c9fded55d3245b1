import type { ComponentChildren } from 'preact';
import { usePage } from './page-context.ts';
import { Points } from './points.tsx';

export type GoodsOnShelf = {
  code: string;
  name: string;
  spec: string;
  unit: string;
  priceCentipoints: number;
  quantityOnHand: number;
};

type GoodsTileProps = {
  goods: GoodsOnShelf;
  /** How many are in the basket. */
  picked?: number | undefined;
  /** One line that explains a limit: 每户每月 2 袋. */
  remark?: string | undefined;
  /** Makes the whole tile a button that sends `name=value` with the form around it. */
  button?: { name: string; value: string; form?: string | undefined } | undefined;
  /** What stands at the foot, for example a QuantityStepper. */
  children?: ComponentChildren;
};

/** One kind of goods: name, points, what is left. */
export function GoodsTile({ goods, picked = 0, remark, button, children }: GoodsTileProps) {
  const { t } = usePage();
  const gone = goods.quantityOnHand <= 0;
  const words = (
    <>
      <span class="goods-name">{goods.name}</span>
      <span class="goods-spec">{goods.spec}</span>
      <span class="goods-price">
        <Points centipoints={goods.priceCentipoints} />
      </span>
      <span class="goods-stock">
        {gone ? t('shared.outOfStock') : t('shared.inStock', { count: goods.quantityOnHand, unit: goods.unit })}
      </span>
      {remark && <span class="goods-remark">{remark}</span>}
      {picked > 0 && <span class="goods-picked">× {picked}</span>}
    </>
  );
  const className = `goods${gone ? ' goods-gone' : ''}${picked > 0 ? ' goods-in-basket' : ''}`;
  if (button) {
    return (
      <button
        class={className}
        type="submit"
        name={button.name}
        value={button.value}
        form={button.form}
        disabled={gone}
        formNoValidate
      >
        {words}
      </button>
    );
  }
  return (
    <div class={className}>
      {words}
      {children && <div class="goods-foot">{children}</div>}
    </div>
  );
}

export function GoodsGrid({ children }: { children: ComponentChildren }) {
  return <div class="goods-grid">{children}</div>;
}
