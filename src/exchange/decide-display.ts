/** What a customer display may still show. Whoever walked away leaves nothing behind. */

export type Shown =
  | { kind: 'idle' }
  /** A number is asked to come; nothing else of whose it is. */
  | { kind: 'called'; number: number }
  | {
      kind: 'serving';
      /** As the village's boards would write it. */
      name: string | null;
      balanceCentipoints: number | null;
      totalCentipoints: number;
      missingCentipoints: number;
      lines: { name: string; unit: string; quantity: number; lineCentipoints: number }[];
    }
  | { kind: 'done'; spentCentipoints: number; leftCentipoints: number };

/** Long enough to read it and to take the goods. */
const DONE_SECONDS = 15;
/** An exchange that nobody goes on with. */
const SERVING_SECONDS = 180;

const SECONDS: Readonly<Record<Shown['kind'], number | null>> = {
  idle: null,
  called: SERVING_SECONDS,
  serving: SERVING_SECONDS,
  done: DONE_SECONDS,
};

/** For how long it may be shown, counted from its last change; null: for ever. */
export function secondsShown({ kind }: Shown): number | null {
  return SECONDS[kind];
}

export function decideDisplay(shown: Shown, ageSeconds: number): Shown {
  const most = secondsShown(shown);
  return most !== null && ageSeconds >= most ? { kind: 'idle' } : shown;
}
