/** After a restore from an older backup: the lost acts come back out of an export, and the log signs again. */

import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lostActs, openPublicLogs, openSigner } from '../../src/auditlog/index.ts';
import { awardPoints } from '../../src/awards/index.ts';
import { changeHousehold } from '../../src/cards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { addGoods, approveProposal, offerApprovedGoods, receiveGoods, shelf } from '../../src/goods/index.ts';
import { backfillHonour, closeRound, nominate, openRound } from '../../src/honours/index.ts';
import { withdrawHonour } from '../../src/honours/withdraw-honour.ts';
import { importActs, reverseActs } from '../../src/ledger/index.ts';
import { whyNotImportable } from '../../src/operate/index.ts';
import { findVillage } from '../../src/people/index.ts';
import type { Reader } from '../../src/platform/database/db.ts';
import { changeRate } from '../../src/rates/index.ts';
import { changeRule } from '../../src/rules/index.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { moveOn, nameCauses, openStocktake, postStocktake, saveCounts } from '../../src/stocktakes/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

let served: TestApp;
let villageId: number;

beforeEach(async () => {
  served = await createTestApp();
  villageId = (await findVillage(served.db.sql, willowCode))?.villageId ?? 0;
});

afterEach(() => served.close());

const config = () => ({ dataDir: served.dataDir, host: '127.0.0.1', port: 3000, publicOrigin: undefined });

async function sign() {
  const guard = join(served.dataDir, 'log', `${willowCode}.note`);
  try {
    utimesSync(guard, new Date(0), new Date(0));
  } catch {
    // Not signed yet.
  }
  return openPublicLogs({ config: config(), db: served.db, report: () => {} }).published({
    villageId,
    code: willowCode,
  });
}

const by = () => ({
  villageId,
  recordedBy: 1,
  today: '2026-10-15',
  occurredOn: '2026-10-14',
  idempotencyKey: crypto.randomUUID(),
});

/** Acts of every kind that an export can bring back, on top of the cast's seven. */
async function live(): Promise<void> {
  const { db } = served;
  const photo = { publicId: 'ABCDEFGHJKMN2345', sha256: 'ab'.repeat(32), width: 4, height: 3, isPublic: false };
  await must(awardPoints(db, { ...by(), rule: 'AD-LAB-01', cards: [cards.单小花, cards.赵满仓], photos: [photo] }));
  const lines = [{ code: 'WA003', quantity: 3 }];
  const redemption = await must(redeemGoods(db, { ...by(), card: cards.赵满仓, lines }));
  await must(redeemGoods(db, { ...by(), card: cards.单小花, lines }));
  const source = { kind: 'purchase', name: '供销社' } as const;
  const receipt = await must(receiveGoods(db, { ...by(), source, lines: [{ code: 'GR001', quantity: 4 }] }));
  for (const { operationId } of [redemption, receipt]) {
    await must(reverseActs(db, { ...by(), which: { operationId }, reason: '记错了' }));
  }
  await must(changeHousehold(db, { ...by(), change: { kind: 'freezing', card: cards.王建国, reason: '卡丢了' } }));
}

const TABLES = [
  'goods',
  'goods_proposal',
  'village_terms',
  'stocktake',
  'stocktake_line',
  'operation',
  'act',
  'disclosure',
  'entry',
  'account',
  'stock_lot',
  'stock_move',
  'log_head',
  'log_tile',
];

/** The database as it was when `work` began, but for the folder with the guards. */
async function restoreAfter(work: () => Promise<void>): Promise<void> {
  const { ownerSql } = served.database;
  for (const table of TABLES) await ownerSql.unsafe(`create table kept_${table} as select * from ${table}`);
  await work();
  await ownerSql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    for (const table of TABLES) await tx.unsafe(`delete from ${table}`);
    for (const table of TABLES)
      await tx.unsafe(`insert into ${table} overriding system value select * from kept_${table}`);
  });
}

const get = (path: string) => served.app.inject(`/log/${willowCode}/${path}`);
const find = (files: { path: string; content: Buffer }[]) =>
  lostActs(
    { sql: served.database.ownerSql, dataDir: served.dataDir, signer: openSigner(config()) },
    { villageId, code: willowCode },
    files,
  );

async function goodsByCode() {
  const rows = await served.db.sql<{ code: string; goodsId: number }[]>`
    select code, goods_id as "goodsId" from goods where village_id = ${villageId}`;
  return Object.fromEntries(rows.map(({ code, goodsId }) => [code, goodsId]));
}

const figures = () => served.db.sql`
  select (select jsonb_agg(jsonb_build_array(pseudonym, balance_centipoints, last_n, status) order by account_id) from account) as accounts,
         (select jsonb_agg(line order by line) from (select goods_id, sum(quantity_on_hand)::integer as pieces from stock_lot group by goods_id) as line) as stock`;

async function loseTheTail() {
  let jsonl: Buffer = Buffer.alloc(0);
  let bundle: Buffer = Buffer.alloc(0);
  let before: unknown;
  await sign();
  await restoreAfter(async () => {
    await live();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await sign();
    jsonl = (await get('entries.jsonl')).rawPayload;
    bundle = (await get('tile/entries/000.p/15')).rawPayload;
    before = await figures();
  });
  expect(await sign()).toMatchObject({ refused: 'log_rolled_back', signed: 15, found: 7 });
  return { jsonl, bundle, before };
}

test('an export brings back every act, its points and its goods, and the log signs again', {
  timeout: 60_000,
}, async () => {
  const { jsonl, before } = await loseTheTail();
  const lost = await find([{ path: 'kept/990100001001.jsonl', content: jsonl }]);
  if ('refused' in lost) throw new Error(lost.refused);
  expect(lost).toMatchObject({ firstSeq: 7, leaves: { length: 8 } });
  const goods = await goodsByCode();
  expect(await importActs(served.database.ownerSql, { villageId, lost, recordedBy: 1, goods })).toEqual({
    imported: 8,
  });
  expect(await figures()).toEqual(before);
  expect(await sign()).toMatchObject({ checkpoint: { size: 15 } });
  await checkWorld(served.database.ownerSql);
  expect((await verifyEverything(served.db.sql, served.dataDir)).bad).toEqual([]);

  await must(awardPoints(served.db, { ...by(), rule: 'AD-LAB-01', cards: [cards.单小花] }));
  expect(await sign()).toMatchObject({ checkpoint: { size: 16 } });
  for (const page of [`/villages/${willowCode}/acts`, `/villages/${willowCode}/acts/9`]) {
    expect((await served.app.inject(page)).statusCode).toBe(200);
  }
});

const FOUND: Readonly<Record<string, number>> = { WA003: -2, GR001: 1 };
const WHO_COUNTS = { personId: 1, secondCounter: '李会计' } as const;

/** A count that finds less of one kind and more of another, and what is handed out after it. */
async function count(): Promise<void> {
  const { db } = served;
  const { sql } = db;
  const { stocktakeId } = await must(openStocktake(sql, { villageId, kind: 'monthly', ...WHO_COUNTS }));
  const one = { villageId, personId: 1, stocktakeId };
  const held = await sql<{ code: string; counted: number }[]>`
    select code, sum(quantity_on_hand)::integer as counted
      from stock_lot
      join goods using (village_id, goods_id)
     where village_id = ${villageId}
     group by code`;
  const found = held.map(({ code, counted }) => ({ code, counted: counted + (FOUND[code] ?? 0) }));
  await must(saveCounts(sql, { ...one, counts: found }));
  await must(moveOn(sql, one, 'review'));
  const causes = Object.keys(FOUND).map((code) => ({ code, cause: 'miscounted' as const }));
  await must(nameCauses(sql, { ...one, causes }));
  await must(postStocktake(db, { ...one, personId: 2, today: by().today }));
  await must(redeemGoods(db, { ...by(), card: cards.曾有田, lines: [{ code: 'WA003', quantity: 1 }] }));
}

/** Honours by a round, one of them for points that were entered late before it, and one that is taken back. */
async function honour(): Promise<void> {
  const { db } = served;
  await must(changeSettings(db, { ...by(), wanted: { backfillDays: 5 }, reason: '代表会议' }));
  const late = { rule: 'AD-PUB-01', occurredOn: '2026-10-01', times: 1, meeting: '代表会议' };
  await must(backfillHonour(db, { ...by(), number: cards.赵满仓, ...late }));
  const opening = { kind: 'five_good_family', rule: 'AD-FAM-02', closes: by().today } as const;
  const round = (await must(openRound(db, { ...by(), ...opening }))).acts[0]?.seq ?? 0;
  const chosen: number[] = [];
  for (const number of [cards.赵满仓, cards.单小花]) {
    const named = await must(nominate(db, { ...by(), round, number, member: '', reason: '一家和睦' }));
    chosen.push(named.acts[0]?.seq ?? 0);
  }
  const result = { round, chosen, meeting: '代表会议', mayHandOut: false };
  const { acts } = await must(closeRound(db, { ...by(), recordedBy: 2, ...result }));
  const given = acts.findLast(({ type }) => type === 'honor.award')?.seq ?? 0;
  await must(withdrawHonour(db, { ...by(), recordedBy: 2, honour: given, reason: '不实', mayHandOut: false }));
}

/** Goods that somebody added, and the number under which their first price waits. */
async function addPots(): Promise<number> {
  const { db } = served;
  await must(changeSettings(db, { ...by(), wanted: { firstPriceNeedsSecond: true }, reason: '代表会议' }));
  const pot = { name: '铸铁锅', spec: '', unit: '个', zone: 'DAILY', barcode: null, unitValueFen: 2_000 };
  await must(addGoods(db, { ...by(), ...pot }));
  const [waiting] = await db.sql<{ proposalId: number }[]>`select proposal_id as "proposalId" from goods_proposal`;
  return waiting?.proposalId ?? 0;
}

test('counts, honours, a first price and what a point is worth come back too', { timeout: 60_000 }, async () => {
  const terms = () => served.db.sql`
    select fen_per_point, opening_centipoints from village_terms where village_id = ${villageId}`;
  const board = async () => (await served.app.inject(`/api/v1/villages/${willowCode}/honours`)).json<object>();
  let jsonl: Buffer = Buffer.alloc(0);
  const potsOffered = async () =>
    (await shelf(served.db.sql, villageId, by().today)).filter(({ name }) => name === '铸铁锅').length;
  let before: object[] = [];
  const proposalId = await addPots();
  const approval = { villageId, proposalId, recordedBy: 2, today: by().today };
  await sign();
  await restoreAfter(async () => {
    await count();
    await honour();
    await must(approveProposal(served.db, approval));
    await must(changeRate(served.db, { ...by(), fenPerPoint: 700, reason: '代表会议' }));
    await must(redeemGoods(served.db, { ...by(), card: cards.单小花, lines: [{ code: 'GR001', quantity: 1 }] }));
    await sign();
    jsonl = (await get('entries.jsonl')).rawPayload;
    before = [await holdings(), await terms(), await board()];
  });
  expect([await holdings(), await terms()]).not.toEqual(before.slice(0, 2));
  expect(await potsOffered()).toBe(0);
  const lost = await find([{ path: 'kept.jsonl', content: jsonl }]);
  if ('refused' in lost) throw new Error(lost.refused);
  const alsoWrite = (tx: Reader) => offerApprovedGoods(tx, villageId);
  const input = { villageId, lost, recordedBy: 1, goods: await goodsByCode(), alsoWrite };
  expect(await importActs(served.database.ownerSql, input)).toEqual({ imported: lost.leaves.length });
  expect([await holdings(), await terms(), await board()]).toEqual(before);
  // The list still has it waiting, but the record says that it was approved.
  expect(await potsOffered()).toBe(1);
  expect(await approveProposal(served.db, { ...approval, recordedBy: 3 })).toMatchObject({
    refused: 'proposal_decided',
  });
  await checkWorld(served.database.ownerSql);
  expect((await verifyEverything(served.db.sql, served.dataDir)).bad).toEqual([]);
  for (const page of ['acts', 'rate', 'honours', 'shelf/GR001']) {
    expect([page, (await served.app.inject(`/villages/${willowCode}/${page}`)).statusCode]).toEqual([page, 200]);
  }
  await must(awardPoints(served.db, { ...by(), rule: 'AD-LAB-01', cards: [cards.单小花] }));
  await checkWorld(served.database.ownerSql);
});

test('two people of one household in one award come back, and their reversal', { timeout: 60_000 }, async () => {
  const { db } = served;
  const wording = { name: '参加村民大会', pointsCentipoints: 100, unit: '人次', evidence: '签到表' };
  const cap = { capPeriod: 'month', capMaxCount: 4, capMaxCentipoints: null, capPer: 'person' } as const;
  const decision = { effectiveFrom: by().today, meeting: '代表会议' };
  await must(changeRule(db, { ...by(), change: { kind: 'new', category: 'LAB', ...wording, ...cap, ...decision } }));
  const names = ['赵满仓', '钱桂花'];
  await must(changeHousehold(db, { ...by(), change: { kind: 'naming', card: cards.赵满仓, names, reason: '' } }));
  const [rule] = await db.sql<{ code: string }[]>`select code from rule_version where cap_per = 'person'`;
  const members = await db.sql<{ memberId: number }[]>`select member_id as "memberId" from household_member`;
  const named = { [cards.赵满仓]: members.map(({ memberId }) => memberId) };
  const award = { rule: rule?.code ?? '', occurredOn: by().today, cards: [cards.赵满仓], members: named };
  let jsonl: Buffer = Buffer.alloc(0);
  let before: unknown;
  await sign();
  await restoreAfter(async () => {
    const { operationId, acts } = await must(awardPoints(db, { ...by(), ...award }));
    expect(acts).toHaveLength(2);
    await must(reverseActs(db, { ...by(), which: { operationId }, reason: '记错了' }));
    await must(awardPoints(db, { ...by(), ...award }));
    await sign();
    jsonl = (await get('entries.jsonl')).rawPayload;
    before = await holdings();
  });
  const lost = await find([{ path: 'kept.jsonl', content: jsonl }]);
  if ('refused' in lost) throw new Error(lost.refused);
  const input = { villageId, lost, recordedBy: 1, goods: await goodsByCode() };
  expect(await importActs(served.database.ownerSql, input)).toEqual({ imported: 6 });
  expect(await holdings()).toEqual(before);
  await checkWorld(served.database.ownerSql);
  expect((await verifyEverything(db.sql, served.dataDir)).bad).toEqual([]);
});

/** By pseudonym, as accounts that are opened anew have numbers of their own. */
const holdings = () => served.db.sql`
  select (select jsonb_agg(jsonb_build_array(pseudonym, holder_id, kind, balance_centipoints, last_n, status) order by pseudonym)
            from account where last_n > 0) as accounts,
         (select jsonb_agg(jsonb_build_array(lot_id, quantity_on_hand, last_n) order by lot_id) from stock_lot) as lots`;

test('nothing is imported that is not exactly what was signed', { timeout: 60_000 }, async () => {
  const { jsonl, bundle } = await loseTheTail();
  const named = (content: Buffer, path = 'all.jsonl') => [{ path, content }];
  expect(await find(named(bundle, 'log/tile/entries/000.p/15'))).toMatchObject({ firstSeq: 7 });
  expect(await find(named(bundle, 'log/tile/entries/000.p/14'))).toEqual({
    refused: 'not_an_export',
    path: 'log/tile/entries/000.p/14',
  });
  expect(await find(named(bundle, 'bundle'))).toEqual({ refused: 'not_an_export', path: 'bundle' });
  const lines = jsonl.toString().split('\n');
  expect(await find(named(Buffer.from(lines.slice(0, 12).join('\n'))))).toEqual({
    refused: 'export_incomplete',
    missing: 12,
  });
  const altered = lines.map((line, seq) => (seq === 9 ? line.replace('"delta":', '"delta":1') : line)).join('\n');
  expect(await find(named(Buffer.from(altered)))).toEqual({ refused: 'export_does_not_match' });
  await served.database.ownerSql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update act set leaf_hash = sha256('x') where village_id = ${villageId} and seq = 2`;
  });
  expect(await find(named(jsonl))).toEqual({ refused: 'export_does_not_match' });
});

test('an act that did more than its leaf says is named, and so is a household that the backup does not know', async () => {
  const { ownerSql } = served.database;
  const leaf = (facts: object) => ({ firstSeq: 7, leaves: [Buffer.from(JSON.stringify(facts))] });
  const run = (facts: object) => importActs(ownerSql, { villageId, lost: leaf(facts), recordedBy: 1, goods: {} });
  expect(await run({ type: 'publication' })).toEqual({ refused: 'act_not_importable', seq: 7, type: 'publication' });
  expect(await run({ type: 'claim.submit' })).toEqual({ refused: 'act_not_importable', seq: 7, type: 'claim.submit' });
  // Whose late honour it is no entry says before the first of a round.
  expect(await run({ type: 'honor.backfill', acct: 'x', delta: 1 })).toEqual({ refused: 'unknown_account', seq: 7 });
  expect(await run({ type: 'points.award', acct: 'x', delta: 1 })).toEqual({ refused: 'unknown_account', seq: 7 });
  expect(await run({ type: 'stock.in', goods: [{ code: 'Q' }] })).toEqual({
    refused: 'unknown_goods',
    seq: 7,
    code: 'Q',
  });
  for (const [type, lost, again] of [
    ['claim.submit', '申报按哪条规则、写了什么', '请各户重新申报'],
    ['points.settle', '申报按哪条规则、写了什么', '请各户重新申报'],
    ['goods.rename', '货品的名称', '重新添加或改名'],
    ['rule.change', '规则的文字', '重新登记这次决定'],
    ['publication', '公示的内容', '重新公示这个月'],
    ['household.split', '各户的人和卡', '重新办理这次变动'],
    ['erasure', '它的全部内容', '重新登记'],
  ] as const) {
    const why = `恢复不了：公开记录里没有${lost}。请换一份更晚的备份；没有的话，停用这本账，然后${again}。`;
    expect(whyNotImportable({ seq: 7, type }).at(-1)).toBe(`第 7 号（${type}）${why}`);
  }
});

test('the application may not import', async () => {
  await expect(served.db.sql`select import_acts(${villageId}, 7, '{}', 1, '{}')`).rejects.toThrow('permission denied');
  await expect(served.db.sql`select begin_new_log(${villageId}, '{}')`).rejects.toThrow('permission denied');
});
