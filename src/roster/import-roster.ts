import {
  allCards,
  allMembers,
  nameMembers,
  noticeManyHouseholds,
  readHeadName,
  readPhone,
  registerHouseholds,
  villagerGroups,
} from '../cards/index.ts';
import type { ImportSteps } from '../imports/index.ts';
import type { Reader, Tx } from '../platform/database/db.ts';
import {
  type DecidedRoster,
  decideRoster,
  type ListedHousehold,
  type NamedHousehold,
  type NewHousehold,
} from './decide-roster.ts';

/** What would become of a list that was read, looked at beside what the village has now. */
export async function previewRoster(
  sql: Reader,
  villageId: number,
  listed: readonly ListedHousehold[],
): Promise<DecidedRoster> {
  const [groups, cards, members] = await Promise.all([
    villagerGroups(sql, villageId),
    allCards(sql, villageId),
    allMembers(sql, villageId),
  ]);
  const households = cards.map(({ householdId, ...card }) => ({
    ...card,
    members: (members.get(householdId) ?? []).map(({ name }) => name),
  }));
  return decideRoster(listed, { groups, households });
}

export type ImportRefusal =
  | { refused: 'roster_nothing_new' }
  | { refused: 'roster_changed' }
  | { refused: 'sheet_not_understood' };

export interface RosterImport {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
  /** What somebody has looked at: households that are new, and names for others. */
  households: readonly NewHousehold[];
  named: readonly Pick<NamedHousehold, 'number' | 'names'>[];
}

/** So many are registered in one call, so that the page can say how far it is. */
const HOUSEHOLDS_AT_ONCE = 100;

/**
 * 导入花名册: what of a preview somebody has looked at, all of it or nothing: households, each with a card that waits to be opened, and
 * who their people are, an act for each household. Each carries a key of its own, so that a repeat after a lost answer registers none
 * of them again.
 */
export async function importRoster(
  tx: Tx,
  { villageId, idempotencyKey, recordedBy, today, households, named }: RosterImport,
  steps: ImportSteps,
): Promise<{ imported: number; people: number } | ImportRefusal> {
  if (households.length + named.length === 0) return { refused: 'roster_nothing_new' };
  const [groups, present, repeated] = await Promise.all([
    villagerGroups(tx, villageId),
    allCards(tx, villageId),
    countRegistered(tx, villageId, `${idempotencyKey}/`),
  ]);
  const known = new Set(groups.map(({ groupId }) => groupId));
  const isWhole =
    households.every(
      ({ groupId, headName, phone, names, memberCount }) =>
        known.has(groupId) &&
        readHeadName(headName) === headName &&
        (phone === null || readPhone(phone) === phone) &&
        areNames(names) &&
        names.length <= memberCount,
    ) && named.every(({ names }) => areNames(names));
  if (!isWhole || new Set(named.map(({ number }) => number)).size < named.length) {
    return { refused: 'sheet_not_understood' };
  }
  const people = [...households, ...named].reduce((sum, { names }) => sum + names.length, 0);
  if (repeated > 0) return { imported: repeated, people };
  // Somebody may have registered one of them since the preview.
  const taken = new Set(present.map(({ groupId, headName }) => `${groupId} ${headName}`));
  const fresh = households.filter(({ groupId, headName }) => !taken.has(`${groupId} ${headName}`));
  const drafts = fresh.map(({ row, names: _named, ...household }) => ({
    ...household,
    registrationKey: `${idempotencyKey}/${row}`,
  }));
  const numbers: string[] = [];
  for (let at = 0; at < drafts.length; at += HOUSEHOLDS_AT_ONCE) {
    steps.reach(at);
    numbers.push(...(await registerHouseholds(tx, villageId, drafts.slice(at, at + HOUSEHOLDS_AT_ONCE))));
  }
  await noticeManyHouseholds(tx, drafts.length);
  const namings = [...fresh.map(({ names }, at) => ({ number: numbers[at] ?? '', names })), ...named].filter(
    ({ names }) => names.length > 0,
  );
  const naming = { villageId, idempotencyKey: `${idempotencyKey}/members`, recordedBy, today, namings };
  const outcome = namings.length > 0 ? await nameMembers(tx, naming) : null;
  if (outcome === null && drafts.length === 0) return { refused: 'roster_nothing_new' };
  if (outcome !== null && 'refused' in outcome) throw new RosterChanged();
  await steps.close(tx);
  return { imported: drafts.length, people: namings.reduce((sum, { names }) => sum + names.length, 0) };
}

/** Names were given meanwhile that leave no room for these: what was registered a moment ago must not stay either. */
export class RosterChanged extends Error {
  readonly refusal = { refused: 'roster_changed' } as const;
}

function areNames(names: readonly string[]): boolean {
  return new Set(names).size === names.length && names.every((name) => readHeadName(name) === name);
}

async function countRegistered(sql: Reader, villageId: number, keyPrefix: string): Promise<number> {
  const [found] = await sql<{ count: number }[]>`
    select count(*)::integer as count
      from household
     where village_id = ${villageId}
       and starts_with(registration_key, ${keyPrefix})`;
  return found?.count ?? 0;
}
