import { expect, test } from 'vitest';
import { decideCode, isCodeBelow } from '../../src/oversight/decide-code.ts';
import { decideRisk, type RiskFigures } from '../../src/oversight/decide-risk.ts';

const sound: RiskFigures = {
  householdCount: 100,
  openCardCount: 100,
  promisedFen: 100_000,
  coverFen: 50_000,
  stockValueFen: 50_000,
  solvency: { level: 'green', percent: 200, budget: null },
  problems: { overdue: 0, overdueDays: 0 },
  problemRedDays: 14,
  unpublishedMonthCount: 0,
  daysSinceLastAct: 0,
  dayOfMonth: 20,
};

function used(level: 'red' | 'yellow' | 'green'): RiskFigures['solvency'] {
  return { level: 'green', percent: 10, budget: { centipoints: 100, usedPercent: 90, level } };
}

const thin: RiskFigures['solvency'] = { level: 'yellow', percent: 90, budget: null };

test.each([
  ['a village in order', {}, 'green', []],
  ['last month on the tenth', { unpublishedMonthCount: 1, dayOfMonth: 10 }, 'blue', ['unpublished']],
  ['last month on the eleventh', { unpublishedMonthCount: 1, dayOfMonth: 11 }, 'yellow', ['unpublished']],
  ['two months', { unpublishedMonthCount: 2, dayOfMonth: 1 }, 'red', ['unpublished']],
  ['13 quiet days', { daysSinceLastAct: 13 }, 'green', []],
  ['14 quiet days', { daysSinceLastAct: 14 }, 'yellow', ['idle']],
  ['30 quiet days', { daysSinceLastAct: 30 }, 'red', ['idle']],
  ['an empty shelf', { stockValueFen: 0 }, 'red', ['shelfEmpty']],
  ['an empty shelf that nobody can draw on', { stockValueFen: 0, promisedFen: 0 }, 'green', []],
  ['too little behind the points', { solvency: thin }, 'yellow', ['shelfThin']],
  ['the quarter used up', { solvency: used('red') }, 'red', ['budgetUsed']],
  ['most of the quarter used', { solvency: used('yellow') }, 'yellow', ['budgetUsed']],
  ['some of it', { solvency: used('green') }, 'green', []],
  ['a problem 14 days late', { problems: { overdue: 2, overdueDays: 14 } }, 'yellow', ['problemsLate']],
  ['a problem 15 days late', { problems: { overdue: 1, overdueDays: 15 } }, 'red', ['problemsLate']],
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
  const yellows = decideRisk({
    ...sound,
    daysSinceLastAct: 29,
    unpublishedMonthCount: 1,
    problems: { overdue: 1, overdueDays: 1 },
  });
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
