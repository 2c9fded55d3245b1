import { endOfDay, monthBounds } from '../platform/clock.ts';
import type { Reader } from '../platform/database/db.ts';

interface ListedHousehold {
  /** Of the card that is in use now; null for a household that has none any more. */
  cardNumber: string | null;
  headName: string;
  groupName: string;
}

/** What one household had on the evening of a day. */
export interface StandingBalance extends ListedHousehold {
  balanceCentipoints: number;
  /** Entries until then. */
  entryCount: number;
}

export interface Standing<Line> {
  lines: Line[];
  /** Over all households, also those of other pages. */
  householdCount: number;
  totalCentipoints: number;
}

export interface Window {
  villageId: number;
  limit: number;
  offset: number;
}

const households = (sql: Reader) => sql`
  account
  join household
    on household.village_id = account.village_id
   and household.household_id = account.holder_id
  join villager_group
    on villager_group.village_id = household.village_id
   and villager_group.group_id = household.group_id
  left join card
    on card.village_id = household.village_id
   and card.household_id = household.household_id
   and card.ended_at is null`;

const inOrder = (sql: Reader) => sql`villager_group.position, household.pinyin, household.household_id`;

/**
 * What the board showed on the evening of a day: of each card the last entry that was recorded by then, whenever it happened.
 * Households whose card had no entry yet are left out. Names and groups are those of now.
 */
export async function balancesOn(
  sql: Reader,
  day: string,
  { villageId, limit, offset }: Window,
): Promise<Standing<StandingBalance>> {
  return standing(
    await sql<(StandingBalance & Totals)[]>`
      select card.number as "cardNumber",
             household.head_name as "headName",
             villager_group.name as "groupName",
             last_entry.balance_after_centipoints as "balanceCentipoints",
             last_entry.n as "entryCount",
             count(*) over ()::integer as "householdCount",
             (sum(last_entry.balance_after_centipoints) over ())::bigint as "totalCentipoints"
        from ${households(sql)}
       cross join lateral (
          select entry.n, entry.balance_after_centipoints
            from entry
            join act
              on act.village_id = entry.village_id
             and act.seq = entry.seq
           where entry.village_id = ${villageId}
             and entry.account_id = account.account_id
             and act.recorded_at < ${endOfDay(day)}
           order by entry.n desc
           limit 1
        ) as last_entry
       where account.village_id = ${villageId}
         and account.kind = 'spendable'
       order by ${inOrder(sql)}
       limit ${limit}
      offset ${offset}`,
  );
}

/** What one household earned and lost in a month. */
export interface EarnedPoints extends ListedHousehold {
  /** Awards that stand: whoever has none, and no deduction, is left out. */
  awardCount: number;
  awardedCentipoints: number;
  deductedCentipoints: number;
}

/**
 * Points earned by the day on which it happened, for whoever earned or lost any. A correction counts for the day of what it
 * corrects, so the figures of a month may still change after it.
 */
export async function earnedIn(
  sql: Reader,
  month: string,
  { villageId, limit, offset }: Window,
): Promise<Standing<EarnedPoints>> {
  const { firstDay, lastDay } = monthBounds(month);
  return standing(
    await sql<(EarnedPoints & Totals)[]>`
      with moved as (
        select entry.account_id,
               coalesce(original.type, act.type) as type,
               entry.amount_centipoints as amount,
               act.reverses_seq is not null as is_reversal
          from act
          join entry
            on entry.village_id = act.village_id
           and entry.seq = act.seq
          left join act as original
            on original.village_id = act.village_id
           and original.seq = act.reverses_seq
         where act.village_id = ${villageId}
           and act.occurred_on between ${firstDay} and ${lastDay}
      ), earned as (
        select account_id,
               count(*) filter (where type = 'points.award' and not is_reversal)
                 - count(*) filter (where type = 'points.award' and is_reversal) as award_count,
               coalesce(sum(amount) filter (where type = 'points.award'), 0) as awarded,
               coalesce(sum(amount) filter (where type = 'points.deduct'), 0) as deducted
          from moved
         where type in ('points.award', 'points.deduct')
         group by account_id
        having sum(amount) filter (where type = 'points.award') <> 0
            or sum(amount) filter (where type = 'points.deduct') <> 0
      )
      select card.number as "cardNumber",
             household.head_name as "headName",
             villager_group.name as "groupName",
             earned.award_count::integer as "awardCount",
             earned.awarded::bigint as "awardedCentipoints",
             earned.deducted::bigint as "deductedCentipoints",
             count(*) over ()::integer as "householdCount",
             (sum(earned.awarded + earned.deducted) over ())::bigint as "totalCentipoints"
        from ${households(sql)}
        join earned
          on earned.account_id = account.account_id
       where account.village_id = ${villageId}
       order by ${inOrder(sql)}
       limit ${limit}
      offset ${offset}`,
  );
}

interface Totals {
  householdCount: number;
  totalCentipoints: number;
}

function standing<Line>(rows: (Line & Totals)[]): Standing<Line> {
  const [first] = rows;
  return { lines: rows, householdCount: first?.householdCount ?? 0, totalCentipoints: first?.totalCentipoints ?? 0 };
}
