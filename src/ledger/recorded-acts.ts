import type { Reader } from '../platform/database/db.ts';
import type { RecordedAct } from './decide-reversal.ts';
import { expiredParts } from './expired-parts.ts';
import { missingWithout } from './point-lots.ts';
import { rateThen } from './rate-then.ts';

/** Which acts: one by its number in the record, or all of one operation. */
export type ActSelection = { seq: number } | { operationId: string };

/** The acts with their entries and stock moves, in order. */
export async function recordedActs(sql: Reader, villageId: number, which: ActSelection): Promise<RecordedAct[]> {
  const selected =
    'seq' in which
      ? sql`act.seq = ${which.seq}`
      : sql`exists (
              select 1
                from operation
               where operation.village_id = ${villageId}
                 and operation.operation_id = ${which.operationId}
                 and act.seq between operation.first_seq and operation.first_seq + operation.act_count - 1
            )`;
  const acts = await sql<Omit<RecordedAct, 'expiredCentipoints' | 'missingCentipoints'>[]>`
    select act.seq,
           act.type,
           act.occurred_on as "occurredOn",
           reversal.seq as "reversedBySeq",
           ${rateThen(sql)} as "rateThenFen",
           case when entry.seq is not null then jsonb_build_object(
             'accountId', account.account_id,
             'pseudonym', account.pseudonym,
             'status', account.status,
             'amountCentipoints', entry.amount_centipoints,
             'balanceCentipoints', account.balance_centipoints - coalesce(
               sum(entry.amount_centipoints) filter (where reversal.seq is null) over (
                 partition by entry.account_id order by act.seq rows between unbounded preceding and 1 preceding
               ), 0
             ),
             'lastN', account.last_n
           ) end as entry,
           coalesce(moved.moves, '[]') as moves
      from act
      left join act as reversal
        on reversal.village_id = act.village_id
       and reversal.reverses_seq = act.seq
      left join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
      left join account
        on account.village_id = entry.village_id
       and account.account_id = entry.account_id
      left join lateral (
        select jsonb_agg(
                 jsonb_build_object(
                   'lotId', stock_move.lot_id,
                   'quantity', stock_move.quantity,
                   'unitPriceCentipoints', stock_move.unit_price_centipoints,
                   'quantityOnHand', stock_lot.quantity_on_hand
                 ) order by stock_move.lot_id
               ) as moves
          from stock_move
          join stock_lot
            on stock_lot.village_id = stock_move.village_id
           and stock_lot.lot_id = stock_move.lot_id
         where stock_move.village_id = act.village_id
           and stock_move.seq = act.seq
      ) as moved on true
     where act.village_id = ${villageId}
       and ${selected}
     order by act.seq`;
  const accountIds = acts.flatMap(({ entry }) => (entry ? [entry.accountId] : []));
  const expired = accountIds.length > 0 ? await expiredParts(sql, villageId, accountIds) : new Map<number, number>();
  const missing = await missingWithout(
    sql,
    villageId,
    acts.flatMap(({ seq, entry, reversedBySeq }) => (entry && reversedBySeq === null ? [{ seq, ...entry }] : [])),
  );
  return acts.map((act) => ({
    ...act,
    expiredCentipoints: expired.get(act.seq) ?? 0,
    missingCentipoints: missing.get(act.seq) ?? 0,
  }));
}
