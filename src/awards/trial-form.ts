import { addMonths, monthBounds, monthOf } from '../platform/clock.ts';
import { lastOf } from '../platform/http/form-fields.ts';
import { formatPoints, parsePoints } from '../platform/points.ts';
import { CAP_PERIODS, type CapPeriod, type HouseholdLimits, type Rule } from '../rules/index.ts';
import type { ReplayTerms } from './decide-replay.ts';

/** The days that are replayed: `2026-10`, `2026-Q4`, or the twelve months up to one: `year-2026-11`. */
export interface TrialPeriod {
  key: string;
  kind: 'month' | 'quarter' | 'year';
  firstDay: string;
  lastDay: string;
}

const HOW = ['change', 'end', 'keep'] as const;

type RuleField = 'points' | 'cap' | 'count' | 'most' | 'per';

/** What is tried of one rule, as it was typed. */
export interface TriedRule {
  rule: Rule;
  how: (typeof HOW)[number];
  values: Record<RuleField, string>;
}

export interface TrialForm {
  period: TrialPeriod;
  tried: TriedRule[];
  /** As they were typed. */
  limitValues: { monthMax: string; yearMax: string };
  changes: Map<string, ReplayTerms | null>;
  limits: HouseholdLimits;
  /** Names of the fields that are wrong. */
  wrong: string[];
}

/** More than a table has. */
const MOST_TRIED = 100;

/** Reads what is tried from an address. What is not a rule of the table, or kept as it is, falls out. */
export function readTrial(
  query: Readonly<Record<string, unknown>>,
  { rules, limits, today }: { rules: readonly Rule[]; limits: HouseholdLimits; today: string },
): TrialForm {
  const wrong: string[] = [];
  const changes = new Map<string, ReplayTerms | null>();
  const tried = rules.flatMap((rule) => triedRule(query, rule) ?? []).slice(0, MOST_TRIED);
  for (const one of tried) {
    const terms = one.how === 'end' ? null : readTerms(one, wrong);
    if (terms !== undefined) changes.set(one.rule.code, terms);
  }
  const typed = (name: string, usual: number | null) =>
    query[name] === undefined ? (usual === null ? '' : formatPoints(usual)) : (lastOf(query[name]) ?? '');
  const limitValues = {
    monthMax: typed('monthMax', limits.monthMaxCentipoints),
    yearMax: typed('yearMax', limits.yearMaxCentipoints),
  };
  const limit = (name: 'monthMax' | 'yearMax') => {
    if (limitValues[name] === '') return null;
    const points = pointsOf(limitValues[name]);
    if (points !== null && points > 0) return points;
    wrong.push(name);
    return null;
  };
  const triedLimits = { monthMaxCentipoints: limit('monthMax'), yearMaxCentipoints: limit('yearMax') };
  const period = readPeriod(lastOf(query['period']) ?? '', today) ?? monthPeriod(addMonths(monthOf(today), -1));
  return { period, tried, limitValues, changes, limits: triedLimits, wrong };
}

/** The address that tries the same, with nothing in it that is as it was. */
export function trialQuery(
  { period, tried, limitValues }: Pick<TrialForm, 'period' | 'tried' | 'limitValues'>,
  limits: HouseholdLimits,
): string {
  const query = new URLSearchParams({ period: period.key });
  for (const { rule, how, values } of tried) {
    query.set(`how.${rule.code}`, how);
    if (how === 'end') continue;
    for (const [field, value] of Object.entries(values)) if (value !== '') query.set(`${field}.${rule.code}`, value);
  }
  const usual = { monthMax: limits.monthMaxCentipoints, yearMax: limits.yearMaxCentipoints };
  for (const name of ['monthMax', 'yearMax'] as const) {
    if (limitValues[name] !== (usual[name] === null ? '' : formatPoints(usual[name]))) {
      query.set(name, limitValues[name]);
    }
  }
  return query.toString();
}

/** The periods to choose from, the latest first. */
export function offeredPeriods(today: string): TrialPeriod[] {
  const month = monthOf(today);
  const back = (count: number) => addMonths(month, -count);
  const quarters = new Set([0, 3, 6, 9].map((count) => quarterKey(back(count))));
  return [
    ...Array.from({ length: 12 }, (_, count) => monthPeriod(back(count))),
    ...[...quarters].flatMap((key) => readPeriod(key, today) ?? []),
    yearPeriod(month),
  ];
}

function triedRule(query: Readonly<Record<string, unknown>>, rule: Rule): TriedRule | null {
  const { code } = rule;
  const how = HOW.find((known) => known === lastOf(query[`how.${code}`]));
  const isAdded = lastOf(query['add']) === code;
  if (how === 'keep' || (how === undefined && !isAdded)) return null;
  const typed = (field: RuleField) => lastOf(query[`${field}.${code}`]) ?? '';
  const values =
    query[`points.${code}`] === undefined
      ? valuesOf(rule)
      : {
          points: typed('points'),
          cap: typed('cap'),
          count: typed('count'),
          most: typed('most'),
          per: typed('per') || rule.capPer,
        };
  return { rule, how: how ?? 'change', values };
}

function valuesOf({ pointsCentipoints, capPeriod, capMaxCount, capMaxCentipoints, capPer }: Rule) {
  return {
    points: formatPoints(pointsCentipoints),
    cap: capPeriod ?? '',
    count: capMaxCount === null ? '' : String(capMaxCount),
    most: capMaxCentipoints === null ? '' : formatPoints(Math.abs(capMaxCentipoints)),
    per: capPer,
  };
}

/** Undefined where something is wrong. What adds stays adding, what takes stays taking. */
function readTerms({ rule, values }: TriedRule, wrong: string[]): ReplayTerms | undefined {
  const before = wrong.length;
  const demand = (isRight: boolean, field: RuleField) => {
    if (!isRight) wrong.push(`${field}.${rule.code}`);
  };
  const points = pointsOf(values.points);
  const sign = Math.sign(rule.pointsCentipoints);
  demand(points !== null && Math.sign(points) === sign && Math.abs(points) <= 100_000, 'points');
  const capPeriod: CapPeriod | null = CAP_PERIODS.find((known) => known === values.cap) ?? null;
  demand(values.cap === '' || capPeriod !== null, 'cap');
  const capMaxCount = values.count === '' ? null : Number(values.count.normalize('NFKC'));
  demand(capMaxCount === null || (Number.isInteger(capMaxCount) && capMaxCount >= 1 && capMaxCount <= 1_000), 'count');
  demand(values.per === 'household' || values.per === 'person', 'per');
  const capPer = values.per === 'person' && capPeriod !== null ? 'person' : 'household';
  const most = values.most === '' ? null : pointsOf(values.most);
  demand(values.most === '' || (most !== null && most > 0), 'most');
  // A period says nothing without a number, and a number nothing without its period.
  const hasNumber = values.count !== '' || values.most !== '';
  if (wrong.length === before) demand((capPeriod !== null) === hasNumber, capPeriod === null ? 'cap' : 'count');
  if (wrong.length > before || points === null) return undefined;
  return {
    pointsCentipoints: points,
    capPeriod,
    capPer,
    capMaxCount,
    capMaxCentipoints: most === null ? null : sign * most,
  };
}

function pointsOf(text: string): number | null {
  return parsePoints(text.normalize('NFKC').replace('−', '-'));
}

/** Null for what is no period, and for one that has not begun. */
function readPeriod(key: string, today: string): TrialPeriod | null {
  const period = periodOf(key);
  return period && period.firstDay <= today ? period : null;
}

function periodOf(key: string): TrialPeriod | null {
  if (/^20\d\d-(?:0[1-9]|1[0-2])$/.test(key)) return monthPeriod(key);
  const year = /^year-(20\d\d-(?:0[1-9]|1[0-2]))$/.exec(key)?.[1];
  if (year !== undefined) return yearPeriod(year);
  const [, ofYear, quarter] = /^(20\d\d)-Q([1-4])$/.exec(key) ?? [];
  if (ofYear === undefined) return null;
  const last = `${ofYear}-${String(Number(quarter) * 3).padStart(2, '0')}`;
  return { key, kind: 'quarter', firstDay: `${addMonths(last, -2)}-01`, lastDay: monthBounds(last).lastDay };
}

function quarterKey(month: string): string {
  return `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
}

function monthPeriod(month: string): TrialPeriod {
  return { key: month, kind: 'month', ...monthBounds(month) };
}

function yearPeriod(month: string): TrialPeriod {
  const firstDay = `${addMonths(month, -11)}-01`;
  return { key: `year-${month}`, kind: 'year', firstDay, lastDay: monthBounds(month).lastDay };
}
