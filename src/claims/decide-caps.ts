/**
 * What a household may still get: by the rule's own cap, and by the most that the village lets a household earn in a month and a
 * year. Where points are left the line is cut to them; where none are it is refused.
 */

/** What a household already has of it, reversed acts left out, by the day on which it happened. */
export interface CapUsage {
  /** By this rule, in the period of its cap. */
  ruleCount: number;
  /** By this rule, in the period of its cap; without a sign. */
  ruleCentipoints: number;
  /** Earned by any rule within the household's limits. */
  monthCentipoints: number;
  yearCentipoints: number;
}

export interface CappedRule {
  /** Negative for a deduction. */
  pointsCentipoints: number;
  capMaxCount: number | null;
  /** Of a deduction it is negative too. */
  capMaxCentipoints: number | null;
  /** Honours and the like count towards no limit of the household. */
  isOutsideLimits: boolean;
}

export interface Limits {
  monthMaxCentipoints: number | null;
  yearMaxCentipoints: number | null;
}

export type CapRefusal = 'rule_cap_reached' | 'month_limit_reached' | 'year_limit_reached';

export const UNUSED: CapUsage = { ruleCount: 0, ruleCentipoints: 0, monthCentipoints: 0, yearCentipoints: 0 };

/** The most units of a rule that one act is about. */
export const MOST_TIMES = 1_000;

/** 数量: the rule for so many of its units at once, such as four kilograms. */
export function severalTimes<Rule extends CappedRule>(rule: Rule, times: number): Rule {
  return { ...rule, pointsCentipoints: rule.pointsCentipoints * times };
}

/** The points of one more line, with the rule's sign, or the limit that leaves nothing. */
export function decideCapped(
  { pointsCentipoints, capMaxCount, capMaxCentipoints, isOutsideLimits }: CappedRule,
  { monthMaxCentipoints, yearMaxCentipoints }: Limits,
  used: CapUsage,
): CapRefusal | number {
  if (capMaxCount !== null && used.ruleCount >= capMaxCount) return 'rule_cap_reached';
  let room = Math.abs(pointsCentipoints);
  if (capMaxCentipoints !== null) room = Math.min(room, Math.abs(capMaxCentipoints) - used.ruleCentipoints);
  if (room <= 0) return 'rule_cap_reached';
  if (pointsCentipoints > 0 && !isOutsideLimits) {
    if (monthMaxCentipoints !== null) room = Math.min(room, monthMaxCentipoints - used.monthCentipoints);
    if (room <= 0) return 'month_limit_reached';
    if (yearMaxCentipoints !== null) room = Math.min(room, yearMaxCentipoints - used.yearCentipoints);
    if (room <= 0) return 'year_limit_reached';
  }
  return Math.sign(pointsCentipoints) * room;
}
