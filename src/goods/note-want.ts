import { createHash } from 'node:crypto';
import type { Reader } from '../platform/database/db.ts';

export interface WantInput {
  villageId: number;
  /** Of the goods. */
  code: string;
  quantity: number;
  /** The counter refused it, or somebody wrote it down. */
  source: 'refused' | 'noted';
  idempotencyKey: string;
}

export type WantRefusal = { refused: 'unknown_goods'; goods: string };

/** More at once is a slip of the finger, or somebody who asks for a whole load. */
export const MOST_WANTED = 99;

/** 没有货，记下来: counts what was wanted, and nobody who wanted it. The same press counts once. */
export async function noteWant(
  sql: Reader,
  { villageId, code, quantity, source, idempotencyKey }: WantInput,
): Promise<{ goods: string } | WantRefusal> {
  const wantKey = createHash('sha256').update(`${source} ${idempotencyKey}`).digest('base64url').slice(0, 32);
  const rows = await sql`
    with named as (
      select goods_id
        from goods
       where village_id = ${villageId}
         and code = ${code}
         and is_offered
    ),
    written as (
      insert into goods_want (village_id, want_key, goods_id, quantity, source, wanted_at)
      select ${villageId}, ${wantKey}, goods_id, ${Math.min(Math.max(quantity, 1), MOST_WANTED)}, ${source}, now()
        from named
          on conflict on constraint goods_want_pk do nothing
    )
    select goods_id
      from named`;
  return rows.length > 0 ? { goods: code } : { refused: 'unknown_goods', goods: code };
}

/** Of one kind of goods: how often it was wanted in vain since it last came, and how many pieces. */
export interface WantedGoods {
  goodsId: number;
  times: number;
  quantity: number;
}

const WANTS_LAST_DAYS = 90;

/** What was wanted before the goods came again has been seen to, and what is long ago nobody waits for. */
export function wantedGoods(sql: Reader, villageId: number): Promise<WantedGoods[]> {
  return sql<WantedGoods[]>`
    select goods_want.goods_id as "goodsId",
           count(*)::integer as times,
           sum(quantity)::integer as quantity
      from goods_want
     where village_id = ${villageId}
       and wanted_at > now() - make_interval(days => ${WANTS_LAST_DAYS})
       and wanted_at > coalesce((
             select max(act.recorded_at)
               from stock_move
               join act
                 on act.village_id = stock_move.village_id
                and act.seq = stock_move.seq
              where stock_move.village_id = goods_want.village_id
                and stock_move.goods_id = goods_want.goods_id
                and act.type = 'stock.in'
           ), '-infinity')
     group by goods_want.goods_id`;
}
