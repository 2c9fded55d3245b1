import type { PendingLine } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { remindersOf } from './reminders.ts';

/** What stands against a household, for its own pages. */
export async function reminderLines(sql: Reader, villageId: number, accountId: number): Promise<PendingLine[]> {
  const reminders = await remindersOf(sql, villageId, accountId);
  return reminders.map(({ seq, ruleName, givenOn, pointsCentipoints, note, due }) => ({
    claimId: `reminder ${seq}`,
    ruleName,
    occurredOn: givenOn,
    amountCentipoints: pointsCentipoints,
    state: 'reminded',
    note,
    clearsOn: due,
  }));
}
