import type { Reader } from '../platform/database/db.ts';
import { twinsOf } from './decide-twins.ts';
import { isOwnRule, villageRules } from './village-rules.ts';

/** Names, by code, of the rules of a day that may pay for the same act as this one. */
export async function twinRules(
  sql: Reader,
  villageId: number,
  { code, day }: { code: string; day: string },
): Promise<Map<string, string>> {
  const table = await villageRules(sql, villageId, day);
  const twins = twinsOf(
    code,
    table.map((rule) => ({ ...rule, isOwn: isOwnRule(rule.code) })),
  );
  return new Map(table.filter((rule) => twins.has(rule.code)).map((rule) => [rule.code, rule.name]));
}
