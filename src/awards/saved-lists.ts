/**
 * 用过的名单: whoever was given points together is a list by itself, named by what was noted at the time (志愿队) or by the rule, and one
 * press picks all of them again. Nothing is kept for it: the record has it, and who has left since is not on it.
 */
import type { Reader } from '../platform/database/db.ts';
import { type AwardForm, byCard } from './award-form.ts';

const MOST_LISTS = 6;
/** How many awards are looked through; the same list given again stands there once. */
const LAST_AWARDS = 40;

/** Who of a household, by card: as the form has it. */
type ListedRow = { number: string; memberId: number | null };

export interface SavedList {
  operationId: string;
  name: string;
  occurredOn: string;
  households: number;
}

/** The latest first; one household is no list. */
export async function savedLists(sql: Reader, villageId: number): Promise<SavedList[]> {
  return sql<SavedList[]>`
    select "operationId", name, "occurredOn", households
      from (
        select distinct on (name)
               operation.operation_id as "operationId",
               operation.first_seq,
               coalesce(noted.words, rule_version.name) as name,
               act.occurred_on as "occurredOn",
               listed.households
          from (
            select operation_id, first_seq, act_count
              from operation
             where village_id = ${villageId}
               and kind = 'award'
               and act_count > 1
             order by first_seq desc
             limit ${LAST_AWARDS}
          ) as operation
          join act
            on act.village_id = ${villageId}
           and act.seq = operation.first_seq
           and act.type = 'points.award'
          join rule_version
            on rule_version.village_id = ${villageId}
           and rule_version.code = act.facts ->> 'rule'
           and rule_version.version = (act.facts ->> 'version')::integer
         cross join lateral (
            select count(distinct entry.account_id)::integer as households
              from entry
             where entry.village_id = ${villageId}
               and entry.seq between operation.first_seq and operation.first_seq + operation.act_count - 1
          ) as listed
          left join lateral (
            select opening ->> 2 as words
              from disclosure
             cross join jsonb_array_elements(disclosure.openings) as opening
             where disclosure.village_id = act.village_id
               and disclosure.seq = act.seq
               and opening ->> 1 = 'note'
             limit 1
          ) as noted on true
         where listed.households > 1
         order by name, operation.first_seq desc
      ) as latest
     order by first_seq desc
     limit ${MOST_LISTS}`;
}

/** The form with the households of the chosen lists among those that are ticked. */
export async function withLists(sql: Reader, villageId: number, form: AwardForm): Promise<AwardForm> {
  if (form.lists.length === 0) return form;
  const listed = await sql<ListedRow[]>`
    select distinct card.number,
           household_member.member_id as "memberId"
      from operation
      join entry
        on entry.village_id = operation.village_id
       and entry.seq between operation.first_seq and operation.first_seq + operation.act_count - 1
      join act
        on act.village_id = entry.village_id
       and act.seq = entry.seq
      join account
        on account.village_id = entry.village_id
       and account.account_id = entry.account_id
      join card
        on card.village_id = account.village_id
       and card.household_id = account.holder_id
       and card.ended_at is null
      left join household_member
        on household_member.village_id = account.village_id
       and household_member.household_id = account.holder_id
       and household_member.pseudonym = act.facts ->> 'member'
       and household_member.left_on is null
     where operation.village_id = ${villageId}
       and operation.kind = 'award'
       and operation.operation_id = any(${form.lists.slice(0, MOST_LISTS)}::text[])
       and account.status <> 'closed'`;
  const named = listed.flatMap(({ number, memberId }) => (memberId === null ? [] : [{ number, memberId }]));
  return {
    ...form,
    cards: [...new Set([...form.cards, ...listed.map(({ number }) => number)])],
    members: { ...byCard(named), ...form.members },
  };
}
