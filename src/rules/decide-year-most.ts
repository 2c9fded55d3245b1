/**
 * The most that a household can earn in a year if it does everything as often as the table lets it. Periods lie in each other
 * (day, month, quarter, year), so the month's limit is filled from the shortest upwards: what a month leaves free, quarterly and
 * yearly rules fill. It is a bound: where a line is cut at a limit, a count is used up all the same. A cap that is each person's is
 * there as often as the household has members.
 */
import type { HouseholdLimits } from './rule-terms.ts';
import type { CapPer, CapPeriod } from './village-rules.ts';

export interface EarningRule {
  code: string;
  name: string;
  pointsCentipoints: number;
  capPeriod: CapPeriod | null;
  capMaxCount: number | null;
  capMaxCentipoints: number | null;
  capPer: CapPer;
  isOutsideLimits: boolean;
}

export interface MostLine {
  code: string;
  name: string;
  pointsCentipoints: number;
  isOutsideLimits: boolean;
  /** How many periods of its cap touch the year; null without a cap, like the two that follow. */
  periods: number | null;
  perPeriodCentipoints: number | null;
  yearCentipoints: number | null;
}

export interface YearMost {
  lines: MostLine[];
  /** What counts towards the household's limits, by the rules' own caps alone; null where a rule has none. */
  rulesCentipoints: number | null;
  /** The same with the limit of each month, then with that of the year. */
  monthsCentipoints: number | null;
  withinCentipoints: number | null;
  /** Honours and the like that have a cap. */
  outsideCentipoints: number;
  /** Honours and the like that have none: each time they happen they come on top. */
  uncapped: string[];
  /** Null where nothing limits it. */
  totalCentipoints: number | null;
}

export interface YearOfHousehold {
  year: number;
  /** Of the household; caps for each person count for each of them. */
  members: number;
}

export function decideYearMost(
  rules: readonly EarningRule[],
  limits: HouseholdLimits,
  { year, members }: YearOfHousehold,
): YearMost {
  const earning = rules
    .filter(({ pointsCentipoints }) => pointsCentipoints > 0)
    .map((rule) => (rule.capPer === 'person' ? capOfAll(rule, members) : rule));
  const lines = earning.map((rule) => lineOf(rule, year));
  const within = earning.filter(({ isOutsideLimits }) => !isOutsideLimits);
  const outside = lines.filter(({ isOutsideLimits }) => isOutsideLimits);
  const monthsCentipoints = fillMonths(within, limits.monthMaxCentipoints, year);
  const withinCentipoints = lower(monthsCentipoints, limits.yearMaxCentipoints);
  const outsideCentipoints = outside.reduce((sum, { yearCentipoints }) => sum + (yearCentipoints ?? 0), 0);
  return {
    lines,
    rulesCentipoints: fillMonths(within, null, year),
    monthsCentipoints,
    withinCentipoints,
    outsideCentipoints,
    uncapped: outside.filter(({ yearCentipoints }) => yearCentipoints === null).map(({ code }) => code),
    totalCentipoints: withinCentipoints === null ? null : withinCentipoints + outsideCentipoints,
  };
}

/** What is each person's, for a household of so many. */
function capOfAll(rule: EarningRule, members: number): EarningRule {
  const { capMaxCount, capMaxCentipoints } = rule;
  return {
    ...rule,
    capMaxCount: capMaxCount === null ? null : capMaxCount * members,
    capMaxCentipoints: capMaxCentipoints === null ? null : capMaxCentipoints * members,
  };
}

/** The most of one rule in one period of its cap; null without a cap. */
export function perPeriod(rule: Pick<EarningRule, 'pointsCentipoints' | 'capMaxCount' | 'capMaxCentipoints'>) {
  const { pointsCentipoints, capMaxCount, capMaxCentipoints } = rule;
  const byCount = capMaxCount === null ? null : capMaxCount * Math.abs(pointsCentipoints);
  return lower(byCount, capMaxCentipoints === null ? null : Math.abs(capMaxCentipoints));
}

function lineOf(rule: EarningRule, year: number): MostLine {
  const { code, name, pointsCentipoints, isOutsideLimits, capPeriod } = rule;
  const periods = capPeriod === null ? null : periodsOf(capPeriod, year);
  const perPeriodCentipoints = capPeriod === null ? null : perPeriod(rule);
  const yearCentipoints = periods === null || perPeriodCentipoints === null ? null : periods * perPeriodCentipoints;
  return { code, name, pointsCentipoints, isOutsideLimits, periods, perPeriodCentipoints, yearCentipoints };
}

function fillMonths(rules: readonly EarningRule[], monthMax: number | null, year: number): number | null {
  const supply = (...periods: CapPeriod[]) =>
    rules
      .filter(({ capPeriod }) => capPeriod !== null && periods.includes(capPeriod))
      .reduce((sum, rule) => sum + (perPeriod(rule) ?? 0), 0);
  const isOpen = rules.some(({ capPeriod }) => capPeriod === null);
  if (isOpen) return monthMax === null ? null : 12 * monthMax;
  const [daily, monthly, quarterly] = [supply('day', 'occasion'), supply('month'), supply('quarter')];
  let sum = 0;
  for (let quarter = 0; quarter < 4; quarter += 1) {
    const months = [1, 2, 3].map((month) => daily * daysOf(year, quarter * 3 + month) + monthly);
    const filled = months.reduce((total, month) => total + (lower(month, monthMax) ?? 0), 0);
    sum += lower(filled + quarterly, monthMax === null ? null : 3 * monthMax) ?? 0;
  }
  // A week may lie in two months, so it is held to the year alone.
  const rest = supply('year') + supply('week') * periodsOf('week', year);
  return lower(sum + rest, monthMax === null ? null : 12 * monthMax);
}

/** How many periods touch the year. Weeks begin on Monday; an occasion is a day. */
function periodsOf(period: CapPeriod, year: number): number {
  const days = daysOf(year, 2) === 29 ? 366 : 365;
  switch (period) {
    case 'day':
    case 'occasion':
      return days;
    case 'week': {
      const beforeMonday = (new Date(Date.UTC(year, 0, 1)).getUTCDay() + 6) % 7;
      return Math.ceil((beforeMonday + days) / 7);
    }
    case 'month':
      return 12;
    case 'quarter':
      return 4;
    case 'year':
      return 1;
  }
}

function daysOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function lower(one: number | null, other: number | null): number | null {
  if (one === null) return other;
  return other === null ? one : Math.min(one, other);
}
