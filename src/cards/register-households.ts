import type { Reader } from '../platform/database/db.ts';
import { newPublicToken } from '../platform/ids.ts';
import { nameSearchKeys } from '../platform/search-keys.ts';

export interface HouseholdDraft {
  groupId: number;
  headName: string;
  memberCount: number;
  phone: string | null;
  /** Drawn with the form; a key that was used before answers the card of that time and writes nothing. */
  registrationKey?: string;
}

/** So many at once, and the planner has to be told of them: see analyze_households.sql. */
const MANY = 300;

/** After the last of many: the lists of a village that was empty a moment ago are read as fast as they will be tomorrow. */
export async function noticeManyHouseholds(sql: Reader, count: number): Promise<void> {
  if (count >= MANY) await sql`select analyze_households()`;
}

/** Puts households on the village's list, each with a card that holds nothing until it is opened. Answers the card numbers in order. */
export async function registerHouseholds(
  sql: Reader,
  villageId: number,
  households: readonly HouseholdDraft[],
): Promise<string[]> {
  const drafts = households.map((household) => ({
    ...household,
    ...nameSearchKeys(household.headName),
    token: newPublicToken(),
  }));
  const [row] = await sql<{ numbers: string[] }[]>`
    select register_households(${villageId}, ${sql.json(drafts)}) as numbers`;
  return row?.numbers ?? [];
}
