/** Points and stock checked from inside: the moves, and what lies between them, the entries and the acts. */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { verifyBase } from './verify-base.ts';
import { verifyGiftPoints } from './verify-gift-points.ts';
import { verifyHouseholds } from './verify-households.ts';
import { verifyMoves } from './verify-moves.ts';
import { verifyStock } from './verify-stock.ts';
import { verifyUnsettled } from './verify-unsettled.ts';

/** All but each entry against its leaf, which is done where leaves are read: see verify-entries.ts. */
export async function verifyBooks(
  sql: Reader,
  { villageId }: { villageId: number },
): Promise<BadRow | { moves: number }> {
  const moves = await verifyMoves(sql, villageId);
  if ('table' in moves) return moves;
  return (
    (await verifyBetween(sql, villageId)) ??
    (await verifyHouseholds(sql, villageId)) ??
    (await verifyUnsettled(sql, villageId)) ??
    (await verifyBase(sql, villageId)) ??
    (await verifyGiftPoints(sql, villageId)) ??
    (await verifyStock(sql, villageId)) ??
    moves
  );
}

/** Acts that moved points have their entry, goods cost what was taken for them, and a reversal undoes exactly its act. */
async function verifyBetween(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [lone] = await sql<{ seq: number }[]>`
    select act.seq
      from act
      left join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
     where act.village_id = ${villageId}
       and (act.type like 'points.%' or act.type in ('honor.award', 'honor.backfill', 'honor.withdraw', 'honor.move'))
       and entry.seq is null
       and position(convert_to('"acct":', 'UTF8') in act.leaf) > 0
     order by act.seq
     limit 1`;
  if (lone) return { table: 'entry', row: `seq ${lone.seq}`, sentence: 'it is missing: its act moved points' };
  const [cost] = await sql<{ seq: number }[]>`
    select act.seq
      from act
      left join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
      left join stock_move
        on stock_move.village_id = act.village_id
       and stock_move.seq = act.seq
     where act.village_id = ${villageId}
       and act.type in ('points.redeem', 'points.hold')
     group by act.seq, entry.amount_centipoints
    having coalesce(entry.amount_centipoints, 0) is distinct from sum(quantity::bigint * unit_price_centipoints)
     order by act.seq
     limit 1`;
  if (cost)
    return { table: 'stock_move', row: `seq ${cost.seq}`, sentence: 'the goods cost something else than was taken' };
  const [undone] = await sql<{ seq: number }[]>`
    select reversal.seq
      from act as reversal
      join act as original
        on original.village_id = reversal.village_id
       and original.seq = reversal.reverses_seq
      left join entry as back
        on back.village_id = reversal.village_id
       and back.seq = reversal.seq
      left join entry as forth
        on forth.village_id = original.village_id
       and forth.seq = original.seq
     where reversal.village_id = ${villageId}
       and (
         coalesce(back.amount_centipoints, 0) <> -coalesce(forth.amount_centipoints, 0)
         or back.account_id is distinct from forth.account_id
         or exists (
           select lot_id, sum(quantity)
             from stock_move
            where stock_move.village_id = reversal.village_id
              and stock_move.seq in (reversal.seq, original.seq)
            group by lot_id
           having sum(quantity) <> 0
         )
       )
     order by reversal.seq
     limit 1`;
  return undone
    ? { table: 'act', row: `seq ${undone.seq}`, sentence: 'it does not undo exactly the act that it reverses' }
    : null;
}
