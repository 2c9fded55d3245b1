/**
 * 兑付能力: what the points of a village promise, and what stands against them. Promised is what households hold and what is in
 * publicity, at the village's rate; against it stand goods that may be handed out today, at their value, and money given and not spent.
 */
import { addMonths, monthBounds, monthOf } from '../platform/clock.ts';
import type { Reader } from '../platform/database/db.ts';
import type { Solvency } from './decide-solvency.ts';

export interface SolvencyQuestion {
  /** A village, or the township or county above it. */
  regionId: number;
  today: string;
  /** The villages whose quarter is asked for. */
  quarterOf: readonly number[];
}

/** One query over sets, however many villages there are. */
export async function solvencyBelow(
  sql: Reader,
  { regionId, today, quarterOf }: SolvencyQuestion,
): Promise<Map<number, Solvency>> {
  const { from, until } = quarterBounds(today);
  const rows = await sql<Solvency[]>`
    with villages as materialized (
      select village.region_id as village_id
        from region as village
        left join region as township
          on township.region_id = village.parent_id
       where village.level = 'village'
         and ${regionId} in (village.region_id, village.parent_id, township.parent_id)
    ), promised as materialized (
      select village_id,
             -- Who stays behind with a deduction is promised nothing, and takes nothing off what others are.
             sum(greatest(balance_centipoints, 0))::bigint as centipoints,
             coalesce(sum(balance_centipoints) filter (where kind = 'pending'), 0)::bigint as pending_centipoints
        from account
       where village_id in (select village_id from villages)
         and kind in ('spendable', 'pending')
       group by village_id
    ), goods_there as materialized (
      select village_id, sum(quantity_on_hand::bigint * unit_value_fen)::bigint as fen
        from stock_lot
       where village_id in (select village_id from villages)
         and quantity_on_hand > 0
         and (use_by is null or use_by >= ${today})
       group by village_id
    ), money as materialized (
      select act.village_id,
             sum(case act.type when 'gift.spend' then -1 else 1 end * (act.facts ->> 'fen')::bigint)::bigint as fen
        from act
       where act.village_id in (select village_id from villages)
         and act.facts ? 'gift'
         and (act.type = 'gift.spend' or (act.type = 'gift.inspect' and act.facts ->> 'outcome' = 'passed'))
         and exists (
               select
                 from act as announced
                where announced.village_id = act.village_id
                  and announced.seq = (act.facts ->> 'gift')::bigint
                  and announced.facts ->> 'kind' = 'money'
             )
       group by act.village_id
    ), rates as materialized (
      select village_id,
             seq,
             (facts ->> 'was')::bigint as was,
             lag(seq, 1, -1::bigint) over (partition by village_id order by seq) as since_seq
        from act
       where village_id = any(${[...quarterOf]}::integer[])
         and type = 'rate.change'
    ), given as materialized (
      -- What was given before a point became worth something else counts at what it was worth.
      select act.village_id,
             ceil(sum(
               entry.amount_centipoints * coalesce(rates.was::numeric / village_terms.fen_per_point, 1)
             ))::bigint as centipoints
        from act
        join entry
          on entry.village_id = act.village_id
         and entry.seq = act.seq
        join village_terms
          on village_terms.village_id = act.village_id
        left join rates
          on rates.village_id = act.village_id
         and act.seq between rates.since_seq and rates.seq
        left join act as original
          on original.village_id = act.village_id
         and original.seq = act.reverses_seq
       where act.village_id = any(${[...quarterOf]}::integer[])
         and act.occurred_on between ${from} and ${until}
         and coalesce(original.type, act.type) = 'points.award'
       group by act.village_id
    ), handed_out as materialized (
      select act.village_id, -sum(stock_move.quantity::bigint * stock_lot.unit_value_fen)::bigint as fen
        from act
        join stock_move
          on stock_move.village_id = act.village_id
         and stock_move.seq = act.seq
        join stock_lot
          on stock_lot.village_id = stock_move.village_id
         and stock_lot.lot_id = stock_move.lot_id
        left join act as original
          on original.village_id = act.village_id
         and original.seq = act.reverses_seq
       where act.village_id = any(${[...quarterOf]}::integer[])
         and act.occurred_on between ${from} and ${until}
         and coalesce(original.type, act.type) = 'points.redeem'
       group by act.village_id
    )
    select villages.village_id as "villageId",
           fen_per_point as "fenPerPoint",
           coalesce(promised.centipoints, 0) as "promisedCentipoints",
           ceil(coalesce(promised.centipoints, 0) * fen_per_point / 100.0)::bigint as "promisedFen",
           coalesce(goods_there.fen, 0) as "goodsFen",
           coalesce(money.fen, 0) as "moneyFen",
           coalesce(given.centipoints, 0) + coalesce(pending_centipoints, 0) as "quarterGivenCentipoints",
           coalesce(handed_out.fen, 0) as "quarterOutFen"
      from villages
      join village_terms
        on village_terms.village_id = villages.village_id
      left join promised
        on promised.village_id = villages.village_id
      left join goods_there
        on goods_there.village_id = villages.village_id
      left join money
        on money.village_id = villages.village_id
      left join given
        on given.village_id = villages.village_id
      left join handed_out
        on handed_out.village_id = villages.village_id`;
  return new Map(rows.map((row) => [row.villageId, row]));
}

/** The calendar quarter of a day. */
function quarterBounds(today: string): { from: string; until: string } {
  const month = monthOf(today);
  const first = addMonths(month, -((Number(month.slice(5)) - 1) % 3));
  return { from: `${first}-01`, until: monthBounds(addMonths(first, 2)).lastDay };
}
