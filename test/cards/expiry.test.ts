/** 积分到期: a village whose points live 24 months, its opening points 12. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { expiringPoints } from '../../src/cards/expire-points.ts';
import {
  cardByNumber,
  changeHousehold,
  expirePoints,
  openCards,
  registerHouseholds,
  villagerGroups,
} from '../../src/cards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { receiveGoods } from '../../src/goods/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { foundVillage } from '../../src/oversight/index.ts';
import { findRegion, findVillage } from '../../src/people/index.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { draftRecord } from '../../src/publication/draft-record.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { must, townshipCode, willowCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { checkWorld } from '../support/world.ts';

let database: TestDatabase;
let db: Db;
let villageId: number;
let first: string;
let second: string;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'cast' });
  db = createDb(database.sql);
  const township = await findRegion(db.sql, townshipCode);
  const founded = await db.sql.begin((tx) =>
    foundVillage(tx, {
      code: '990100001003',
      name: '松树村',
      townshipId: township?.regionId ?? 0,
      isMadeUp: true,
      groups: ['一组'],
      terms: { openingCentipoints: 10_000, fenPerPoint: 300, earnedMonths: 24, openingMonths: 12 },
      recordedBy: 1,
      foundedOn: '2026-01-05',
    }),
  );
  if ('refused' in founded) throw new Error(founded.refused);
  villageId = founded.villageId;
  const [group] = await villagerGroups(db.sql, villageId);
  const household = { groupId: group?.groupId ?? 0, memberCount: 3, phone: null };
  [first = '', second = ''] = await registerHouseholds(db.sql, villageId, [
    { ...household, headName: '林松年' },
    { ...household, headName: '何柏青' },
  ]);
  await must(openCards(db, { ...by('2026-01-10'), occurredOn: '2026-01-10', cards: [first, second] }));
  await must(
    receiveGoods(db, {
      ...by('2026-01-10'),
      occurredOn: '2026-01-10',
      source: { kind: 'purchase', name: '' },
      lines: [{ code: 'WA003', quantity: 50 }],
    }),
  );
  await must(award(first, '2026-02-01'));
  await must(award(second, '2026-03-01'));
});

test('where months say how long points live, the end of the year does not', async () => {
  const change = (wanted: object) => changeSettings(db, { ...by('2026-03-01'), wanted, reason: '代表会议' });
  expect(await change({ yearEndExpiry: true })).toEqual({ refused: 'months_say_how_long' });
  expect(await change({ baseStays: true })).toEqual({ refused: 'base_would_expire' });
});

afterAll(() => database.close());

const by = (today: string) => ({ villageId, recordedBy: 1, today, idempotencyKey: crypto.randomUUID() });
const award = (card: string, on: string) =>
  awardPoints(db, { ...by(on), rule: 'AD-LAB-01', occurredOn: on, cards: [card] });
const redeem = (card: string, on: string, quantity: number) =>
  redeemGoods(db, { ...by(on), card, lines: [{ code: 'WA003', quantity }] });
const expire = (on: string, today = on) => expirePoints(db, { ...by(today), occurredOn: on });
const balanceOf = async (card: string) => (await cardByNumber(db.sql, villageId, card))?.balanceCentipoints;
const dueOn = async (on: string) =>
  Object.fromEntries(
    (await expiringPoints(db.sql, villageId, on)).households.map(({ number, dueCentipoints }) => [
      number,
      dueCentipoints,
    ]),
  );

test('a village that set no months keeps its points', async () => {
  const willow = await findVillage(db.sql, willowCode);
  const outcome = await expirePoints(db, {
    ...by('2040-01-01'),
    villageId: willow?.villageId ?? 0,
    occurredOn: '2040-01-01',
  });
  expect(outcome).toEqual({ refused: 'points_never_expire' });
});

test('the founding says in public how long points live', async () => {
  const [row] = await database.ownerSql<{ leaf: Buffer }[]>`
    select leaf from act where village_id = ${villageId} and seq = 0`;
  expect(JSON.parse(row?.leaf.toString('utf8') ?? '')).toMatchObject({ earnedMonths: 24, openingMonths: 12 });
});

test('a spend draws on the points that expire first, so they are what is left over last', async () => {
  await must(redeem(first, '2026-04-01', 30));
  expect(await balanceOf(first)).toBe(1300);
  expect(await dueOn('2027-01-09')).toEqual({});
  expect(await dueOn('2027-01-10')).toEqual({ [first]: 1000, [second]: 10_000 });
});

test('nothing expires ahead of its day', async () => {
  expect(await expire('2027-01-09')).toEqual({ refused: 'nothing_to_expire', occurredOn: '2027-01-09' });
  expect(await expire('2027-01-10', '2027-01-09')).toEqual({ refused: 'date_in_future', occurredOn: '2027-01-10' });
});

let expiry: { operationId: string; acts: { seq: number }[] };

test('what is too old goes in one operation, one act a household, once for one key', async () => {
  const press = { ...by('2027-01-12'), occurredOn: '2027-01-12' };
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => must(expirePoints(db, press))));
  expect(outcomes.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
  expiry = outcomes[0] ?? expiry;
  expect(expiry.acts).toMatchObject([
    { type: 'points.expire', amountCentipoints: -10_000, balanceAfterCentipoints: 300 },
    { type: 'points.expire', amountCentipoints: -1000, balanceAfterCentipoints: 300 },
  ]);
  expect(await expire('2027-01-12')).toMatchObject({ refused: 'nothing_to_expire' });
  await checkWorld(database.ownerSql);
});

test('two people who press at the same moment clear it once', async () => {
  await must(reverseActs(db, { ...by('2027-01-13'), which: { operationId: expiry.operationId }, reason: '日子选错' }));
  expect(await balanceOf(second)).toBe(10_300);
  expect(await dueOn('2027-01-13')).toEqual({ [first]: 1000, [second]: 10_000 });
  await checkWorld(database.ownerSql);
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => expire('2027-01-13')));
  expect(outcomes.filter((outcome) => !('refused' in outcome))).toHaveLength(1);
  expect(outcomes.filter((outcome) => 'refused' in outcome && outcome.refused === 'nothing_to_expire')).toHaveLength(5);
  expect(await balanceOf(second)).toBe(300);
  await checkWorld(database.ownerSql);
});

test('the month’s record adds up with what expired', async () => {
  const { record, checks } = await draftRecord(db.sql, villageId, '2027-01');
  expect(record.totals).toMatchObject({
    openingCentipoints: 11_600,
    expiredCentipoints: 11_000,
    expiredCount: 2,
    closingCentipoints: 600,
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});

test('an award whose points have expired is not taken back a second time', async () => {
  await must(award(first, '2028-01-31'));
  const [awarded] = await database.ownerSql<{ seq: number }[]>`
    select seq::integer from act where village_id = ${villageId} and type = 'points.award' order by seq limit 1`;
  const seq = awarded?.seq ?? 0;
  const cleared = await must(expire('2028-02-01'));
  expect(cleared.acts).toHaveLength(1);
  const reversal = { ...by('2028-02-02'), which: { seq }, reason: '记错了人' };
  expect(await reverseActs(db, reversal)).toEqual({
    refused: 'points_already_expired',
    seq,
    expiredCentipoints: 300,
  });
  await must(reverseActs(db, { ...by('2028-02-02'), which: { operationId: cleared.operationId }, reason: '记错了人' }));
  await must(reverseActs(db, { ...reversal, idempotencyKey: crypto.randomUUID() }));
  expect(await balanceOf(first)).toBe(300);
  expect(await dueOn('2028-02-02')).toEqual({});
  await checkWorld(database.ownerSql);
});

test('points that went to another household are no younger there', async () => {
  await must(award(second, '2028-03-15'));
  const [group] = await villagerGroups(db.sql, villageId);
  const split = await must(
    changeHousehold(db, {
      ...by('2028-03-20'),
      change: {
        kind: 'split',
        card: second,
        reason: '儿子成家',
        headName: '何小柏',
        groupId: group?.groupId ?? 0,
        memberCount: 1,
        phone: null,
        centipoints: 450,
      },
    }),
  );
  // 300 of March 2026, now too old, were at the head of what went over.
  const [made] = await database.ownerSql<{ number: string }[]>`
    select number from card join household using (village_id, household_id) where head_name = '何小柏'`;
  expect(await dueOn('2028-03-20')).toEqual({ [made?.number ?? '']: 300 });
  expect(split.acts).toHaveLength(3);
  await must(expire('2028-03-21'));
  expect(await balanceOf(made?.number ?? '')).toBe(150);
  await checkWorld(database.ownerSql);
});
