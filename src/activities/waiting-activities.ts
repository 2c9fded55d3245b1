import type { Reader } from '../platform/database/db.ts';

/** How many activities have a rule by which nobody was given points yet. */
export async function waitingActivities(sql: Reader, villageId: number): Promise<number> {
  const [found] = await sql<{ count: number }[]>`
    select count(*)::integer as count
      from act as held
     where held.village_id = ${villageId}
       and held.type = 'activity'
       and held.facts ? 'rule'
       and not exists (
         select
           from act as award
          where award.village_id = held.village_id
            and award.facts ? 'activity'
            and award.facts ->> 'activity' = held.seq::text
            and award.type in ('points.award', 'claim.submit')
       )`;
  return found?.count ?? 0;
}
