import template from './county-template.json' with { type: 'json' };
import { GIFT_CATEGORIES } from './household-limits.ts';

/** The 13 kinds of acts under which the rule table is printed, and the two of points that are given, by code and Chinese name. */
export const ruleCategories: readonly { code: string; name: string }[] = [
  ...template.categories,
  { code: GIFT_CATEGORIES.ordinary, name: '赠予积分' },
  { code: GIFT_CATEGORIES.eased, name: '赠予积分（照顾）' },
];
