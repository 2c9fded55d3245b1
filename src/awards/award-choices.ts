import { allCards, type HouseholdCard } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { type Rule, ruleCategories, villageRules } from '../rules/index.ts';
import { recentRules } from './recent-rules.ts';

const MOST_RECENT = 6;

/** The rules to choose from, as the form offers them. */
export interface RuleChoicesOffered {
  query: string;
  found: Rule[];
  recent: Rule[];
  categories: { code: string; name: string; rules: Rule[] }[];
  chosen: Rule | undefined;
}

/** Rules by name, pinyin or initials; those used lately first, all by category. A search that fits one rule chooses it. */
export async function offeredRules(
  sql: Reader,
  villageId: number,
  { day, query, chosen }: { day: string; query: string; chosen: string },
): Promise<RuleChoicesOffered> {
  const [rules, recent] = await Promise.all([
    villageRules(sql, villageId, day),
    recentRules(sql, villageId, MOST_RECENT),
  ]);
  const byCode = new Map(rules.map((rule) => [rule.code, rule]));
  const found = findRules(rules, query);
  return {
    query,
    found,
    recent: recent.flatMap((code) => byCode.get(code) ?? []),
    categories: ruleCategories
      .map(({ code, name }) => ({ code, name, rules: rules.filter(({ category }) => category === code) }))
      .filter((category) => category.rules.length > 0),
    chosen: byCode.get(chosen) ?? (found.length === 1 ? found[0] : undefined),
  };
}

function findRules(rules: readonly Rule[], query: string): Rule[] {
  const typed = query.normalize('NFKC').trim().toLowerCase();
  if (typed === '') return [];
  return rules.filter(
    ({ name, pinyin, initials, code }) =>
      name.includes(typed) || initials.includes(typed) || pinyin.startsWith(typed) || code.toLowerCase() === typed,
  );
}

/** The households of a village by group, in the order of its list. */
export async function householdsByGroup(sql: Reader, villageId: number) {
  const groups = new Map<number, { groupId: number; name: string; households: HouseholdCard[] }>();
  for (const card of await allCards(sql, villageId)) {
    const group = groups.get(card.groupId) ?? { groupId: card.groupId, name: card.groupName, households: [] };
    group.households.push(card);
    groups.set(card.groupId, group);
  }
  return [...groups.values()];
}
