import { allCards, readHeadName, readPhone, registerHouseholds, villagerGroups } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { type DecidedRoster, decideRoster, type ListedHousehold, type NewHousehold } from './decide-roster.ts';

/** What would become of a list that was read, looked at beside what the village has now. */
export async function previewRoster(
  sql: Reader,
  villageId: number,
  listed: readonly ListedHousehold[],
): Promise<DecidedRoster> {
  const [groups, households] = await Promise.all([villagerGroups(sql, villageId), allCards(sql, villageId)]);
  return decideRoster(listed, { groups, households });
}

export type ImportRefusal = { refused: 'roster_nothing_new' } | { refused: 'sheet_not_understood' };

/** The most households that one list may bring. */
export const MOST_HOUSEHOLDS = 2_000;

/**
 * 导入花名册: the households of a preview that somebody has looked at, all in one call, each with a card that waits to be opened. Each
 * carries a key of its own, so that a press twice, or a repeat after a lost answer, registers none of them again.
 */
export async function importRoster(
  sql: Reader,
  {
    villageId,
    idempotencyKey,
    households,
  }: { villageId: number; idempotencyKey: string; households: readonly NewHousehold[] },
): Promise<{ imported: number } | ImportRefusal> {
  if (households.length === 0) return { refused: 'roster_nothing_new' };
  const [groups, present, repeated] = await Promise.all([
    villagerGroups(sql, villageId),
    allCards(sql, villageId),
    countRegistered(sql, villageId, `${idempotencyKey}/`),
  ]);
  const known = new Set(groups.map(({ groupId }) => groupId));
  const isWhole = households.every(
    ({ groupId, headName, phone }) =>
      known.has(groupId) && readHeadName(headName) === headName && (phone === null || readPhone(phone) === phone),
  );
  if (!isWhole || households.length > MOST_HOUSEHOLDS) return { refused: 'sheet_not_understood' };
  if (repeated > 0) return { imported: repeated };
  // Somebody may have registered one of them since the preview.
  const fresh = households.filter(
    ({ groupId, headName }) => !present.some((card) => card.groupId === groupId && card.headName === headName),
  );
  if (fresh.length === 0) return { refused: 'roster_nothing_new' };
  const drafts = fresh.map(({ row, ...household }) => ({ ...household, registrationKey: `${idempotencyKey}/${row}` }));
  await registerHouseholds(sql, villageId, drafts);
  return { imported: drafts.length };
}

async function countRegistered(sql: Reader, villageId: number, keyPrefix: string): Promise<number> {
  const [found] = await sql<{ count: number }[]>`
    select count(*)::integer as count
      from household
     where village_id = ${villageId}
       and starts_with(registration_key, ${keyPrefix})`;
  return found?.count ?? 0;
}
