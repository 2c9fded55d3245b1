/**
 * 与一户有关的每一笔: which acts tell of one household. Most name its account; the others are found by what they do name: a wish of its own, a
 * problem that was found with it, the other side of a split or merger, a sample of one of its acts, an activity to which nobody else
 * came, and whatever discloses its card number, such as a declaration of kinship. What somebody wrote about it in free words without any
 * of these nobody can find.
 */
import type { Reader } from '../platform/database/db.ts';

export interface ActsAbout {
  villageId: number;
  householdId: number;
}

/**
 * Common tables for a query: `own` its accounts, `own_act` the numbers of acts that name one of them, `beside_act` of those that tell of
 * it otherwise; `is_whole` is false where the act tells of other households too.
 */
export const actsAbout = (sql: Reader, { villageId, householdId }: ActsAbout) => sql`
  own as (
    select account_id, pseudonym
      from account
     where village_id = ${villageId}
       and holder_id = ${householdId}
  ),
  own_act as (
    select entry.seq
      from entry
      join own using (account_id)
     where entry.village_id = ${villageId}
     union
    select act.seq
      from act
     where act.village_id = ${villageId}
       and act.facts ->> 'acct' in (select pseudonym from own)
  ),
  own_problem as (
    select act.seq
      from act
     where act.village_id = ${villageId}
       and act.type = 'problem.find'
       and (act.seq in (select seq from own_act) or act.facts ->> 'act' in (select seq::text from own_act))
  ),
  beside_act as (
    select seq, bool_and(is_whole) as is_whole
      from (
        select act.seq, true as is_whole
          from act
         where act.village_id = ${villageId}
           and (
             act.facts ->> 'wish' in (
               select wish_id
                 from wish
                where village_id = ${villageId}
                  and household_id = ${householdId}
             )
             or act.seq in (select seq from own_problem)
             or act.facts ->> 'problem' in (select seq::text from own_problem)
             or (act.type = 'sample.check' and act.facts ->> 'line' in (select seq::text from own_act))
             -- Where others came too, it is theirs as well.
             or (act.type = 'activity' and exists (
               select
                 from disclosure
                cross join jsonb_array_elements(disclosure.openings) as opening
                where disclosure.village_id = act.village_id
                  and disclosure.seq = act.seq
                  and opening ->> 1 = 'list'
                  and opening ->> 2 in (select pseudonym from own)
             ))
           )
         union all
        select act.seq, false
          from act
         where act.village_id = ${villageId}
           and (
             act.facts ->> 'from' in (select pseudonym from own)
             or act.facts ->> 'into' in (select pseudonym from own)
             or act.seq in (
               select disclosure.seq
                 from disclosure
                cross join jsonb_array_elements(disclosure.openings) as opening
                 join card
                   on card.village_id = ${villageId}
                  and card.household_id = ${householdId}
                  and position(card.number in opening ->> 2) > 0
                where disclosure.village_id = ${villageId}
             )
           )
      ) as found
     where seq not in (select seq from own_act)
     group by seq
  )`;

export interface PhotoAbout {
  publicId: string;
  sha256: string;
  purpose: string;
  addedAt: Date;
}

/** Photos that its acts and its wishes name, and that of its alone. */
export async function photosAbout(sql: Reader, about: ActsAbout): Promise<PhotoAbout[]> {
  const { villageId, householdId } = about;
  return sql<PhotoAbout[]>`
    with ${actsAbout(sql, about)},
    named as (
      select act.seq,
             picture ->> 'photo' as public_id
        from act
       cross join jsonb_array_elements(act.facts -> 'photos') as picture
       where act.village_id = ${villageId}
         and act.facts ? 'photos'
    ),
    about_it as (
      select seq from own_act
       union
      select seq from beside_act
    )
    select photo.public_id as "publicId",
           encode(photo.sha256, 'hex') as sha256,
           photo.purpose,
           photo.added_at as "addedAt"
      from photo
     where photo.village_id = ${villageId}
       and (
         photo.public_id in (select public_id from named where seq in (select seq from about_it))
         or photo.public_id in (
           select unnest(photos)
             from wish
            where village_id = ${villageId}
              and household_id = ${householdId}
         )
       )
       and photo.public_id not in (select public_id from named where seq not in (select seq from about_it))
     order by photo.photo_id`;
}
