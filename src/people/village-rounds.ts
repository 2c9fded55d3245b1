/** What happens in every village without anybody asking, a few times an hour. */
import { villageDay } from '../platform/clock.ts';
import type { Db } from '../platform/database/db.ts';
import { villages } from './regions.ts';

const FIRST_AFTER_MS = 20_000;
const EVERY_MS = 300_000;

export interface VillageRounds {
  start(): void;
  /** Resolves once the round that is under way has ended. */
  stop(): Promise<void>;
}

export interface RoundsOf {
  /** What it does, for the line that says that a round did not end: `clears posted lines`. */
  what: string;
  each(village: { villageId: number; today: string }): Promise<unknown>;
}

export function openVillageRounds(
  db: Db,
  { what, each }: RoundsOf,
  report: (facts: Record<string, unknown>, line: string) => void,
): VillageRounds {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let walking: Promise<void> = Promise.resolve();

  const walk = async () => {
    // By the clock that the record goes by: where ours is ahead of it, nothing is given back before its last day is over.
    const [clock] = await db.sql<{ now: Date }[]>`select clock_timestamp() as now`;
    if (!clock) throw new Error('a query without a table answers one row');
    const today = villageDay(clock.now);
    for (const { villageId } of await villages(db.sql)) {
      if (isStopped) return;
      await each({ villageId, today });
    }
  };

  const schedule = (afterMs: number) => {
    timer = setTimeout(() => {
      walking = walk()
        .catch((error: Error & { code?: unknown }) => {
          // Whatever it was, the next round tries again.
          if (!isStopped) report({ name: error.name, code: error.code }, `a round that ${what} did not end`);
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
