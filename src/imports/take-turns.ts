import { setImmediate } from 'node:timers/promises';
import type { Reader } from '../platform/database/db.ts';
import type { ImportSteps } from './run-imports.ts';

/**
 * For an import that decides on its rows one by one and records them all in one call: the deciding is what can be counted and cancelled.
 * Decided again because the record went on meanwhile, nothing is counted anew: it cannot be cancelled any more.
 */
export interface Turns {
  decide: <Row>(rows: Iterable<Row>) => Promise<Row[]>;
  /** Before what was decided is posted; throws where the import was cancelled. */
  record: () => Promise<void>;
}

/** So many rows are decided before whoever else waits for this process has a turn. */
const ROWS_A_TURN = 10;

export function takeTurns(steps: ImportSteps, sql: Reader): Turns {
  let isRecording = false;
  return {
    decide: async <Row>(rows: Iterable<Row>) => {
      const decided: Row[] = [];
      for (const row of rows) {
        decided.push(row);
        if (decided.length % ROWS_A_TURN > 0) continue;
        if (!isRecording) steps.reach(decided.length);
        await setImmediate();
      }
      if (!isRecording) steps.reach(decided.length);
      return decided;
    },
    record: async () => {
      if (!isRecording) await steps.close(sql);
      isRecording = true;
    },
  };
}

/** Where nobody looks on. */
export const AT_ONCE: Turns = { decide: async (rows) => [...rows], record: async () => {} };
