import { holdingSeqs } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import type { ExchangedGoodsLine, ReceiptLine, StockLine } from './record-schema.ts';
import { goodsOfFacts, type RecordWindow, standingActs } from './record-window.ts';

/** What left the shelf, by goods, out of the stock moves: another way to the same points as the exchanges. */
export async function exchangedGoodsLines(sql: Reader, window: RecordWindow): Promise<ExchangedGoodsLine[]> {
  return sql<ExchangedGoodsLine[]>`
    with standing as (${standingActs(sql, window)})
    select goods.code,
           goods.name,
           goods.spec,
           goods.unit,
           -sum(stock_move.quantity)::bigint as quantity,
           -sum(stock_move.quantity * stock_move.unit_price_centipoints)::bigint as centipoints,
           -sum(stock_move.quantity * stock_lot.unit_value_fen)::bigint as "valueFen"
      from standing
      join stock_move
        on stock_move.village_id = standing.village_id
       and stock_move.seq = standing.seq
      join stock_lot
        on stock_lot.village_id = stock_move.village_id
       and stock_lot.lot_id = stock_move.lot_id
      join goods
        on goods.village_id = stock_move.village_id
       and goods.goods_id = stock_move.goods_id
     where standing.type = 'points.redeem'
     group by goods.code, goods.name, goods.spec, goods.unit
     order by goods.code`;
}

/** Donors stand with their names, as they gave them; an erased name leaves an empty one. */
export async function receiptLines(sql: Reader, window: RecordWindow): Promise<ReceiptLine[]> {
  const value = sql`jsonb_build_object('unitValueFen', (line.fact ->> 'value')::integer)`;
  const lines = await sql<Omit<ReceiptLine, 'valueFen'>[]>`
    with standing as (${standingActs(sql, window)})
    select standing.seq,
           standing.occurred_on as day,
           standing.facts ->> 'source' as kind,
           coalesce((
             select opening ->> 2
               from disclosure
              cross join jsonb_array_elements(disclosure.openings) as opening
              where disclosure.village_id = standing.village_id
                and disclosure.seq = standing.seq
                and opening ->> 1 = 'source'
           ), '') as source,
           (${goodsOfFacts(sql, value)}) as goods
      from standing
     where standing.type = 'stock.in'
     order by standing.seq`;
  return lines.map((line) => ({
    ...line,
    valueFen: line.goods.reduce((sum, { quantity, unitValueFen }) => sum + quantity * unitValueFen, 0),
  }));
}

/** Each kind of goods that the village ever had by the end of the month: what was there, came, went, and is there. */
export async function stockLines(sql: Reader, window: RecordWindow): Promise<StockLine[]> {
  const { villageId, firstDay, lastDay, size } = window;
  const lines = await sql<(StockLine & { adjusted: number })[]>`
    with standing as (${standingActs(sql, window)})
    select goods.code,
           goods.name,
           goods.spec,
           goods.unit,
           coalesce(sum(stock_move.quantity) filter (where stock_move.occurred_on < ${firstDay}), 0)::bigint as opening,
           coalesce(sum(stock_move.quantity) filter (where standing.type = 'stock.in'), 0)::bigint as received,
           coalesce(-sum(stock_move.quantity) filter (where standing.type = 'points.redeem'), 0)::bigint as issued,
           coalesce(
             sum(stock_move.quantity) filter (where standing.type in ('stock.adjust', 'stock.writeoff')), 0
           )::bigint as adjusted,
           sum(stock_move.quantity)::bigint as closing,
           sum(stock_move.quantity * stock_lot.unit_value_fen)::bigint as "valueFen"
      from stock_move
      join stock_lot
        on stock_lot.village_id = stock_move.village_id
       and stock_lot.lot_id = stock_move.lot_id
      join goods
        on goods.village_id = stock_move.village_id
       and goods.goods_id = stock_move.goods_id
      left join standing
        on standing.village_id = stock_move.village_id
       and standing.seq = stock_move.seq
     where stock_move.village_id = ${villageId}
       and stock_move.seq < ${size}
       and stock_move.occurred_on <= ${lastDay}
       and stock_move.seq not in (${holdingSeqs(sql, villageId)})
     group by goods.code, goods.name, goods.spec, goods.unit
    having sum(stock_move.quantity) <> 0
        or bool_or(standing.seq is not null)
     order by goods.code`;
  return lines.map(({ adjusted, ...line }) => (adjusted === 0 ? line : { ...line, adjusted }));
}
