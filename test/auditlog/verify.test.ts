/** The check from inside, against whoever owns the database and can switch the triggers off: each altered row is named. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guardedHeads, openPublicLogs } from '../../src/auditlog/index.ts';
import { awardPoints } from '../../src/awards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { createDb } from '../../src/platform/database/db.ts';
import { type Guards, type Verified, verifyEverything, verifyVillages } from '../../src/verify-everything.ts';
import { cards, must, poplarCode, willowCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** Founding, five openings, a receipt, a redemption, its reversal, then awards: enough for a full tile. */
const REDEMPTION = 7;
const FIRST_AWARD = 9;
const ACTS = FIRST_AWARD + 255;

let database: TestDatabase;
let dataDir: string;
let guards: Guards;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'cast' });
  dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-verify-'));
  const db = createDb(database.sql);
  const village = await findVillage(db.sql, willowCode);
  if (!village) throw new Error('the cast has no such village');
  const by = () => ({
    villageId: village.villageId,
    recordedBy: 1,
    today: '2026-10-15',
    idempotencyKey: crypto.randomUUID(),
  });
  const lines = [{ code: 'WA003', quantity: 2 }];
  const redemption = await must(redeemGoods(db, { ...by(), card: cards.赵满仓, lines }));
  await must(reverseActs(db, { ...by(), which: { operationId: redemption.operationId }, reason: '记错了' }));
  const members = [cards.赵满仓, cards.单小花, cards.曾有田, cards.王建国, cards.王建国二];
  for (let turn = 0; turn < 51; turn += 1) {
    await must(awardPoints(db, { ...by(), rule: 'AD-HON-03', occurredOn: '2026-10-14', cards: members }));
  }
  const config = { dataDir, host: '127.0.0.1', port: 3000, publicOrigin: undefined };
  const signed = await openPublicLogs({ config, db, report: () => {} }).published(village);
  if ('refused' in signed || signed.checkpoint.size !== ACTS) throw new Error('the log is not signed as a whole');
  guards = await guardedHeads(db.sql, dataDir, [village]);
});

afterAll(async () => {
  await database.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** What would be found if the owner did this; it is taken back afterwards. */
async function verifyAfter(statements: string): Promise<Verified['bad']> {
  class TakeBack extends Error {
    constructor(readonly verified: Verified) {
      super();
    }
  }
  return database.ownerSql
    .begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx.unsafe(statements.replaceAll(':willow', `(select region_id from region where code = '${willowCode}')`));
      throw new TakeBack(await verifyVillages(tx, guards));
    })
    .catch((error: unknown) => {
      if (error instanceof TakeBack) return error.verified.bad;
      throw error;
    });
}

test('nothing is wrong with what was written by the commands', async () => {
  expect(await verifyEverything(database.sql, dataDir)).toEqual({
    villages: 2,
    acts: ACTS + 2,
    entries: ACTS - 2 + 1,
    moves: expect.any(Number),
    bad: [],
  });
});

const rehash = `leaf_hash = sha256('\\x00'::bytea || leaf)`;
const at = (seq: number) => `village_id = :willow and seq = ${seq}`;
const alter = (column: string, seq: number) => `update act set ${column} where ${at(seq)};`;
const replaceInLeaf = (from: string, to: string, seq: number) =>
  `update act set leaf = convert_to(replace(convert_from(leaf, 'UTF8'), '${from}', '${to}'), 'UTF8') where ${at(seq)};
   update act set ${rehash} where ${at(seq)};`;

test.each<[string, string, string, string, string]>([
  ['a byte of a leaf', alter(`leaf = set_byte(leaf, 40, 65)`, 100), 'act', 'seq 100', 'leaf hash'],
  ['a leaf hash', alter(`leaf_hash = sha256('x')`, 100), 'act', 'seq 100', 'leaf hash'],
  ['a leaf with its hash', replaceInLeaf('"delta":500', '"delta":900', 100), 'log_tile', 'level 0, index 0', 'record'],
  ['a leaf of the right edge', replaceInLeaf('"delta":500', '"delta":900', 260), 'act', 'seq 0 to 263', 'signed last'],
  ['spaces in a leaf', replaceInLeaf('"v":1', '"v": 1', 100), 'act', 'seq 100', 'canonical'],
  [
    'a leaf that is no text',
    `update act set leaf = '\\xfffe00ff' where ${at(100)}; update act set ${rehash} where ${at(100)};`,
    'act',
    'seq 100',
    'canonical',
  ],
  ['a leaf that breaks off', replaceInLeaf('"v":1', '"v":', 100), 'act', 'seq 100', 'canonical'],
  ['facts that are none', alter(`facts = '5'`, 100), 'act', 'seq 100', 'no members'],
  ['a type', alter(`type = 'points.deduct'`, 100), 'act', 'seq 100', 'another type'],
  ['a day', alter(`occurred_on = '2026-10-13'`, 100), 'act', 'seq 100', 'another occurred'],
  ['a time', alter(`recorded_at = recorded_at + interval '1 ms'`, 100), 'act', 'seq 100', 'another at'],
  ['a fact', alter(`facts = facts || '{"rule":"AD-LAB-02"}'`, 100), 'act', 'seq 100', 'another rule'],
  ['a fact too few', alter(`facts = facts - 'version'`, 100), 'act', 'seq 100', 'lack the member version'],
  ['what is reversed', alter(`reverses_seq = 6`, REDEMPTION + 1), 'act', 'seq 8', 'another reverses'],
  ['who recorded it', alter(`recorded_by = 2`, 100), 'act', 'seq 100', 'no operation'],
  ['a removed act', `delete from act where ${at(100)};`, 'act', 'seq 100', 'missing'],
  ['a removed last act', `delete from act where ${at(ACTS - 1)};`, 'act', `seq ${ACTS - 1}`, 'missing'],
  [
    'a cut tail',
    `delete from act where village_id = :willow and seq >= 200; delete from log_tile where village_id = :willow;
     update log_head set size = 200 where village_id = :willow;`,
    'act',
    'seq 200',
    `${ACTS} acts were signed`,
  ],
  [
    'an opening',
    `update disclosure set openings = '[["c2FsdA","household","李四"]]' where ${at(100)};`,
    'disclosure',
    'seq 100',
    'digest',
  ],
  [
    'an operation',
    `update operation set act_count = 4 where village_id = :willow and first_seq = 9;`,
    'act',
    'seq 13',
    'no operation',
  ],
  [
    'an operation without acts',
    `insert into operation select village_id, 'x', kind, 'x', request_hash, recorded_by, recorded_at, 900, 1 from operation
      where village_id = :willow and first_seq = 9;`,
    'operation',
    'x',
    'as many acts',
  ],
  [
    'a tile',
    `update log_tile set hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1);`,
    'log_tile',
    'level 0, index 0',
    'hashes',
  ],
  ['the root of a tile', `update log_tile set root = sha256('x');`, 'log_tile', 'level 0, index 0', 'root'],
  ['a removed tile', `delete from log_tile;`, 'log_tile', 'level 0, index 0', 'missing'],
  [
    'a tile too many',
    `insert into log_tile select village_id, 0, 1, hashes, root from log_tile;`,
    'log_tile',
    'level 0, index 1',
    'shorter',
  ],
  ['the size', `update log_head set size = size + 1 where village_id = :willow;`, 'log_head', 'village', 'counts'],
  ['an amount', `update entry set amount_centipoints = 900 where ${at(100)};`, 'entry', 'n', 'chain'],
  ['a balance after', `update entry set balance_after_centipoints = 1 where ${at(100)};`, 'entry', 'n', 'chain'],
  [
    'a day of an entry',
    `update entry set occurred_on = '2026-10-13' where ${at(100)};`,
    'entry',
    'n',
    'another occurred',
  ],
  [
    'the order of two entries',
    `update entry set seq = 205 - seq + 100000 where village_id = :willow and seq in (100, 105);
     update entry set seq = seq - 100000 where village_id = :willow and seq > 100000;`,
    'entry',
    'n',
    'before the entry that it follows',
  ],
  ['whose an entry is', `update entry set account_id = 0 where ${at(100)};`, 'entry', 'account 0, n 1', 'missing'],
  ['a removed entry', `delete from entry where ${at(100)};`, 'entry', 'n', 'missing'],
  [
    'a balance',
    `update account set balance_centipoints = balance_centipoints + 1 where village_id = :willow and last_n > 2;`,
    'account',
    'account',
    'holds',
  ],
  [
    'a pseudonym',
    `update account set pseudonym = 'x' || account_id where village_id = :willow and last_n > 2;`,
    'entry',
    'n 1',
    'another acct',
  ],
  [
    'points from nowhere',
    `update account set balance_centipoints = 100 where village_id = :willow and last_n = 0;`,
    'account',
    'account',
    'without an entry',
  ],
  ['a quantity', `update stock_move set quantity = -1 where ${at(REDEMPTION)};`, 'stock_move', 'n 2', 'chain'],
  [
    'stock on hand',
    `update stock_lot set quantity_on_hand = quantity_on_hand + 1 where village_id = :willow;`,
    'stock_lot',
    'lot',
    'holds',
  ],
  [
    'the goods of a lot',
    `update stock_lot set goods_id = goods_id + 1 where village_id = :willow;`,
    'stock_move',
    'n 1',
    'other goods',
  ],
  ['a removed last move', `delete from stock_move where ${at(REDEMPTION + 1)};`, 'stock_lot', 'lot', 'holds'],
  [
    'a price',
    `update stock_move set unit_price_centipoints = 1 where ${at(REDEMPTION)};`,
    'stock_move',
    'seq 7',
    'cost',
  ],
])('%s that the owner altered is found', async (_what, statements, table, row, words) => {
  const [found] = await verifyAfter(statements);
  expect(found).toMatchObject({
    villageCode: willowCode,
    table,
    row: expect.stringContaining(row),
    sentence: expect.stringContaining(words),
  });
});

test('200 tamperings with any act are all found, and no act before it is blamed', { timeout: 240_000 }, async () => {
  const seq = fc.integer({ min: FIRST_AWARD, max: ACTS - 2 });
  const tampering = fc.oneof(
    seq.map((k) => ({ k, sql: alter(`leaf = set_byte(leaf, octet_length(leaf) / 2, 0)`, k) })),
    seq.map((k) => ({ k, sql: `delete from act where ${at(k)};` })),
    // Two acts change places.
    seq.map((k) => ({
      k,
      sql: `update act set seq = case seq when ${k} then ${k + 1} else ${k} end + 100000 where village_id = :willow and seq in (${k}, ${k + 1});
            update act set seq = seq - 100000 where village_id = :willow and seq >= 100000;`,
    })),
    // An act is slipped in.
    seq.map((k) => ({
      k,
      sql: `update act set seq = seq + 100001 where village_id = :willow and seq >= ${k};
            update act set seq = seq - 100000 where village_id = :willow and seq >= 100000;
            insert into act select village_id, ${k}, 'SLIPPEDIN', operation_id, type, occurred_on, recorded_at, recorded_by, null,
                                   facts, leaf, leaf_hash
              from act where ${at(FIRST_AWARD - 3)};
            update log_head set size = size + 1 where village_id = :willow;`,
    })),
    // Everything from here on is written anew, with hashes and tiles that fit.
    seq.map((k) => ({
      k: 0,
      sql: `update act set leaf = convert_to(replace(convert_from(leaf, 'UTF8'), '"n":', '"n":1'), 'UTF8')
             where village_id = :willow and seq >= ${k};
            update act set ${rehash} where village_id = :willow and seq >= ${k};
            delete from log_tile;
            select store_log_tiles(:willow);`,
    })),
  );
  await fc.assert(
    fc.asyncProperty(tampering, async ({ k, sql }) => {
      const [found] = await verifyAfter(sql);
      expect(found).toBeDefined();
      const blamed = /^seq (\d+)$/.exec(found?.row ?? '');
      if (found?.table === 'act' && blamed) expect(Number(blamed[1])).toBeGreaterThanOrEqual(k);
    }),
    { numRuns: 200 },
  );
});

describe('the guard', () => {
  test('of a longer or another log is held against the database', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'love-supermarket-verify-'));
    try {
      const guarded = guards.get(willowCode);
      if (!guarded || typeof guarded === 'string') throw new Error('no guard');
      const found = async (change: object) => {
        const { bad } = await verifyVillages(database.sql, new Map([[willowCode, { ...guarded, ...change }]]));
        return bad[0];
      };
      expect(await found({ size: ACTS + 1 })).toMatchObject({ table: 'act', row: `seq ${ACTS}` });
      expect(await found({ root: Buffer.alloc(32) })).toMatchObject({
        sentence: expect.stringContaining('signed last'),
      });
      expect(await found({ isOurs: false })).toMatchObject({ table: 'log/' });

      copyFileSync(join(dataDir, 'log-seed'), join(copy, 'log-seed'));
      expect((await verifyEverything(database.sql, copy)).bad[0]).toMatchObject({ table: 'log/' });
    } finally {
      rmSync(copy, { recursive: true });
    }
  });

  test('of a log that is signed for the first time after the guards were read is not missed', async () => {
    const poplar = await findVillage(database.sql, poplarCode);
    if (!poplar) throw new Error('no village');
    const before = await guardedHeads(database.sql, dataDir, [poplar]);
    expect(before.get(poplarCode)).toBeNull();
    const config = { dataDir, host: '127.0.0.1', port: 3000, publicOrigin: undefined };
    const logs = openPublicLogs({ config, db: createDb(database.sql), report: () => {} });
    expect(await logs.published(poplar)).toHaveProperty('note');
    expect((await verifyVillages(database.sql, before)).bad.map(({ villageCode }) => villageCode)).not.toContain(
      poplarCode,
    );
    expect((await verifyEverything(database.sql, dataDir)).bad).toEqual([]);
  });

  test('that is damaged is named', async () => {
    const { bad } = await verifyVillages(database.sql, new Map([[willowCode, 'unreadable' as const]]));
    expect(bad[0]).toMatchObject({ table: 'log/', sentence: expect.stringContaining('damaged') });
  });
});
