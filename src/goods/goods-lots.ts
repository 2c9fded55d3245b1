import type { Fund } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** A lot as the storekeeper sees it, also one that is used up. */
export interface GoodsLot {
  lotId: number;
  receivedOn: string;
  source: string;
  fund: Fund | null;
  unitValueFen: number;
  useBy: string | null;
  quantity: number;
  awaitsCheck: boolean;
}

/** What is there first, each in the order in which the counter takes it; then the newest that are used up. */
export async function goodsLots(sql: Reader, villageId: number, goodsId: number): Promise<GoodsLot[]> {
  return sql<GoodsLot[]>`
    select stock_lot.lot_id as "lotId",
           stock_move.occurred_on as "receivedOn",
           stock_lot.source_name as source,
           stock_lot.fund,
           stock_lot.unit_value_fen as "unitValueFen",
           stock_lot.use_by as "useBy",
           stock_lot.quantity_on_hand as quantity,
           stock_lot.awaits_check as "awaitsCheck"
      from stock_lot
      join stock_move
        on stock_move.village_id = stock_lot.village_id
       and stock_move.lot_id = stock_lot.lot_id
       and stock_move.n = 1
     where stock_lot.village_id = ${villageId}
       and stock_lot.goods_id = ${goodsId}
     order by quantity_on_hand = 0, case when quantity_on_hand > 0 then use_by end nulls last, stock_lot.lot_id desc
     limit 50`;
}
