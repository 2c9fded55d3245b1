import { monthBounds } from '../platform/clock.ts';
import type { Reader } from '../platform/database/db.ts';

/** What happened in a month, reversals taken off, and whether the books agree with themselves. */
export interface MonthReview {
  month: string;
  awardCount: number;
  givenCentipoints: number;
  deductionCount: number;
  takenCentipoints: number;
  redemptionCount: number;
  exchangedCentipoints: number;
  receiptCount: number;
  reversalCount: number;
  checks: LedgerChecks;
}

/** Each counts what is wrong; all are 0 in sound books. */
export interface LedgerChecks {
  /** Cards whose balance is not the sum of their entries. */
  balances: number;
  /** Lots whose quantity is not the sum of their moves. */
  stock: number;
  /** Numbers that the public record lacks. */
  gaps: number;
}

export async function reviewMonth(sql: Reader, villageId: number, month: string): Promise<MonthReview> {
  const [figures, checks] = await Promise.all([monthFigures(sql, villageId, month), checkLedger(sql, villageId)]);
  return { month, ...figures, checks };
}

async function monthFigures(
  sql: Reader,
  villageId: number,
  month: string,
): Promise<Omit<MonthReview, 'month' | 'checks'>> {
  const { firstDay, lastDay } = monthBounds(month);
  const valid = (type: string) => sql`filter (where act.type = ${type} and reversal.seq is null)`;
  const [figures] = await sql<Omit<MonthReview, 'month' | 'checks'>[]>`
    select count(*) ${valid('points.award')} ::integer as "awardCount",
           coalesce(sum(amount_centipoints) ${valid('points.award')}, 0)::bigint as "givenCentipoints",
           count(*) ${valid('points.deduct')} ::integer as "deductionCount",
           -coalesce(sum(amount_centipoints) ${valid('points.deduct')}, 0)::bigint as "takenCentipoints",
           count(*) ${valid('points.redeem')} ::integer as "redemptionCount",
           -coalesce(sum(amount_centipoints) ${valid('points.redeem')}, 0)::bigint as "exchangedCentipoints",
           count(*) ${valid('stock.in')} ::integer as "receiptCount",
           count(*) filter (where act.reverses_seq is not null)::integer as "reversalCount"
      from act
      left join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
      left join act as reversal
        on reversal.village_id = act.village_id
       and reversal.reverses_seq = act.seq
     where act.village_id = ${villageId}
       and act.occurred_on between ${firstDay} and ${lastDay}`;
  if (!figures) throw new Error('an aggregate answers one row');
  return figures;
}

async function checkLedger(sql: Reader, villageId: number): Promise<LedgerChecks> {
  const [checks] = await sql<LedgerChecks[]>`
    select (
             select count(*)::integer
               from account
               left join (
                 select account_id, sum(amount_centipoints) as total
                   from entry
                  where village_id = ${villageId}
                  group by account_id
               ) as entries using (account_id)
              where account.village_id = ${villageId}
                and balance_centipoints <> coalesce(total, 0)
           ) as balances,
           (
             select count(*)::integer
               from stock_lot
               left join (
                 select lot_id, sum(quantity) as total
                   from stock_move
                  where village_id = ${villageId}
                  group by lot_id
               ) as moves using (lot_id)
              where stock_lot.village_id = ${villageId}
                and quantity_on_hand <> coalesce(total, 0)
           ) as stock,
           (
             select (size - (select count(*) from act where act.village_id = ${villageId}))::integer
               from log_head
              where log_head.village_id = ${villageId}
           ) as gaps`;
  if (!checks) throw new Error('a query without a table answers one row');
  return checks;
}
