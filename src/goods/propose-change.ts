import type { Reader } from '../platform/database/db.ts';
import type { Cause } from './causes.ts';
import { goodsItem } from './goods-item.ts';

export type ProposedChange =
  | { kind: 'price'; code: string; priceCentipoints: number; reason: string }
  | { kind: 'writeoff'; code: string; lotId: number; quantity: number; reason: Cause };

export interface ProposeInput {
  villageId: number;
  personId: number;
  today: string;
  change: ProposedChange;
}

/** In order of precedence. */
export type ProposeRefusal =
  | { refused: 'unknown_goods'; goods: string }
  | { refused: 'price_not_in_steps'; priceCentipoints: number }
  | { refused: 'price_unchanged'; priceCentipoints: number }
  | { refused: 'unknown_lot'; lotId: number }
  | { refused: 'more_than_on_hand'; quantity: number; quantityOnHand: number }
  | { refused: 'proposal_waits' };

/** Points of a price move in halves. */
const PRICE_STEP = 50;

/** Asks for a price by hand, or for goods to be written off. Nothing changes before somebody else says so. Their first price, too. */
export async function proposeChange(
  sql: Reader,
  { villageId, personId, today, change }: ProposeInput,
): Promise<{ proposalId: number } | ProposeRefusal> {
  const item = await goodsItem(sql, villageId, change.code, today);
  if (!item) return { refused: 'unknown_goods', goods: change.code };
  const refusal =
    change.kind === 'price' ? refusePrice(change, item) : await refuseWriteOff(sql, villageId, item.goodsId, change);
  if (refusal) return refusal;
  const kind = change.kind === 'price' && !item.isOffered ? 'first' : change.kind;
  const price = change.kind === 'price' ? change.priceCentipoints : null;
  const [lotId, quantity] = change.kind === 'writeoff' ? [change.lotId, change.quantity] : [null, null];
  const [made] = await sql<{ proposalId: number }[]>`
    insert into goods_proposal
      (village_id, kind, goods_id, price_centipoints, lot_id, quantity, reason, proposed_by, proposed_at)
    select ${villageId}, ${kind}, ${item.goodsId}, ${price}::integer, ${lotId}::integer, ${quantity}::integer,
           ${change.reason}, ${personId}, now()
     where not exists (
       select
         from goods_proposal
        where village_id = ${villageId}
          and kind = ${kind}
          and goods_id = ${item.goodsId}
          and lot_id is not distinct from ${lotId}::integer
          and state = 'open'
     )
    returning proposal_id as "proposalId"`;
  return made ?? { refused: 'proposal_waits' };
}

function refusePrice(
  { priceCentipoints }: { priceCentipoints: number },
  item: { priceCentipoints: number; isOffered: boolean },
): ProposeRefusal | null {
  if (priceCentipoints <= 0 || priceCentipoints % PRICE_STEP !== 0)
    return { refused: 'price_not_in_steps', priceCentipoints };
  return item.isOffered && priceCentipoints === item.priceCentipoints
    ? { refused: 'price_unchanged', priceCentipoints }
    : null;
}

async function refuseWriteOff(
  sql: Reader,
  villageId: number,
  goodsId: number,
  { lotId, quantity }: { lotId: number; quantity: number },
): Promise<ProposeRefusal | null> {
  const [lot] = await sql<{ quantityOnHand: number }[]>`
    select quantity_on_hand as "quantityOnHand"
      from stock_lot
     where village_id = ${villageId}
       and lot_id = ${lotId}
       and goods_id = ${goodsId}`;
  if (!lot) return { refused: 'unknown_lot', lotId };
  const { quantityOnHand } = lot;
  return quantity > quantityOnHand ? { refused: 'more_than_on_hand', quantity, quantityOnHand } : null;
}
