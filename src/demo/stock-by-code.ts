import type { Reader } from '../platform/database/db.ts';

/** What there is to count; also what is past its day or waits for a second person. */
export async function stockByCode(sql: Reader, villageId: number): Promise<{ code: string; held: number }[]> {
  return sql<{ code: string; held: number }[]>`
    select goods.code,
           sum(stock_lot.quantity_on_hand)::integer as held
      from stock_lot
      join goods
        on goods.village_id = stock_lot.village_id
       and goods.goods_id = stock_lot.goods_id
     where stock_lot.village_id = ${villageId}
     group by goods.code
     order by goods.code`;
}
