import type { Reader } from '../platform/database/db.ts';

/** How many rounds wait for the meeting: their nominations end today or ended before, and nobody recorded a result. */
export async function waitingRounds(sql: Reader, villageId: number, today: string): Promise<number> {
  const [found] = await sql<{ count: number }[]>`
    select count(*)::integer as count
      from act as opened
     where opened.village_id = ${villageId}
       and opened.type = 'honor.open'
       and opened.facts ->> 'closes' <= ${today}
       and not exists (
         select
           from act as closed
          where closed.village_id = opened.village_id
            and closed.type = 'honor.close'
            and closed.facts ->> 'round' = opened.seq::text
       )`;
  return found?.count ?? 0;
}
