/**
 * Charts as pictures, drawn on the server: a page shows them as images with a table beside them. What was drawn is kept by what it
 * shows, so that one chart is drawn once however many look at it.
 */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

export interface Chart {
  kind: 'bars' | 'lines' | 'rows';
  labels: readonly string[];
  /** Null: nothing is known there. */
  series: readonly { name: string; values: readonly (number | null)[] }[];
}

export interface ChartSize {
  width: number;
  height: number;
}

/** The same figures for a desk and for a phone: a picture that is only shrunk has letters nobody can read. */
export const CHART_LOOKS = ['wide', 'narrow'] as const;
export type ChartLook = (typeof CHART_LOOKS)[number];

const WIDTHS = { wide: 720, narrow: 300 };
const HEIGHT = 320;
const ROW_HEIGHTS = { wide: 34, narrow: 38 };
const FRAME_HEIGHT = 90;

/** Blue, amber and green, apart in brightness too, so that they differ in print and to every eye. */
const COLORS = ['#1f5fa8', '#c77700', '#2f7d4f'];
const DASHES = ['solid', 'dashed', 'dotted'] as const;

const worker = fileURLToPath(new URL('./draw-chart-worker.js', import.meta.url));
/** So long after the last chart the thread waits for another one. */
const REST_MS = 60_000;

const MOST_KEPT = 200;
const kept = new Map<string, string>();

/** The name of what a chart shows: as long as it is the same, so is the picture. */
export function chartHash(chart: Chart): string {
  return createHash('sha256').update(JSON.stringify(chart)).digest('base64url').slice(0, 22);
}

export function chartSize({ kind, labels }: Chart, look: ChartLook): ChartSize {
  return {
    width: WIDTHS[look],
    height: kind === 'rows' ? labels.length * ROW_HEIGHTS[look] + FRAME_HEIGHT : HEIGHT,
  };
}

/** As SVG. */
export async function drawChart(chart: Chart, look: ChartLook): Promise<string> {
  const hash = `${look} ${chartHash(chart)}`;
  const known = kept.get(hash);
  if (known !== undefined) return known;
  const drawn = await draw(chart, look);
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(hash, drawn);
  return drawn;
}

/** One after another, for the thread answers in order. */
let queue: Promise<unknown> = Promise.resolve();
let thread: Worker | null = null;
let rest: NodeJS.Timeout | undefined;

function draw(chart: Chart, look: ChartLook): Promise<string> {
  const drawn = queue.then(() => drawInThread(chart, look));
  queue = drawn.catch(() => {});
  return drawn;
}

/** The library takes a second to load, in which the counter must be answered: so it lives in a thread, which ends when nobody looks. */
function drawInThread(chart: Chart, look: ChartLook): Promise<string> {
  clearTimeout(rest);
  const drawer = thread ?? new Worker(worker, { execArgv: [] });
  thread = drawer;
  return new Promise<string>((resolve, reject) => {
    const fail = (error: Error) => {
      thread = null;
      reject(error);
    };
    drawer.removeAllListeners();
    drawer.once('message', (svg: string) => {
      rest = setTimeout(() => {
        thread = null;
        drawer.terminate().catch(() => {});
      }, REST_MS).unref();
      drawer.unref();
      resolve(svg);
    });
    drawer.once('error', fail);
    drawer.once('exit', () => fail(new Error('the thread that draws charts ended')));
    drawer.ref();
    drawer.postMessage({ ...chartSize(chart, look), options: optionsOf(chart, look) });
  });
}

function optionsOf({ kind, labels, series }: Chart, look: ChartLook) {
  const isNarrow = look === 'narrow';
  const words = { color: '#222', fontSize: 15 };
  const isCounted = series.every(({ values }) => values.every((value) => value === null || Number.isInteger(value)));
  const named = { type: 'category', data: [...labels], axisLabel: words, axisTick: { show: false } } as const;
  const measured = {
    type: 'value',
    axisLabel: { ...words, hideOverlap: true },
    splitLine: { lineStyle: { color: '#ddd' } },
    splitNumber: isNarrow ? 3 : 5,
    // Nobody has half a problem.
    ...(isCounted && { minInterval: 1 }),
  } as const;
  const isLying = kind === 'rows';
  return {
    animation: false,
    backgroundColor: '#fff',
    textStyle: { fontFamily: 'sans-serif' },
    legend: { show: series.length > 1, top: 4, textStyle: words, itemWidth: isNarrow ? 20 : 28 },
    grid: { left: isNarrow ? 4 : 16, right: 24, top: series.length > 1 ? 44 : 20, bottom: 12 },
    // The first row stands on top.
    xAxis: isLying ? measured : named,
    yAxis: isLying ? { ...named, inverse: true } : measured,
    series: series.map(({ name, values }, place) => ({
      name,
      data: [...values],
      itemStyle: { color: COLORS[place % COLORS.length] },
      ...(kind === 'lines'
        ? {
            type: 'line',
            symbolSize: 7,
            lineStyle: { width: 3, type: DASHES[place % DASHES.length], color: COLORS[place % COLORS.length] },
          }
        : { type: 'bar', barMaxWidth: 28 }),
    })),
  };
}
