import { drawLots } from '../platform/draw-lots.ts';

/** What the public log says of an act, as far as a sample is drawn from it. */
export interface LoggedAct {
  seq: number;
  type: string;
  occurredOn: string;
  /** The number of the act that it takes back. */
  reverses: number | null;
  /** Codes of goods that came in. */
  goods: readonly string[];
}

export const SAMPLE_KINDS = ['exchange', 'award', 'lot'] as const;

export type SampleKind = (typeof SAMPLE_KINDS)[number];

export interface SampleLine {
  kind: SampleKind;
  /** The number of the act. */
  seq: number;
  /** Of a lot: the code of the goods. */
  item: string | null;
}

const TYPES: Readonly<Record<SampleKind, string>> = {
  exchange: 'points.redeem',
  award: 'points.award',
  lot: 'stock.in',
};

/**
 * 抽查: what a seed draws out of everything that was recorded before it. Exchanges and awards of the month and goods that ever came in,
 * without what was taken back, each under a key (`exchange:17`, `award:18`, `lot:3:GR001`); see draw-lots.ts for the draw. Nothing but the
 * public log goes in, so that anybody repeats it.
 */
export function drawSample(
  acts: readonly LoggedAct[],
  { seq: drawnAt, seed, month, sizes }: { seq: number; seed: string; month: string; sizes: Record<SampleKind, number> },
): SampleLine[] {
  const before = acts.filter(({ seq }) => seq < drawnAt);
  const reversed = new Set(before.map(({ reverses }) => reverses));
  return SAMPLE_KINDS.flatMap((kind) => {
    const lines = before
      .filter(({ type, seq, occurredOn }) => {
        return type === TYPES[kind] && !reversed.has(seq) && (kind === 'lot' || occurredOn.startsWith(month));
      })
      .flatMap(({ seq, goods }): SampleLine[] =>
        kind === 'lot' ? goods.map((item) => ({ kind, seq, item })) : [{ kind, seq, item: null }],
      );
    const byKey = new Map(lines.map((line) => [sampleKey(line), line]));
    return drawLots(seed, [...byKey.keys()], sizes[kind]).flatMap((key) => byKey.get(key) ?? []);
  });
}

export function sampleKey({ kind, seq, item }: SampleLine): string {
  return `${kind}:${seq}${item === null ? '' : `:${item}`}`;
}
