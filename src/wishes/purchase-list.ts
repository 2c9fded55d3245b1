/** 采购清单: what is wished or asked for in vain, then what runs out and is exchanged most, as far as the money that is left reaches. */
import { fundStatement, readGifts } from '../donations/index.ts';
import { shelf, wantedGoods } from '../goods/index.ts';
import { addDays } from '../platform/clock.ts';
import type { Reader } from '../platform/database/db.ts';
import { readWishes } from './wishes.ts';

export interface PurchaseLine {
  code: string;
  name: string;
  unit: string;
  onHand: number;
  /** How many wishes ask for it. */
  wished: number;
  /** How often it was asked for in vain since it last came. */
  wanted: number;
  /** How often it was exchanged in the last three months. */
  exchanged: number;
  quantity: number;
  costFen: number;
  fits: boolean;
}

/** Fewer than this many left is worth buying; as many are bought of what is gone. */
const LOW = 3;
const REFILL = 5;
const LATELY_DAYS = 90;

export async function purchaseList(
  sql: Reader,
  villageId: number,
  today: string,
): Promise<{ lines: PurchaseLine[]; budgetFen: number }> {
  const [{ wishes }, { gifts }, goods, wants, exchanges, known] = await Promise.all([
    readWishes(sql, villageId, today),
    readGifts(sql, villageId),
    shelf(sql, villageId, today),
    wantedGoods(sql, villageId),
    sql<{ code: string; times: number }[]>`
      select line ->> 'code' as code,
             count(*)::integer as times
        from act
       cross join jsonb_array_elements(act.facts -> 'goods') as line
       where act.village_id = ${villageId}
         and act.type = 'points.redeem'
         and act.occurred_on > ${addDays(today, -LATELY_DAYS)}
       group by 1`,
    sql<{ goodsId: number }[]>`
      select distinct goods_id as "goodsId"
        from stock_lot
       where village_id = ${villageId}`,
  ]);
  const everHad = new Set(known.map(({ goodsId }) => goodsId));
  const exchanged = new Map(exchanges.map(({ code, times }) => [code, times]));
  const wanted = new Map(wants.map((want) => [want.goodsId, want]));
  const wished = new Map<string, number>();
  for (const { now, item } of wishes) {
    if (item !== null && (now === 'open' || now === 'claimed')) wished.set(item, (wished.get(item) ?? 0) + 1);
  }
  const budgetFen = fundStatement(gifts).funds.reduce((sum, { left }) => sum + left, 0);
  const needed = goods
    .map(({ goodsId, code, name, spec, unit, quantityOnHand, unitValueFen }) => {
      const asked = wished.get(code) ?? 0;
      // What the village never had is bought where somebody wishes it.
      const refill = quantityOnHand < LOW && everHad.has(goodsId) ? REFILL - quantityOnHand : 0;
      const missed = wanted.get(goodsId);
      const quantity = Math.max(asked + (missed?.quantity ?? 0) - quantityOnHand, 0) + refill;
      return {
        code,
        name: `${name} ${spec}`,
        unit,
        onHand: quantityOnHand,
        wished: asked,
        wanted: missed?.times ?? 0,
        exchanged: exchanged.get(code) ?? 0,
        quantity,
        costFen: quantity * unitValueFen,
      };
    })
    .filter(({ quantity }) => quantity > 0)
    .sort(
      (one, other) =>
        other.wished + other.wanted - one.wished - one.wanted ||
        other.exchanged - one.exchanged ||
        one.onHand - other.onHand ||
        one.code.localeCompare(other.code),
    );
  let left = budgetFen;
  const lines = needed.map((line) => {
    const fits = line.costFen <= left;
    if (fits) left -= line.costFen;
    return { ...line, fits };
  });
  return { lines, budgetFen };
}
