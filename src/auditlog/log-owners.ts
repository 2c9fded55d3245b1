import type { Reader } from '../platform/database/db.ts';

/** Whose log it is: a village, or a county that has one. The region's number stands in `villageId` of every row. */
export interface LogOwner {
  villageId: number;
  code: string;
  name: string;
  level: 'village' | 'county';
}

/** The owner of a log by its code; null when no log was ever begun there. */
export async function findLogOwner(sql: Reader, code: string): Promise<LogOwner | null> {
  const [found] = await sql<LogOwner[]>`
    select region_id as "villageId", code, name, level
      from region
      join log_head
        on log_head.village_id = region.region_id
     where code = ${code}`;
  return found ?? null;
}

/** The counties that have a log. */
export function countyLogs(sql: Reader): Promise<LogOwner[]> {
  return sql<LogOwner[]>`
    select region_id as "villageId", code, name, level
      from region
      join log_head
        on log_head.village_id = region.region_id
     where level = 'county'
     order by code`;
}
