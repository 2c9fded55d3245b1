import type { Reader } from '../platform/database/db.ts';
import { villageSettings } from '../settings/index.ts';
import type { StocktakeBasis, StocktakeLine, StocktakeState } from './decide-stocktake.ts';

export const STOCKTAKE_KINDS = ['first', 'monthly', 'yearly', 'handover'] as const;

/** One for a handover is begun there, by the two whom it is about. */
export const KINDS_BY_HAND = ['first', 'monthly', 'yearly'] as const;

export type StocktakeKind = (typeof STOCKTAKE_KINDS)[number];

export interface Stocktake {
  stocktakeId: number;
  kind: StocktakeKind;
  state: StocktakeState;
  openedBy: number;
  openedByName: string;
  openedAt: Date;
  cursor: number;
  secondCounter: string;
  closedByName: string | null;
  closedAt: Date | null;
  operationId: string | null;
  /** The act that says what came of it. */
  seq: number | null;
  surplusFen: number | null;
  shortageFen: number | null;
}

/** The newest first; one alone where it is asked for. */
export async function stocktakes(
  sql: Reader,
  villageId: number,
  { stocktakeId, beforeId, limit }: { stocktakeId?: number | undefined; beforeId?: number | undefined; limit: number },
): Promise<Stocktake[]> {
  return sql<Stocktake[]>`
    select stocktake.stocktake_id as "stocktakeId",
           stocktake.kind,
           stocktake.state,
           stocktake.opened_by as "openedBy",
           opening.display_name as "openedByName",
           stocktake.opened_at as "openedAt",
           stocktake.cursor,
           stocktake.second_counter as "secondCounter",
           closing.display_name as "closedByName",
           stocktake.closed_at as "closedAt",
           stocktake.operation_id as "operationId",
           act.seq,
           (act.facts ->> 'surplusFen')::bigint as "surplusFen",
           (act.facts ->> 'shortageFen')::bigint as "shortageFen"
      from stocktake
      join person as opening
        on opening.person_id = stocktake.opened_by
      left join person as closing
        on closing.person_id = stocktake.closed_by
      left join operation
        on operation.village_id = stocktake.village_id
       and operation.operation_id = stocktake.operation_id
      left join act
        on act.village_id = operation.village_id
       and act.seq = operation.first_seq
     where stocktake.village_id = ${villageId}
           ${stocktakeId === undefined ? sql`` : sql`and stocktake.stocktake_id = ${stocktakeId}`}
           ${beforeId === undefined ? sql`` : sql`and stocktake.stocktake_id < ${beforeId}`}
     order by stocktake.stocktake_id desc
     limit ${limit}`;
}

/** A line with the words by which people know the goods. */
export interface CountLine extends StocktakeLine {
  barcode: string | null;
  name: string;
  spec: string;
  unit: string;
  zone: string;
}

/** Everything that ever came in and is still offered or there, zone by zone, with what was counted. */
export async function countLines(
  sql: Reader,
  villageId: number,
  { stocktakeId, cursor }: { stocktakeId: number; cursor: number },
) {
  return sql<CountLine[]>`
    select goods.goods_id as "goodsId",
           goods.code,
           goods.barcode,
           goods.name,
           goods.spec,
           goods.unit,
           goods.zone,
           line.counted,
           line.counted_by as "countedBy",
           line.cause,
           (
             select coalesce(sum(stock_move.quantity), 0)::integer
               from stock_move
              where stock_move.village_id = goods.village_id
                and stock_move.goods_id = goods.goods_id
                and stock_move.seq < coalesce(line.cursor, ${cursor})
           ) as expected,
           (
             select coalesce(jsonb_agg(
                      jsonb_build_object(
                        'lotId', lot_id, 'quantityOnHand', quantity_on_hand, 'unitValueFen', unit_value_fen
                      ) order by use_by nulls last, lot_id
                    ), '[]')
               from stock_lot
              where stock_lot.village_id = goods.village_id
                and stock_lot.goods_id = goods.goods_id
                and quantity_on_hand > 0
           ) as lots,
           (
             select jsonb_build_object('lotId', lot_id, 'unitValueFen', unit_value_fen)
               from stock_lot
              where stock_lot.village_id = goods.village_id
                and stock_lot.goods_id = goods.goods_id
              order by lot_id desc
              limit 1
           ) as newest
      from goods
      left join stocktake_line as line
        on line.village_id = goods.village_id
       and line.goods_id = goods.goods_id
       and line.stocktake_id = ${stocktakeId}
     where goods.village_id = ${villageId}
       and exists (
         select
           from stock_lot
          where stock_lot.village_id = goods.village_id
            and stock_lot.goods_id = goods.goods_id
       )
     order by array_position(array['GRAIN_OIL', 'DAILY', 'WASH', 'CLOTH', 'AGRI', 'APPL'], goods.zone), goods.code`;
}

/** What the decision to post needs. Lines and the text that stands for them are read before anything else may change them. */
export async function postingBasis(
  sql: Reader,
  villageId: number,
  stocktakeId: number,
): Promise<(StocktakeBasis & { linesSeen: string }) | null> {
  const [found] = await sql<
    { state: StocktakeState; kind: string; cursor: number; openedBy: number; linesSeen: string; logSize: number }[]
  >`
    select stocktake.state,
           stocktake.kind,
           stocktake.cursor,
           stocktake.opened_by as "openedBy",
           stocktake_lines_seen(${villageId}, ${stocktakeId}) as "linesSeen",
           log_head.size as "logSize"
      from stocktake
      join log_head
        on log_head.village_id = stocktake.village_id
     where stocktake.village_id = ${villageId}
       and stocktake.stocktake_id = ${stocktakeId}`;
  if (!found) return null;
  const [lines, { stocktakeLimitFen }] = await Promise.all([
    countLines(sql, villageId, { stocktakeId, cursor: found.cursor }),
    villageSettings(sql, villageId),
  ]);
  return { ...found, lines, limitFen: stocktakeLimitFen };
}
