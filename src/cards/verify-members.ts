/**
 * 家庭成员 checked from inside: everybody stands where the last act about him or her says, nobody stands there without one, no household
 * names more people than it counts, a corrected name is the one that was corrected to, and an award names somebody who is known. What of
 * a cap that is each person's the leaves show, the verifier from outside counts.
 */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';

export async function verifyMembers(sql: Reader, villageId: number): Promise<BadRow | null> {
  return (
    (await misplaced(sql, villageId)) ??
    (await tooManyNamed(sql, villageId)) ??
    (await unknownNamed(sql, villageId)) ??
    (await misspelt(sql, villageId))
  );
}

async function misplaced(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ pseudonym: string; seq: number | null }[]>`
    with told as (
      select distinct on (member.pseudonym)
             member.pseudonym,
             act.seq,
             act.type,
             case when act.type = 'household.merge' then act.facts ->> 'into' else act.facts ->> 'acct' end as acct
        from act
       cross join lateral jsonb_array_elements_text(act.facts -> 'members') as member(pseudonym)
       where act.village_id = ${villageId}
         and act.type in ('household.join', 'household.split', 'household.merge', 'household.leave')
         and act.facts ? 'members'
       order by member.pseudonym, act.seq desc
    ), kept as (
      select household_member.pseudonym,
             household_member.left_on,
             account.pseudonym as acct
        from household_member
        join account
          on account.village_id = household_member.village_id
         and account.holder_id = household_member.household_id
         and account.kind = 'spendable'
       where household_member.village_id = ${villageId}
    )
    select pseudonym,
           told.seq
      from told
      full join kept using (pseudonym)
     where kept.acct is distinct from told.acct
        or (kept.left_on is null) = (told.type = 'household.leave')
     order by told.seq nulls first
     limit 1`;
  if (!found) return null;
  const { pseudonym, seq } = found;
  const sentence = seq === null ? 'no act ever named this person' : `its act ${seq} left this person somewhere else`;
  return { table: 'household_member', row: `member ${pseudonym}`, sentence };
}

async function tooManyNamed(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ householdId: number; named: number; members: number }[]>`
    select household_id as "householdId",
           count(*)::integer as named,
           household.member_count as members
      from household_member
      join household using (village_id, household_id)
     where household_member.village_id = ${villageId}
       and left_on is null
     group by household_id, household.member_count
    having count(*) > household.member_count
     order by household_id
     limit 1`;
  if (!found) return null;
  const sentence = `${found.named} people are named, but it counts ${found.members}`;
  return { table: 'household_member', row: `household ${found.householdId}`, sentence };
}

async function unknownNamed(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ seq: number }[]>`
    select act.seq
      from act
      left join household_member
        on household_member.village_id = act.village_id
       and household_member.pseudonym = act.facts ->> 'member'
     where act.village_id = ${villageId}
       and act.facts ? 'member'
       and household_member.member_id is null
     order by act.seq
     limit 1`;
  return found
    ? { table: 'act', row: `seq ${found.seq}`, sentence: 'it names a person whom nobody named before' }
    : null;
}

/** As long as what the last correction says of the person is not forgotten. */
async function misspelt(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ pseudonym: string; seq: number }[]>`
    with corrected as (
      select distinct on (facts ->> 'member')
             facts ->> 'member' as pseudonym,
             seq
        from act
       where village_id = ${villageId}
         and type = 'household.correct'
       order by facts ->> 'member', seq desc
    )
    select household_member.pseudonym,
           corrected.seq
      from corrected
      join household_member
        on household_member.village_id = ${villageId}
       and household_member.pseudonym = corrected.pseudonym
      join disclosure
        on disclosure.village_id = ${villageId}
       and disclosure.seq = corrected.seq
     cross join jsonb_array_elements(disclosure.openings) as opening
     where opening ->> 1 = 'name'
       and opening ->> 2 <> household_member.name
     order by corrected.seq
     limit 1`;
  if (!found) return null;
  const sentence = `its act ${found.seq} corrected the name to another one`;
  return { table: 'household_member', row: `member ${found.pseudonym}`, sentence };
}
