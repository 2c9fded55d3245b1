import { OPEN_STATES } from '../claims/index.ts';
import type { Reader } from '../platform/database/db.ts';

/**
 * The rules out of these that a card has on this day already, by its number; reversed acts left out. A second time may be right,
 * so it is only said.
 */
export async function sameDayAwards(
  sql: Reader,
  villageId: number,
  { rules, occurredOn }: { rules: readonly string[]; occurredOn: string },
): Promise<Map<string, string[]>> {
  const rows = await sql<{ number: string; rules: string[] }[]>`
    select number,
           array_agg(distinct rule) as rules
      from (
    select card.number,
           act.facts ->> 'rule' as rule
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
       and act.occurred_on >= ${occurredOn}
       and coalesce((act.facts ->> 'earned')::date, act.occurred_on) = ${occurredOn}
       and act.type in ('points.award', 'points.deduct')
       and act.facts ->> 'rule' = any(${[...rules]}::text[])
       and not exists (
         select
           from act as reversal
          where reversal.village_id = act.village_id
            and reversal.reverses_seq = act.seq
       )
     union all
    select card.number,
           claim.rule
      from claim
      join account
        on account.village_id = claim.village_id
       and account.account_id = claim.account_id
      join card
        on card.village_id = account.village_id
       and card.household_id = account.holder_id
       and card.ended_at is null
     where claim.village_id = ${villageId}
       and claim.occurred_on = ${occurredOn}
       and claim.rule = any(${[...rules]}::text[])
       and claim.state = any(${[...OPEN_STATES]}::text[])
      ) as had
     group by number`;
  return new Map(rows.map((row) => [row.number, row.rules]));
}
