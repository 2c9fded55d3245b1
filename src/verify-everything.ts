import { type BadRow, countyLogs, type GuardedHead, guardedHeads, verifyLog } from './auditlog/index.ts';
import { verifyVillage } from './oversight/index.ts';
import { villages } from './people/index.ts';
import type { Sql } from './platform/database/connect.ts';
import type { Reader } from './platform/database/db.ts';

export interface Verified {
  villages: number;
  acts: number;
  entries: number;
  moves: number;
  /** Of each village the first one in its record and the first one in its books. */
  bad: (BadRow & { villageCode: string; villageName: string })[];
}

/** What was signed last, by the code of the village. */
export type Guards = ReadonlyMap<string, GuardedHead>;

type OnProgress = (villageName: string, rows: number) => void;

const SNAPSHOT = 'isolation level repeatable read read only';

/**
 * Checks every row of every village against every other, in one snapshot, so that a server may go on writing meanwhile. The
 * guards are read before the snapshot is taken: what they say was signed must be in it. Takes two connections, so that neither
 * the database nor this process waits for the other.
 */
export async function verifyEverything(sql: Sql, dataDir: string, onProgress?: OnProgress): Promise<Verified> {
  const guards = await readGuards(sql, dataDir);
  return sql.begin(SNAPSHOT, async (tx) => {
    const [exported] = await tx<{ snapshot: string }[]>`select pg_export_snapshot() as snapshot`;
    return sql.begin(SNAPSHOT, async (booksTx) => {
      await booksTx.unsafe(`set transaction snapshot '${exported?.snapshot}'`);
      // The one that is done first with a long village waits for the other.
      for (const one of [tx, booksTx]) await one`set local idle_in_transaction_session_timeout = 0`;
      return verifyVillages(tx, guards, onProgress, booksTx);
    });
  });
}

export async function readGuards(sql: Reader, dataDir: string): Promise<Guards> {
  return guardedHeads(sql, dataDir, [...(await villages(sql)), ...(await countyLogs(sql))]);
}

/** `booksSql` is a second reader of the same snapshot, if there is one. */
export async function verifyVillages(
  sql: Reader,
  guards: Guards,
  onProgress?: OnProgress,
  booksSql: Reader = sql,
): Promise<Verified> {
  const all = await villages(sql);
  const result: Verified = { villages: all.length, acts: 0, entries: 0, moves: 0, bad: [] };
  for (const { villageId, code, name } of all) {
    const tell = (rows: number) => onProgress?.(name, rows);
    const blame = (bad: BadRow) => {
      result.bad.push({ ...bad, villageCode: code, villageName: name });
    };
    const village = { villageId, guarded: guards.get(code) ?? null, onProgress: tell };
    const found = await verifyVillage(sql, village, booksSql);
    result.acts += found.acts;
    result.entries += found.entries;
    result.moves += found.moves;
    found.bad.forEach(blame);
  }
  for (const { villageId, code, name } of await countyLogs(sql)) {
    const log = await verifyLog(sql, { villageId, guarded: guards.get(code) ?? null });
    if ('table' in log) result.bad.push({ ...log, villageCode: code, villageName: name });
  }
  return result;
}
