import { addDays, monthBounds, monthOf } from '../platform/clock.ts';
import type { Reader } from '../platform/database/db.ts';
import { type CapPeriod, OUTSIDE_LIMITS } from '../rules/index.ts';
import type { CapUsage } from './decide-caps.ts';

/** First and last day of the period that a day lies in. Weeks begin on Monday; an occasion is what happens on one day. */
export function periodBounds(period: CapPeriod, day: string): { firstDay: string; lastDay: string } {
  const year = day.slice(0, 4);
  switch (period) {
    case 'day':
    case 'occasion':
      return { firstDay: day, lastDay: day };
    case 'week': {
      const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
      const firstDay = addDays(day, -sinceMonday);
      return { firstDay, lastDay: addDays(firstDay, 6) };
    }
    case 'month':
      return monthBounds(monthOf(day));
    case 'quarter': {
      const first = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
      const month = (number: number) => `${year}-${String(number).padStart(2, '0')}`;
      return { firstDay: `${month(first)}-01`, lastDay: monthBounds(month(first + 2)).lastDay };
    }
    case 'year':
      return { firstDay: `${year}-01-01`, lastDay: `${year}-12-31` };
  }
}

export interface CapQuestion {
  villageId: number;
  accountIds: readonly number[];
  rule: { code: string; capPeriod: CapPeriod | null };
  occurredOn: string;
}

/** What the accounts have already, in one query; an account without anything is not in the answer. */
export async function capUsage(
  sql: Reader,
  { villageId, accountIds, rule, occurredOn }: CapQuestion,
): Promise<Map<number, CapUsage>> {
  const capped = periodBounds(rule.capPeriod ?? 'day', occurredOn);
  const month = periodBounds('month', occurredOn);
  const year = periodBounds('year', occurredOn);
  // A week may reach into another year.
  const firstDay = capped.firstDay < year.firstDay ? capped.firstDay : year.firstDay;
  const lastDay = capped.lastDay > year.lastDay ? capped.lastDay : year.lastDay;
  const rows = await sql<(CapUsage & { accountId: number })[]>`
    with used as (
      select entry.account_id,
             entry.occurred_on,
             entry.amount_centipoints as amount,
             act.facts ->> 'rule' = ${rule.code} and entry.occurred_on between ${capped.firstDay} and ${capped.lastDay}
               as is_of_rule,
             act.type = 'points.award'
               and rule_version.category <> all(${[...OUTSIDE_LIMITS.categories]}::text[])
               and rule_version.code <> all(${[...OUTSIDE_LIMITS.codes]}::text[])
               and entry.occurred_on between ${year.firstDay} and ${year.lastDay}
               as is_limited
        from entry
        join act
          on act.village_id = entry.village_id
         and act.seq = entry.seq
        join rule_version
          on rule_version.village_id = act.village_id
         and rule_version.code = act.facts ->> 'rule'
         and rule_version.version = (act.facts ->> 'version')::integer
       where entry.village_id = ${villageId}
         and entry.account_id = any(${[...accountIds]}::integer[])
         and entry.occurred_on between ${firstDay} and ${lastDay}
         and act.type in ('points.award', 'points.deduct')
         and not exists (
           select
             from act as reversal
            where reversal.village_id = act.village_id
              and reversal.reverses_seq = act.seq
         )
    )
    select account_id as "accountId",
           count(*) filter (where is_of_rule)::integer as "ruleCount",
           coalesce(sum(abs(amount)) filter (where is_of_rule), 0)::bigint as "ruleCentipoints",
           coalesce(
             sum(amount) filter (where is_limited and occurred_on between ${month.firstDay} and ${month.lastDay}), 0
           )::bigint as "monthCentipoints",
           coalesce(sum(amount) filter (where is_limited), 0)::bigint as "yearCentipoints"
      from used
     group by account_id`;
  return new Map(rows.map(({ accountId, ...usage }) => [accountId, usage]));
}
