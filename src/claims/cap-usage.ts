import { isReversed } from '../ledger/index.ts';
import { addDays, monthBounds, monthOf } from '../platform/clock.ts';
import type { Reader } from '../platform/database/db.ts';
import { type CapPer, type CapPeriod, OUTSIDE_LIMITS } from '../rules/index.ts';
import type { CountedAccount } from './claim-rows.ts';
import { type CapUsage, UNUSED } from './decide-caps.ts';
import { OPEN_STATES } from './decide-claim.ts';

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
  rule: { code: string; capPeriod: CapPeriod | null; capPer: CapPer };
  /** Whom of each account's household it is about, by the drawn name: where the cap is each person's, it is counted for each of them. */
  members?: ReadonlyMap<number, readonly string[]>;
  occurredOn: string;
}

export interface CountedUsage {
  /** By account; where the cap is each person's, what nobody in particular has of it. */
  usage: ReadonlyMap<number, CapUsage>;
  /** Where the cap is each person's: by the drawn name of who was named. */
  ofMembers: ReadonlyMap<string, CapUsage>;
  /** Of whose claims it was counted: another one in the meantime would leave less room, which change_claims.sql notices. */
  counted: CountedAccount[];
}

/** What was counted for this account, and of it for this person where one was named. */
export function usedBy({ usage, ofMembers }: CountedUsage, accountId: number, member?: string | null): CapUsage {
  return (member ? ofMembers.get(member) : undefined) ?? usage.get(accountId) ?? UNUSED;
}

/**
 * What the accounts have already and what waits for them, in one query. What a person has counts in whichever household it was got, for
 * nobody should earn a cap twice by moving.
 */
export async function capUsage(
  sql: Reader,
  { villageId, accountIds, rule, members, occurredOn }: CapQuestion,
): Promise<CountedUsage> {
  const isEach = rule.capPer === 'person';
  // An account once for nobody in particular and once for each who is named.
  const pairs = isEach
    ? accountIds.flatMap((accountId) =>
        [null, ...(members?.get(accountId) ?? [])].map((member) => ({ accountId, member })),
      )
    : [];
  const named = pairs.map(({ member }) => member);
  const given = isEach
    ? sql`unnest(${pairs.map(({ accountId }) => accountId)}::integer[], ${named}::text[]) as given(account_id, member)`
    : sql`unnest(${[...accountIds]}::integer[]) as given(account_id)`;
  const capped = periodBounds(rule.capPeriod ?? 'day', occurredOn);
  const month = periodBounds('month', occurredOn);
  const year = periodBounds('year', occurredOn);
  // A week may reach into another year.
  const firstDay = capped.firstDay < year.firstDay ? capped.firstDay : year.firstDay;
  const rows = await sql<(CapUsage & { accountId: number; member: string | null; newest: number | null })[]>`
    with had as (
      select given.account_id,
             -- What waited first counts for the day on which it was earned.
             coalesce((act.facts ->> 'earned')::date, entry.occurred_on) as day,
             entry.amount_centipoints as amount,
             act.facts ->> 'rule' as rule
        from unnest(${[...accountIds]}::integer[]) as given(account_id)
       cross join lateral (
               select seq, occurred_on, amount_centipoints
                 from entry
                where village_id = ${villageId}
                  and account_id = given.account_id
                  and occurred_on >= ${firstDay}
               -- Account by account and in the order of the passbook, so that nothing but its own index fits.
                order by n
             ) as entry
       -- Entry by entry: while the planner knows nothing yet of a village that was opened just now, it would walk over all of it.
       cross join lateral (
               select facts
                 from act
                where village_id = ${villageId}
                  and seq = entry.seq
                  and type in ('points.award', 'points.deduct')
               offset 0
             ) as act
       where not exists (
               select
                 from act as reversal
                where reversal.village_id = ${villageId}
                  and reversal.reverses_seq = entry.seq
             )
       union all
      select account_id, occurred_on, amount_centipoints, rule
        from claim
       where village_id = ${villageId}
         and account_id = any(${[...accountIds]}::integer[])
         and state = any(${[...OPEN_STATES]}::text[])
    ), used as (
      select account_id,
             day,
             amount,
             rule = ${rule.code} and day between ${capped.firstDay} and ${capped.lastDay} as is_of_rule,
             amount > 0
               and day between ${year.firstDay} and ${year.lastDay}
               and rule <> all(array(
                 select code
                   from rule_version
                  where village_id = ${villageId}
                    and (
                      category = any(${[...OUTSIDE_LIMITS.categories]}::text[])
                      or code = any(${[...OUTSIDE_LIMITS.codes]}::text[])
                    )
               ))
               as is_limited
        from had
    )${isEach ? usedByMembers(sql, { villageId, members: named, code: rule.code, ...capped }) : sql``}
    select given.account_id as "accountId",
           ${isEach ? sql`given.member` : sql`null`} as member,
           (
             select max(claim.last_seq)
               from claim
              where claim.village_id = ${villageId}
                and claim.account_id = given.account_id
           ) as newest,
           ${
             isEach
               ? sql`
           max(coalesce(by_member.times, 0))::integer as "ruleCount",
           max(coalesce(by_member.centipoints, 0))::bigint as "ruleCentipoints",`
               : sql`
           count(*) filter (where is_of_rule)::integer as "ruleCount",
           coalesce(sum(abs(amount)) filter (where is_of_rule), 0)::bigint as "ruleCentipoints",`
           }
           coalesce(
             sum(amount) filter (where is_limited and day between ${month.firstDay} and ${month.lastDay}), 0
           )::bigint as "monthCentipoints",
           coalesce(sum(amount) filter (where is_limited), 0)::bigint as "yearCentipoints"
      from ${given}
      left join used using (account_id)
      ${isEach ? sql`left join by_member on by_member.member = given.member` : sql``}
     group by given.account_id${isEach ? sql`, given.member` : sql``}`;
  const ofHouseholds = rows.filter(({ member }) => member === null);
  return {
    usage: new Map(ofHouseholds.map((row) => [row.accountId, row])),
    ofMembers: new Map(rows.flatMap((row) => (row.member === null ? [] : [[row.member, row]]))),
    counted: ofHouseholds.map(({ accountId, newest }) => ({ account: accountId, newest })),
  };
}

interface OfMembers {
  villageId: number;
  members: readonly (string | null)[];
  code: string;
  firstDay: string;
  lastDay: string;
}

/** By the drawn name of a person: what was given by a rule between two days and stands, and what waits. */
const usedByMembers = (sql: Reader, { villageId, members, code, firstDay, lastDay }: OfMembers) => sql`, by_member as (
      select member,
             count(*) as times,
             sum(abs(amount)) as centipoints
        from (
          select act.facts ->> 'member' as member,
                 entry.amount_centipoints as amount
            from act
            join entry
              on entry.village_id = act.village_id
             and entry.seq = act.seq
           where act.village_id = ${villageId}
             and act.facts ? 'member'
             and act.facts ->> 'member' = any(${[...members]}::text[])
             and act.type in ('points.award', 'points.deduct')
             and act.facts ->> 'rule' = ${code}
             and coalesce((act.facts ->> 'earned')::date, act.occurred_on) between ${firstDay} and ${lastDay}
             and not ${isReversed(sql)}
           union all
          select member,
                 amount_centipoints
            from claim
           where village_id = ${villageId}
             and member = any(${[...members]}::text[])
             and rule = ${code}
             and occurred_on between ${firstDay} and ${lastDay}
             and state = any(${[...OPEN_STATES]}::text[])
        ) as had
       group by member
    )`;
