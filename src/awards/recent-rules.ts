import type { Reader } from '../platform/database/db.ts';

/** How far back the record is searched for rules in use. */
const LAST_ACTS = 3000;

/** Codes of the rules that this village used lately, the latest first. */
export async function recentRules(sql: Reader, villageId: number, limit: number): Promise<string[]> {
  const rows = await sql<{ code: string }[]>`
    select facts ->> 'rule' as code
      from act
     where village_id = ${villageId}
       and type in ('points.award', 'points.deduct')
       and seq > (select size from log_head where village_id = ${villageId}) - ${LAST_ACTS}
     group by facts ->> 'rule'
     order by max(seq) desc
     limit ${limit}`;
  return rows.map(({ code }) => code);
}
