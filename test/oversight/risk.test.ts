import { expect, test } from 'vitest';
import { decideCode, isCodeBelow } from '../../src/oversight/decide-code.ts';
import { decideRisk, type RiskFigures } from '../../src/oversight/decide-risk.ts';

const sound: RiskFigures = {
  householdCount: 100,
  openCardCount: 100,
  outstandingFen: 100_000,
  stockValueFen: 50_000,
  unpublishedMonthCount: 0,
  daysSinceLastAct: 0,
  dayOfMonth: 20,
};

test.each([
  ['a village in order', {}, 'green', []],
  ['last month on the tenth', { unpublishedMonthCount: 1, dayOfMonth: 10 }, 'blue', ['unpublished']],
  ['last month on the eleventh', { unpublishedMonthCount: 1, dayOfMonth: 11 }, 'yellow', ['unpublished']],
  ['two months', { unpublishedMonthCount: 2, dayOfMonth: 1 }, 'red', ['unpublished']],
  ['13 quiet days', { daysSinceLastAct: 13 }, 'green', []],
  ['14 quiet days', { daysSinceLastAct: 14 }, 'yellow', ['idle']],
  ['30 quiet days', { daysSinceLastAct: 30 }, 'red', ['idle']],
  ['an empty shelf', { stockValueFen: 0 }, 'red', ['shelfEmpty']],
  ['an empty shelf that nobody can draw on', { stockValueFen: 0, outstandingFen: 0 }, 'green', []],
  ['a shelf worth 9 percent', { stockValueFen: 9_999 }, 'yellow', ['shelfThin']],
  ['a shelf worth 10 percent', { stockValueFen: 10_000 }, 'blue', ['shelfThin']],
  ['a shelf worth 25 percent', { stockValueFen: 25_000 }, 'green', []],
  ['one card in ten not open', { openCardCount: 90 }, 'green', []],
  ['more than one card in ten', { openCardCount: 89 }, 'blue', ['cardsClosed']],
  [
    'the gravest reason first',
    { openCardCount: 0, stockValueFen: 0, daysSinceLastAct: 20 },
    'red',
    ['shelfEmpty', 'idle', 'cardsClosed'],
  ],
])('%s', (_, changes: Partial<RiskFigures>, level, codes) => {
  const risk = decideRisk({ ...sound, ...changes });
  expect(risk.level).toBe(level);
  expect(risk.reasons.map(({ code }) => code)).toEqual(codes);
});

test('one red reason weighs more than any yellow ones', () => {
  const red = decideRisk({ ...sound, daysSinceLastAct: 30 });
  const yellows = decideRisk({ ...sound, daysSinceLastAct: 29, unpublishedMonthCount: 1, stockValueFen: 1 });
  expect(red.score).toBeGreaterThan(yellows.score);
});

test.each([
  ['township', '610630000000', [], '610630100000'],
  ['township', '610630000000', ['610630001000', '610630012000'], '610630013000'],
  ['village', '610630013000', [], '610630013200'],
  ['village', '610630013000', ['610630013200', '610630013207'], '610630013208'],
  ['village', '610630013000', ['610630013999', '610630013001'], '610630013002'],
  [
    'village',
    '610630013000',
    Array.from({ length: 999 }, (_, n) => `610630013${String(n + 1).padStart(3, '0')}`),
    null,
  ],
] as const)('the next free code of a %s below %s', (level, parentCode, takenCodes, next) => {
  expect(decideCode({ level, parentCode, takenCodes })).toBe(next);
  if (next !== null) expect(isCodeBelow(level, parentCode, next)).toBe(true);
});

test('a code belongs below its parent and is not the parent', () => {
  expect(isCodeBelow('village', '610630013000', '610630013000')).toBe(false);
  expect(isCodeBelow('village', '610630013000', '610630014001')).toBe(false);
  expect(isCodeBelow('township', '610630000000', '61063010000')).toBe(false);
});
