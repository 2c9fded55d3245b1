import type { Reader } from '../platform/database/db.ts';

export interface VillagerGroup {
  groupId: number;
  name: string;
  householdCount: number;
}

/** Groups, each beside the accounts of its households that are not closed, for others to count. */
export const groupsWithHouseholds = (sql: Reader) => sql`
  villager_group
  left join household
    on household.village_id = villager_group.village_id
   and household.group_id = villager_group.group_id
  left join account
    on account.village_id = household.village_id
   and account.holder_id = household.household_id
   and account.kind = 'spendable'
   and account.status <> 'closed'`;

/** The groups of a village in their order, each with the number of its households that are not closed. */
export async function villagerGroups(sql: Reader, villageId: number): Promise<VillagerGroup[]> {
  return sql<VillagerGroup[]>`
    select villager_group.group_id as "groupId",
           villager_group.name,
           count(account.account_id)::integer as "householdCount"
      from ${groupsWithHouseholds(sql)}
     where villager_group.village_id = ${villageId}
     group by villager_group.village_id, villager_group.group_id
     order by villager_group.position`;
}

/** Adds groups to a village in the order given. */
export async function addVillagerGroups(sql: Reader, villageId: number, names: readonly string[]): Promise<void> {
  await sql`
    insert into villager_group (village_id, name, position)
    select ${villageId},
           name,
           position + (select coalesce(max(position), 0) from villager_group where village_id = ${villageId})
      from unnest(${[...names]}::text[]) with ordinality as given(name, position)`;
}
