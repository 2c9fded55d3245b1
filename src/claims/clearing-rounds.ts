/** What happens to posted lines without anybody asking: a few times an hour every village clears what is due. */
import { villages } from '../people/index.ts';
import { villageDay } from '../platform/clock.ts';
import type { Db } from '../platform/database/db.ts';
import { clearClaims } from './clear-claims.ts';

const FIRST_AFTER_MS = 20_000;
const EVERY_MS = 300_000;

export interface ClearingRounds {
  start(): void;
  /** Resolves once the round that is under way has ended. */
  stop(): Promise<void>;
}

export function openClearingRounds(
  db: Db,
  report: (facts: Record<string, unknown>, line: string) => void,
): ClearingRounds {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let walking: Promise<void> = Promise.resolve();

  const walk = async () => {
    for (const { villageId } of await villages(db.sql)) {
      if (isStopped) return;
      await clearClaims(db, { villageId, today: villageDay(new Date()) });
    }
  };

  const schedule = (afterMs: number) => {
    timer = setTimeout(() => {
      walking = walk()
        .catch((error: Error & { code?: unknown }) => {
          // Whatever it was, the next round tries again.
          if (!isStopped)
            report({ name: error.name, code: error.code }, 'a round that clears posted lines did not end');
        })
        .then(() => {
          if (!isStopped) schedule(EVERY_MS);
        });
    }, afterMs);
    timer.unref();
  };

  return {
    start: () => schedule(FIRST_AFTER_MS),
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await walking;
    },
  };
}
