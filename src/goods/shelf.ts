import type { PendingQuery, Row } from 'postgres';
import { isRestricted, priceInForce } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { keptGoods } from './kept-goods.ts';

/** One kind of goods with its price and how many are left. */
export interface ShelfGoods {
  goodsId: number;
  code: string;
  barcode: string | null;
  zone: Zone;
  name: string;
  pinyin: string;
  initials: string;
  spec: string;
  unit: string;
  unitValueFen: number;
  priceCentipoints: number;
  quantityOnHand: number;
  /** Kept for households; not among those on hand. */
  quantityHeld: number;
  shelfLifeMonths: number | null;
  monthlyQuota: number | null;
}

export const ZONES = ['GRAIN_OIL', 'DAILY', 'WASH', 'CLOTH', 'AGRI', 'APPL'] as const;

export type Zone = (typeof ZONES)[number];

/**
 * Everything that the village offers, zone by zone, also what has run out. Goods past their use-by day do not count, nor those that a
 * second person has yet to look at.
 */
export async function shelf(sql: Reader, villageId: number, today: string): Promise<ShelfGoods[]> {
  return readShelf(sql, villageId, today, sql`goods.is_offered`);
}

/** What may come in: the shelf, and goods whose first price waits for somebody's word. */
export async function receivableGoods(sql: Reader, villageId: number, today: string): Promise<ShelfGoods[]> {
  return readShelf(sql, villageId, today, sql`true`);
}

/** Of what may come in the goods with these codes; a code that is missing from the answer is unknown here. */
export async function goodsByCode(
  sql: Reader,
  villageId: number,
  codes: readonly string[],
  today: string,
): Promise<ShelfGoods[]> {
  return readShelf(sql, villageId, today, sql`goods.code = any(${[...codes]}::text[])`);
}

function readShelf(sql: Reader, villageId: number, today: string, condition: PendingQuery<Row[]>) {
  return sql<ShelfGoods[]>`
    select goods.goods_id as "goodsId",
           goods.code,
           goods.barcode,
           goods.zone,
           goods.name,
           goods.pinyin,
           goods.initials,
           goods.spec,
           goods.unit,
           goods.unit_value_fen as "unitValueFen",
           ${priceInForce(sql, today)} as "priceCentipoints",
           stock.quantity as "quantityOnHand",
           coalesce(kept.quantity, 0)::integer as "quantityHeld",
           goods.shelf_life_months as "shelfLifeMonths",
           goods.monthly_quota as "monthlyQuota"
      from goods
     cross join lateral (
        select coalesce(sum(quantity_on_hand), 0)::integer as quantity
          from stock_lot
         where stock_lot.village_id = goods.village_id
           and stock_lot.goods_id = goods.goods_id
           and quantity_on_hand > 0
           and not awaits_check
           and (use_by is null or use_by >= ${today})
      ) as stock
      left join ${keptGoods(sql, villageId)} as kept
        on kept.goods_id = goods.goods_id
     where goods.village_id = ${villageId}
       and not ${isRestricted(sql)}
       and ${condition}
     order by array_position(${[...ZONES]}::text[], goods.zone), goods.code`;
}
