import type { Reader } from '../platform/database/db.ts';

/**
 * What holds for the goods of the row `goods` on a day, as fragments for queries: nothing beside the acts keeps it. A price holds from
 * the day that its act names, never from the day of the act itself, so one day has one price.
 */
export function priceInForce(sql: Reader, day: string) {
  return sql`coalesce(
    (
      select (priced.facts ->> 'price')::integer
        from act as priced
       where priced.village_id = goods.village_id
         and priced.type = 'goods.price'
         and priced.facts ->> 'item' = goods.code
         and priced.facts ->> 'effective' <= ${day}
       order by priced.facts ->> 'effective' desc, priced.seq desc
       limit 1
    ),
    goods.price_centipoints
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
