import { householdOfAccount } from '../cards/index.ts';
import { periodBounds } from '../claims/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { isOutsideLimits } from '../rules/index.ts';
import type { ReplayedAct } from './decide-replay.ts';

/** Everything that a replay of these days needs, in one query: all that shares a year or a week with them, by number. */
export async function replayedActs(
  sql: Reader,
  villageId: number,
  { firstDay, lastDay }: { firstDay: string; lastDay: string },
): Promise<ReplayedAct[]> {
  const [from, to] = [periodBounds('year', firstDay), periodBounds('year', lastDay)];
  // A week may reach into another year.
  const [firstWeek, lastWeek] = [periodBounds('week', from.firstDay), periodBounds('week', to.lastDay)];
  const rows = await sql<(Omit<ReplayedAct, 'isOutsideLimits'> & { category: string })[]>`
    select act.seq,
           entry.account_id as "accountId",
           coalesce((act.facts ->> 'earned')::date, act.occurred_on) as "occurredOn",
           act.facts ->> 'rule' as rule,
           entry.amount_centipoints as "amountCentipoints",
           coalesce((act.facts ->> 'beyond')::bigint, 0) as "beyondCentipoints",
           -- A version that was lost with an older backup gave at least what it was recorded with.
           coalesce(version.points_centipoints, entry.amount_centipoints::integer) as "pointsCentipoints",
           coalesce((act.facts ->> 'times')::integer, 1) as times,
           version.cap_period as "capPeriod",
           coalesce(version.cap_per, 'household') as "capPer",
           act.facts ->> 'member' as member,
           version.cap_max_count as "capMaxCount",
           version.cap_max_centipoints as "capMaxCentipoints",
           coalesce(version.category, '') as category,
           reversal.seq as "reversedBySeq"
      from act
      join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
      left join rule_version as version
        on version.village_id = act.village_id
       and version.code = act.facts ->> 'rule'
       and version.version = (act.facts ->> 'version')::integer
      left join act as reversal
        on reversal.village_id = act.village_id
       and reversal.reverses_seq = act.seq
     where act.village_id = ${villageId}
       and act.occurred_on >= ${firstWeek.firstDay}
       and coalesce((act.facts ->> 'earned')::date, act.occurred_on) between ${firstWeek.firstDay} and ${lastWeek.lastDay}
       and act.type in ('points.award', 'points.deduct')
     order by act.seq`;
  return rows.map(({ category, ...act }) => ({
    ...act,
    isOutsideLimits: isOutsideLimits({ code: act.rule, category }),
  }));
}

/** Whose accounts these are: also households that have left or gone over into another. */
export interface TriedHousehold {
  accountId: number;
  number: string;
  headName: string;
  groupName: string;
}

export async function householdsOf(
  sql: Reader,
  villageId: number,
  accountIds: readonly number[],
): Promise<Map<number, TriedHousehold>> {
  const rows = await sql<TriedHousehold[]>`
    select account.account_id as "accountId",
           card.number,
           household.head_name as "headName",
           villager_group.name as "groupName"
      from account
           ${householdOfAccount(sql)}
     where account.village_id = ${villageId}
       and account.account_id = any(${[...accountIds]}::integer[])`;
  return new Map(rows.map((household) => [household.accountId, household]));
}
