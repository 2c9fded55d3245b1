import type { Reader } from '../platform/database/db.ts';

/** Cards that have this rule on this day already, reversed acts left out. A second time may be right, so it is only said. */
export async function sameDayAwards(
  sql: Reader,
  villageId: number,
  { rule, occurredOn }: { rule: string; occurredOn: string },
): Promise<Set<string>> {
  const rows = await sql<{ number: string }[]>`
    select distinct card.number
      from act
      join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
      join account
        on account.village_id = entry.village_id
       and account.account_id = entry.account_id
      join card
        on card.village_id = account.village_id
       and card.household_id = account.holder_id
       and card.ended_at is null
     where act.village_id = ${villageId}
       and act.occurred_on = ${occurredOn}
       and act.type in ('points.award', 'points.deduct')
       and act.facts ->> 'rule' = ${rule}
       and not exists (
         select 1
           from act as reversal
          where reversal.village_id = act.village_id
            and reversal.reverses_seq = act.seq
       )`;
  return new Set(rows.map(({ number }) => number));
}
