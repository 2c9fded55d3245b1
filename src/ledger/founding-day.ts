import type { Reader } from '../platform/database/db.ts';

/** The day of the village's first act. */
export async function foundingDay(sql: Reader, villageId: number): Promise<string> {
  const [founding] = await sql<{ day: string }[]>`
    select occurred_on as day
      from act
     where village_id = ${villageId}
       and seq = 0`;
  if (!founding) throw new Error(`village ${villageId} has no founding act`);
  return founding.day;
}
