import { villageTerms } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import type { DecidedVersion } from './decide-rule-change.ts';
import {
  type CheckedRule,
  decideRuleCheck,
  newFindings,
  type RuleCheck,
  type RuleFinding,
} from './decide-rule-check.ts';
import { isOutsideLimits } from './household-limits.ts';
import { type HouseholdLimits, ruleTerms } from './rule-terms.ts';
import { type CapPer, type CapPeriod, isOwnRule, type Rule, villageRules } from './village-rules.ts';

/** A household's debt may not grow beyond this by one deduction. */
const DEDUCTION_MAX_CENTIPOINTS = 2_000;

/** A rule of the table that was checked, as the page names it. */
export interface NamedRule {
  code: string;
  name: string;
  pointsCentipoints: number;
  capPeriod: CapPeriod | null;
  capMaxCount: number | null;
  capMaxCentipoints: number | null;
  capPer: CapPer;
}

/** How many members the largest household of a village has: only asked where a cap is each person's. */
export type MembersMost = (villageId: number) => Promise<number>;

export interface VillageRuleCheck extends RuleCheck {
  rules: Rule[];
  limits: HouseholdLimits;
  fenPerPoint: number;
  /** Of the household that the most is worked out for; 1 where no cap is each person's. */
  members: number;
}

/** 细则体检 of the table as it holds on a day. */
export async function villageRuleCheck(
  sql: Reader,
  villageId: number,
  day: string,
  membersMost: MembersMost,
): Promise<VillageRuleCheck> {
  const [rules, limits, { fenPerPoint }] = await Promise.all([
    villageRules(sql, villageId, day),
    ruleTerms(sql, villageId),
    villageTerms(sql, villageId),
  ]);
  const members = await membersOf(villageId, rules, membersMost);
  return { ...check(rules, limits, { day, members }), rules, limits, fenPerPoint, members };
}

export interface DraftCheck {
  /** What the draft brings that the table does not have. */
  findings: RuleFinding[];
  rules: NamedRule[];
  mostBeforeCentipoints: number | null;
  mostAfterCentipoints: number | null;
  fenPerPoint: number;
}

/** The same table with one rule as it is drafted. */
export async function checkDraft(
  sql: Reader,
  villageId: number,
  draft: DecidedVersion,
  today: string,
  membersMost: MembersMost,
): Promise<DraftCheck> {
  const day = draft.effectiveFrom > today ? draft.effectiveFrom : today;
  const [table, limits, { fenPerPoint }] = await Promise.all([
    villageRules(sql, villageId, day),
    ruleTerms(sql, villageId),
    villageTerms(sql, villageId),
  ]);
  const others = table.filter(({ code }) => code !== draft.code);
  const rules = draft.isEnded ? others : [...others, draft];
  const members = await membersOf(villageId, [...table, draft], membersMost);
  const [before, after] = [check(table, limits, { day, members }), check(rules, limits, { day, members })];
  return {
    findings: newFindings(before, after),
    rules,
    mostBeforeCentipoints: before.most.totalCentipoints,
    mostAfterCentipoints: after.most.totalCentipoints,
    fenPerPoint,
  };
}

type TableRule = Omit<CheckedRule, 'isOwn' | 'isOutsideLimits'>;

async function membersOf(villageId: number, rules: readonly Pick<Rule, 'capPer'>[], membersMost: MembersMost) {
  return rules.some(({ capPer }) => capPer === 'person') ? membersMost(villageId) : 1;
}

function check(
  table: readonly TableRule[],
  limits: HouseholdLimits,
  { day, members }: { day: string; members: number },
): RuleCheck {
  const rules = table.map((rule) => ({
    ...rule,
    isOwn: isOwnRule(rule.code),
    isOutsideLimits: isOutsideLimits(rule),
  }));
  const year = Number(day.slice(0, 4));
  return decideRuleCheck({ rules, limits, deductionMaxCentipoints: DEDUCTION_MAX_CENTIPOINTS, year, members });
}
