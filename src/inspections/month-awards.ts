import { OPEN_STATES } from '../claims/index.ts';
import { monthBounds } from '../platform/clock.ts';
import type { Reader } from '../platform/database/db.ts';

/** What a household has by a rule: recorded by this act, or waiting since this act for somebody's word. */
export interface MonthAward {
  seq: number;
  waits: boolean;
}

/** What stands or waits in a month by some rules; asked with a card number and a rule. What was reversed is not there. */
export async function monthAwards(
  sql: Reader,
  { villageId, month, rules }: { villageId: number; month: string; rules: readonly string[] },
): Promise<(card: string, rule: string) => MonthAward | null> {
  const { firstDay, lastDay } = monthBounds(month);
  const rows = await sql<(MonthAward & { card: string; rule: string })[]>`
    select card.number as card,
           had.rule,
           had.seq,
           had.waits
      from (
        select entry.account_id,
               act.facts ->> 'rule' as rule,
               act.seq,
               false as waits
          from act
          join entry
            on entry.village_id = act.village_id
           and entry.seq = act.seq
         where act.village_id = ${villageId}
           and act.occurred_on >= ${firstDay}
           -- What waited first counts for the day on which it was earned.
           and coalesce((act.facts ->> 'earned')::date, act.occurred_on) between ${firstDay} and ${lastDay}
           and act.type = 'points.award'
           and act.facts ->> 'rule' = any(${[...rules]}::text[])
           and not exists (
             select
               from act as reversal
              where reversal.village_id = act.village_id
                and reversal.reverses_seq = act.seq
           )
         union all
        select account_id,
               rule,
               submitted_seq,
               true
          from claim
         where village_id = ${villageId}
           and occurred_on between ${firstDay} and ${lastDay}
           and rule = any(${[...rules]}::text[])
           and state = any(${[...OPEN_STATES]}::text[])
      ) as had
      join account
        on account.village_id = ${villageId}
       and account.account_id = had.account_id
      join card
        on card.village_id = account.village_id
       and card.household_id = account.holder_id
       and card.ended_at is null
     order by had.seq`;
  const found = new Map(rows.map(({ card, rule, ...award }) => [`${card} ${rule}`, award]));
  return (card, rule) => found.get(`${card} ${rule}`) ?? null;
}
