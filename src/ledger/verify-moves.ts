/**
 * Stock checked from inside: every lot is the sum of an unbroken chain of moves of its own goods, never below nothing, and every move
 * has its act. The database holds each move against the one before it and answers with the first that does not follow.
 */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';

interface MoveInChain {
  lotId: number;
  n: number;
  expectedN: number;
  quantityAfter: number;
  expectedAfter: number;
  isOfItsGoods: boolean;
  hasAct: boolean;
  onHand: number;
  lastN: number;
}

export async function verifyMoves(sql: Reader, villageId: number): Promise<BadRow | { moves: number }> {
  const bad = (await wrongMove(sql, villageId)) ?? (await emptyLot(sql, villageId));
  if (bad) return bad;
  const [counted] = await sql<{ moves: number }[]>`
    select count(*) as moves
      from stock_move
     where village_id = ${villageId}`;
  return { moves: counted?.moves ?? 0 };
}

async function wrongMove(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<MoveInChain[]>`
    select move.lot_id as "lotId",
           move.n,
           move.expected_n as "expectedN",
           move.quantity_after as "quantityAfter",
           move.expected_after as "expectedAfter",
           move.goods_id = stock_lot.goods_id as "isOfItsGoods",
           act.seq is not null as "hasAct",
           stock_lot.quantity_on_hand as "onHand",
           stock_lot.last_n as "lastN"
      from (
        select stock_move.*,
               coalesce(lag(n) over chain, 0) + 1 as expected_n,
               coalesce(lag(quantity_after) over chain, 0)::bigint + quantity as expected_after,
               lead(n) over chain is null as is_last
          from stock_move
         where village_id = ${villageId}
        window chain as (partition by lot_id order by n)
      ) as move
      join stock_lot
        on stock_lot.village_id = move.village_id
       and stock_lot.lot_id = move.lot_id
      left join act
        on act.village_id = move.village_id
       and act.seq = move.seq
     where move.n <> move.expected_n
        or move.quantity_after <> move.expected_after
        or move.quantity_after < 0
        or move.goods_id <> stock_lot.goods_id
        or act.seq is null
        or (move.is_last and (stock_lot.quantity_on_hand <> move.quantity_after or stock_lot.last_n <> move.n))
     order by move.lot_id, move.n
     limit 1`;
  return found ? blame(found) : null;
}

function blame({ lotId, n, expectedN, quantityAfter, expectedAfter, ...move }: MoveInChain): BadRow {
  const wrong = (sentence: string) => ({ table: 'stock_move', row: `lot ${lotId}, n ${n}`, sentence });
  if (n !== expectedN) return { ...wrong('it is missing'), row: `lot ${lotId}, n ${expectedN}` };
  if (quantityAfter !== expectedAfter) {
    return wrong(`it leaves ${quantityAfter}, but the chain leads to ${expectedAfter}`);
  }
  if (quantityAfter < 0) return wrong('it leaves less than nothing on the shelf');
  if (!move.isOfItsGoods) return wrong('it moves other goods than its lot holds');
  if (!move.hasAct) return wrong('its act is missing');
  const sentence = `it holds ${move.onHand} after ${move.lastN} moves, but its last move is ${n} and leaves ${quantityAfter}`;
  return { table: 'stock_lot', row: `lot ${lotId}`, sentence };
}

async function emptyLot(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ lotId: number }[]>`
    select lot_id as "lotId"
      from stock_lot
     where village_id = ${villageId}
       and (quantity_on_hand <> 0 or last_n <> 0)
       and not exists (
         select
           from stock_move
          where stock_move.village_id = stock_lot.village_id
            and stock_move.lot_id = stock_lot.lot_id
       )
     order by lot_id
     limit 1`;
  return found ? { table: 'stock_lot', row: `lot ${found.lotId}`, sentence: 'it holds goods without a move' } : null;
}
