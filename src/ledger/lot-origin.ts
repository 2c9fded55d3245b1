import type { Reader } from '../platform/database/db.ts';

/** Behind the row `stock_lot`: the first of its moves, and the act by which it came in. For joins. */
export const lotOrigin = (sql: Reader) => sql`
  join stock_move
    on stock_move.village_id = stock_lot.village_id
   and stock_move.lot_id = stock_lot.lot_id
   and stock_move.n = 1
  join act
    on act.village_id = stock_move.village_id
   and act.seq = stock_move.seq`;
