import { type Had, hadByRules } from '../claims/index.ts';
import { monthBounds } from '../platform/clock.ts';
import type { Reader } from '../platform/database/db.ts';

export type MonthAward = Pick<Had, 'seq' | 'waits'>;

/** What stands or waits in a month by some rules; asked with a card number and a rule. */
export async function monthAwards(
  sql: Reader,
  { villageId, month, rules }: { villageId: number; month: string; rules: readonly string[] },
): Promise<(card: string, rule: string) => MonthAward | null> {
  const had = await hadByRules(sql, { villageId, rules, ...monthBounds(month) });
  const found = new Map(had.map(({ number, rule, seq, waits }) => [`${number} ${rule}`, { seq, waits }]));
  return (card, rule) => found.get(`${card} ${rule}`) ?? null;
}
