import { decideSolvency, type SolvencyVerdict, solvencyBelow } from '../ledger/index.ts';
import { addMonths, daysBetween, monthBounds, monthOf } from '../platform/clock.ts';
import type { Reader } from '../platform/database/db.ts';
import { countProblemsBelow, type ProblemCounts } from '../problems/index.ts';
import { settingsBelow } from '../settings/index.ts';
import { decideRisk, type Risk } from './decide-risk.ts';

/**
 * One village in the comparison. Amounts of the month are those whose day falls into it, reversals taken off; opening points are no
 * award.
 */
export interface VillageFigures {
  villageId: number;
  code: string;
  name: string;
  townshipName: string;
  householdCount: number;
  openCardCount: number;
  /** What households hold, and what it is worth at the village's rate. */
  outstandingCentipoints: number;
  outstandingFen: number;
  givenCentipoints: number;
  exchangedCentipoints: number;
  stockValueFen: number;
  lastActOn: string;
  lastPublishedMonth: string | null;
  /** Whole months since the founding without a published record. */
  unpublishedMonthCount: number;
}

export interface ComparedVillage extends VillageFigures {
  isLastMonthPublished: boolean;
  /** What households hold and what is in publicity, in money; and what stands against it. */
  promisedFen: number;
  goodsFen: number;
  moneyFen: number;
  solvency: SolvencyVerdict;
  problems: ProblemCounts;
  risk: Risk;
}

/** The villages below a region: those that need somebody most come first. */
export async function compareVillages(sql: Reader, regionId: number, today: string): Promise<ComparedVillage[]> {
  const lastMonth = addMonths(monthOf(today), -1);
  const [figures, settings, problems] = await Promise.all([
    villageFigures(sql, regionId, { today, lastMonth }),
    settingsBelow(sql, regionId),
    countProblemsBelow(sql, { regionId, today }),
  ]);
  const quarterOf = [...settings].flatMap(([villageId, { quarterBudgetPercent }]) =>
    quarterBudgetPercent === null ? [] : [villageId],
  );
  const funds = await solvencyBelow(sql, { regionId, today, quarterOf });
  const counts = new Map(problems.map((village) => [village.villageId, village.counts]));
  return figures
    .map((village) => {
      const terms = of(settings, village.villageId);
      const fund = of(funds, village.villageId);
      const { promisedFen, goodsFen, moneyFen } = fund;
      const solvency = decideSolvency(fund, terms);
      const found = of(counts, village.villageId);
      return {
        ...village,
        promisedFen,
        goodsFen,
        moneyFen,
        solvency,
        problems: found,
        isLastMonthPublished: village.lastPublishedMonth !== null && village.lastPublishedMonth >= lastMonth,
        risk: decideRisk({
          ...village,
          promisedFen,
          coverFen: goodsFen + moneyFen,
          solvency,
          problems: found,
          problemRedDays: terms.problemRedDays,
          daysSinceLastAct: Math.max(0, daysBetween(village.lastActOn, today)),
          dayOfMonth: Number(today.slice(8)),
        }),
      };
    })
    .sort((left, right) => right.risk.score - left.risk.score || left.code.localeCompare(right.code));
}

/** Each set was read for the same region, so each village is in it. */
function of<Value>(byVillage: ReadonlyMap<number, Value>, villageId: number): Value {
  const value = byVillage.get(villageId);
  if (value === undefined) throw new Error(`village ${villageId} is missing`);
  return value;
}

/**
 * One query over sets. Each sum is made once (`materialized`): a planner that expects few villages would make it again for each.
 */
async function villageFigures(
  sql: Reader,
  regionId: number,
  { today, lastMonth }: { today: string; lastMonth: string },
): Promise<VillageFigures[]> {
  const { firstDay, lastDay } = monthBounds(monthOf(today));
  return sql<VillageFigures[]>`
    with villages as (
      select village.region_id as village_id, village.code, village.name, township.name as township_name
        from region as village
        join region as township
          on township.region_id = village.parent_id
       where village.level = 'village'
         and ${regionId} in (village.region_id, township.region_id, township.parent_id)
    ), balances as materialized (
      select village_id,
             count(*) filter (where status <> 'closed')::integer as household_count,
             count(*) filter (where status = 'active')::integer as open_card_count,
             sum(balance_centipoints)::bigint as outstanding_centipoints
        from account
       where village_id in (select village_id from villages)
         and kind = 'spendable'
       group by village_id
    ), stocks as materialized (
      select village_id, sum(quantity_on_hand::bigint * unit_value_fen)::bigint as stock_value_fen
        from stock_lot
       where village_id in (select village_id from villages)
         and quantity_on_hand > 0
       group by village_id
    ), moved as materialized (
      select act.village_id,
             sum(amount_centipoints) filter (where coalesce(original.type, act.type) = 'points.award') as given_centipoints,
             -sum(amount_centipoints) filter (where coalesce(original.type, act.type) = 'points.redeem') as exchanged_centipoints
        from act
        join entry
          on entry.village_id = act.village_id
         and entry.seq = act.seq
        left join act as original
          on original.village_id = act.village_id
         and original.seq = act.reverses_seq
       where act.village_id in (select village_id from villages)
         and act.occurred_on between ${firstDay} and ${lastDay}
       group by act.village_id
    ), published as materialized (
      select village_id, max(month) as last_month, count(*)::integer as month_count
        from closed_period
       where village_id in (select village_id from villages)
         and month <= ${lastMonth}
       group by village_id
    )
    select villages.village_id as "villageId",
           villages.code,
           villages.name,
           township_name as "townshipName",
           coalesce(household_count, 0) as "householdCount",
           coalesce(open_card_count, 0) as "openCardCount",
           coalesce(outstanding_centipoints, 0) as "outstandingCentipoints",
           ceil(coalesce(outstanding_centipoints, 0) * fen_per_point / 100.0)::bigint as "outstandingFen",
           coalesce(given_centipoints, 0)::bigint as "givenCentipoints",
           coalesce(exchanged_centipoints, 0)::bigint as "exchangedCentipoints",
           coalesce(stock_value_fen, 0) as "stockValueFen",
           (newest.recorded_at at time zone 'Asia/Shanghai')::date as "lastActOn",
           last_month as "lastPublishedMonth",
           greatest(0, ${monthIndex(sql, sql`${`${lastMonth}-01`}::date`)} - ${monthIndex(sql, sql`founding.occurred_on`)} + 1
             - coalesce(month_count, 0)) as "unpublishedMonthCount"
      from villages
      join village_terms
        on village_terms.village_id = villages.village_id
      join act as founding
        on founding.village_id = villages.village_id
       and founding.seq = 0
      join lateral (
        -- By its number and not by the head's count: a village whose books disagree must not vanish from the list.
        select recorded_at
          from act
         where act.village_id = villages.village_id
         order by seq desc
         limit 1
      ) as newest
        on true
      left join balances
        on balances.village_id = villages.village_id
      left join stocks
        on stocks.village_id = villages.village_id
      left join moved
        on moved.village_id = villages.village_id
      left join published
        on published.village_id = villages.village_id
     order by villages.code`;
}

/** Months counted from the year 0, so that their difference is a number of months. */
function monthIndex(sql: Reader, day: ReturnType<Reader>) {
  return sql`(extract(year from ${day}) * 12 + extract(month from ${day}))::integer`;
}
