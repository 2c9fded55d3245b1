import { isRestricted, priceInForce } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** Goods that can be bought today with what may be spent. */
export interface AffordableGoods {
  code: string;
  zone: string;
  name: string;
  spec: string;
  priceCentipoints: number;
  /** How many kinds of this zone the balance can buy, those left out included. */
  ofZone: number;
}

/** The cheapest few of every zone, in the order of the zones; only what is in stock and not past its day. */
export async function affordableGoods(
  sql: Reader,
  { villageId, spendableCentipoints, today, ofEachZone }: AffordableWindow,
): Promise<AffordableGoods[]> {
  return sql<AffordableGoods[]>`
    select code, zone, name, spec, "priceCentipoints", "ofZone"
      from (
        select goods.code,
               goods.zone,
               goods.name,
               goods.spec,
               priced.centipoints as "priceCentipoints",
               (count(*) over zone)::integer as "ofZone",
               row_number() over (zone order by priced.centipoints, goods.code) as place
          from goods
         cross join lateral (select ${priceInForce(sql, today)} as centipoints) as priced
         where goods.village_id = ${villageId}
           and goods.is_offered
           and not ${isRestricted(sql)}
           and priced.centipoints <= ${spendableCentipoints}::bigint
           and exists (
             select 1
               from stock_lot
              where stock_lot.village_id = goods.village_id
                and stock_lot.goods_id = goods.goods_id
                and stock_lot.quantity_on_hand > 0
                and not stock_lot.awaits_check
                and (stock_lot.use_by is null or stock_lot.use_by >= ${today})
           )
        window zone as (partition by goods.zone)
      ) as placed
     where place <= ${ofEachZone}
     order by array_position(array['GRAIN_OIL', 'DAILY', 'WASH', 'CLOTH', 'AGRI', 'APPL'], zone), place`;
}

export interface AffordableWindow {
  villageId: number;
  spendableCentipoints: number;
  today: string;
  ofEachZone: number;
}
