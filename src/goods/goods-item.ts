import type { PendingQuery, Row } from 'postgres';
import { isRestricted, newestValueFen, priceInForce } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import type { KnownGoods } from './decide-goods-import.ts';
import { ZONES, type Zone } from './shelf.ts';

/** One kind of goods with everything that holds for it today. */
export interface GoodsItem {
  goodsId: number;
  code: string;
  name: string;
  spec: string;
  unit: string;
  zone: Zone;
  /** In the list of goods; what newer lots were worth may differ. */
  unitValueFen: number;
  /** Of the newest lot, or that of the list where nothing ever came. */
  newestValueFen: number;
  priceCentipoints: number;
  quantityOnHand: number;
  isRestricted: boolean;
  /** Not before somebody has approved the first price. */
  isOffered: boolean;
  /** What a household may fetch at most; null where there is no limit. */
  monthMax: number | null;
  yearMax: number | null;
  /** From so few on it is worth a warning; null where the usual number does. */
  reorder: number | null;
}

export async function goodsItem(
  sql: Reader,
  villageId: number,
  code: string,
  today: string,
): Promise<GoodsItem | null> {
  const [found] = await sql<GoodsItem[]>`
    select goods.goods_id as "goodsId",
           goods.code,
           goods.name,
           goods.spec,
           goods.unit,
           goods.zone,
           goods.unit_value_fen as "unitValueFen",
           ${newestValueFen(sql)} as "newestValueFen",
           ${priceInForce(sql, today)} as "priceCentipoints",
           ${isRestricted(sql)} as "isRestricted",
           goods.is_offered as "isOffered",
           (
             select coalesce(sum(quantity_on_hand), 0)::integer
               from stock_lot
              where stock_lot.village_id = goods.village_id
                and stock_lot.goods_id = goods.goods_id
           ) as "quantityOnHand",
           ${monthMax(sql)} as "monthMax",
           ${yearMax(sql)} as "yearMax",
           (terms.facts ->> 'reorder')::integer as reorder
      from goods
           ${termsOf(sql)}
     where goods.village_id = ${villageId}
       and goods.code = ${code}`;
  return found ?? null;
}

/** The newest word of the village about the row `goods`, as `terms`; without one the county's list holds. */
function termsOf(sql: Reader) {
  return sql`left join lateral (
    select deciding.facts
      from act as deciding
     where deciding.village_id = goods.village_id
       and deciding.type = 'goods.terms'
       and deciding.facts ->> 'item' = goods.code
     order by deciding.seq desc
     limit 1
  ) as terms on true`;
}

function monthMax(sql: Reader) {
  return sql`case when terms.facts is null then goods.monthly_quota else (terms.facts ->> 'monthMax')::integer end`;
}

/** An appliance lasts: one a year unless the village says otherwise. */
function yearMax(sql: Reader) {
  return sql`case
    when terms.facts is not null then (terms.facts ->> 'yearMax')::integer
    when goods.zone = 'APPL' then 1
  end`;
}

/** Everything that the village has or ever had in its list, as an import is held against it. */
export async function knownGoods(sql: Reader, villageId: number): Promise<(KnownGoods & { zone: Zone })[]> {
  return sql<(KnownGoods & { zone: Zone })[]>`
    select goods.code,
           goods.name,
           goods.spec,
           goods.unit,
           goods.zone,
           goods.barcode,
           goods.unit_value_fen as "unitValueFen",
           ${monthMax(sql)} as "monthMax",
           ${yearMax(sql)} as "yearMax",
           (terms.facts ->> 'reorder')::integer as reorder
      from goods
           ${termsOf(sql)}
     where goods.village_id = ${villageId}
     order by array_position(${[...ZONES]}::text[], goods.zone), goods.code`;
}

/** What a household may fetch of some goods, and what it did fetch in the month and year of a day. */
export interface QuotaUse {
  code: string;
  monthMax: number | null;
  yearMax: number | null;
  monthTaken: number;
  yearTaken: number;
}

export interface QuotaQuestion {
  villageId: number;
  /** The account, or what finds it in the statement that this becomes a part of. */
  account: PendingQuery<Row[]> | number;
  codes: readonly string[];
  today: string;
}

/** Gives rows of `QuotaUse`. */
export function quotaUse(sql: Reader, { villageId, account, codes, today }: QuotaQuestion) {
  const yearStart = `${today.slice(0, 4)}-01-01`;
  const monthStart = `${today.slice(0, 7)}-01`;
  return sql<QuotaUse[]>`
    select goods.code,
           ${monthMax(sql)} as "monthMax",
           ${yearMax(sql)} as "yearMax",
           coalesce(-sum(taken.quantity) filter (where taken.occurred_on >= ${monthStart}), 0)::integer as "monthTaken",
           coalesce(-sum(taken.quantity), 0)::integer as "yearTaken"
      from goods
           ${termsOf(sql)}
      left join lateral (
        select stock_move.quantity,
               stock_move.occurred_on
          from entry
          join act
            on act.village_id = entry.village_id
           and act.seq = entry.seq
          join stock_move
            on stock_move.village_id = entry.village_id
           and stock_move.seq = entry.seq
         where entry.village_id = ${villageId}
           and entry.account_id = ${account}
           and entry.occurred_on >= ${yearStart}
           and entry.occurred_on <= ${today}
           and stock_move.goods_id = goods.goods_id
           and act.type in ('points.redeem', 'points.hold', 'points.reverse')
      ) as taken on true
     where goods.village_id = ${villageId}
       and goods.code = any(${[...codes]}::text[])
     group by goods.code, goods.monthly_quota, goods.zone, terms.facts`;
}
