import { decideOmissions, type Omission } from './decide-omissions.ts';

/** What a basket must know of goods; more may be there and comes back with the lines. */
export interface BasketGoods {
  code: string;
  priceCentipoints: number;
  quantityOnHand: number;
}

interface BasketLine<Goods> {
  goods: Goods;
  typed: string;
  /** Null where what was typed is no whole number from 1 to 9999. */
  quantity: number | null;
  lineCentipoints: number;
}

export interface BasketDecision<Goods> {
  lines: BasketLine<Goods>[];
  /** Codes that this village does not have. */
  unknown: string[];
  totalCentipoints: number;
  missingCentipoints: number;
  omissions: Omission[];
  /** Numbers are whole, goods are there, points are enough: it may be confirmed. */
  isReady: boolean;
}

/** Everything that stands against a basket at once, so that one look says what to change. No balance: nobody is chosen yet. */
export function decideBasket<Goods extends BasketGoods>(
  entries: readonly { code: string; typed: string; quantity: number | null }[],
  goods: readonly Goods[],
  balanceCentipoints: number | null,
): BasketDecision<Goods> {
  const byCode = new Map(goods.map((item) => [item.code, item]));
  const unknown: string[] = [];
  const lines: BasketLine<Goods>[] = [];
  for (const { code, typed, quantity } of entries) {
    const item = byCode.get(code);
    if (item) lines.push({ goods: item, typed, quantity, lineCentipoints: item.priceCentipoints * (quantity ?? 0) });
    else unknown.push(code);
  }
  const totalCentipoints = lines.reduce((sum, line) => sum + line.lineCentipoints, 0);
  const missingCentipoints = balanceCentipoints === null ? 0 : Math.max(totalCentipoints - balanceCentipoints, 0);
  const priced = lines.map(({ goods: { code, priceCentipoints }, quantity }) => ({
    code,
    priceCentipoints,
    quantity: quantity ?? 0,
  }));
  return {
    lines,
    unknown,
    totalCentipoints,
    missingCentipoints,
    omissions: decideOmissions(priced, missingCentipoints),
    isReady:
      balanceCentipoints !== null &&
      missingCentipoints === 0 &&
      lines.length > 0 &&
      lines.every(({ quantity, goods: { quantityOnHand } }) => quantity !== null && quantity <= quantityOnHand),
  };
}
