import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Reader } from '../platform/database/db.ts';
import { openGuard } from './guard.ts';
import { openLogName } from './log-names.ts';
import { readLogSeed } from './log-seed.ts';
import type { TreeHead } from './proofs.ts';
import { readGuard } from './sign-checkpoint.ts';

/** What was signed last. `missing`: the log was signed before, but nothing is left of it; null: it was never signed. */
export type GuardedHead = (TreeHead & { isOurs: boolean }) | 'unreadable' | 'missing' | null;

/**
 * What the guard's files say of these logs, by code, for whoever verifies; draws no seed where there is none. Read before the
 * acts are. The database is asked first: a log that is signed for the first time after that has lost nothing.
 */
export async function guardedHeads(
  sql: Reader,
  dataDir: string,
  logs: readonly { villageId: number; code: string }[],
): Promise<Map<string, GuardedHead>> {
  const signed = await signedBefore(
    sql,
    logs.map(({ villageId }) => villageId),
  );
  const hasSeed = existsSync(join(dataDir, 'log-seed'));
  const signer = { guard: openGuard(dataDir), logSeed: hasSeed ? readLogSeed(dataDir) : '', newOrigin: () => '' };
  return new Map(
    logs.map(({ villageId, code }): [string, GuardedHead] => {
      const held = readGuard(openLogName(dataDir, code), signer);
      if (held === null) return [code, signed.has(villageId) ? 'missing' : null];
      return [code, held === 'unreadable' ? held : { ...held.checkpoint, isOurs: held.isOurs }];
    }),
  );
}

/** A log that goes on for a closed one has not been signed before the server starts again. */
async function signedBefore(sql: Reader, villageIds: number[]): Promise<Set<number>> {
  const rows = await sql<{ villageId: number }[]>`
    select village_id as "villageId"
      from public_log
     where village_id = any(${villageIds}::integer[])
     group by village_id
    having count(*) > (
             select count(*)
               from act
              where act.village_id = public_log.village_id
                and act.type = 'log.begin'
           )`;
  return new Set(rows.map(({ villageId }) => villageId));
}
