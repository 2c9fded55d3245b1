import type { Reader } from '../platform/database/db.ts';

const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 24 * 3_600_000;

/** Once a day what is kept for a time only is forgotten; which and after how long stands in forget_old_traces.sql. */
export function openForgetting(
  sql: Reader,
  report: (facts: Record<string, unknown>, line: string) => void,
): { start(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const schedule = (afterMs: number) => {
    timer = setTimeout(async () => {
      await forgetOldTraces(sql).catch((error: Error & { code?: unknown }) =>
        // Whatever it was, tomorrow is early enough.
        report({ name: error.name, code: error.code }, 'old traces were not forgotten today'),
      );
      schedule(EVERY_MS);
    }, afterMs);
    timer.unref();
  };
  return { start: () => schedule(FIRST_AFTER_MS), stop: () => clearTimeout(timer) };
}

export async function forgetOldTraces(sql: Reader): Promise<void> {
  await sql`select forget_old_traces()`;
}
