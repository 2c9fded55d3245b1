import type { Reader } from '../platform/database/db.ts';

/** How far a village's cards are handed out, in one line above the list. */
export interface HouseholdCounts {
  households: number;
  people: number;
  active: number;
  /** On the list, card not opened yet. */
  registered: number;
  balanceCentipoints: number;
}

export async function householdCounts(sql: Reader, villageId: number): Promise<HouseholdCounts> {
  const [counts] = await sql<HouseholdCounts[]>`
    select count(*)::integer as households,
           coalesce(sum(household.member_count), 0)::integer as people,
           (count(*) filter (where account.status = 'active'))::integer as active,
           (count(*) filter (where account.status = 'registered'))::integer as registered,
           coalesce(sum(account.balance_centipoints), 0)::bigint as "balanceCentipoints"
      from household
      join account
        on account.village_id = household.village_id
       and account.holder_id = household.household_id
       and account.kind = 'spendable'
     where household.village_id = ${villageId}
       and account.status <> 'closed'`;
  if (!counts) throw new Error('a count has a row');
  return counts;
}

/** How many members the household with most of them has; at least one. */
export async function largestHousehold(sql: Reader, villageId: number): Promise<number> {
  const [found] = await sql<{ members: number }[]>`
    select coalesce(max(member_count), 0) as members
      from household
     where village_id = ${villageId}`;
  return Math.max(found?.members ?? 1, 1);
}
