import { groupAndCard } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** Who wishes: for those who keep the wall, and for the donor who promised it. */
export interface WishPerson {
  wishId: string;
  headName: string;
  groupName: string;
  number: string;
  phone: string | null;
  /** As it was filed. */
  words: string;
  contact: string | null;
  photos: string[];
}

export async function wishPersons(
  sql: Reader,
  villageId: number,
  wishIds: readonly string[],
): Promise<Map<string, WishPerson>> {
  const rows = await sql<WishPerson[]>`
    select wish.wish_id as "wishId",
           household.head_name as "headName",
           villager_group.name as "groupName",
           card.number,
           household.phone,
           wish.words,
           wish.contact,
           wish.photos
      from wish
      join household
        on household.village_id = wish.village_id
       and household.household_id = wish.household_id
           ${groupAndCard(sql)}
     where wish.village_id = ${villageId}
       and wish.wish_id = any(${[...wishIds]}::text[])`;
  return new Map(rows.map((row) => [row.wishId, row]));
}
