/**
 * Goods that a village added itself, held against the acts that say so: each has one, with the same price and the words of its day, and
 * is offered as soon as its first price was approved, where that waited.
 */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { contentHashOf } from './add-goods.ts';
import type { NewGoods } from './decide-new-goods.ts';

interface Added extends NewGoods {
  code: string;
  priceCentipoints: number | null;
  seq: number | null;
  said: { price: number; contentHash: string; waits?: true } | null;
  isOffered: boolean | null;
  isApproved: boolean;
  /** The earliest first; what it was called before each. */
  renamed: { seq: number; was: string | null; contentHash: string }[];
}

export async function verifyGoods(sql: Reader, villageId: number): Promise<BadRow | null> {
  const rows = await sql<Added[]>`
    select coalesce(goods.code, act.facts ->> 'item') as code,
           goods.name,
           goods.spec,
           goods.unit,
           goods.zone,
           goods.barcode,
           goods.unit_value_fen as "unitValueFen",
           goods.price_centipoints as "priceCentipoints",
           act.seq,
           act.facts as said,
           goods.is_offered as "isOffered",
           exists (
             select
               from act as pricing
              where pricing.village_id = ${villageId}
                and pricing.type = 'goods.price'
                and pricing.facts ->> 'item' = goods.code
                and pricing.facts ->> 'method' = 'first'
           ) as "isApproved",
           coalesce((
             select jsonb_agg(
                      jsonb_build_object(
                        'seq', renaming.seq,
                        'contentHash', renaming.facts ->> 'contentHash',
                        'was', (
                          select opening ->> 2
                            from disclosure
                           cross join jsonb_array_elements(disclosure.openings) as opening
                           where disclosure.village_id = renaming.village_id
                             and disclosure.seq = renaming.seq
                             and opening ->> 1 = 'was'
                        )
                      ) order by renaming.seq
                    )
               from act as renaming
              where renaming.village_id = ${villageId}
                and renaming.type = 'goods.rename'
                and renaming.facts ->> 'item' = goods.code
           ), '[]') as renamed
      from (select * from goods where village_id = ${villageId} and code ~ '^V[0-9]{3,6}$') as goods
      full join (select * from act where village_id = ${villageId} and type = 'goods.add') as act
        on act.facts ->> 'item' = goods.code
     order by 1`;
  for (const { code, seq, said, renamed, priceCentipoints, isOffered, isApproved, ...goods } of rows) {
    const wrong = (sentence: string) => ({ table: 'goods', row: `code ${code}`, sentence });
    if (seq === null || said === null) return wrong('it was added, but no act says so');
    if (priceCentipoints === null) return wrong(`it is missing, but act ${seq} added it`);
    if (isOffered !== (said.waits === undefined || isApproved)) {
      return wrong(
        isOffered ? 'it is offered, but nobody has approved its first price' : 'it is not offered, but may be',
      );
    }
    const names = [...renamed.map(({ was }) => was ?? ''), goods.name];
    const wordsAt = (place: number) => contentHashOf({ ...goods, name: names[place] ?? '' });
    if (said.price !== priceCentipoints || said.contentHash !== wordsAt(0)) {
      return wrong(`it is not what act ${seq} added`);
    }
    const other = renamed.find(({ contentHash }, place) => contentHash !== wordsAt(place + 1));
    if (other) return wrong(`it is not called as act ${other.seq} says`);
  }
  return null;
}
