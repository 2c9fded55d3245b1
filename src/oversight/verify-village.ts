import { verifyActivities } from '../activities/index.ts';
import { type BadRow, verifyLog } from '../auditlog/index.ts';
import { verifyClaims } from '../claims/index.ts';
import { verifyGifts } from '../donations/index.ts';
import { verifyGoods } from '../goods/index.ts';
import { verifyHandovers } from '../handovers/index.ts';
import { verifyHonours } from '../honours/index.ts';
import { verifyBooks } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { verifyRates } from '../rates/index.ts';
import { verifyReminders } from '../reminders/index.ts';
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
 * Every row of one village against every other; the reader must be one snapshot that is younger than the guard. Log and books are
 * read at the same time if they have a reader each, of the same snapshot; over one connection they would be in each other's way.
 */
export async function verifyVillage(
  sql: Reader,
  { villageId, guarded, onProgress }: Parameters<typeof verifyLog>[1],
  booksSql: Reader = sql,
): Promise<VerifiedVillage> {
  const done = { log: 0, books: 0 };
  const tell = (part: 'log' | 'books') => (rows: number) => {
    done[part] = rows;
    onProgress?.(done.log + done.books);
  };
  const readLog = () => verifyLog(sql, { villageId, guarded, onProgress: tell('log') });
  const readBooks = async () => {
    const books = await verifyBooks(booksSql, { villageId, onProgress: tell('books') });
    const beside =
      'table' in books
        ? null
        : ((await verifyClaims(booksSql, villageId)) ??
          (await verifyRates(booksSql, villageId)) ??
          (await verifyReminders(booksSql, villageId)) ??
          (await verifyGifts(booksSql, villageId)) ??
          (await verifyWishes(booksSql, villageId)) ??
          (await verifyShopLists(booksSql, villageId)) ??
          (await verifyHandovers(booksSql, villageId)) ??
          (await verifyGoods(booksSql, villageId)) ??
          (await verifyHonours(booksSql, villageId)) ??
          (await verifyActivities(booksSql, villageId)));
    return { books, bad: beside ?? ('table' in books ? books : null) };
  };
  const [log, { books, bad }] =
    booksSql === sql ? [await readLog(), await readBooks()] : await Promise.all([readLog(), readBooks()]);
  return {
    acts: 'acts' in log ? log.acts : 0,
    entries: 'entries' in books ? books.entries : 0,
    moves: 'moves' in books ? books.moves : 0,
    bad: ['table' in log ? log : null, bad].filter((found) => found !== null),
  };
}
