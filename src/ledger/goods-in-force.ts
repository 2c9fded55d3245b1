import type { PendingQuery, Row } from 'postgres';
import type { Reader } from '../platform/database/db.ts';

/**
 * What holds for the goods of the row `goods` on a day, as fragments for queries: nothing beside the acts keeps it. A price holds from
 * the day that its act names, never from the day of the act itself, so one day has one price.
 */
export function priceInForce(sql: Reader, day: string | PendingQuery<Row[]>) {
  return sql`coalesce(${saidOfPrice(sql, day, sql`(priced.facts ->> 'price')::integer`)}, goods.price_centipoints)`;
}

/** Who made that price: the rate, a new rate, or somebody's word (`hand`). */
export function priceMethodInForce(sql: Reader, day: string) {
  return sql`coalesce(${saidOfPrice(sql, day, sql`priced.facts ->> 'method'`)}, 'rate')`;
}

function saidOfPrice(sql: Reader, day: string | PendingQuery<Row[]>, what: PendingQuery<Row[]>) {
  return sql`(
    select ${what}
      from act as priced
     where priced.village_id = goods.village_id
       and priced.type = 'goods.price'
       and priced.facts ->> 'item' = goods.code
       and priced.facts ->> 'effective' <= ${day}
     order by priced.facts ->> 'effective' desc, priced.seq desc
     limit 1
  )`;
}

/** What one of them is worth by the newest lot; in the county's list, as long as there was none. */
export function newestValueFen(sql: Reader) {
  return sql`coalesce(
    (
      select unit_value_fen
        from stock_lot
       where stock_lot.village_id = goods.village_id
         and stock_lot.goods_id = goods.goods_id
       order by lot_id desc
       limit 1
    ),
    goods.unit_value_fen
  )`;
}

/** What they were called when the act of the row `act` was recorded. */
export function goodsNameThen(sql: Reader) {
  return sql`coalesce(
    (
      select opening ->> 2
        from act as renaming
        join disclosure
          on disclosure.village_id = renaming.village_id
         and disclosure.seq = renaming.seq
       cross join jsonb_array_elements(disclosure.openings) as opening
       where renaming.village_id = goods.village_id
         and renaming.type = 'goods.rename'
         and renaming.facts ->> 'item' = goods.code
         and renaming.seq > act.seq
         and opening ->> 1 = 'was'
       order by renaming.seq
       limit 1
    ),
    goods.name
  )`;
}

/** The village took these off its list, for good. */
export function isRestricted(sql: Reader) {
  return sql`exists (
    select
      from act as restricting
     where restricting.village_id = goods.village_id
       and restricting.type = 'goods.restrict'
       and restricting.facts ->> 'item' = goods.code
  )`;
}
