import { lotOrigin } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** Goods on the shelf that a second person has yet to look at, each with the act by which it came in. A subquery, for others to count. */
export function uncheckedLots(sql: Reader, villageId: number) {
  return sql`(
    select act.seq,
           act.occurred_on,
           act.recorded_by,
           stock_lot.goods_id
      from stock_lot
      ${lotOrigin(sql)}
     where stock_lot.village_id = ${villageId}
       and stock_lot.awaits_check
       and stock_lot.quantity_on_hand > 0
  )`;
}
