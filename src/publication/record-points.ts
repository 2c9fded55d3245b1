import { holdingSeqs } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import type { ExchangeLine, HouseholdLine, RuleLine } from './record-schema.ts';
import {
  goodsOfFacts,
  householdJson,
  householdTables,
  maskHousehold,
  type RecordWindow,
  standingActs,
} from './record-window.ts';

export interface PointTotals {
  openingCentipoints: number;
  openedCentipoints: number;
  openedCount: number;
  givenCentipoints: number;
  givenCount: number;
  takenCentipoints: number;
  takenCount: number;
  exchangedCentipoints: number;
  exchangedCount: number;
  expiredCentipoints?: number;
  expiredCount?: number;
  returnedCentipoints?: number;
  returnedCount?: number;
  movedCentipoints?: number;
  movedCount?: number;
  convertedCentipoints?: number;
  convertedCount?: number;
  settledCentipoints?: number;
  settledCount?: number;
  closingCentipoints: number;
}

/** The village's points: what there was, what came and went by kind, and, counted on its own, what there is at the end. */
export async function pointTotals(sql: Reader, window: RecordWindow): Promise<PointTotals> {
  const { villageId, firstDay, lastDay, size } = window;
  const [totals] = await sql<Required<PointTotals>[]>`
    with standing as (${standingActs(sql, window)}),
         moved as (
           select standing.type, entry.amount_centipoints as amount
             from standing
             join entry
               on entry.village_id = standing.village_id
              and entry.seq = standing.seq
             join account
               on account.village_id = entry.village_id
              and account.account_id = entry.account_id
              and account.kind not in ('pending', 'honor')
         ),
         held as (
           select coalesce(sum(amount_centipoints) filter (where occurred_on < ${firstDay}), 0)::bigint as opening,
                  coalesce(sum(amount_centipoints), 0)::bigint as closing
             from entry
            where village_id = ${villageId}
              and seq < ${size}
              and occurred_on <= ${lastDay}
              -- What is kept for a household still belongs to it.
              and seq not in (${holdingSeqs(sql, villageId)})
              -- What is in publicity can be spent by nobody, and honour is a series of its own.
              and account_id not in (
                select account_id
                  from account
                 where village_id = ${villageId}
                   and kind in ('pending', 'honor')
              )
         )
    select held.opening as "openingCentipoints",
           coalesce(sum(amount) filter (where type = 'points.open'), 0)::bigint as "openedCentipoints",
           count(*) filter (where type = 'points.open') as "openedCount",
           coalesce(sum(amount) filter (where type = 'points.award'), 0)::bigint as "givenCentipoints",
           count(*) filter (where type = 'points.award') as "givenCount",
           coalesce(-sum(amount) filter (where type = 'points.deduct'), 0)::bigint as "takenCentipoints",
           count(*) filter (where type = 'points.deduct') as "takenCount",
           coalesce(-sum(amount) filter (where type = 'points.redeem'), 0)::bigint as "exchangedCentipoints",
           count(*) filter (where type = 'points.redeem') as "exchangedCount",
           coalesce(-sum(amount) filter (where type = 'points.expire'), 0)::bigint as "expiredCentipoints",
           count(*) filter (where type = 'points.expire') as "expiredCount",
           coalesce(-sum(amount) filter (where type = 'points.return'), 0)::bigint as "returnedCentipoints",
           count(*) filter (where type = 'points.return') as "returnedCount",
           coalesce(sum(amount) filter (where type = 'points.transfer' and amount > 0), 0)::bigint as "movedCentipoints",
           count(*) filter (where type = 'points.transfer' and amount > 0) as "movedCount",
           coalesce(sum(amount) filter (where type = 'points.convert'), 0)::bigint as "convertedCentipoints",
           count(*) filter (where type = 'points.convert') as "convertedCount",
           coalesce(sum(amount) filter (where type = 'points.settle'), 0)::bigint as "settledCentipoints",
           count(*) filter (where type = 'points.settle') as "settledCount",
           held.closing as "closingCentipoints"
      from held
      left join moved on true
     group by held.opening, held.closing`;
  if (!totals) throw new Error('a query that groups one row gave none');
  return withoutEmpty(totals);
}

/** What most months do not have is left out of their record, together with its count. */
function withoutEmpty({
  expiredCentipoints,
  expiredCount,
  returnedCentipoints,
  returnedCount,
  movedCentipoints,
  movedCount,
  convertedCentipoints,
  convertedCount,
  settledCentipoints,
  settledCount,
  ...always
}: Required<PointTotals>): PointTotals {
  return {
    ...always,
    ...(expiredCount > 0 && { expiredCentipoints, expiredCount }),
    ...(returnedCount > 0 && { returnedCentipoints, returnedCount }),
    ...(movedCount > 0 && { movedCentipoints, movedCount }),
    ...(convertedCount > 0 && { convertedCentipoints, convertedCount }),
    ...(settledCount > 0 && { settledCentipoints, settledCount }),
  };
}

/** Awards first, then deductions, both without names. */
export async function ruleLines(sql: Reader, window: RecordWindow): Promise<RuleLine[]> {
  return sql<RuleLine[]>`
    with standing as (${standingActs(sql, window)})
    select standing.facts ->> 'rule' as code,
           (array_agg(rule_version.name order by rule_version.version desc))[1] as name,
           case standing.type when 'points.award' then 'award' else 'deduct' end as kind,
           count(*) as count,
           count(distinct entry.account_id) as households,
           sum(entry.amount_centipoints)::bigint as centipoints
      from standing
      join entry
        on entry.village_id = standing.village_id
       and entry.seq = standing.seq
      join rule_version
        on rule_version.village_id = standing.village_id
       and rule_version.code = standing.facts ->> 'rule'
       and rule_version.version = (standing.facts ->> 'version')::integer
     where standing.type in ('points.award', 'points.deduct')
     group by standing.facts ->> 'rule', standing.type
     order by standing.type, min(rule_version.position), code`;
}

/** What each household got and exchanged. Deductions are left out: they are published without names. */
export async function householdLines(sql: Reader, window: RecordWindow): Promise<HouseholdLine[]> {
  const lines = await sql<HouseholdLine[]>`
    with standing as (${standingActs(sql, window)}),
         moved as (
           select entry.village_id,
                  entry.account_id,
                  coalesce(sum(amount_centipoints) filter (where standing.type = 'points.open'), 0)::bigint as opened,
                  coalesce(sum(amount_centipoints) filter (where standing.type = 'points.award'), 0)::bigint as given,
                  coalesce(-sum(amount_centipoints) filter (where standing.type = 'points.redeem'), 0)::bigint as exchanged
             from standing
             join entry
               on entry.village_id = standing.village_id
              and entry.seq = standing.seq
            where standing.type in ('points.open', 'points.award', 'points.redeem')
            group by entry.village_id, entry.account_id
         )
    select ${householdJson(sql)} as household,
           entry.opened as "openedCentipoints",
           entry.given as "givenCentipoints",
           entry.exchanged as "exchangedCentipoints"
      from moved as entry
           ${householdTables(sql)}
     where entry.village_id = ${window.villageId}
     order by villager_group.position, household.household_id`;
  return lines.map((line) => maskHousehold(line, window));
}

export async function exchangeLines(sql: Reader, window: RecordWindow): Promise<ExchangeLine[]> {
  const price = sql`jsonb_build_object('priceCentipoints', (line.fact ->> 'price')::integer)`;
  const lines = await sql<ExchangeLine[]>`
    with standing as (${standingActs(sql, window)})
    select standing.seq,
           standing.occurred_on as day,
           ${householdJson(sql)} as household,
           (${goodsOfFacts(sql, price)}) as goods,
           -entry.amount_centipoints as centipoints,
           entry.balance_after_centipoints as "balanceAfterCentipoints"
      from standing
      join entry
        on entry.village_id = standing.village_id
       and entry.seq = standing.seq
           ${householdTables(sql)}
     where standing.type = 'points.redeem'
     order by standing.seq`;
  return lines.map((line) => maskHousehold(line, window));
}
