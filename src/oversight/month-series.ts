import type { Reader } from '../platform/database/db.ts';

/** One month of a village. What moved is of the month, reversals taken off; what stood is of its last day, or of today. */
export interface MonthFigures {
  month: string;
  givenCentipoints: number;
  exchangedCentipoints: number;
  exchanges: number;
  stockFen: number;
  moneyFen: number;
  promisedFen: number;
}

/** The last months of a village, the oldest first, summed out of its acts. */
export async function monthSeries(
  sql: Reader,
  { villageId, today }: { villageId: number; today: string },
  months = 12,
): Promise<MonthFigures[]> {
  const rows = await sql<MonthFigures[]>`
    with whole as (
      select to_char(month, 'YYYY-MM') as month
        from act as founding
       cross join generate_series(
         date_trunc('month', founding.occurred_on::timestamp),
         date_trunc('month', ${today}::timestamp),
         interval '1 month'
       ) as month
       where founding.village_id = ${villageId}
         and founding.seq = 0
    ), points as (
      select to_char(act.occurred_on, 'YYYY-MM') as month,
             sum(amount_centipoints) filter (where subject.type = 'points.award') as given,
             -sum(amount_centipoints) filter (where subject.type = 'points.redeem') as exchanged,
             count(*) filter (where act.type = 'points.redeem')
               - count(*) filter (where act.type = 'points.reverse' and subject.type = 'points.redeem') as exchanges,
             sum(amount_centipoints) as net
        from act
        join entry
          on entry.village_id = act.village_id
         and entry.seq = act.seq
        join account
          on account.village_id = entry.village_id
         and account.account_id = entry.account_id
         and account.kind in ('spendable', 'pending')
       cross join lateral (
         select coalesce(
                  (
                    select original.type
                      from act as original
                     where original.village_id = act.village_id
                       and original.seq = act.reverses_seq
                  ),
                  act.type
                ) as type
       ) as subject
       where act.village_id = ${villageId}
       group by 1
    ), goods_moved as (
      select to_char(act.occurred_on, 'YYYY-MM') as month,
             sum(stock_move.quantity::bigint * stock_lot.unit_value_fen) as net
        from stock_move
        join act
          on act.village_id = stock_move.village_id
         and act.seq = stock_move.seq
        join stock_lot
          on stock_lot.village_id = stock_move.village_id
         and stock_lot.lot_id = stock_move.lot_id
       where stock_move.village_id = ${villageId}
       group by 1
    ), money_moved as (
      select to_char(act.occurred_on, 'YYYY-MM') as month,
             sum(case act.type when 'gift.spend' then -1 else 1 end * (act.facts ->> 'fen')::bigint) as net
        from act
        join act as announced
          on announced.village_id = act.village_id
         and announced.seq = (act.facts ->> 'gift')::bigint
         and announced.facts ->> 'kind' = 'money'
       where act.village_id = ${villageId}
         and act.facts ? 'gift'
         and (act.type = 'gift.spend' or (act.type = 'gift.inspect' and act.facts ->> 'outcome' = 'passed'))
       group by 1
    )
    select whole.month,
           coalesce(given, 0)::bigint as "givenCentipoints",
           coalesce(exchanged, 0)::bigint as "exchangedCentipoints",
           coalesce(exchanges, 0)::integer as exchanges,
           coalesce(sum(goods_moved.net) over so_far, 0)::bigint as "stockFen",
           coalesce(sum(money_moved.net) over so_far, 0)::bigint as "moneyFen",
           ceil(
             coalesce(sum(points.net) over so_far, 0) * coalesce(
               -- What a point was worth at the month's end.
               (
                 select (later.facts ->> 'was')::integer
                   from act as later
                  where later.village_id = ${villageId}
                    and later.type = 'rate.change'
                    and to_char(later.occurred_on, 'YYYY-MM') > whole.month
                  order by later.seq
                  limit 1
               ),
               fen_per_point
             ) / 100.0
           )::bigint as "promisedFen"
      from whole
      join village_terms
        on village_terms.village_id = ${villageId}
      left join points
        on points.month = whole.month
      left join goods_moved
        on goods_moved.month = whole.month
      left join money_moved
        on money_moved.month = whole.month
    window so_far as (order by whole.month)
     order by whole.month`;
  return rows.slice(-months);
}
