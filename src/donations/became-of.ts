/**
 * What became of goods that were given: counted out of the movements of their lots, so that what was received is always on the shelf,
 * handed out or written off. Households are counted and never named.
 */
import type { Reader } from '../platform/database/db.ts';

export interface Became {
  giftSeq: number;
  /** Fen at the value of the lots, of goods that came onto the shelf. */
  inFen: number;
  onShelfFen: number;
  issuedFen: number;
  issuedPieces: number;
  /** Written off, or missing after a count; found again counts back. */
  lostFen: number;
  households: number;
}

/** Of all gifts with goods on the shelf, or of one; up to an act, or as it is now. */
export async function becameOf(
  sql: Reader,
  villageId: number,
  { giftSeq, before }: { giftSeq?: number | undefined; before?: number | undefined } = {},
): Promise<Map<number, Became>> {
  const rows = await sql<Became[]>`
    with moved as (
      select stock_lot.gift_seq,
             stock_move.quantity,
             stock_move.quantity * stock_lot.unit_value_fen as fen,
             coalesce(original.type, act.type) as kind,
             case when reversal.seq is null and act.reverses_seq is null then act.seq end as standing_seq
        from stock_lot
        join stock_move
          on stock_move.village_id = stock_lot.village_id
         and stock_move.lot_id = stock_lot.lot_id
        join act
          on act.village_id = stock_move.village_id
         and act.seq = stock_move.seq
        left join act as original
          on original.village_id = act.village_id
         and original.seq = act.reverses_seq
        left join act as reversal
          on reversal.village_id = act.village_id
         and reversal.reverses_seq = act.seq
         ${before === undefined ? sql`` : sql`and reversal.seq < ${before}`}
       where stock_lot.village_id = ${villageId}
         and stock_lot.gift_seq is not null
         and coalesce(original.type, act.type) <> 'points.hold'
         ${giftSeq === undefined ? sql`` : sql`and stock_lot.gift_seq = ${giftSeq}`}
         ${before === undefined ? sql`` : sql`and stock_move.seq < ${before}`}
    )
    select gift_seq as "giftSeq",
           coalesce(sum(fen) filter (where kind = 'stock.in'), 0)::bigint as "inFen",
           coalesce(sum(fen), 0)::bigint as "onShelfFen",
           coalesce(-sum(fen) filter (where kind = 'points.redeem'), 0)::bigint as "issuedFen",
           coalesce(-sum(quantity) filter (where kind = 'points.redeem'), 0)::integer as "issuedPieces",
           coalesce(-sum(fen) filter (where kind not in ('stock.in', 'points.redeem')), 0)::bigint as "lostFen",
           (
             select count(distinct entry.account_id)::integer
               from moved as handed
               join entry
                 on entry.village_id = ${villageId}
                and entry.seq = handed.standing_seq
              where handed.gift_seq = moved.gift_seq
                and handed.kind = 'points.redeem'
           ) as households
      from moved
     group by gift_seq`;
  return new Map(rows.map((row) => [row.giftSeq, row]));
}

export const NOTHING_YET: Omit<Became, 'giftSeq'> = {
  inFen: 0,
  onShelfFen: 0,
  issuedFen: 0,
  issuedPieces: 0,
  lostFen: 0,
  households: 0,
};
