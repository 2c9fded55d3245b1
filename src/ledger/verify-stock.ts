/**
 * What stands in the room checked from inside against what the acts say of it: a lot is out of the fund, and of the gift, that the act
 * names with which it came in, and waits for a second person exactly as long as no act says that one has looked.
 */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { lotOrigin } from './lot-origin.ts';

export async function verifyStock(sql: Reader, villageId: number): Promise<BadRow | null> {
  return (
    (await paperTwice(sql, villageId)) ??
    (await wrongFund(sql, villageId)) ??
    (await wrongCheck(sql, villageId)) ??
    (await otherQuantity(sql, villageId))
  );
}

/** A numbered slip on which an exchange was written without network is entered once. */
async function paperTwice(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ seq: number; paper: string }[]>`
    select max(seq)::bigint as seq,
           facts ->> 'paper' as paper
      from act
     where village_id = ${villageId}
       and type = 'points.redeem'
       and facts ? 'paper'
     group by facts ->> 'paper'
    having count(*) > 1
     limit 1`;
  if (!found) return null;
  return { table: 'act', row: `seq ${found.seq}`, sentence: `its paper slip ${found.paper} was entered before` };
}

async function wrongFund(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ lotId: number; seq: number }[]>`
    select stock_lot.lot_id as "lotId",
           act.seq
      from stock_lot
      ${lotOrigin(sql)}
     where stock_lot.village_id = ${villageId}
       and (
         stock_lot.fund is distinct from act.facts ->> 'fund'
         or stock_lot.gift_seq is distinct from (act.facts ->> 'giftSeq')::bigint
       )
     order by stock_lot.lot_id
     limit 1`;
  if (!found) return null;
  const sentence = `it is of another fund or gift than its act ${found.seq} says`;
  return { table: 'stock_lot', row: `lot ${found.lotId}`, sentence };
}

async function wrongCheck(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ lotId: number; seq: number; awaitsCheck: boolean }[]>`
    select stock_lot.lot_id as "lotId",
           stock_lot.awaits_check as "awaitsCheck",
           act.seq
      from stock_lot
      ${lotOrigin(sql)}
      left join act as looked
        on looked.village_id = act.village_id
       and looked.type = 'stock.check'
       and (looked.facts ->> 'receipt')::bigint = act.seq
     where stock_lot.village_id = ${villageId}
       and stock_lot.awaits_check <> (coalesce(act.facts ->> 'checked' = 'later', false) and looked.seq is null)
     order by stock_lot.lot_id
     limit 1`;
  if (!found) return null;
  const sentence = found.awaitsCheck
    ? `it waits for a second person, but its act ${found.seq} does not say so`
    : `it is handed out, but nobody has looked at it since its act ${found.seq}`;
  return { table: 'stock_lot', row: `lot ${found.lotId}`, sentence };
}

/** A count or a write-off moves as many pieces of its goods as it says. */
async function otherQuantity(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ seq: number }[]>`
    select act.seq
      from act
      left join lateral (
        select sum(quantity) as quantity
          from stock_move
         where stock_move.village_id = act.village_id
           and stock_move.seq = act.seq
      ) as moved on true
     where act.village_id = ${villageId}
       and act.type in ('stock.adjust', 'stock.writeoff')
       and coalesce(moved.quantity, 0) <> (
         select sum((line ->> 'quantity')::integer) * case act.type when 'stock.adjust' then 1 else -1 end
           from jsonb_array_elements(act.facts -> 'goods') as line
       )
     order by act.seq
     limit 1`;
  return found
    ? {
        table: 'stock_move',
        row: `seq ${found.seq}`,
        sentence: 'the stock changed by something else than its act says',
      }
    : null;
}
