import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { periodBounds } from '../../src/claims/cap-usage.ts';
import { decideCapped, type Limits, UNUSED } from '../../src/claims/decide-caps.ts';
import { addDays } from '../../src/platform/clock.ts';
import { decideYearMost, type EarningRule } from '../../src/rules/decide-year-most.ts';
import { countyRules, USUAL_LIMITS } from './table-rules.ts';

const ONE_OF_2026 = { year: 2026, members: 1 };
const NO_LIMITS = { monthMaxCentipoints: null, yearMaxCentipoints: null };
const rule = (change: Partial<EarningRule>): EarningRule => ({
  code: 'R',
  name: '一条',
  pointsCentipoints: 200,
  capPeriod: 'month',
  capMaxCount: 2,
  capMaxCentipoints: null,
  capPer: 'household',
  isOutsideLimits: false,
  ...change,
});

describe('the most of a year', () => {
  test.each([
    ['two a month of two points', [rule({})], NO_LIMITS, 4_800],
    ['no more than the month gives', [rule({ capMaxCount: 20 })], USUAL_LIMITS, 15_000],
    ['a month that is limited, twelve times', [rule({})], { ...NO_LIMITS, monthMaxCentipoints: 300 }, 3_600],
    ['a week has 53 in 2026', [rule({ capPeriod: 'week', capMaxCount: 1 })], NO_LIMITS, 10_600],
    ['a quarter fills what its months leave', [rule({ capPeriod: 'quarter', capMaxCount: 3 })], NO_LIMITS, 2_400],
    ['every day', [rule({ capPeriod: 'day', capMaxCount: 1 })], NO_LIMITS, 73_000],
    ['points before times', [rule({ capMaxCount: 9, capMaxCentipoints: 500 })], NO_LIMITS, 6_000],
    ['no cap and no limit', [rule({ capPeriod: null, capMaxCount: null })], NO_LIMITS, null],
    ['no cap but a limit', [rule({ capPeriod: null, capMaxCount: null })], USUAL_LIMITS, 15_000],
    ['an honour on top', [rule({ capMaxCount: 20 }), rule({ code: 'H', isOutsideLimits: true })], USUAL_LIMITS, 19_800],
    ['deductions are no earnings', [rule({ pointsCentipoints: -200 })], NO_LIMITS, 0],
  ])('%s', (_, rules, limits, expected) => {
    expect(decideYearMost(rules, limits, ONE_OF_2026).totalCentipoints).toBe(expected);
  });

  test('the county’s table: 150 within the limits, 65 of honours, and six on top that have no cap', () => {
    const most = decideYearMost(countyRules(), USUAL_LIMITS, ONE_OF_2026);
    expect(most).toMatchObject({
      rulesCentipoints: null,
      monthsCentipoints: 24_000,
      withinCentipoints: 15_000,
      outsideCentipoints: 6_500,
      totalCentipoints: 21_500,
    });
    expect(most.uncapped).toEqual(['AD-PUB-04', 'AD-EDU-01', 'AD-EDU-02', 'AD-HON-03', 'AD-HON-04', 'AD-MIL-01']);
  });

  test.each([
    ['times', { capMaxCount: 2 }, 3 * 4_800],
    ['points', { capMaxCount: null, capMaxCentipoints: 500 }, 3 * 6_000],
  ])('a cap of %s that is each person’s is there for three of them', (_, cap, expected) => {
    const three = { year: 2026, members: 3 };
    expect(decideYearMost([rule({ ...cap, capPer: 'person' })], NO_LIMITS, three).totalCentipoints).toBe(expected);
    // What the household can have of it is still bound by its own limits.
    const { totalCentipoints } = decideYearMost([rule({ ...cap, capPer: 'person' })], USUAL_LIMITS, three);
    expect(totalCentipoints).toBe(Math.min(expected, 15_000));
    expect(decideYearMost([rule(cap)], NO_LIMITS, three).totalCentipoints).toBe(expected / 3);
  });

  test('a leap year has one day more', () => {
    const daily = [rule({ capPeriod: 'day', capMaxCount: 1 })];
    expect(decideYearMost(daily, NO_LIMITS, { year: 2028, members: 1 }).totalCentipoints).toBe(73_200);
  });
});

/** What a household has after it did every rule as often as it could, in an order, by the very decision that awards. */
function earnAll(rules: readonly EarningRule[], limits: Limits, days: readonly string[]): number {
  const had: { day: string; code: string; amount: number; isLimited: boolean }[] = [];
  const sum = (fits: (one: (typeof had)[number]) => boolean) =>
    had.filter(fits).reduce((total, { amount }) => total + amount, 0);
  for (const day of days) {
    for (const one of rules) {
      for (;;) {
        const period = periodBounds(one.capPeriod ?? 'day', day);
        const inPeriod = (other: (typeof had)[number]) =>
          other.code === one.code && other.day >= period.firstDay && other.day <= period.lastDay;
        const used = {
          ...UNUSED,
          ruleCount: had.filter(inPeriod).length,
          ruleCentipoints: sum(inPeriod),
          monthCentipoints: sum((other) => other.isLimited && other.day.slice(0, 7) === day.slice(0, 7)),
          yearCentipoints: sum((other) => other.isLimited),
        };
        const amount = decideCapped(one, limits, used);
        if (typeof amount !== 'number') break;
        had.push({ day, code: one.code, amount, isLimited: !one.isOutsideLimits });
      }
    }
  }
  return sum(() => true);
}

const period = fc.constantFrom('day', 'occasion', 'week', 'month', 'quarter', 'year' as const);
const half = (most: number) => fc.integer({ min: 1, max: most }).map((halves) => halves * 50);
const limit = (most: number) => fc.option(half(most), { nil: null });

const someRule = fc
  .record({
    pointsCentipoints: half(8),
    capPeriod: period,
    capMaxCount: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
    capMaxCentipoints: fc.option(half(10), { nil: null }),
    capPer: fc.constant('household' as const),
    isOutsideLimits: fc.boolean(),
  })
  .filter(({ capMaxCount, capMaxCentipoints }) => capMaxCount !== null || capMaxCentipoints !== null);

/** Every day would take long: enough days that every week, month and quarter has one. */
const DAYS = Array.from({ length: 61 }, (_, index) => addDays('2026-01-01', index * 6)).filter((day) => day < '2027');

test('nobody earns more than that, in whatever order', () => {
  fc.assert(
    fc.property(
      fc.array(someRule, { minLength: 1, maxLength: 4 }),
      fc.record({ monthMaxCentipoints: limit(30), yearMaxCentipoints: limit(200) }),
      fc.boolean(),
      (drawn, limits, isReversed) => {
        const rules = drawn.map((one, index) => ({ ...one, code: `R${index}`, name: '' }));
        const { totalCentipoints } = decideYearMost(rules, limits, ONE_OF_2026);
        const earned = earnAll(isReversed ? rules.toReversed() : rules, limits, DAYS);
        expect(totalCentipoints ?? 0).toBeGreaterThanOrEqual(earned);
      },
    ),
    { numRuns: 60 },
  );
});

test('where every month, quarter and year has its day and counts do not break, it is reached to the point', () => {
  const capped = fc.record({
    pointsCentipoints: fc.constant(50),
    capPeriod: fc.constantFrom('month', 'quarter', 'year' as const),
    capMaxCount: fc.constant(null),
    capMaxCentipoints: half(10),
    capPer: fc.constant('household' as const),
    isOutsideLimits: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(capped, { minLength: 1, maxLength: 4 }),
      fc.record({ monthMaxCentipoints: limit(30), yearMaxCentipoints: limit(200) }),
      (drawn, limits) => {
        const order = ['month', 'quarter', 'year'];
        const rules = drawn
          .map((one, index) => ({ ...one, code: `R${index}`, name: '' }))
          .toSorted((one, other) => order.indexOf(one.capPeriod) - order.indexOf(other.capPeriod));
        expect(decideYearMost(rules, limits, ONE_OF_2026).totalCentipoints).toBe(earnAll(rules, limits, DAYS));
      },
    ),
    { numRuns: 60 },
  );
});
