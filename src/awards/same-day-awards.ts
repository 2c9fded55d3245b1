import { type Had, hadByRules } from '../claims/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** Of these rules those that somebody has on a day already: the household, or of a rule that names persons, this person. */
export type HasAlready = (whose: { number: string; member: string | undefined }) => string[];

/**
 * The rules out of these that are recorded on this day already; reversed acts left out. A second time may be right, so it is only
 * said. A person is asked about by what names her, and by what names only her household; wherever she lived then.
 */
export async function sameDayAwards(
  sql: Reader,
  villageId: number,
  { rules, occurredOn }: { rules: readonly string[]; occurredOn: string },
): Promise<HasAlready> {
  const rows = await hadByRules(sql, { villageId, rules, firstDay: occurredOn, lastDay: occurredOn });
  const byNumber = rulesBy(rows, ({ number }) => number);
  const byHouseholdAlone = rulesBy(rows, ({ number, member }) => (member === null ? number : null));
  const byMember = rulesBy(rows, ({ member }) => member);
  return ({ number, member }) => {
    if (member === undefined) return [...(byNumber.get(number) ?? [])];
    return [...new Set([...(byMember.get(member) ?? []), ...(byHouseholdAlone.get(number) ?? [])])];
  };
}

function rulesBy(rows: readonly Had[], keyOf: (had: Had) => string | null): Map<string, Set<string>> {
  const rules = new Map<string, Set<string>>();
  for (const had of rows) {
    const key = keyOf(had);
    if (key !== null) rules.set(key, (rules.get(key) ?? new Set()).add(had.rule));
  }
  return rules;
}
