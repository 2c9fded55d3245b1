import type { Reader } from '../platform/database/db.ts';
import { householdTables } from './household-card.ts';

/** What is printed on a card. The token is a secret of the household: only for its QR. */
export interface CardFace {
  number: string;
  token: string;
  headName: string;
  groupName: string;
}

/** One card, a group's cards or all, in the order in which they are handed out; none that is closed or recalled or whose household is gone. */
export async function cardFaces(
  sql: Reader,
  villageId: number,
  { number = null, groupId = null }: { number?: string | null; groupId?: number | null } = {},
): Promise<CardFace[]> {
  return sql<CardFace[]>`
    select card.number,
           card.token,
           household.head_name as "headName",
           villager_group.name as "groupName"
      from ${householdTables(sql)}
     where household.village_id = ${villageId}
       and account.status <> 'closed'
       and card.recalled_at is null
       and household.vacated_on is null
       and (${number}::text is null or card.number = ${number})
       and (${groupId}::integer is null or household.group_id = ${groupId})
     order by villager_group.position, household.pinyin, card.number`;
}
