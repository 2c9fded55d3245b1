import type { CountedAccount } from '../claims/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { readAlone } from '../platform/database/read-at-once.ts';
import { isSafetyRule } from '../rules/index.ts';
import type { ReminderTerms } from './decide-reminder.ts';
import { type StandingReminder, standingRead } from './reminders.ts';

export interface RemindersBefore {
  reminders: { reminderDays: number; isSafety: boolean; standing: ReadonlyMap<string, StandingReminder> };
  /** Of whose claims one could use up a reminder in the meantime. */
  counted: CountedAccount[];
}

/** What a deduction is decided on; null for an award, and where the village reminds nobody: nothing is asked then. */
export async function remindersBefore(
  sql: Reader,
  {
    villageId,
    rule,
    accountIds,
  }: { villageId: number; rule: { code: string; pointsCentipoints: number }; accountIds: readonly number[] },
  { reminderDays }: ReminderTerms,
): Promise<RemindersBefore | null> {
  if (rule.pointsCentipoints > 0 || reminderDays === 0) return null;
  // Before the reminders: a claim that comes in later is then noticed by change_claims.sql.
  const counted = await sql<CountedAccount[]>`
    select given.account,
           (
             select max(claim.last_seq)
               from claim
              where claim.village_id = ${villageId}
                and claim.account_id = given.account
           ) as newest
      from unnest(${[...accountIds]}::integer[]) as given(account)`;
  const standing = await readAlone(standingRead(sql, { villageId, rule: rule.code }));
  return { reminders: { reminderDays, isSafety: isSafetyRule(rule), standing }, counted };
}
