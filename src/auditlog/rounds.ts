/**
 * What happens to the logs without anybody asking: from time to time each that has grown is signed and shown to its witnesses,
 * and the county's log takes the villages' checkpoints in. Nothing waits for it and nothing fails with it.
 */
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { villages } from '../people/index.ts';
import type { Config } from '../platform/config.ts';
import type { Db } from '../platform/database/db.ts';
import { recordCheckpoints, type VillageCheckpoint } from './county-log.ts';
import { findLogOwner } from './log-owners.ts';
import type { PublicLogs } from './public-logs.ts';

export interface RoundsInput {
  config: Pick<Config, 'dataDir'>;
  db: Db;
  logs: PublicLogs;
  report(facts: Record<string, unknown>, line: string): void;
  everyMs?: number;
  /** See `recordCheckpoints`. */
  recordingPauseMs?: number;
}

const FIRST_AFTER_MS = 30_000;
const EVERY_MS = 60_000;

export interface Rounds {
  start(): void;
  /** Resolves once the round that is under way has ended. */
  stop(): Promise<void>;
  /** One round now. */
  walk(): Promise<void>;
}

export function openRounds({ config, db, logs, report, everyMs = EVERY_MS, recordingPauseMs }: RoundsInput): Rounds {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let walking: Promise<void> = Promise.resolve();

  const walk = async () => {
    const counties = new Map<number, { code: string; heads: VillageCheckpoint[] }>();
    for (const village of await villages(db.sql)) {
      if (isStopped) return;
      const signed = await logs.published(village);
      // A frozen log says nothing new, and what it says of itself must not be vouched for.
      if ('refused' in signed) continue;
      const [, , countyId = 0] = village.regionIds;
      const county = counties.get(countyId) ?? { code: village.county.code, heads: [] };
      counties.set(countyId, county);
      county.heads.push({ code: village.code, signed });
    }
    for (const [countyId, { code, heads }] of counties) {
      await recordCheckpoints(db, countyId, heads, recordingPauseMs === undefined ? {} : { pauseMs: recordingPauseMs });
      const owner = await findLogOwner(db.sql, code);
      if (owner) await logs.published(owner);
    }
  };

  const walkInTurn = async () => {
    if (!isMyTurn(config.dataDir, everyMs)) return;
    await walk().catch((error: Error & { code?: unknown }) => {
      // Whatever it was, the next round tries again.
      if (!isStopped) report({ name: error.name, code: error.code }, 'a round of the public logs did not end');
    });
  };

  const schedule = (afterMs: number) => {
    timer = setTimeout(() => {
      walking = walkInTurn().then(() => {
        if (!isStopped) schedule(everyMs);
      });
    }, afterMs);
    timer.unref();
  };

  return {
    start: () => schedule(Math.min(FIRST_AFTER_MS, everyMs)),
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await walking;
    },
    walk,
  };
}

/** Several processes serve one data folder, and one round is enough for all; two at once do no harm. */
function isMyTurn(dataDir: string, everyMs: number): boolean {
  const path = join(dataDir, 'log', 'last-round');
  const last = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const age = Date.now() - last;
  // A clock that was set back must not stop the rounds.
  if (age >= 0 && age < everyMs / 2) return false;
  try {
    mkdirSync(join(dataDir, 'log'), { recursive: true, mode: 0o700 });
    writeFileSync(path, `${process.pid}\n`);
  } catch {
    // A full disk stops no round: it only lets two happen.
  }
  return true;
}
