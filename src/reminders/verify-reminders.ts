/**
 * Reminders checked from inside: a deduction that names one is about its household and its rule and came when its days were over, and
 * where the village reminded first, what was recorded after it decided so names one or is a matter of safety; claims as well, of which
 * the public record does not say what they are about.
 */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { isSafetyRule } from '../rules/index.ts';

export async function verifyReminders(sql: Reader, villageId: number): Promise<BadRow | null> {
  return (await wrongReminder(sql, villageId)) ?? (await missingReminder(sql, villageId));
}

async function wrongReminder(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ seq: number }[]>`
    select act.seq
      from act
      join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
      join account
        on account.village_id = entry.village_id
       and account.account_id = entry.account_id
      left join act as reminder
        on reminder.village_id = act.village_id
       and reminder.seq::text = act.facts ->> 'reminder'
       and reminder.type = 'reminder.give'
      left join claim
        on claim.village_id = act.village_id
       and claim.claim_id = act.facts ->> 'claim'
     where act.village_id = ${villageId}
       and act.facts ? 'reminder'
       and act.type = 'points.deduct'
       and (
         reminder.facts ->> 'acct' is distinct from account.pseudonym
         or reminder.facts ->> 'rule' is distinct from act.facts ->> 'rule'
         or reminder.facts ->> 'due' > coalesce(act.facts ->> 'earned', act.occurred_on::text)
         or (claim.claim_id is not null and claim.reminder_seq is distinct from reminder.seq)
       )
     order by act.seq
     limit 1`;
  if (!found) return null;
  return { table: 'act', row: `seq ${found.seq}`, sentence: 'it takes points on a reminder that does not allow it' };
}

/** What was recorded before the village decided to remind first needs none. */
async function missingReminder(sql: Reader, villageId: number): Promise<BadRow | null> {
  const rows = await sql<{ seq: number; rule: string; isUrgent: boolean }[]>`
    with recorded as (
      select act.seq,
             act.facts ->> 'rule' as rule,
             act.facts ? 'urgent' as is_urgent
        from act
       where act.village_id = ${villageId}
         and act.type = 'points.deduct'
         and not act.facts ? 'claim'
         and not act.facts ? 'reminder'
       union all
      select submitted_seq,
             rule,
             true
        from claim
       where village_id = ${villageId}
         and amount_centipoints < 0
         and reminder_seq is null
    )
    select recorded.seq,
           recorded.rule,
           recorded.is_urgent as "isUrgent"
      from recorded
     where coalesce((
             select (act.facts -> 'values' ->> 'reminderDays')::integer
               from act
              where act.village_id = ${villageId}
                and act.type = 'settings.change'
                and act.facts -> 'values' ? 'reminderDays'
                and act.seq < recorded.seq
              order by act.seq desc
              limit 1
           ), 0) > 0
     order by recorded.seq`;
  const bad = rows.find(({ rule, isUrgent }) => !isUrgent || !isSafetyRule({ code: rule }));
  if (!bad) return null;
  return {
    table: 'act',
    row: `seq ${bad.seq}`,
    sentence: 'it takes points without the reminder that the village wants',
  };
}
