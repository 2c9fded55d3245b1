import type { Reader } from '../platform/database/db.ts';
import { formatPoints } from '../platform/points.ts';
import { giftKindOf, ruleCategories, villageRules } from '../rules/index.ts';

/** What a household can ask for, by category: nobody asks for a deduction, nor for what others give. */
export async function filingRules(
  sql: Reader,
  villageId: number,
  today: string,
  text: (name: string, points: string) => string,
): Promise<{ group: string; options: { value: string; label: string }[] }[]> {
  const rules = (await villageRules(sql, villageId, today)).filter(
    (rule) => rule.pointsCentipoints > 0 && giftKindOf(rule) === null,
  );
  return ruleCategories
    .map(({ code, name }) => ({
      group: name,
      options: rules
        .filter(({ category }) => category === code)
        .map((rule) => ({ value: rule.code, label: text(rule.name, formatPoints(rule.pointsCentipoints)) })),
    }))
    .filter(({ options }) => options.length > 0);
}
