import { type BadRow, verifyLog } from '../auditlog/index.ts';
import { verifyClaims } from '../claims/index.ts';
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
  const log = await verifyLog(sql, { villageId, guarded, onProgress });
  const acts = 'acts' in log ? log.acts : 0;
  const books = await verifyBooks(sql, { villageId, onProgress: (rows) => onProgress?.(acts + rows) });
  const claims = 'table' in books ? null : await verifyClaims(sql, villageId);
  return {
    acts,
    entries: 'entries' in books ? books.entries : 0,
    moves: 'moves' in books ? books.moves : 0,
    bad: [log, claims ?? books].filter((found) => 'table' in found),
  };
}
