import { isHolding } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** How many of each kind of goods are kept for households; they are no longer among those on hand. A subquery, for others to join. */
export function keptGoods(sql: Reader, villageId: number) {
  return sql`(
    select stock_move.goods_id,
           -sum(stock_move.quantity) as quantity
      from act
      join stock_move
        on stock_move.village_id = act.village_id
       and stock_move.seq = act.seq
     where act.village_id = ${villageId}
       and ${isHolding(sql)}
     group by stock_move.goods_id
  )`;
}
