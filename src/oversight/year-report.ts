import type { Reader } from '../platform/database/db.ts';

/** 年报 of one village. What was reversed is taken off; days are those on which things happened. */
export interface YearFigures {
  villageId: number;
  code: string;
  name: string;
  households: number;
  openCards: number;
  openedCentipoints: number;
  givenCentipoints: number;
  takenCentipoints: number;
  exchangedCentipoints: number;
  exchanges: number;
  /** Households that exchanged at least once. */
  exchangingHouseholds: number;
  /** Goods that came in at their value: bought, given, and what the exchanges handed out. */
  boughtFen: number;
  donatedFen: number;
  handedOutFen: number;
  /** Gifts found good: of goods, of money; and how many gifts. */
  giftGoodsFen: number;
  giftMoneyFen: number;
  gifts: number;
  wishesFiled: number;
  wishesFulfilled: number;
  objections: number;
  objectionsUpheld: number;
  problemsFound: number;
  problemsClosed: number;
  publishedMonths: number;
}

/** Of every village below a region, or of the one village, in the order of their codes. */
export async function yearReport(
  sql: Reader,
  { regionId, year }: { regionId: number; year: number },
): Promise<YearFigures[]> {
  const [from, until] = [`${year}-01-01`, `${year}-12-31`];
  return sql<YearFigures[]>`
    with villages as materialized (
      select village.region_id as village_id, village.code, village.name
        from region as village
        left join region as township
          on township.region_id = village.parent_id
       where village.level = 'village'
         and ${regionId} in (village.region_id, village.parent_id, township.parent_id)
    ), acts as materialized (
      select act.village_id, act.seq, act.type, act.facts, coalesce(original.type, act.type) as subject
        from act
        left join act as original
          on original.village_id = act.village_id
         and original.seq = act.reverses_seq
       where act.village_id in (select village_id from villages)
         and act.occurred_on between ${from} and ${until}
    ), points as materialized (
      select acts.village_id,
             sum(amount_centipoints) filter (where subject = 'points.open') as opened,
             sum(amount_centipoints) filter (where subject = 'points.award') as given,
             -sum(amount_centipoints) filter (where subject = 'points.deduct') as taken,
             -sum(amount_centipoints) filter (where subject = 'points.redeem') as exchanged,
             count(*) filter (where type = 'points.redeem') - count(*) filter (where type <> subject and subject = 'points.redeem')
               as exchanges,
             count(distinct account_id) filter (where type = 'points.redeem') as exchanging
        from acts
        join entry
          on entry.village_id = acts.village_id
         and entry.seq = acts.seq
       group by acts.village_id
    ), goods_moved as materialized (
      select acts.village_id,
             sum(stock_move.quantity::bigint * stock_lot.unit_value_fen)
               filter (where subject = 'stock.in' and stock_lot.source_kind = 'purchase') as bought,
             sum(stock_move.quantity::bigint * stock_lot.unit_value_fen)
               filter (where subject = 'stock.in' and stock_lot.source_kind = 'donation') as donated,
             -sum(stock_move.quantity::bigint * stock_lot.unit_value_fen) filter (where subject = 'points.redeem') as handed_out
        from acts
        join stock_move
          on stock_move.village_id = acts.village_id
         and stock_move.seq = acts.seq
        join stock_lot
          on stock_lot.village_id = stock_move.village_id
         and stock_lot.lot_id = stock_move.lot_id
       group by acts.village_id
    ), counted as materialized (
      select acts.village_id,
             count(*) filter (where type = 'wish.file') as filed,
             count(*) filter (where type = 'wish.deliver') as fulfilled,
             count(*) filter (where type = 'objection.file') as objections,
             count(*) filter (where type = 'objection.answer' and facts ->> 'outcome' = 'upheld') as upheld,
             count(*) filter (where type = 'problem.find') as found,
             count(*) filter (where type = 'problem.close') as closed
        from acts
       group by acts.village_id
    ), gifts as materialized (
      select acts.village_id,
             count(*) as gifts,
             sum((acts.facts ->> 'fen')::bigint) filter (where announced.facts ->> 'kind' = 'goods') as goods,
             sum((acts.facts ->> 'fen')::bigint) filter (where announced.facts ->> 'kind' = 'money') as money
        from acts
        join act as announced
          on announced.village_id = acts.village_id
         and announced.seq = (acts.facts ->> 'gift')::bigint
       where acts.type = 'gift.inspect'
         and acts.facts ->> 'outcome' = 'passed'
       group by acts.village_id
    )
    select villages.village_id as "villageId",
           villages.code,
           villages.name,
           (select count(*)::integer from household where household.village_id = villages.village_id) as households,
           (
             select count(*)::integer
               from account
              where account.village_id = villages.village_id
                and kind = 'spendable'
                and status = 'active'
           ) as "openCards",
           coalesce(opened, 0)::bigint as "openedCentipoints",
           coalesce(given, 0)::bigint as "givenCentipoints",
           coalesce(taken, 0)::bigint as "takenCentipoints",
           coalesce(exchanged, 0)::bigint as "exchangedCentipoints",
           coalesce(exchanges, 0)::integer as exchanges,
           coalesce(exchanging, 0)::integer as "exchangingHouseholds",
           coalesce(bought, 0)::bigint as "boughtFen",
           coalesce(donated, 0)::bigint as "donatedFen",
           coalesce(handed_out, 0)::bigint as "handedOutFen",
           coalesce(gifts.goods, 0)::bigint as "giftGoodsFen",
           coalesce(gifts.money, 0)::bigint as "giftMoneyFen",
           coalesce(gifts.gifts, 0)::integer as gifts,
           coalesce(filed, 0)::integer as "wishesFiled",
           coalesce(fulfilled, 0)::integer as "wishesFulfilled",
           coalesce(objections, 0)::integer as objections,
           coalesce(upheld, 0)::integer as "objectionsUpheld",
           coalesce(found, 0)::integer as "problemsFound",
           coalesce(closed, 0)::integer as "problemsClosed",
           (
             select count(*)::integer
               from closed_period
              where closed_period.village_id = villages.village_id
                and month like ${`${year}-%`}
           ) as "publishedMonths"
      from villages
      left join points
        on points.village_id = villages.village_id
      left join goods_moved
        on goods_moved.village_id = villages.village_id
      left join counted
        on counted.village_id = villages.village_id
      left join gifts
        on gifts.village_id = villages.village_id
     order by villages.code`;
}
