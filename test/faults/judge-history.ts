/**
 * Three judges over one history: the books that the clients kept, the product's own verification, and the auditor who shares no
 * code with it.
 */
import { expect } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import type { Sql } from '../../src/platform/database/connect.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { checkWorld } from '../support/world.ts';
import type { Acknowledged, History, Shop, Wish } from './client-history.ts';
import type { RealServer } from './real-server.ts';

export interface Judged {
  acknowledged: number;
  refused: number;
  doubtful: number;
  checkpoints: number;
}

export interface World {
  /** Sizes, balances and stock before the clients came. */
  sizes: Map<string, number>;
  balances: Map<string, number>;
  stock: Map<string, number>;
}

/** What the ledger says now, by village, card and goods. */
export async function lookAtWorld(sql: Sql): Promise<World> {
  const sizes = await sql<{ code: string; size: number }[]>`
    select code, size
      from log_head
      join region on region_id = village_id
     where level = 'village'`;
  const balances = await sql<{ card: string; centipoints: number }[]>`
    select number as card, balance_centipoints as centipoints
      from card
      join account on account.village_id = card.village_id and holder_id = household_id and kind = 'spendable'
     where ended_at is null`;
  const stock = await sql<{ code: string; goods: string; pieces: number }[]>`
    select region.code, goods.code as goods, sum(quantity_on_hand)::bigint as pieces
      from stock_lot
      join goods using (village_id, goods_id)
      join region on region_id = village_id
     group by region.code, goods.code`;
  return {
    sizes: new Map(sizes.map(({ code, size }) => [code, size])),
    balances: new Map(balances.map(({ card, centipoints }) => [card, centipoints])),
    stock: new Map(stock.map(({ code, goods, pieces }) => [`${code} ${goods}`, pieces])),
  };
}

/** Call it when every doubtful wish is settled and nobody writes. */
export async function judge(
  history: History,
  { sql, shop, before, server }: { sql: Sql; shop: Shop; before: World; server: RealServer },
): Promise<Judged> {
  expect(history.faults, `answered with a fault; the server said:\n${server.output()}`).toEqual([]);
  expect(history.unseen, 'acknowledged, yet not found by the next reader').toEqual([]);
  for (const { key, answers } of history.wishes) {
    const acknowledged = answers.filter((answer) => typeof answer === 'object' && 'acknowledged' in answer);
    for (const answer of acknowledged) expect(answer, `repeats of ${key} differ`).toEqual(acknowledged[0]);
    // Once acknowledged, a key is never refused.
    const from = answers.findIndex((answer) => typeof answer === 'object' && 'acknowledged' in answer);
    if (from >= 0) expect(answers.slice(from).length, `${key} was refused later`).toBe(acknowledged.length);
  }
  const done = history.wishes.flatMap((wish) =>
    typeof wish.told === 'object' && 'acknowledged' in wish.told ? [{ wish, ...wish.told.acknowledged }] : [],
  );
  await compareRecord(sql, done, before);
  const after = await lookAtWorld(sql);
  compareBalances(done, before, after);
  compareStock(done, before, after);
  await checkWorld(sql);
  expect((await verifyEverything(sql, server.dataDir)).bad).toEqual([]);
  let checkpoints = 0;
  for (const code of before.sizes.keys()) checkpoints += await auditFromOutside(shop, code, history);
  return {
    acknowledged: done.length,
    refused: history.wishes.filter(({ told }) => typeof told === 'object' && 'refused' in told).length,
    doubtful: history.wishes.filter(({ attempts, answers }) => attempts !== answers.length).length,
    checkpoints,
  };
}

type Done = Acknowledged & { wish: Wish };

/** Each acknowledged act once with its number, none that was not, and no number missing. */
async function compareRecord(sql: Sql, done: readonly Done[], before: World): Promise<void> {
  const recorded = await sql<{ code: string; key: string; operation: string; seqs: number[] }[]>`
    select code,
           operation.idempotency_key as key,
           operation.operation_id as operation,
           array_agg(act.seq order by act.seq) as seqs
      from operation
      join act using (village_id, operation_id)
      join region on region_id = village_id
     where level = 'village'
     group by code, operation.idempotency_key, operation.operation_id`;
  const fresh = recorded.filter(({ code, seqs }) => (seqs[0] ?? 0) >= (before.sizes.get(code) ?? 0));
  const line = (code: string, key: string, operation: string, seqs: readonly number[]) =>
    `${code} ${key} ${operation} ${[...seqs].sort((one, other) => one - other).join(' ')}`;
  const inLedger = fresh.map(({ code, key, operation, seqs }) => line(code, key, operation, seqs)).sort();
  const told = done
    .map(({ wish, operation, acts }) =>
      line(
        wish.village,
        wish.key,
        operation,
        acts.map(({ seq }) => seq),
      ),
    )
    .sort();
  expect(inLedger.filter((one) => !told.includes(one))).toEqual([]);
  expect(told).toEqual(inLedger);
  for (const [code, size] of before.sizes) {
    const seqs = fresh.filter((one) => one.code === code).flatMap((one) => one.seqs);
    seqs.sort((one, other) => one - other);
    expect(seqs, `numbers of ${code}`).toEqual(seqs.map((_, place) => size + place));
  }
}

/** In the order of their numbers the told amounts lead to the told balances, and to those in the ledger. */
function compareBalances(done: readonly Done[], before: World, after: World): void {
  const running = new Map(before.balances);
  const acts = done.flatMap(({ wish, acts: told }) => told.map((act) => ({ ...act, village: wish.village })));
  acts.sort((one, other) => one.village.localeCompare(other.village) || one.seq - other.seq);
  for (const { card, amountCentipoints, balanceAfterCentipoints, seq } of acts) {
    if (card === null) continue;
    const balance = (running.get(card) ?? 0) + amountCentipoints;
    expect(balance, `balance of ${card} after ${seq}`).toBe(balanceAfterCentipoints);
    expect(balance).toBeGreaterThanOrEqual(0);
    running.set(card, balance);
  }
  expect(after.balances).toEqual(running);
}

function compareStock(done: readonly Done[], before: World, after: World): void {
  const running = new Map(before.stock);
  const byOperation = new Map(done.map((one) => [one.operation, one]));
  const move = ({ wish }: Done, factor: 1 | -1) => {
    const lines = (wish.body.lines ?? []) as { goods: string; quantity: number }[];
    const sign = wish.kind === 'receipts' ? factor : -factor;
    for (const { goods, quantity } of lines) {
      const name = `${wish.village} ${goods}`;
      running.set(name, (running.get(name) ?? 0) + sign * quantity);
    }
  };
  for (const one of done) {
    if (one.wish.kind === 'receipts' || one.wish.kind === 'redemptions') move(one, 1);
    const { operation } = one.wish.body;
    const reversed = typeof operation === 'string' ? byOperation.get(operation) : undefined;
    if (one.wish.kind === 'reversals' && reversed) move(reversed, -1);
  }
  expect(after.stock).toEqual(running);
}

/** The served log, held against every checkpoint that was served on the way. */
async function auditFromOutside({ address }: Shop, code: string, history: History): Promise<number> {
  const vkey = (await (await fetch(`${address}/log/${code}/vkey`)).text()).trim();
  const notes = [...(history.checkpoints.get(code) ?? [])];
  const sizes = notes.map((note) => Number(note.split('\n')[1]));
  expect(sizes, `checkpoints of ${code} in the order in which they were served`).toEqual(
    [...sizes].sort((one, other) => one - other),
  );
  const outcome = await auditLog({
    fetch: async (path) => {
      const response = await fetch(`${address}/log/${code}/${path}`);
      if (response.status === 404) return null;
      if (!response.ok) throw new Error(await response.text());
      return Buffer.from(await response.arrayBuffer());
    },
    vkey,
    saved: notes.map((note, place) => ({ name: String(place), note })),
  });
  if ('finding' in outcome) throw new Error(`${code}: ${outcome.finding.sentence}`);
  return notes.length;
}
