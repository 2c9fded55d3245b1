/** 户和卡的变动: each change as one operation, its refusals in order, and the whole ledger proved again after each. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import type { HouseholdChange } from '../../src/cards/index.ts';
import { cardByNumber, cardByToken, changeHousehold, formerCard, villagerGroups } from '../../src/cards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { cards, must, willowCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { checkWorld } from '../support/world.ts';

const TODAY = '2026-10-15';
const REASON = '经村委会同意';

let database: TestDatabase;
let db: Db;
let villageId: number;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'cast' });
  db = createDb(database.sql);
  villageId = (await findVillage(db.sql, willowCode))?.villageId ?? 0;
});

afterAll(() => database.close());

const by = (today = TODAY) => ({ villageId, recordedBy: 1, today, idempotencyKey: crypto.randomUUID() });
const change = (what: HouseholdChange, today = TODAY) => changeHousehold(db, { ...by(today), change: what });
const simple = (kind: 'freezing' | 'unfreezing' | 'recall' | 'replacement' | 'settlement', card: string) =>
  ({ kind, card, reason: REASON }) as const;
const award = (card: string) => awardPoints(db, { ...by(), rule: 'AD-LAB-01', occurredOn: TODAY, cards: [card] });
const redeem = (card: string) => redeemGoods(db, { ...by(), card, lines: [{ code: 'WA003', quantity: 1 }] });
const held = (number: string) => cardByNumber(db.sql, villageId, number);

async function tokenOf(number: string): Promise<string> {
  const [row] = await database.ownerSql<{ token: string }[]>`select token from card where number = ${number}`;
  return row?.token ?? '';
}

async function groupId(): Promise<number> {
  return (await villagerGroups(db.sql, villageId))[0]?.groupId ?? 0;
}

async function typesOf(operationId: string): Promise<string[]> {
  const rows = await database.ownerSql<{ type: string }[]>`
    select type from act where operation_id = ${operationId} order by seq`;
  return rows.map(({ type }) => type);
}

test('a frozen card earns and spends nothing until it is unfrozen, and its points stay', async () => {
  const frozen = await must(change(simple('freezing', cards.赵满仓)));
  expect(await typesOf(frozen.operationId)).toEqual(['account.freeze']);
  await checkWorld(database.ownerSql);
  expect(await held(cards.赵满仓)).toMatchObject({ status: 'frozen', balanceCentipoints: 10_000 });
  expect(await award(cards.赵满仓)).toEqual({ refused: 'card_frozen', number: cards.赵满仓 });
  expect(await redeem(cards.赵满仓)).toEqual({ refused: 'card_frozen', number: cards.赵满仓 });
  expect(await change(simple('freezing', cards.赵满仓))).toEqual({ refused: 'card_frozen', number: cards.赵满仓 });

  await must(change(simple('unfreezing', cards.赵满仓)));
  expect(await held(cards.赵满仓)).toMatchObject({ status: 'active', balanceCentipoints: 10_000 });
  await must(award(cards.赵满仓));
  expect(await change(simple('unfreezing', cards.赵满仓))).toEqual({
    refused: 'card_not_frozen',
    number: cards.赵满仓,
  });
  await checkWorld(database.ownerSql);
});

test('the public leaf of a freezing names the account and nothing of the reason', async () => {
  const [row] = await database.ownerSql<{ leaf: Buffer; openings: [string, string, string][] }[]>`
    select leaf, openings from act join disclosure using (village_id, seq) where type = 'account.freeze'`;
  const leaf = row?.leaf.toString('utf8') ?? '';
  const account = await held(cards.赵满仓);
  expect(JSON.parse(leaf)).toMatchObject({ type: 'account.freeze', acct: account?.pseudonym });
  expect(Object.keys(JSON.parse(leaf)).sort()).toEqual(['acct', 'at', 'commit', 'id', 'occurred', 'type', 'v']);
  expect(leaf).not.toContain(REASON);
  expect(row?.openings.map(([, name, value]) => [name, value])).toContainEqual(['reason', REASON]);
});

test('a card that is not open, from elsewhere or unknown is not frozen', async () => {
  expect(await change(simple('freezing', cards.李未开))).toEqual({ refused: 'card_not_open', number: cards.李未开 });
  expect(await change(simple('freezing', cards.周外村))).toEqual({
    refused: 'card_of_another_village',
    number: cards.周外村,
  });
  expect(await change(simple('freezing', '0010019999'))).toEqual({ refused: 'unknown_card', number: '0010019999' });
});

test('a recalled card opens nothing, its points wait, and a new card brings them back', async () => {
  const oldToken = await tokenOf(cards.单小花);
  expect(await cardByToken(db.sql, oldToken)).not.toBeNull();
  await must(change(simple('recall', cards.单小花)));
  await checkWorld(database.ownerSql);
  expect(await cardByToken(db.sql, oldToken)).toBeNull();
  expect(await formerCard(db.sql, { token: oldToken })).toMatchObject({ why: 'recalled', number: cards.单小花 });
  expect(await held(cards.单小花)).toMatchObject({ status: 'frozen', isRecalled: true, balanceCentipoints: 10_000 });
  expect(await change(simple('recall', cards.单小花))).toMatchObject({ refused: 'card_recalled' });
  expect(await change(simple('unfreezing', cards.单小花))).toMatchObject({ refused: 'card_recalled' });

  await must(change(simple('replacement', cards.单小花)));
  await checkWorld(database.ownerSql);
  expect(await held(cards.单小花)).toBeNull();
  const former = await formerCard(db.sql, { villageId, number: cards.单小花 });
  expect(former?.why).toBe('replaced');
  const renewed = await held(former?.currentNumber ?? '');
  expect(renewed).toMatchObject({
    headName: '单小花',
    status: 'active',
    isRecalled: false,
    balanceCentipoints: 10_000,
  });
  expect(await cardByToken(db.sql, oldToken)).toBeNull();
  expect(await cardByToken(db.sql, await tokenOf(renewed?.number ?? ''))).toMatchObject({ headName: '单小花' });
  expect(await change(simple('freezing', cards.单小花))).toEqual({
    refused: 'card_replaced',
    number: cards.单小花,
    currentNumber: renewed?.number,
  });
});

test('thirty presses on the same replacement make one new card', async () => {
  const press = { ...by(), change: simple('replacement', cards.王建国二) };
  const outcomes = await Promise.all(Array.from({ length: 30 }, () => must(changeHousehold(db, press))));
  expect(outcomes.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
  expect(new Set(outcomes.map(({ operationId }) => operationId)).size).toBe(1);
  const [count] = await database.ownerSql<{ cards: number }[]>`
    select count(*)::integer as cards from card join household using (village_id, household_id)
     where household_id = (select household_id from card where number = ${cards.王建国二})`;
  expect(count?.cards).toBe(2);
  expect(await changeHousehold(db, { ...press, change: { ...press.change, reason: '别的原因' } })).toEqual({
    refused: 'key_reused',
  });
  await checkWorld(database.ownerSql);
});

test('a split divides members and points, and the village holds as many points as before', async () => {
  const split = {
    kind: 'split',
    card: cards.曾有田,
    reason: REASON,
    headName: '曾小田',
    groupId: await groupId(),
    memberCount: 2,
    phone: null,
    centipoints: 4050,
  } as const;
  expect(await change({ ...split, groupId: 0 })).toEqual({ refused: 'unknown_group' });
  expect(await change({ ...split, memberCount: 5 })).toEqual({
    refused: 'too_many_members',
    number: cards.曾有田,
    memberCount: 5,
  });
  expect(await change({ ...split, centipoints: 10_001 })).toEqual({
    refused: 'too_many_points',
    number: cards.曾有田,
    balanceCentipoints: 10_000,
  });
  const before = await villageSum();
  const outcome = await must(change(split));
  expect(await typesOf(outcome.operationId)).toEqual(['household.split', 'points.transfer', 'points.transfer']);
  expect(outcome.acts.map(({ amountCentipoints }) => amountCentipoints)).toEqual([null, -4050, 4050]);
  expect(await villageSum()).toBe(before);
  expect(await held(cards.曾有田)).toMatchObject({ balanceCentipoints: 5950, memberCount: 3, status: 'active' });
  const [made] = await database.ownerSql<{ number: string }[]>`
    select number from card join household using (village_id, household_id) where head_name = '曾小田'`;
  expect(await held(made?.number ?? '')).toMatchObject({
    balanceCentipoints: 4050,
    memberCount: 2,
    status: 'active',
    initials: 'zxt',
  });
  await checkWorld(database.ownerSql);
  await must(redeem(made?.number ?? ''));
  const reversal = { ...by(), reason: REASON, which: { operationId: outcome.operationId } };
  expect(await reverseActs(db, reversal)).toMatchObject({ refused: 'household_change_stays' });
});

test('a merger moves everything and closes the other card for good', async () => {
  const into = (await formerCard(db.sql, { villageId, number: cards.王建国二 }))?.currentNumber ?? '';
  const merger = { kind: 'merger', card: cards.王建国, into, reason: REASON } as const;
  expect(await change({ ...merger, into: cards.王建国 })).toMatchObject({ refused: 'same_household' });
  expect(await change({ ...merger, into: cards.李未开 })).toMatchObject({ refused: 'card_not_open' });
  const oldToken = await tokenOf(cards.王建国);
  const before = await villageSum();
  const outcome = await must(change(merger));
  expect(await typesOf(outcome.operationId)).toEqual(['points.transfer', 'points.transfer', 'household.merge']);
  expect(await villageSum()).toBe(before);
  expect(await held(cards.王建国)).toMatchObject({ status: 'closed', balanceCentipoints: 0, memberCount: 0 });
  expect(await held(into)).toMatchObject({ status: 'active', balanceCentipoints: 20_000, memberCount: 4 });
  expect(await cardByToken(db.sql, oldToken)).toBeNull();
  await checkWorld(database.ownerSql);
  expect(await change({ ...merger, card: into, into: cards.王建国 })).toMatchObject({ refused: 'card_closed' });
  expect(await redeem(cards.王建国)).toMatchObject({ refused: 'card_closed' });
});

test('who leaves takes no points along; the last one leaves them frozen for twelve months, then they go to the village', async () => {
  const leave = (leaving: number, newHead: string | null = null) =>
    change({ kind: 'departure', card: cards.赵满仓, reason: REASON, leaving, newHead });
  await must(leave(1, '赵后来'));
  expect(await held(cards.赵满仓)).toMatchObject({
    headName: '赵后来',
    initials: 'zhl',
    memberCount: 3,
    status: 'active',
  });
  expect(await leave(4)).toMatchObject({ refused: 'too_many_members', memberCount: 3 });
  expect(await change(simple('settlement', cards.赵满仓))).toMatchObject({ refused: 'household_not_vacated' });

  const last = await must(leave(3));
  expect(await typesOf(last.operationId)).toEqual(['household.leave', 'account.freeze']);
  expect(await held(cards.赵满仓)).toMatchObject({ memberCount: 0, status: 'frozen', balanceCentipoints: 10_300 });
  await checkWorld(database.ownerSql);
  expect(await leave(1)).toMatchObject({ refused: 'household_vacated', day: TODAY });
  expect(await change(simple('unfreezing', cards.赵满仓))).toMatchObject({ refused: 'household_vacated' });
  expect(await change(simple('settlement', cards.赵满仓), '2027-10-14')).toEqual({
    refused: 'vacancy_not_over',
    number: cards.赵满仓,
    day: '2027-10-15',
  });
  const settled = await must(change(simple('settlement', cards.赵满仓), '2027-10-15'));
  expect(await typesOf(settled.operationId)).toEqual(['points.return', 'account.close']);
  expect(await held(cards.赵满仓)).toMatchObject({ status: 'closed', balanceCentipoints: 0 });
  await checkWorld(database.ownerSql);
});

test('a card that holds nothing is closed when the last member leaves', async () => {
  await must(change({ kind: 'departure', card: cards.李未开, reason: REASON, leaving: 6, newHead: null }));
  expect(await held(cards.李未开)).toMatchObject({ status: 'closed', memberCount: 0, isRecalled: true });
  await checkWorld(database.ownerSql);
});

async function villageSum(): Promise<number> {
  const [row] = await database.ownerSql<{ sum: number }[]>`
    select sum(balance_centipoints)::integer as sum from account where village_id = ${villageId}`;
  return row?.sum ?? 0;
}
