import countyTable from '../../src/rules/county-template.json' with { type: 'json' };
import type { CheckedRule } from '../../src/rules/decide-rule-check.ts';
import { isOutsideLimits } from '../../src/rules/household-limits.ts';
import type { CapPeriod } from '../../src/rules/index.ts';

export const USUAL_LIMITS = { monthMaxCentipoints: 2_000, yearMaxCentipoints: 15_000 };

/** A rule that is in order; what a test is about is changed. */
export function tableRule(change: Partial<CheckedRule> = {}): CheckedRule {
  return {
    code: 'OWN-01',
    category: 'LAB',
    name: '看护水井',
    pointsCentipoints: 200,
    capPeriod: 'month',
    capMaxCount: 2,
    capMaxCentipoints: null,
    capPer: 'household',
    evidence: '签到',
    decidedBy: '',
    isOwn: true,
    isOutsideLimits: false,
    ...change,
  };
}

/** The 48 rules that the county gives. */
export function countyRules(): CheckedRule[] {
  return countyTable.rules.map(({ code, category, name, points, evidence, cap }) => ({
    code,
    category,
    name,
    pointsCentipoints: Number(points) * 100,
    capPeriod: (cap?.period as CapPeriod | undefined) ?? null,
    capMaxCount: cap?.maxCount ?? null,
    capMaxCentipoints: cap?.maxPoints ? Number(cap.maxPoints) * 100 : null,
    capPer: 'household',
    evidence,
    decidedBy: '',
    isOwn: false,
    isOutsideLimits: isOutsideLimits({ code, category }),
  }));
}
