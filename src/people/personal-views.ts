/**
 * Who looked at whom. Whoever runs or watches the shop may open every household of the village; that they did is kept for 180
 * days and shown to everybody who may open it, so that looking without a reason does not stay unseen.
 */
import type { Reader } from '../platform/database/db.ts';

export type ViewKind = 'page' | 'statement' | 'program' | 'copy' | 'list';

export interface PersonalView {
  displayName: string;
  kind: ViewKind;
  viewedAt: Date;
}

/** Going back and forth within this time is one look. */
const ONE_LOOK_MINUTES = 10;

export async function recordPersonalView(
  sql: Reader,
  {
    personId,
    villageId,
    householdId,
    kind,
  }: { personId: number; villageId: number; householdId: number; kind: Exclude<ViewKind, 'list'> },
): Promise<void> {
  await sql`
    insert into personal_view (person_id, village_id, household_id, kind)
    select ${personId}::integer, ${villageId}::integer, ${householdId}::integer, ${kind}
     where not exists (
       select
         from personal_view
        where person_id = ${personId}
          and village_id = ${villageId}
          and household_id = ${householdId}
          and kind = ${kind}
          and viewed_at > now() - make_interval(mins => ${ONE_LOOK_MINUTES})
     )`;
}

/**
 * A list or a search shows many households at once: one line a day for each who looks, without what was searched for. Who sits at
 * the counter sees lists all day.
 */
export async function recordListView(
  sql: Reader,
  { personId, villageId }: { personId: number; villageId: number },
): Promise<void> {
  await sql`
    insert into personal_view (person_id, village_id, kind)
    select ${personId}::integer, ${villageId}::integer, 'list'
     where not exists (
       select
         from personal_view
        where person_id = ${personId}
          and village_id = ${villageId}
          and household_id is null
          and viewed_at > now() - interval '1 day'
     )`;
}

/**
 * Who opened a household last, or a list with all of them, the newest first. Of each person's lists only the last one, so that
 * they do not crowd out who opened just this household, unless `everyList` is asked for.
 */
export async function lastViews(
  sql: Reader,
  {
    villageId,
    householdId,
    limit,
    everyList = false,
  }: { villageId: number; householdId: number; limit: number; everyList?: boolean },
): Promise<PersonalView[]> {
  return sql<PersonalView[]>`
    select display_name as "displayName",
           kind,
           viewed_at as "viewedAt"
      from personal_view
      join person using (person_id)
     where village_id = ${villageId}
       and (
         household_id = ${householdId}
         or household_id is null and (
           ${everyList}
           or not exists (
             select
               from personal_view as later
              where later.village_id = personal_view.village_id
                and later.household_id is null
                and later.person_id = personal_view.person_id
                and later.view_id > personal_view.view_id
           )
         )
       )
     order by viewed_at desc, view_id desc
     limit ${limit}`;
}
