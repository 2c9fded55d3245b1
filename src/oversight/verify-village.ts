import { type BadRow, verifyLog } from '../auditlog/index.ts';
import { verifyBooks } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';

export interface VerifiedVillage {
  acts: number;
  entries: number;
  moves: number;
  /** The first one in its record and the first one in its books. */
  bad: BadRow[];
}

/** Every row of one village against every other; the reader must be one snapshot that is younger than the guard. */
export async function verifyVillage(
  sql: Reader,
  { villageId, guarded, onProgress }: Parameters<typeof verifyLog>[1],
): Promise<VerifiedVillage> {
  const done = { log: 0, books: 0 };
  const tell = (part: keyof typeof done) => (rows: number) => {
    done[part] = rows;
    onProgress?.(done.log + done.books);
  };
  // At the same time, over the one connection: while the database reads for one, the other is checked.
  const [log, books] = await Promise.all([
    verifyLog(sql, { villageId, guarded, onProgress: tell('log') }),
    verifyBooks(sql, { villageId, onProgress: tell('books') }),
  ]);
  return {
    acts: 'acts' in log ? log.acts : 0,
    entries: 'entries' in books ? books.entries : 0,
    moves: 'moves' in books ? books.moves : 0,
    bad: [log, books].filter((found) => 'table' in found),
  };
}
