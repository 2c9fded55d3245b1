import { verifyActivities } from '../activities/index.ts';
import { type BadRow, verifyLog } from '../auditlog/index.ts';
import { verifyMembers } from '../cards/index.ts';
import { verifyClaims } from '../claims/index.ts';
import { verifyGifts } from '../donations/index.ts';
import { verifyGoods } from '../goods/index.ts';
import { verifyHandovers } from '../handovers/index.ts';
import { verifyHonours } from '../honours/index.ts';
import { verifyBooks, verifyEntries } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { verifyRates } from '../rates/index.ts';
import { verifyReminders } from '../reminders/index.ts';
import { verifyReservations } from '../reservations/index.ts';
import { verifyShopLists } from '../stocktakes/index.ts';
import { verifyWishes } from '../wishes/index.ts';

export interface VerifiedVillage {
  acts: number;
  entries: number;
  moves: number;
  /** The first one in its record and the first one in its books. */
  bad: BadRow[];
}

/**
 * Every row of one village against every other; the reader must be one snapshot that is younger than the guard. Each leaf is read once,
 * for the log and for the entries. What the database checks by itself is done meanwhile if there is a second reader, of the same snapshot.
 */
export async function verifyVillage(
  sql: Reader,
  { villageId, guarded, onProgress }: Omit<Parameters<typeof verifyLog>[1], 'onLeaves'>,
  booksSql: Reader = sql,
): Promise<VerifiedVillage> {
  const readRecord = async () => {
    const entries = await verifyEntries(sql, villageId);
    const log = await verifyLog(sql, { villageId, guarded, onProgress, onLeaves: entries.follow });
    return { log, entries: await entries.end() };
  };
  const [{ log, entries }, books] =
    booksSql === sql
      ? [await readRecord(), await verifyLists(sql, villageId)]
      : await Promise.all([readRecord(), verifyLists(booksSql, villageId)]);
  return {
    acts: 'acts' in log ? log.acts : 0,
    entries: 'entries' in entries ? entries.entries : 0,
    moves: 'moves' in books ? books.moves : 0,
    bad: [log, 'table' in entries ? entries : books].filter((found) => 'table' in found),
  };
}

/** What the parts of the village keep beside acts and entries. */
async function verifyLists(sql: Reader, villageId: number): Promise<BadRow | { moves: number }> {
  const books = await verifyBooks(sql, { villageId });
  if ('table' in books) return books;
  return (
    (await verifyClaims(sql, villageId)) ??
    (await verifyMembers(sql, villageId)) ??
    (await verifyRates(sql, villageId)) ??
    (await verifyReminders(sql, villageId)) ??
    (await verifyGifts(sql, villageId)) ??
    (await verifyWishes(sql, villageId)) ??
    (await verifyShopLists(sql, villageId)) ??
    (await verifyHandovers(sql, villageId)) ??
    (await verifyGoods(sql, villageId)) ??
    (await verifyHonours(sql, villageId)) ??
    (await verifyActivities(sql, villageId)) ??
    (await verifyReservations(sql, villageId)) ??
    books
  );
}
