/** A stranger follows what a point is worth from the leaves alone, and names the first entry that cannot be. */
import { expect, test } from 'vitest';
import type { LeafFacts } from '../../src/auditlog/index.ts';
import { keep } from './made-log.ts';

const [A = '', B = ''] = ['a', 'b'].map((letter) => letter.repeat(32));

const day = { occurred: '2026-02-15' };
const award = (acct: string, n: number, delta: number) => {
  return { type: 'points.award', rule: 'AD-LAB-01', version: 1, occurred: '2026-02-01', acct, delta, n };
};
/** A holds 100 and 37.5, of which B has none; B owes nothing and holds a hundredth. */
const BEGINNING: LeafFacts[] = [
  { type: 'village.open', opening: 10_000, rate: 300 },
  { type: 'points.open', acct: A, delta: 10_000, n: 1, ...day },
  award(A, 2, 3_750),
  award(B, 1, 1),
];
const change = {
  type: 'rate.change',
  was: 300,
  rate: 100,
  opening: 30_000,
  before: 13_751,
  after: 41_253,
  rounding: 0,
};
const convert = (acct: string, n: number, delta: number) => {
  return { type: 'points.convert', was: 300, rate: 100, acct, delta, n, ...day };
};
const price = { type: 'goods.price', item: 'GR001', price: 2_800, effective: day.occurred, method: 'newRate', ...day };
const WHOLE = [{ ...change, ...day }, convert(A, 3, 27_500), convert(B, 2, 2), price];

test('37.5 points of a lot become 112.5, and the rest of a division is the household’s', () => {
  expect(keep([...BEGINNING, ...WHOLE])).toEqual({ centipoints: 41_253 });
  // 10,000 and 3,750 and 1 at 7 yuan: 4,285.7 and 1,607.1 and 0.4, each rounded up.
  const seven = { ...change, rate: 700, opening: 4_286, after: 5_895, rounding: 5_895 * 700 - 13_751 * 300, ...day };
  const down = { type: 'points.convert', was: 300, rate: 700, acct: A, delta: 4_286 + 1_608 - 13_750, n: 3, ...day };
  expect(keep([...BEGINNING, seven, down])).toEqual({ centipoints: 5_895 });
});

const WRONG: [string, LeafFacts[], string][] = [
  ['another rate before', [{ ...change, was: 200, ...day }], 'it was 300'],
  ['no change at all', [{ ...change, rate: 300, ...day }], 'to what it was'],
  ['other sums', [{ ...change, after: 41_254, ...day }], 'come to 41253'],
  ['another rounding', [{ ...change, rounding: 1, ...day }], 'rounding'],
  ['a household left out', [{ ...change, ...day }, convert(A, 3, 27_500), price], 'should be converted'],
  ['one converted by more', [{ ...change, ...day }, convert(A, 3, 27_501)], 'its lots change by 27500'],
  ['one converted twice', [...WHOLE.slice(0, 3), convert(B, 3, 2)], 'its lots change by 0'],
  ['points converted without a change', [convert(A, 3, 27_500)], 'no rate changed'],
  ['a new price without a change', [price], 'none was made'],
  ['a new price later on', [...WHOLE, award(A, 4, 100), price], 'none was made'],
];

test.each(WRONG)('%s is found', (_what, more, sentence) => {
  expect(keep([...BEGINNING, ...more])).toContain(sentence);
});
