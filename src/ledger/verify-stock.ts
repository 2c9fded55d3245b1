/**
 * What stands in the room checked from inside against what the acts say of it: a lot is out of the fund, and of the gift, that the act
 * names with which it came in.
 */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';

export async function verifyStock(sql: Reader, villageId: number): Promise<BadRow | null> {
  return wrongFund(sql, villageId);
}

async function wrongFund(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ lotId: number; seq: number }[]>`
    select stock_lot.lot_id as "lotId",
           act.seq
      from stock_lot
      join stock_move
        on stock_move.village_id = stock_lot.village_id
       and stock_move.lot_id = stock_lot.lot_id
       and stock_move.n = 1
      join act
        on act.village_id = stock_move.village_id
       and act.seq = stock_move.seq
     where stock_lot.village_id = ${villageId}
       and (
         stock_lot.fund is distinct from act.facts ->> 'fund'
         or stock_lot.gift_seq is distinct from (act.facts ->> 'giftSeq')::bigint
       )
     order by stock_lot.lot_id
     limit 1`;
  if (!found) return null;
  const sentence = `it is of another fund or gift than its act ${found.seq} says`;
  return { table: 'stock_lot', row: `lot ${found.lotId}`, sentence };
}
