import type { Reader } from '../platform/database/db.ts';

/** A lot with goods left, as the decision to issue from it sees it. */
export interface LotOnHand {
  lotId: number;
  goodsId: number;
  quantityOnHand: number;
  /** Day, or null when the goods do not expire. */
  useBy: string | null;
}

/** The lots that hold anything of the given goods, first expiring first, oldest first among equals. */
export async function lotsOnHand(sql: Reader, villageId: number, goodsIds: number[]): Promise<LotOnHand[]> {
  return sql<LotOnHand[]>`
    select lot_id as "lotId",
           goods_id as "goodsId",
           quantity_on_hand as "quantityOnHand",
           use_by as "useBy"
      from stock_lot
     where village_id = ${villageId}
       and goods_id = any(${goodsIds}::integer[])
       and quantity_on_hand > 0
     order by goods_id, use_by nulls last, lot_id`;
}
