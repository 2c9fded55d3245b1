import type { PendingQuery, Row } from 'postgres';
import { householdOfAccount } from '../cards/index.ts';
import { OPEN_STATES } from '../claims/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { likeText } from '../platform/database/like-text.ts';
import { type Read, toRead } from '../platform/database/read-at-once.ts';
import type { ReminderState } from './decide-reminder.ts';

/** One reminder with where it got to, worked out of the acts that name it and the claims that wait on it. */
export interface Reminder {
  /** The act that gave it. */
  seq: number;
  state: ReminderState;
  rule: string;
  ruleName: string;
  /** What it would cost, by the rule as it was. */
  pointsCentipoints: number;
  givenOn: string;
  /** The first day on which a deduction may follow. */
  due: string;
  /** What is to be put right; null when it was erased. */
  note: string | null;
  by: string;
  number: string;
  headName: string;
  groupName: string;
  accountId: number;
  pseudonym: string;
  closed: { seq: number; on: string; by: string; note: string | null } | null;
  /** The deduction that stands on it. */
  deductSeq: number | null;
}

/** What is not put right yet; that of it whose days are over, so that somebody has to look; all. */
export const REMINDER_VIEWS = ['standing', 'due', 'all'] as const;

export type ReminderView = (typeof REMINDER_VIEWS)[number];

export interface ReminderWindow {
  view: ReminderView;
  /** On which day it is asked, for what is due. */
  today?: string | undefined;
  /** Name, pinyin, initials or the end of the card number. */
  query?: string | undefined;
  beforeSeq?: number | undefined;
  limit: number;
}

/** The latest first. */
export function reminderList(
  sql: Reader,
  villageId: number,
  { view, today = '', query = '', beforeSeq = Number.MAX_SAFE_INTEGER, limit }: ReminderWindow,
): Promise<Reminder[]> {
  const text = query.normalize('NFKC').trim().toLowerCase();
  const part = `%${likeText(text)}%`;
  return selectReminders(
    sql,
    villageId,
    sql`
      ${text === '' ? sql`` : sql`and (household.head_name like ${part} or household.pinyin like ${part.slice(1)} or household.initials like ${part.slice(1)} or card.number like ${part})`}
      ${view === 'due' ? sql`and account.status <> 'closed'` : sql``}
      and act.seq < ${beforeSeq}`,
    sql`
      ${view === 'all' ? sql`true` : sql`state = 'standing'`}
      ${view === 'due' ? sql`and due <= ${today}` : sql``}
      order by seq desc limit ${limit}`,
  );
}

/** How many households had their days, and nobody has decided whether it was put right; since when the first of them waits. */
export async function dueReminders(
  sql: Reader,
  { villageId, today }: { villageId: number; today: string },
): Promise<{ count: number; firstDue: string | null }> {
  const [found] = await sql<{ count: number; firstDue: string | null }[]>`
    select count(*)::integer as count,
           min(act.facts ->> 'due') as "firstDue"
      from act
      join account
        on account.village_id = act.village_id
       and account.pseudonym = act.facts ->> 'acct'
     where act.village_id = ${villageId}
       and act.type = 'reminder.give'
       and act.facts ->> 'due' <= ${today}
       and account.status <> 'closed'
       and ${stateOf(sql)} = 'standing'`;
  if (!found) throw new Error('a query without a group answers one row');
  return found;
}

export async function reminderBySeq(sql: Reader, villageId: number, seq: number): Promise<Reminder | null> {
  const [found] = await selectReminders(sql, villageId, sql`and act.seq = ${seq}`, sql`true`);
  return found ?? null;
}

/** What stands against an account, the first to end first. */
export function remindersOf(sql: Reader, villageId: number, accountId: number): Promise<Reminder[]> {
  return selectReminders(
    sql,
    villageId,
    sql`and account.account_id = ${accountId}`,
    sql`state = 'standing' order by due, seq`,
  );
}

export interface StandingReminder {
  seq: number;
  due: string;
}

/** Of one rule, by the account's name in the record: for a decision that asks about many households at once. */
export function standingRead(
  sql: Reader,
  { villageId, rule }: { villageId: number; rule: string },
): Read<ReadonlyMap<string, StandingReminder>> {
  const query = sql<(StandingReminder & { acct: string })[]>`
    select act.facts ->> 'acct' as acct,
           act.seq,
           act.facts ->> 'due' as due
      from act
     where act.village_id = ${villageId}
       and act.type = 'reminder.give'
       and act.facts ->> 'rule' = ${rule}
       and ${stateOf(sql)} = 'standing'
     order by act.seq`;
  return toRead(query, (rows) => new Map(rows.map(({ acct, ...reminder }) => [acct, reminder])));
}

type Part = PendingQuery<Row[]>;

/** Of the act in the row `act`: see decide-reminder.ts. */
const stateOf = (sql: Reader) => sql`(
  case
    when exists (
      select
        from act as closing
       where closing.village_id = act.village_id
         and closing.facts ? 'reminder'
         and closing.facts ->> 'reminder' = act.seq::text
         and closing.type = 'reminder.close'
    ) then 'closed'
    when ${deductionOn(sql)} is not null
      or exists (
        select
          from claim
         where claim.village_id = act.village_id
           and claim.reminder_seq = act.seq
           and claim.state = any(${[...OPEN_STATES]}::text[])
      )
    then 'applied'
    else 'standing'
  end
)`;

const deductionOn = (sql: Reader) => sql`(
  select deduction.seq
    from act as deduction
   where deduction.village_id = act.village_id
     and deduction.facts ? 'reminder'
     and deduction.facts ->> 'reminder' = act.seq::text
     and deduction.type = 'points.deduct'
     and not exists (
       select
         from act as reversal
        where reversal.village_id = deduction.village_id
          and reversal.reverses_seq = deduction.seq
     )
   limit 1
)`;

function selectReminders(sql: Reader, villageId: number, condition: Part, rest: Part): Promise<Reminder[]> {
  const said = (alias: string, name: string) => sql`(
    select opening ->> 2
      from disclosure
     cross join jsonb_array_elements(disclosure.openings) as opening
     where disclosure.village_id = ${villageId}
       and disclosure.seq = ${sql(alias)}.seq
       and opening ->> 1 = ${name}
     limit 1
  )`;
  return sql<Reminder[]>`
    select *
      from (
        select act.seq,
               ${stateOf(sql)} as state,
               act.facts ->> 'rule' as rule,
               coalesce(rule_version.name, act.facts ->> 'rule') as "ruleName",
               coalesce(rule_version.points_centipoints, 0) as "pointsCentipoints",
               act.occurred_on as "givenOn",
               act.facts ->> 'due' as due,
               ${said('act', 'note')} as note,
               coalesce(person.display_name, '') as by,
               card.number,
               household.head_name as "headName",
               villager_group.name as "groupName",
               account.account_id as "accountId",
               account.pseudonym,
               closed.closed,
               ${deductionOn(sql)} as "deductSeq"
          from act
          join account
            on account.village_id = act.village_id
           and account.pseudonym = act.facts ->> 'acct'
               ${householdOfAccount(sql)}
          left join person
            on person.person_id = act.recorded_by
          left join rule_version
            on rule_version.village_id = act.village_id
           and rule_version.code = act.facts ->> 'rule'
           and rule_version.version = (act.facts ->> 'version')::integer
          left join lateral (
            select jsonb_build_object(
                     'seq', closing.seq,
                     'on', closing.occurred_on,
                     'by', closer.display_name,
                     'note', ${said('closing', 'note')}
                   ) as closed
              from act as closing
              left join person as closer
                on closer.person_id = closing.recorded_by
             where closing.village_id = act.village_id
               and closing.facts ? 'reminder'
               and closing.facts ->> 'reminder' = act.seq::text
               and closing.type = 'reminder.close'
             limit 1
          ) as closed on true
         where act.village_id = ${villageId}
           and act.type = 'reminder.give'
               ${condition}
      ) as found
     where ${rest}`;
}
