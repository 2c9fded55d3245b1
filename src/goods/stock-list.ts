import { isRestricted, priceInForce } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { keptGoods } from './kept-goods.ts';
import { ZONES, type Zone } from './shelf.ts';

/** One kind of goods as the storekeeper sees it: how many, worth what, and until when. */
export interface StockLine {
  goodsId: number;
  code: string;
  barcode: string | null;
  zone: Zone;
  name: string;
  spec: string;
  unit: string;
  pinyin: string;
  initials: string;
  priceCentipoints: number;
  unitValueFen: number;
  /** What may be handed out today. */
  quantityOnHand: number;
  /** Past their use-by day: still in the room, no longer handed out. */
  quantityExpired: number;
  /** A second person has yet to look at them. */
  quantityAwaiting: number;
  /** Kept for households, in packs of their own; not among those on hand. */
  quantityHeld: number;
  /** What everything on hand was worth when it came in. */
  valueFen: number;
  /** The day that comes first among the lots that may be handed out. */
  nearestUseBy: string | null;
  /** There has been some at one time or other. */
  hasBeenReceived: boolean;
  /** Not before somebody has approved the first price. */
  isOffered: boolean;
}

/** Everything that the village offers or will once its first price is approved, zone by zone; in a zone first what has run out, then what is nearly gone. */
export async function stockList(sql: Reader, villageId: number, today: string): Promise<StockLine[]> {
  return sql<StockLine[]>`
    select goods.goods_id as "goodsId",
           goods.code,
           goods.barcode,
           goods.zone,
           goods.name,
           goods.spec,
           goods.unit,
           goods.pinyin,
           goods.initials,
           ${priceInForce(sql, today)} as "priceCentipoints",
           goods.unit_value_fen as "unitValueFen",
           stock."quantityOnHand",
           stock."quantityExpired",
           stock."quantityAwaiting",
           coalesce(kept.quantity, 0)::integer as "quantityHeld",
           stock."valueFen",
           stock."nearestUseBy",
           stock."hasBeenReceived",
           goods.is_offered as "isOffered"
      from goods
     cross join lateral (
        select coalesce(sum(quantity_on_hand) filter (where is_good), 0)::integer as "quantityOnHand",
               coalesce(sum(quantity_on_hand) filter (where is_past), 0)::integer as "quantityExpired",
               coalesce(sum(quantity_on_hand) filter (where awaits_check), 0)::integer as "quantityAwaiting",
               coalesce(sum(quantity_on_hand * unit_value_fen::bigint) filter (where is_good), 0)::bigint as "valueFen",
               min(use_by) filter (where is_good and quantity_on_hand > 0) as "nearestUseBy",
               count(*) > 0 as "hasBeenReceived"
          from stock_lot
         cross join lateral (
            select coalesce(use_by < ${today}, false) as is_past,
                   not awaits_check and (use_by is null or use_by >= ${today}) as is_good
         ) as judged
         where stock_lot.village_id = goods.village_id
           and stock_lot.goods_id = goods.goods_id
      ) as stock
      left join ${keptGoods(sql, villageId)} as kept
        on kept.goods_id = goods.goods_id
     where goods.village_id = ${villageId}
       and (not ${isRestricted(sql)} or stock."quantityOnHand" > 0)
     order by array_position(${[...ZONES]}::text[], goods.zone), stock."quantityOnHand", goods.code`;
}
