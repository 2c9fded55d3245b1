import type { Reader } from '../platform/database/db.ts';

/** What a new village does in this order, from the list of its households to the first notice on the board. */
const FIRST_STEPS = ['roster', 'cards', 'goods', 'second', 'award', 'notice'] as const;

export type FirstStep = (typeof FIRST_STEPS)[number];

/** What is done already, as the record says it; null once everything is. */
export async function firstSteps(
  sql: Reader,
  villageId: number,
  today: string,
): Promise<Record<FirstStep, boolean> | null> {
  const [done] = await sql<Record<FirstStep, boolean>[]>`
    select exists (select from household where village_id = ${villageId}) as roster,
           ${hasAct(sql, villageId, ['points.open'])} as cards,
           exists (select from stock_lot where village_id = ${villageId}) as goods,
           (
             select count(distinct person_id) > 1
               from appointment
              where region_id = ${villageId}
                and starts_on <= ${today}
                and (ends_on is null or ends_on > ${today})
           ) as second,
           ${hasAct(sql, villageId, ['points.award', 'claim.submit'])} as award,
           exists (select from publication where village_id = ${villageId}) as notice`;
  return !done || FIRST_STEPS.every((step) => done[step]) ? null : done;
}

/** In the order of the record: the first one is soon found, however long the record has become since. */
function hasAct(sql: Reader, villageId: number, types: readonly string[]) {
  return sql`exists (
    select
      from act
     where village_id = ${villageId}
       and type = any(${[...types]}::text[])
     order by seq
     limit 1
  )`;
}
