import template from './county-template.json' with { type: 'json' };

/** The 13 kinds of acts under which the rule table is printed, by code and Chinese name. */
export const ruleCategories: readonly { code: string; name: string }[] = template.categories;
