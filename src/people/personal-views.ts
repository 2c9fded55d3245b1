/**
 * Who looked at whom. Whoever runs or watches the shop may open every household of the village; that they did is kept for 180
 * days and shown to everybody who may open it, so that looking without a reason does not stay unseen.
 */
import type { Reader } from '../platform/database/db.ts';

export type ViewKind = 'page' | 'statement' | 'program' | 'copy';

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
  }: { personId: number; villageId: number; householdId: number; kind: ViewKind },
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

/** Who opened a household last, the newest first. */
export async function lastViews(
  sql: Reader,
  { villageId, householdId, limit }: { villageId: number; householdId: number; limit: number },
): Promise<PersonalView[]> {
  return sql<PersonalView[]>`
    select display_name as "displayName",
           kind,
           viewed_at as "viewedAt"
      from personal_view
      join person using (person_id)
     where village_id = ${villageId}
       and household_id = ${householdId}
     order by viewed_at desc, view_id desc
     limit ${limit}`;
}
