import type { Reader } from '../platform/database/db.ts';
import { isSwitchedOn } from './village-settings.ts';

/**
 * 基数: as many points as a card starts with stay on it where the village says so; only what lies above can be exchanged. It is the same
 * for every household, however its points came and went, so anybody can work it out from the balance alone.
 */
export function baseIn(sql: Reader, villageId: number) {
  return sql`case
    when ${isSwitchedOn(sql, villageId, 'baseStays')} then (
      select opening_centipoints
        from village_terms
       where village_terms.village_id = ${villageId}
    )
    else 0
  end`;
}
