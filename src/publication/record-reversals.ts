import { villageDay } from '../platform/clock.ts';
import type { Reader } from '../platform/database/db.ts';
import type { ReversalLine } from './record-schema.ts';
import { goodsOfFacts, householdJson, maskHousehold, type RecordWindow } from './record-window.ts';

type ReversalRow = Omit<ReversalLine, 'recordedOn'> & { recordedAt: Date };

/** The corrections of the month's acts, visible although the figures are net already. */
export async function reversalLines(sql: Reader, window: RecordWindow): Promise<ReversalLine[]> {
  const { villageId, firstDay, lastDay, size } = window;
  const rows = await sql<ReversalRow[]>`
    select act.seq,
           standing.seq as "reversesSeq",
           act.occurred_on as day,
           act.recorded_at as "recordedAt",
           standing.type,
           case when household.household_id is not null and standing.type not in ('points.deduct', 'points.expire')
                then ${householdJson(sql)} end as household,
           rule_version.name as rule,
           (${goodsOfFacts(sql, sql`'{}'::jsonb`)}) as goods,
           entry.amount_centipoints as centipoints
      from act
      join act as standing
        on standing.village_id = act.village_id
       and standing.seq = act.reverses_seq
      left join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
      left join account
        on account.village_id = entry.village_id
       and account.account_id = entry.account_id
      left join household
        on household.village_id = account.village_id
       and household.household_id = account.holder_id
      left join villager_group
        on villager_group.village_id = household.village_id
       and villager_group.group_id = household.group_id
      left join rule_version
        on rule_version.village_id = standing.village_id
       and rule_version.code = standing.facts ->> 'rule'
       and rule_version.version = (standing.facts ->> 'version')::integer
     where act.village_id = ${villageId}
       and act.seq < ${size}
       and act.occurred_on between ${firstDay} and ${lastDay}
       and standing.type <> 'points.hold'
     order by act.seq`;
  return rows.map(({ recordedAt, ...line }) => maskHousehold({ ...line, recordedOn: villageDay(recordedAt) }, window));
}
