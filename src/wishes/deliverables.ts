import { type ShownGift, shownGifts } from '../donations/index.ts';
import { isReversed } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** So many of each are offered, the newest first. */
const MOST = 30;

export interface LateRedemption {
  seq: number;
  occurredOn: string;
  lines: { name: string; unit: string; quantity: number }[];
}

/** What a wish may be delivered with: gifts that are there, and what its household exchanged and did not give back. */
export async function deliverables(
  sql: Reader,
  villageId: number,
  number: string,
): Promise<{ gifts: ShownGift[]; redemptions: LateRedemption[] }> {
  const [gifts, redemptions] = await Promise.all([
    shownGifts(sql, villageId),
    sql<LateRedemption[]>`
      select act.seq,
             act.occurred_on as "occurredOn",
             jsonb_agg(jsonb_build_object('name', goods.name, 'unit', goods.unit, 'quantity', moved.quantity)) as lines
        from card
        join account
          on account.village_id = card.village_id
         and account.holder_id = card.household_id
         and account.kind = 'spendable'
        join entry
          on entry.village_id = account.village_id
         and entry.account_id = account.account_id
        join act
          on act.village_id = entry.village_id
         and act.seq = entry.seq
         and act.type = 'points.redeem'
       cross join lateral (
          select goods_id,
                 -sum(quantity)::integer as quantity
            from stock_move
           where stock_move.village_id = act.village_id
             and stock_move.seq = act.seq
           group by goods_id
       ) as moved
        join goods
          on goods.village_id = act.village_id
         and goods.goods_id = moved.goods_id
       where card.village_id = ${villageId}
         and card.number = ${number}
         and not ${isReversed(sql)}
       group by act.seq, act.occurred_on
       order by act.seq desc
       limit ${MOST}`,
  ]);
  return {
    gifts: gifts.filter(({ gift }) => gift.receipt !== null && gift.state !== 'refused').slice(0, MOST),
    redemptions,
  };
}
