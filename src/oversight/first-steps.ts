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
    with types as (
      select distinct type
        from act
       where village_id = ${villageId}
         and type in ('points.open', 'stock.in', 'points.award', 'claim.submit', 'publication')
    )
    select exists (select from household where village_id = ${villageId}) as roster,
           exists (select from types where type = 'points.open') as cards,
           exists (select from types where type = 'stock.in') as goods,
           (
             select count(distinct person_id) > 1
               from appointment
              where region_id = ${villageId}
                and starts_on <= ${today}
                and (ends_on is null or ends_on > ${today})
           ) as second,
           exists (select from types where type in ('points.award', 'claim.submit')) as award,
           exists (select from types where type = 'publication') as notice`;
  return !done || FIRST_STEPS.every((step) => done[step]) ? null : done;
}
