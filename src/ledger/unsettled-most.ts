import type { Reader } from '../platform/database/db.ts';

/** How far a household may stay behind with a deduction, as the village decided it last, for a statement; null: not at all. */
export function unsettledMost(sql: Reader, villageId: number) {
  return sql`(
    select (decided.facts -> 'values' ->> 'unsettledMostCentipoints')::bigint
      from act as decided
     where decided.village_id = ${villageId}
       and decided.type = 'settings.change'
       and decided.facts -> 'values' ? 'unsettledMostCentipoints'
     order by decided.seq desc
     limit 1
  )`;
}
