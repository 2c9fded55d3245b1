import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { openCards } from '../../src/cards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { receiveGoods } from '../../src/goods/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage, type Village } from '../../src/people/index.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { publicationOf } from '../../src/publication/publications.ts';
import { hashContent, publishRecord } from '../../src/publication/publish-record.ts';
import { cards, must, willowCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { checkWorld } from '../support/world.ts';

const MONTH = '2026-10';
const TODAY = '2026-10-15';

let database: TestDatabase;
let db: Db;
let village: Village;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'cast' });
  db = createDb(database.sql);
  const found = await findVillage(db.sql, willowCode);
  if (!found) throw new Error('no village');
  village = found;
});

afterAll(() => database.close());

const by = (day = TODAY) => ({
  villageId: village.villageId,
  recordedBy: 1,
  today: TODAY,
  occurredOn: day,
  idempotencyKey: crypto.randomUUID(),
});

const publish = (month = MONTH, today = TODAY, idempotencyKey: string = crypto.randomUUID()) =>
  publishRecord(db, { village, idempotencyKey, recordedBy: 1, month, today });

async function content(version: number, month = MONTH) {
  const found = await publicationOf(db.sql, village.villageId, month, version);
  if (!found) throw new Error(`no version ${version}`);
  return found;
}

/** The month of the cast: every figure below was added up by hand. */
async function liveThroughOctober(): Promise<void> {
  await must(awardPoints(db, { ...by('2026-10-05'), rule: 'AD-LAB-01', cards: [cards.赵满仓, cards.单小花] }));
  const mistaken = await must(awardPoints(db, { ...by('2026-10-06'), rule: 'AD-LAB-01', cards: [cards.王建国] }));
  await must(awardPoints(db, { ...by('2026-10-08'), rule: 'AD-ENV-08', cards: [cards.单小花] }));
  await must(
    receiveGoods(db, {
      ...by('2026-10-10'),
      source: { kind: 'purchase', name: '试验县粮站' },
      lines: [
        { code: 'GR001', quantity: 4, unitValueFen: 2800, useBy: '2027-08-31' },
        { code: 'WA003', quantity: 6, unitValueFen: 700 },
      ],
    }),
  );
  const lines = ['GR001', 'GR005', 'WA003'].map((code) => ({ code, quantity: 1 }));
  await must(redeemGoods(db, { ...by(), card: cards.曾有田, lines }));
  const kettle = await must(redeemGoods(db, { ...by(), card: cards.王建国, lines: [{ code: 'AP001', quantity: 1 }] }));
  for (const { operationId } of [mistaken, kettle]) {
    await must(reverseActs(db, { ...by(), which: { operationId }, reason: '记错了人' }));
  }
}

test('a month of the cast adds up to the figures worked out by hand', async () => {
  await liveThroughOctober();
  await must(publish());
  await checkWorld(database.ownerSql);
  const published = await content(1);
  const { record, checks, changes } = published.content;
  expect(record.totals).toEqual({
    openingCentipoints: 50_000,
    openedCentipoints: 0,
    openedCount: 0,
    givenCentipoints: 600,
    givenCount: 2,
    takenCentipoints: 200,
    takenCount: 1,
    exchangedCentipoints: 3650,
    exchangedCount: 1,
    closingCentipoints: 46_750,
    receivedValueFen: 15_400,
    issuedValueFen: 10_800,
    stockValueFen: 90_500,
  });
  expect(
    record.rules.map(({ code, kind, count, households, centipoints }) => [code, kind, count, households, centipoints]),
  ).toEqual([
    ['AD-LAB-01', 'award', 2, 2, 600],
    ['AD-ENV-08', 'deduct', 1, 1, -200],
  ]);
  expect(record.households).toEqual([
    householdLine('赵*仓', '东头组', '0001', 300, 0),
    householdLine('单*花', '东头组', '0002', 300, 0),
    householdLine('曾*田', '东头组', '0003', 0, 3650),
  ]);
  expect(record.exchanges).toMatchObject([
    {
      day: TODAY,
      household: { name: '曾*田', group: '东头组', number: '0003' },
      goods: [
        { code: 'GR001', name: '大米', quantity: 1, priceCentipoints: 950 },
        { code: 'GR005', quantity: 1, priceCentipoints: 2400 },
        { code: 'WA003', quantity: 1, priceCentipoints: 300 },
      ],
      centipoints: 3650,
      balanceAfterCentipoints: 6350,
    },
  ]);
  expect(record.exchangedGoods.map(({ code, quantity, centipoints }) => [code, quantity, centipoints])).toEqual([
    ['GR001', 1, 950],
    ['GR005', 1, 2400],
    ['WA003', 1, 300],
  ]);
  expect(record.receipts).toMatchObject([{ kind: 'purchase', source: '试验县粮站', valueFen: 15_400 }]);
  expect(
    record.stock.map(({ code, opening, received, issued, closing }) => [code, opening, received, issued, closing]),
  ).toEqual([
    ['AP001', 1, 0, 0, 1],
    ['GR001', 10, 4, 1, 13],
    ['GR005', 5, 0, 1, 4],
    ['WA003', 20, 6, 1, 25],
  ]);
  expect(record.reversals).toMatchObject([
    { type: 'points.award', household: { name: '王*国' }, centipoints: -300 },
    { type: 'points.redeem', household: { name: '王*国' }, centipoints: 2000, goods: [{ code: 'AP001' }] },
  ]);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks).toHaveLength(8);
  expect(changes).toEqual([]);
  expect(published.content.isWholeMonth).toBe(false);
  expect(JSON.stringify(published.content)).not.toMatch(/赵满仓|单小花|曾有田|王建国/);
});

test('the act in the public record names month, version and the hash of the frozen content', async () => {
  const { content: frozen, contentHash, seq } = await content(1);
  expect(hashContent(frozen)).toBe(contentHash.toString('hex'));
  const [act] = await db.sql`select type, facts from act where village_id = ${village.villageId} and seq = ${seq}`;
  expect(act).toEqual({
    type: 'publication',
    facts: { month: MONTH, version: 1, contentHash: contentHash.toString('hex') },
  });
});

test('a published month takes no award, no delivery and no opening', async () => {
  const refused = { refused: 'month_published', month: MONTH };
  expect(await awardPoints(db, { ...by('2026-10-14'), rule: 'AD-LAB-01', cards: [cards.赵满仓] })).toEqual(refused);
  const source = { kind: 'donation' as const, name: '' };
  const lines = [{ code: 'GR001', quantity: 1 }];
  expect(await receiveGoods(db, { ...by('2026-10-14'), source, lines })).toEqual(refused);
  expect(await openCards(db, { ...by('2026-10-14'), cards: [cards.李未开] })).toEqual(refused);
  expect(
    (await awardPoints(db, { ...by('2026-09-14'), rule: 'AD-LAB-01', cards: [cards.赵满仓] })) as object,
  ).not.toHaveProperty('refused');
  await checkWorld(database.ownerSql);
});

test('nothing is published twice: the same key answers as the first time, another finds nothing to correct', async () => {
  // The late award of September has changed what October began with, so there is something to correct once.
  const first = await must(publish(MONTH, TODAY, 'the key'));
  const again = await must(publish(MONTH, TODAY, 'the key'));
  expect(again).toMatchObject({ operationId: first.operationId, isReplay: true });
  expect(await publish()).toEqual({ refused: 'nothing_to_correct', month: MONTH, version: 2 });
  expect(await publish('2026-09', TODAY, 'the key')).toEqual({ refused: 'key_reused' });
  expect(await publish('2026-11')).toEqual({ refused: 'month_in_future', month: '2026-11' });
  expect(await publish('2026-08')).toEqual({
    refused: 'month_before_founding',
    month: '2026-08',
    foundedMonth: '2026-09',
  });
  expect((await content(2)).content.changes).toEqual([
    { part: 'totals', name: 'openingCentipoints', before: 50_000, after: 50_300 },
    { part: 'totals', name: 'closingCentipoints', before: 46_750, after: 47_050 },
  ]);
});

test('the counter stays open, and the correction lists exactly what changed', async () => {
  const frozen = JSON.stringify((await content(2)).content);
  const late = { ...by(), today: '2026-10-20' };
  await must(redeemGoods(db, { ...late, card: cards.单小花, lines: [{ code: 'WA003', quantity: 2 }] }));
  await checkWorld(database.ownerSql);
  expect(JSON.stringify((await content(2)).content)).toBe(frozen);

  await must(publish(MONTH, '2026-11-02'));
  await checkWorld(database.ownerSql);
  const { changes, isWholeMonth } = (await content(3)).content;
  expect(isWholeMonth).toBe(true);
  expect(changes.filter(({ part }) => part === 'totals')).toEqual([
    { part: 'totals', name: 'exchangedCentipoints', before: 3650, after: 4250 },
    { part: 'totals', name: 'exchangedCount', before: 1, after: 2 },
    { part: 'totals', name: 'closingCentipoints', before: 47_050, after: 46_450 },
    { part: 'totals', name: 'issuedValueFen', before: 10_800, after: 12_400 },
    { part: 'totals', name: 'stockValueFen', before: 90_500, after: 88_900 },
  ]);
  expect(changes.filter(({ part }) => part !== 'totals')).toMatchObject([
    { part: 'exchanges', before: null, after: { centipoints: 600, household: { name: '单*花' } } },
    { part: 'households', before: { exchangedCentipoints: 0 }, after: { exchangedCentipoints: 600 } },
    { part: 'exchangedGoods', before: { code: 'WA003', quantity: 1 }, after: { code: 'WA003', quantity: 3 } },
    { part: 'stock', before: { code: 'WA003', closing: 25 }, after: { code: 'WA003', closing: 23 } },
  ]);
});

function householdLine(name: string, group: string, number: string, given: number, exchanged: number) {
  return {
    household: { name, group, number },
    openedCentipoints: 0,
    givenCentipoints: given,
    exchangedCentipoints: exchanged,
  };
}
