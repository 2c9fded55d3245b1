/** 积分细则: what earns or costs points. */
export { adoptTemplate } from './adopt-template.ts';
export { ruleCategories } from './categories.ts';
export { type Rule, ruleOn, villageRules } from './village-rules.ts';
