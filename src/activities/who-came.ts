import { allMembers, type HouseholdCard, readNames } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';
import type { NameRefusal } from './decide-activity.ts';

export interface WhoCame {
  /** Of each household, by card number, those whom the list names, or who alone is named there at all. */
  members: Record<string, number[]>;
  /** What the list names that nobody of the household is registered under. */
  strangers: NameRefusal[];
}

/** Who is meant by the names of an attendance list, where a rule counts for each person. */
export async function whoCame(
  sql: Reader,
  villageId: number,
  cards: readonly HouseholdCard[],
  written: ReadonlyMap<string, string>,
): Promise<WhoCame> {
  const byHousehold = await allMembers(sql, villageId);
  const members: WhoCame['members'] = {};
  const strangers: NameRefusal[] = [];
  for (const { number, householdId, headName } of cards) {
    const registered = byHousehold.get(householdId) ?? [];
    const text = written.get(number) ?? '';
    const names = text === '' ? [] : (readNames(text) ?? [text]);
    const isOnly = names.length === 0 && registered.length === 1;
    const came = registered.filter(({ name }) => isOnly || names.includes(name));
    if (came.length > 0) members[number] = came.map(({ memberId }) => memberId);
    for (const person of names) {
      if (registered.some(({ name }) => name === person)) continue;
      strangers.push({ refused: 'nobody_registered_so', number, name: headName, person });
    }
  }
  return { members, strangers };
}
