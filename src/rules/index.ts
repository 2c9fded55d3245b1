/** 积分细则: what earns or costs points, and how much of it a household can have. */
export { adoptTemplate, isSafetyRule } from './adopt-template.ts';
export { ruleCategories } from './categories.ts';
export { changeRule, type RuleChangeInput } from './change-rule.ts';
export type { RuleChange, RuleChangeRefusal } from './decide-rule-change.ts';
export type { FindingLevel, RuleFinding } from './decide-rule-check.ts';
export type { MostLine, YearMost } from './decide-year-most.ts';
export { giftKindOf, isOutsideLimits, OUTSIDE_LIMITS } from './household-limits.ts';
export type { DraftCheck, NamedRule, VillageRuleCheck } from './rule-check.ts';
export { foundingTermsRead, type HouseholdLimits, type RuleTerms, ruleTerms, ruleTermsAfter } from './rule-terms.ts';
export { twinRules } from './twin-rules.ts';
export {
  type ApprovalPath,
  CAP_PERIODS,
  type CapPer,
  type CapPeriod,
  type Rule,
  type RuleVersion,
  ruleOn,
  ruleRead,
  ruleVersions,
  villageRules,
} from './village-rules.ts';
