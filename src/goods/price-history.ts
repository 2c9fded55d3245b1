import { goodsNameThen } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** A price that was announced: from which day it holds, and whether the rate, a new rate or somebody's word made it, or approved the first one. */
export interface AnnouncedPrice {
  seq: number;
  priceCentipoints: number;
  effectiveOn: string;
  decidedOn: string;
  method: 'rate' | 'hand' | 'newRate' | 'first';
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

/** Every price of every kind of goods, the newest first. */
export async function pricesSaid(
  sql: Reader,
  villageId: number,
  { beforeSeq = Number.MAX_SAFE_INTEGER, limit }: { beforeSeq?: number | undefined; limit: number },
): Promise<(Omit<AnnouncedPrice, 'method'> & { code: string; name: string; spec: string })[]> {
  return sql<(AnnouncedPrice & { code: string; name: string; spec: string })[]>`
    select act.seq,
           goods.code,
           ${goodsNameThen(sql)} as name,
           goods.spec,
           (act.facts ->> 'price')::integer as "priceCentipoints",
           coalesce(act.facts ->> 'effective', act.occurred_on::text) as "effectiveOn",
           act.occurred_on as "decidedOn"
      from act
      join goods
        on goods.village_id = act.village_id
       and goods.code = act.facts ->> 'item'
     where act.village_id = ${villageId}
       and act.type in ('goods.add', 'goods.price')
       and act.seq < ${beforeSeq}
     order by act.seq desc
     limit ${limit}`;
}
