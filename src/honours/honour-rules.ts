import { giftKindOf, isOutsideLimits, type Rule } from '../rules/index.ts';

/** Rules by which a round may give points: those outside a household's limits, for nobody should choose between honour and work. */
export function honourRules(rules: readonly Rule[]): Rule[] {
  return rules.filter(isHonourRule);
}

export function isHonourRule(rule: Pick<Rule, 'code' | 'category' | 'pointsCentipoints'>): boolean {
  return rule.pointsCentipoints > 0 && isOutsideLimits(rule) && giftKindOf(rule) === null;
}
