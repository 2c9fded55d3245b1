/**
 * Points and stock checked from inside: every account and every lot is the sum of an unbroken chain, never below its floor, and
 * every entry says the same as its leaf in the public log. Rows are read once, in the order of their keys and in batches.
 */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { inBatches } from '../platform/database/in-batches.ts';
import { verifyHouseholds } from './verify-households.ts';
import { verifyStock } from './verify-stock.ts';

export interface BooksToVerify {
  villageId: number;
  onProgress?: ((rows: number) => void) | undefined;
}

const BATCH = 2_000;

export async function verifyBooks(
  sql: Reader,
  books: BooksToVerify,
): Promise<BadRow | { entries: number; moves: number }> {
  const entries = await verifyEntries(sql, books);
  if (typeof entries === 'object') return entries;
  const moves = await verifyMoves(sql, books);
  if (typeof moves === 'object') return moves;
  return (
    (await verifyBetween(sql, books.villageId)) ??
    (await verifyHouseholds(sql, books.villageId)) ??
    (await verifyStock(sql, books.villageId)) ?? { entries, moves }
  );
}

interface EntryRow {
  accountId: number;
  n: number;
  seq: number;
  amount: number;
  balanceAfter: number;
  occurredOn: string;
  balance: number;
  floor: number;
  lastN: number;
  pseudonym: string;
  leaf: Buffer | null;
}

async function verifyEntries(sql: Reader, { villageId, onProgress }: BooksToVerify): Promise<BadRow | number> {
  let count = 0;
  let before: EntryRow | null = null;
  const entriesAfter = (last: EntryRow | undefined) => sql<EntryRow[]>`
      select entry.account_id as "accountId",
             entry.n,
             entry.seq,
             entry.amount_centipoints as amount,
             entry.balance_after_centipoints as "balanceAfter",
             entry.occurred_on as "occurredOn",
             account.balance_centipoints as balance,
             account.floor_centipoints as floor,
             account.last_n as "lastN",
             account.pseudonym,
             act.leaf
        from entry
        join account
          on account.village_id = entry.village_id
         and account.account_id = entry.account_id
        left join act
          on act.village_id = entry.village_id
         and act.seq = entry.seq
       where entry.village_id = ${villageId}
         and (entry.account_id, entry.n) > (${last?.accountId ?? 0}, ${last?.n ?? 0})
       order by entry.account_id, entry.n
       limit ${BATCH}`;
  for await (const rows of inBatches<EntryRow>(BATCH, entriesAfter)) {
    for (const row of rows) {
      const previous: EntryRow | null = before?.accountId === row.accountId ? before : null;
      const bad = (previous ? null : checkAccount(before)) ?? checkEntry(row, previous);
      if (bad) return bad;
      before = row;
      count += 1;
    }
    onProgress?.(count);
  }
  return checkAccount(before) ?? (await emptyAccount(sql, villageId)) ?? count;
}

function checkEntry(row: EntryRow, previous: EntryRow | null): BadRow | null {
  const wrong = (sentence: string) => ({ table: 'entry', row: `account ${row.accountId}, n ${row.n}`, sentence });
  const expectedN = (previous?.n ?? 0) + 1;
  if (row.n !== expectedN) return { ...wrong('it is missing'), row: `account ${row.accountId}, n ${expectedN}` };
  const expected = (previous?.balanceAfter ?? 0) + row.amount;
  if (row.balanceAfter !== expected) return wrong(`it leaves ${row.balanceAfter}, but the chain leads to ${expected}`);
  if (row.balanceAfter < row.floor) return wrong('it leaves the account below its floor');
  if (previous && previous.seq >= row.seq) return wrong('it stands before the entry that it follows');
  if (!row.leaf) return wrong(`its act ${row.seq} is missing`);
  const leaf = parseLeaf(row.leaf);
  if (!leaf) return wrong(`the leaf of its act ${row.seq} cannot be read`);
  const said = { acct: row.pseudonym, delta: row.amount, n: row.n, occurred: row.occurredOn };
  const differing = Object.entries(said).find(([name, value]) => leaf[name] !== value);
  return differing ? wrong(`the leaf of its act ${row.seq} says another ${differing[0]}`) : null;
}

function parseLeaf(leaf: Buffer): Record<string, unknown> | null {
  try {
    return JSON.parse(leaf.toString('utf8')) as Record<string, unknown> | null;
  } catch {
    return null;
  }
}

/** The last entry of an account is what the account holds. */
function checkAccount(last: EntryRow | null): BadRow | null {
  if (!last || (last.balance === last.balanceAfter && last.lastN === last.n)) return null;
  const sentence = `it holds ${last.balance} after ${last.lastN} entries, but its last entry is ${last.n} and leaves ${last.balanceAfter}`;
  return { table: 'account', row: `account ${last.accountId}`, sentence };
}

async function emptyAccount(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ accountId: number }[]>`
    select account_id as "accountId"
      from account
     where village_id = ${villageId}
       and (balance_centipoints <> 0 or last_n <> 0)
       and not exists (
         select
           from entry
          where entry.village_id = account.village_id
            and entry.account_id = account.account_id
       )
     order by account_id
     limit 1`;
  return found
    ? { table: 'account', row: `account ${found.accountId}`, sentence: 'it holds points without an entry' }
    : null;
}

interface MoveRow {
  lotId: number;
  n: number;
  goodsId: number;
  lotGoodsId: number;
  quantity: number;
  quantityAfter: number;
  onHand: number;
  lastN: number;
  hasAct: boolean;
}

async function verifyMoves(sql: Reader, { villageId }: BooksToVerify): Promise<BadRow | number> {
  let count = 0;
  let before: MoveRow | null = null;
  const movesAfter = (last: MoveRow | undefined) => sql<MoveRow[]>`
      select stock_move.lot_id as "lotId",
             stock_move.n,
             stock_move.goods_id as "goodsId",
             stock_lot.goods_id as "lotGoodsId",
             stock_move.quantity,
             stock_move.quantity_after as "quantityAfter",
             stock_lot.quantity_on_hand as "onHand",
             stock_lot.last_n as "lastN",
             act.seq is not null as "hasAct"
        from stock_move
        join stock_lot
          on stock_lot.village_id = stock_move.village_id
         and stock_lot.lot_id = stock_move.lot_id
        left join act
          on act.village_id = stock_move.village_id
         and act.seq = stock_move.seq
       where stock_move.village_id = ${villageId}
         and (stock_move.lot_id, stock_move.n) > (${last?.lotId ?? 0}, ${last?.n ?? 0})
       order by stock_move.lot_id, stock_move.n
       limit ${BATCH}`;
  for await (const rows of inBatches<MoveRow>(BATCH, movesAfter)) {
    for (const row of rows) {
      const previous: MoveRow | null = before?.lotId === row.lotId ? before : null;
      const bad = (previous ? null : checkLot(before)) ?? checkMove(row, previous);
      if (bad) return bad;
      before = row;
      count += 1;
    }
  }
  return checkLot(before) ?? (await emptyLot(sql, villageId)) ?? count;
}

function checkMove(row: MoveRow, previous: MoveRow | null): BadRow | null {
  const wrong = (sentence: string) => ({ table: 'stock_move', row: `lot ${row.lotId}, n ${row.n}`, sentence });
  const expectedN = (previous?.n ?? 0) + 1;
  if (row.n !== expectedN) return { ...wrong('it is missing'), row: `lot ${row.lotId}, n ${expectedN}` };
  const expected = (previous?.quantityAfter ?? 0) + row.quantity;
  if (row.quantityAfter !== expected)
    return wrong(`it leaves ${row.quantityAfter}, but the chain leads to ${expected}`);
  if (row.quantityAfter < 0) return wrong('it leaves less than nothing on the shelf');
  if (row.goodsId !== row.lotGoodsId) return wrong('it moves other goods than its lot holds');
  return row.hasAct ? null : wrong('its act is missing');
}

function checkLot(last: MoveRow | null): BadRow | null {
  if (!last || (last.onHand === last.quantityAfter && last.lastN === last.n)) return null;
  const sentence = `it holds ${last.onHand} after ${last.lastN} moves, but its last move is ${last.n} and leaves ${last.quantityAfter}`;
  return { table: 'stock_lot', row: `lot ${last.lotId}`, sentence };
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

/** Acts that moved points have their entry, goods cost what was taken for them, and a reversal undoes exactly its act. */
async function verifyBetween(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [lone] = await sql<{ seq: number }[]>`
    select act.seq
      from act
      left join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
     where act.village_id = ${villageId}
       and act.type like 'points.%'
       and entry.seq is null
       and position(convert_to('"acct":', 'UTF8') in act.leaf) > 0
     order by act.seq
     limit 1`;
  if (lone) return { table: 'entry', row: `seq ${lone.seq}`, sentence: 'it is missing: its act moved points' };
  const [cost] = await sql<{ seq: number }[]>`
    select act.seq
      from act
      left join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
      left join stock_move
        on stock_move.village_id = act.village_id
       and stock_move.seq = act.seq
     where act.village_id = ${villageId}
       and act.type = 'points.redeem'
     group by act.seq, entry.amount_centipoints
    having coalesce(entry.amount_centipoints, 0) is distinct from sum(quantity::bigint * unit_price_centipoints)
     order by act.seq
     limit 1`;
  if (cost)
    return { table: 'stock_move', row: `seq ${cost.seq}`, sentence: 'the goods cost something else than was taken' };
  const [undone] = await sql<{ seq: number }[]>`
    select reversal.seq
      from act as reversal
      join act as original
        on original.village_id = reversal.village_id
       and original.seq = reversal.reverses_seq
      left join entry as back
        on back.village_id = reversal.village_id
       and back.seq = reversal.seq
      left join entry as forth
        on forth.village_id = original.village_id
       and forth.seq = original.seq
     where reversal.village_id = ${villageId}
       and (
         coalesce(back.amount_centipoints, 0) <> -coalesce(forth.amount_centipoints, 0)
         or back.account_id is distinct from forth.account_id
         or exists (
           select lot_id, sum(quantity)
             from stock_move
            where stock_move.village_id = reversal.village_id
              and stock_move.seq in (reversal.seq, original.seq)
            group by lot_id
           having sum(quantity) <> 0
         )
       )
     order by reversal.seq
     limit 1`;
  return undone
    ? { table: 'act', row: `seq ${undone.seq}`, sentence: 'it does not undo exactly the act that it reverses' }
    : null;
}
