import { groupAndCard } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** What somebody declared, by household. */
export async function relationsOf(
  sql: Reader,
  villageId: number,
  personId: number,
): Promise<Map<number, 'own' | 'relative'>> {
  const rows = await sql<{ householdId: number; relation: 'own' | 'relative' }[]>`
    select household_id as "householdId",
           relation
      from kinship
     where village_id = ${villageId}
       and person_id = ${personId}`;
  return new Map(rows.map(({ householdId, relation }) => [householdId, relation]));
}

export interface DeclaredHousehold {
  number: string;
  headName: string;
  groupName: string;
  relation: 'own' | 'relative';
}

/** The same with names, for the page of who declared it; the own household first. */
export async function declaredHouseholds(
  sql: Reader,
  villageId: number,
  personId: number,
): Promise<DeclaredHousehold[]> {
  return sql<DeclaredHousehold[]>`
    select card.number,
           household.head_name as "headName",
           villager_group.name as "groupName",
           kinship.relation
      from kinship
      join household
        on household.village_id = kinship.village_id
       and household.household_id = kinship.household_id
           ${groupAndCard(sql)}
     where kinship.village_id = ${villageId}
       and kinship.person_id = ${personId}
     order by kinship.relation, card.number`;
}
