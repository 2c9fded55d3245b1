/** What points promise against what is there, at every border, and how much of a quarter is used. */
import { describe, expect, test } from 'vitest';
import { decideSolvency, refuseIssue } from '../../src/ledger/decide-solvency.ts';

const TERMS = {
  solvencyBluePercent: 60,
  solvencyYellowPercent: 80,
  solvencyRedPercent: 100,
  quarterBudgetPercent: null,
  quarterWarnPercent: 80,
};
const FIGURES = {
  villageId: 1,
  fenPerPoint: 300,
  promisedCentipoints: 0,
  promisedFen: 0,
  goodsFen: 70_000,
  moneyFen: 30_000,
  quarterGivenCentipoints: 0,
  quarterOutFen: 0,
};

describe('the colour', () => {
  test.each([
    [0, 'green', 0],
    [59_999, 'green', 59],
    [60_000, 'blue', 60],
    [79_999, 'blue', 79],
    [80_000, 'yellow', 80],
    [99_999, 'yellow', 99],
    [100_000, 'red', 100],
    [350_000, 'red', 350],
  ])('%d fen against 100,000 is %s', (promisedFen, level, percent) => {
    expect(decideSolvency({ ...FIGURES, promisedFen }, TERMS)).toEqual({ level, percent, budget: null });
  });

  test('nothing behind the points is red and no percent; no points and nothing there is in order', () => {
    const nothing = { ...FIGURES, goodsFen: 0, moneyFen: 0 };
    expect(decideSolvency({ ...nothing, promisedFen: 1 }, TERMS)).toMatchObject({ level: 'red', percent: null });
    expect(decideSolvency(nothing, TERMS)).toMatchObject({ level: 'green', percent: 0 });
  });
});

describe('a quarter gives 80 percent of what it had to give', () => {
  const terms = { ...TERMS, quarterBudgetPercent: 80 };
  // 100,000 fen there and 50,000 handed out: 120,000 fen are 400 points at 3 yuan.
  const figures = { ...FIGURES, quarterOutFen: 50_000 };

  test.each([
    [0, 0, 'green'],
    [31_999, 79, 'green'],
    [32_000, 80, 'yellow'],
    [39_999, 99, 'yellow'],
    [40_000, 100, 'red'],
  ])('%d hundredths given: %d percent, %s', (quarterGivenCentipoints, usedPercent, level) => {
    expect(decideSolvency({ ...figures, quarterGivenCentipoints }, terms).budget).toEqual({
      centipoints: 40_000,
      usedPercent,
      level,
    });
  });

  test('what would go beyond it is refused, what fills it is not, and what is taken never is', () => {
    const given = { ...figures, quarterGivenCentipoints: 39_000 };
    expect(refuseIssue(given, terms, 1_000)).toBeNull();
    expect(refuseIssue(given, terms, 1_001)).toEqual({
      refused: 'quarter_budget_used',
      budgetCentipoints: 40_000,
      givenCentipoints: 39_000,
    });
    expect(refuseIssue({ ...given, quarterGivenCentipoints: 90_000 }, terms, -500)).toBeNull();
  });
});

test('points that would make it red are refused, and those before are not', () => {
  const figures = { ...FIGURES, promisedFen: 97_000 };
  expect(refuseIssue(figures, TERMS, 900)).toBeNull();
  expect(refuseIssue(figures, TERMS, 1_000)).toEqual({
    refused: 'solvency_red',
    promisedFen: 97_000,
    coverFen: 100_000,
  });
});
