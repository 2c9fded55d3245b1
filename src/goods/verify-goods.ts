/** Goods that a village added itself, held against the acts that say so: each has one, with the same words and the same price. */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { contentHashOf } from './add-goods.ts';
import type { NewGoods } from './decide-new-goods.ts';

interface Added extends NewGoods {
  code: string;
  priceCentipoints: number | null;
  seq: number | null;
  said: { price: number; contentHash: string } | null;
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
           act.facts as said
      from (select * from goods where village_id = ${villageId} and code ~ '^V[0-9]{3,6}$') as goods
      full join (select * from act where village_id = ${villageId} and type = 'goods.add') as act
        on act.facts ->> 'item' = goods.code
     order by 1`;
  for (const { code, seq, said, priceCentipoints, ...goods } of rows) {
    const wrong = (sentence: string) => ({ table: 'goods', row: `code ${code}`, sentence });
    if (seq === null || said === null) return wrong('it was added, but no act says so');
    if (priceCentipoints === null) return wrong(`it is missing, but act ${seq} added it`);
    if (said.price !== priceCentipoints || said.contentHash !== contentHashOf(goods)) {
      return wrong(`it is not what act ${seq} added`);
    }
  }
  return null;
}
