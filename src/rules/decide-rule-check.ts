/**
 * 细则体检: what is wrong or weak in a rule table, the gravest first, and the most that a household can earn by it. The same for
 * the table that holds and for a draft of the next one.
 */
import { type AvoidCode, forbiddenLine, type ReviewCode, reviewLine } from './decide-red-lines.ts';
import { type TwinCode, twinGroups } from './decide-twins.ts';
import { decideYearMost, perPeriod, type YearMost } from './decide-year-most.ts';
import type { HouseholdLimits } from './rule-terms.ts';
import type { CapPer, CapPeriod } from './village-rules.ts';

export interface CheckedRule {
  code: string;
  category: string;
  name: string;
  pointsCentipoints: number;
  capPeriod: CapPeriod | null;
  capMaxCount: number | null;
  capMaxCentipoints: number | null;
  capPer: CapPer;
  evidence: string;
  /** Who allowed what needs a named decision; empty where nobody did. */
  decidedBy: string;
  isOwn: boolean;
  isOutsideLimits: boolean;
}

export interface CheckBasis {
  rules: readonly CheckedRule[];
  limits: HouseholdLimits;
  /** The most that one deduction may take. */
  deductionMaxCentipoints: number;
  year: number;
  /** Of the largest household. */
  members: number;
}

/** `bad` must be put right, `warning` should be looked at by the next meeting, `notice` is good to know. */
export type FindingLevel = 'bad' | 'warning' | 'notice';

type Finding =
  | { finding: 'red_line'; line: AvoidCode; words: string }
  | { finding: 'undecided'; line: ReviewCode; words: string }
  | { finding: 'no_evidence' }
  | { finding: 'double_pay'; why: TwinCode }
  | { finding: 'deduction_too_large'; mostCentipoints: number }
  | { finding: 'no_cap'; isOutsideLimits: boolean }
  | { finding: 'always_cut'; mostCentipoints: number }
  | { finding: 'cap_unreachable'; by: 'count' | 'points' | 'month_limit' | 'year_limit' };

/** The rules that it is about, by code: one, or all that pay twice. */
export type RuleFinding = Finding & { level: FindingLevel; rules: string[] };

export interface RuleCheck {
  findings: RuleFinding[];
  most: YearMost;
}

const LEVELS: readonly FindingLevel[] = ['bad', 'warning', 'notice'];

export function decideRuleCheck({ rules, limits, deductionMaxCentipoints, year, members }: CheckBasis): RuleCheck {
  const findings = [
    ...rules.flatMap((rule) => redLineFindings(rule)),
    ...rules.flatMap((rule) => evidenceFindings(rule)),
    ...twinFindings(rules),
    ...rules.flatMap((rule) => deductionFindings(rule, deductionMaxCentipoints)),
    ...rules.flatMap((rule) => capFindings(rule, limits)),
  ];
  return {
    findings: findings.toSorted((one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level)),
    most: decideYearMost(rules, limits, { year, members }),
  };
}

/** What a draft brings that the table did not have. */
export function newFindings(before: RuleCheck, after: RuleCheck): RuleFinding[] {
  const known = new Set(before.findings.map((finding) => JSON.stringify(finding)));
  return after.findings.filter((finding) => !known.has(JSON.stringify(finding)));
}

function redLineFindings(rule: CheckedRule): RuleFinding[] {
  const rules = [rule.code];
  const forbidden = forbiddenLine(rule);
  if (forbidden) return [{ finding: 'red_line', level: 'bad', rules, ...forbidden }];
  const review = reviewLine(rule);
  return review && rule.decidedBy === '' ? [{ finding: 'undecided', level: 'bad', rules, ...review }] : [];
}

/** 无, 不需要 and the like prove nothing. */
function evidenceFindings({ code, evidence }: CheckedRule): RuleFinding[] {
  const isNothing = /^(?:无|没有|不用|不需要|不要|暂无|口头|略|其他|[-—/\s\p{P}]*)$/u.test(evidence.trim());
  return isNothing ? [{ finding: 'no_evidence', level: 'warning', rules: [code] }] : [];
}

/** The county's own twins are well known and only to be minded at the desk; one that the village added is its own doing. */
function twinFindings(rules: readonly CheckedRule[]): RuleFinding[] {
  const own = new Set(rules.filter(({ isOwn }) => isOwn).map(({ code }) => code));
  return twinGroups(rules).map((group) => ({
    finding: 'double_pay',
    level: group.rules.some((code) => own.has(code)) ? 'warning' : 'notice',
    ...group,
  }));
}

function deductionFindings(rule: CheckedRule, mostCentipoints: number): RuleFinding[] {
  const isTooLarge = rule.pointsCentipoints < -mostCentipoints;
  return isTooLarge ? [{ finding: 'deduction_too_large', level: 'warning', rules: [rule.code], mostCentipoints }] : [];
}

function capFindings(rule: CheckedRule, limits: HouseholdLimits): RuleFinding[] {
  const { code, capPeriod, isOutsideLimits } = rule;
  const rules = [code];
  const most = highestAward(rule, limits);
  if (most !== null && most < Math.abs(rule.pointsCentipoints)) {
    return [{ finding: 'always_cut', level: 'warning', rules, mostCentipoints: most }];
  }
  if (capPeriod === null) {
    const isOpen = rule.pointsCentipoints > 0 && (isOutsideLimits || hasNoLimit(limits));
    return [{ finding: 'no_cap', level: isOpen ? 'warning' : 'notice', rules, isOutsideLimits }];
  }
  const by = unreachableBy(rule, capPeriod, limits);
  return by === null ? [] : [{ finding: 'cap_unreachable', level: 'notice', rules, by }];
}

/** The most that one award of it can ever come to. */
function highestAward(rule: CheckedRule, limits: HouseholdLimits): number | null {
  const own = rule.capMaxCentipoints === null ? [] : [Math.abs(rule.capMaxCentipoints)];
  const known = [...own, ...limitsOf(rule, limits)];
  return known.length === 0 ? null : Math.min(...known);
}

function unreachableBy(rule: CheckedRule, period: CapPeriod, limits: HouseholdLimits) {
  const { pointsCentipoints, capMaxCount, capMaxCentipoints } = rule;
  if (capMaxCount !== null && capMaxCentipoints !== null) {
    const needed = Math.ceil(capMaxCentipoints / pointsCentipoints);
    if (needed > capMaxCount) return 'points';
    if (needed < capMaxCount) return 'count';
  }
  if (rule.isOutsideLimits || pointsCentipoints < 0) return null;
  const most = perPeriod(rule) ?? 0;
  const { monthMaxCentipoints, yearMaxCentipoints } = limits;
  if (monthMaxCentipoints !== null && most > MONTHS_TOUCHED[period] * monthMaxCentipoints) return 'month_limit';
  const years = period === 'week' ? 2 : 1;
  return yearMaxCentipoints !== null && most > years * yearMaxCentipoints ? 'year_limit' : null;
}

/** A week may reach into the next month, and into the next year. */
const MONTHS_TOUCHED = { day: 1, occasion: 1, week: 2, month: 1, quarter: 3, year: 12 } as const;

function limitsOf({ isOutsideLimits, pointsCentipoints }: CheckedRule, limits: HouseholdLimits): number[] {
  if (isOutsideLimits || pointsCentipoints < 0) return [];
  return [limits.monthMaxCentipoints, limits.yearMaxCentipoints].filter((limit) => limit !== null);
}

function hasNoLimit({ monthMaxCentipoints, yearMaxCentipoints }: HouseholdLimits): boolean {
  return monthMaxCentipoints === null && yearMaxCentipoints === null;
}
