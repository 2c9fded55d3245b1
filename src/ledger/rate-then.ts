import type { Reader } from '../platform/database/db.ts';

/**
 * Of the row `act`, or another act by that name: what a point was worth when it was recorded, in fen, where it has become worth something
 * else since; else null.
 */
export function rateThen(sql: Reader, act = sql`act`) {
  return sql`(
    select (later.facts ->> 'was')::integer
      from act as later
     where later.village_id = ${act}.village_id
       and later.type = 'rate.change'
       and later.seq > ${act}.seq
     order by later.seq
     limit 1
  )`;
}
