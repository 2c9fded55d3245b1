import { expect, test } from 'vitest';
import type { Leaf } from '../../src/audit/leaf.ts';
import { openRuleBook } from '../../src/audit/rules.ts';

const change = (version: number, points: number, effective: string, occurred = '2026-10-01') =>
  ({ type: 'rule.change', rule: 'R', version, points, effective, occurred }) as Leaf;
const award = (version: number, delta: number, occurred: string) =>
  ({ type: 'points.award', rule: 'R', version, delta, occurred }) as Leaf;

const HISTORY = [change(2, 450, '2026-11-01'), change(3, 0, '2026-12-01')];

test('awards by the version of their day, cut or whole, are in order', () => {
  const book = openRuleBook();
  const story = [award(1, 300, '2026-10-31'), award(2, 450, '2026-11-01'), award(2, 100, '2026-11-30')];
  for (const [index, leaf] of HISTORY.entries()) book.change(leaf, index);
  for (const [index, leaf] of story.entries()) expect(() => book.use(leaf, index)).not.toThrow();
});

test.each([
  ['an old version after its day', award(1, 300, '2026-11-01'), 'on a day that has 2'],
  ['a version before its day', award(2, 450, '2026-10-31'), 'on a day that has 1'],
  ['a version that nobody made', award(4, 450, '2026-11-01'), 'on a day that has 2'],
  ['more than the version gives', award(2, 451, '2026-11-01'), 'where rule R gives 450'],
  ['an award by a rule that has ended', award(3, 100, '2026-12-01'), 'where rule R gives 0'],
])('%s is found', (_, leaf, sentence) => {
  const book = openRuleBook();
  for (const [index, known] of HISTORY.entries()) book.change(known, index);
  expect(() => book.use(leaf, 9)).toThrow(sentence);
});

test.each([
  ['a version left out', change(5, 100, '2026-12-01'), 'version 5'],
  ['a version twice', change(3, 100, '2026-12-01'), 'version 3'],
  ['a change for days that have passed', change(4, 100, '2026-09-30'), 'days that have passed'],
])('%s is found', (_, leaf, sentence) => {
  const book = openRuleBook();
  for (const [index, known] of HISTORY.entries()) book.change(known, index);
  expect(() => book.change(leaf, 9)).toThrow(sentence);
});
