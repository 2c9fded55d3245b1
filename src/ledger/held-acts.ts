import type { Reader } from '../platform/database/db.ts';
import { isReversed } from './reversed-acts.ts';

/**
 * 预留: goods that are kept for a household, and the points that it will pay with, are taken by `points.hold`, and its reversal gives
 * both back. As long as nothing reverses it, it holds; so nothing beside the entries can say otherwise.
 */

/** True of the row `act` as long as what it holds is held. */
export function isHolding(sql: Reader) {
  return sql`(
    act.type = 'points.hold'
    and not ${isReversed(sql)}
  )`;
}

/** The numbers of all acts that held or gave back: for sums in which what is kept for somebody still belongs to the village's shelf. */
export function holdingSeqs(sql: Reader, villageId: number) {
  return sql`
    select hold.seq
      from act as hold
     where hold.village_id = ${villageId}
       and hold.type = 'points.hold'
     union all
    select release.seq
      from act as hold
      join act as release
        on release.village_id = hold.village_id
       and release.reverses_seq = hold.seq
     where hold.village_id = ${villageId}
       and hold.type = 'points.hold'`;
}
