import type { Reader } from '../platform/database/db.ts';

/**
 * How far a household may stay behind with a deduction, as the village decided it last, for a condition in a statement; null where it
 * decided nothing. Of a day that has passed: as it was decided before that number of the record.
 */
export function unsettledMost(sql: Reader, villageId: number, beforeSeq = sql`9223372036854775807`) {
  return sql`(
    select (decided.facts -> 'values' ->> 'unsettledMostCentipoints')::bigint
      from act as decided
     where decided.village_id = ${villageId}
       and decided.type = 'settings.change'
       and decided.facts -> 'values' ? 'unsettledMostCentipoints'
       and decided.seq < ${beforeSeq}
     order by decided.seq desc
     limit 1
  )`;
}
