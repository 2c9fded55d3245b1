import type { Reader } from '../platform/database/db.ts';

/**
 * What a lost count found, moved again as a count moves it: missing pieces leave the lots in the order in which the counter takes them,
 * what was more joins the newest lot that ever came. The act itself must be here.
 */
export async function importAdjustment(
  sql: Reader,
  act: { villageId: number; seq: number; occurredOn: string },
  lines: readonly { goodsId: number; quantity: number }[],
): Promise<void> {
  const { villageId, seq, occurredOn } = act;
  for (const { goodsId, quantity } of lines) {
    const moved = await sql<{ quantity: number }[]>`
      with missing as (
        select lot_id,
               least(quantity_on_hand, ${-quantity} - before) as pieces
          from (
            select lot_id,
                   quantity_on_hand,
                   sum(quantity_on_hand) over (order by use_by nulls last, lot_id) - quantity_on_hand as before
              from stock_lot
             where village_id = ${villageId}
               and goods_id = ${goodsId}
               and quantity_on_hand > 0
          ) as taken_in_order
         where before < ${-quantity}
      ),
      changed as (
        select lot_id, -pieces as quantity
          from missing
         union all
        select max(lot_id), ${quantity}
          from stock_lot
         where village_id = ${villageId}
           and goods_id = ${goodsId}
           and ${quantity} > 0
        having max(lot_id) is not null
      ),
      held as (
        update stock_lot
           set quantity_on_hand = quantity_on_hand + changed.quantity,
               last_n = last_n + 1
          from changed
         where stock_lot.village_id = ${villageId}
           and stock_lot.lot_id = changed.lot_id
        returning stock_lot.lot_id, last_n, quantity_on_hand, changed.quantity
      )
      insert into stock_move (village_id, lot_id, n, seq, goods_id, quantity, quantity_after, occurred_on)
      select ${villageId}, lot_id, last_n, ${seq}, ${goodsId}, quantity, quantity_on_hand, ${occurredOn}
        from held
      returning quantity`;
    const sum = moved.reduce((pieces, move) => pieces + move.quantity, 0);
    if (sum !== quantity) throw new Error(`number ${seq} finds ${quantity} of goods ${goodsId}, but ${sum} can move`);
  }
}
