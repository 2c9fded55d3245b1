import type { Reader } from '../platform/database/db.ts';

/** A price that was announced: from which day it holds, and whether the rate, a new rate or somebody's word made it. */
export interface AnnouncedPrice {
  seq: number;
  priceCentipoints: number;
  effectiveOn: string;
  decidedOn: string;
  method: 'rate' | 'hand' | 'newRate';
}

/** The newest first. */
export async function priceHistory(sql: Reader, villageId: number, code: string): Promise<AnnouncedPrice[]> {
  return sql<AnnouncedPrice[]>`
    select seq,
           (facts ->> 'price')::integer as "priceCentipoints",
           facts ->> 'effective' as "effectiveOn",
           occurred_on as "decidedOn",
           facts ->> 'method' as method
      from act
     where village_id = ${villageId}
       and type = 'goods.price'
       and facts ->> 'item' = ${code}
     order by seq desc
     limit 100`;
}
