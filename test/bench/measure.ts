import { loadavg } from 'node:os';

/** Many short rounds: a shared machine is now fast and now slow, and the two sides of a short pair meet the same of it. */
export const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 15);
/**
 * A server that has just started translates while it answers: twice the processor time, until it has done each thing some thousand times.
 */
export const WARM_SECONDS = Number(process.env.BENCH_WARM_SECONDS ?? 60);
export const CLIENTS = 32;

/** How many times a second `work` is done by so many clients at once, each waiting for its answer. */
export async function rateOf(clients: number, work: (client: number) => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  const end = begun + SECONDS * 1_000;
  let done = 0;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < end) {
        await work(client);
        done += 1;
      }
    }),
  );
  return (done * 1_000) / (performance.now() - begun);
}

export async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Both sides in turn, so that whatever else the machine does meets both; the ratio is the median of the rounds' ratios. */
export async function sideBySide(
  one: () => Promise<number>,
  other: () => Promise<number>,
  warmSeconds = WARM_SECONDS,
): Promise<{ one: number; other: number; ratio: number }> {
  await warm(one, warmSeconds);
  await warm(other, warmSeconds);
  const pairs: [number, number][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round % 2 === 0) pairs.push([await one(), await other()]);
    else {
      const second = await other();
      pairs.push([await one(), second]);
    }
  }
  return {
    one: median(pairs.map(([first]) => first)),
    other: median(pairs.map(([, second]) => second)),
    ratio: median(pairs.map(([first, second]) => first / second)),
  };
}

/** Each side for as long: in turns, the longer way of preparing one of them would be taken from the warming of the other. */
async function warm(side: () => Promise<number>, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1_000;
  do await side();
  while (performance.now() < end);
}

/** `bound` says on which side of `goal` the figure belongs. */
export function report(claim: string, figures: string, figure: number, bound: '>=' | '<=', goal: number): void {
  const isMet = bound === '>=' ? figure >= goal : figure <= goal;
  const load = (loadavg()[0] ?? 0).toFixed(1);
  console.log(
    `${isMet ? '✓' : '✗'} ${claim}: ${figure.toFixed(2)} (goal ${bound} ${goal}) · ${figures} · load ${load}`,
  );
}
