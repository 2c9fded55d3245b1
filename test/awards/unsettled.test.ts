/** 欠扣的分: what a deduction cannot take is owed, later points settle it, and both verifiers know how far it may go. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { awardPoints } from '../../src/awards/index.ts';
import { cardByNumber, changeHousehold } from '../../src/cards/index.ts';
import { claimList } from '../../src/claims/claims.ts';
import { passClaims } from '../../src/claims/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { decideTaking } from '../../src/ledger/decide-taking.ts';
import { reverseActs, solvencyBelow, verifyBooks } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { addDays, villageDay } from '../../src/platform/clock.ts';
import { draftRecord } from '../../src/publication/draft-record.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

describe('how much is taken', () => {
  const taken = (amountCentipoints: number, beyondCentipoints: number, leftCentipoints: number) => ({
    amountCentipoints,
    beyondCentipoints,
    leftCentipoints,
  });
  test.each([
    ['all of it where there is enough', -1_000, 1_500, 2_000, taken(-1_000, 0, 500)],
    ['all of it, down to nothing', -1_000, 1_000, null, taken(-1_000, 0, 0)],
    ['nothing where the village decided nothing', -1_000, 900, null, 'insufficient_points'],
    ['what is there, where nobody may owe', -1_000, 900, 0, taken(-900, 100, 0)],
    ['all of it, and the rest is owed', -1_000, 900, 2_000, taken(-1_000, 0, -100)],
    ['as far as the village lets a household owe', -1_000, -1_300, 2_000, taken(-700, 300, -2_000)],
    ['nothing from whoever owes as much', -1_000, -2_000, 2_000, 'nothing_left'],
    ['nothing from whoever owes more than is allowed by now', -1_000, -2_000, 500, 'nothing_left'],
    ['nothing where nothing is there and nobody may owe', -1_000, 0, 0, 'nothing_left'],
    ['an award is given whole to whoever owes', 600, -2_000, 2_000, taken(600, 0, -1_400)],
  ] as const)('%s', (_, amount, balance, most, expected) => {
    expect(decideTaking(amount, balance, most)).toEqual(expected);
  });
});

const VILLAGE = `/villages/${willowCode}`;
const CHINESE = { 'accept-language': 'zh-CN' };
/** 10 points, and nothing limits it. */
const BROKEN = 'AD-LAW-03';
const HONOUR = 'AD-HON-03';

let world: TestApp;
let villageId: number;
let today: string;

const by = () => ({ villageId, recordedBy: 1, today, idempotencyKey: crypto.randomUUID() });

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  today = villageDay(new Date());
});

afterAll(() => world.close());

const record = (rule: string, number: string) =>
  awardPoints(world.db, { ...by(), rule, occurredOn: today, cards: [number] });

const recorded = async (rule: string, number: string) => {
  const [act] = (await must(record(rule, number))).acts;
  return { seq: act?.seq ?? 0, amount: act?.amountCentipoints, left: act?.balanceAfterCentipoints };
};

const undo = (seq: number) => reverseActs(world.db, { ...by(), which: { seq }, reason: '记错了' });

const decide = (wanted: Parameters<typeof changeSettings>[1]['wanted']) =>
  must(changeSettings(world.db, { ...by(), wanted, reason: '村民代表会议' }));

/** All of it spent or deducted but so much. */
async function leaveOnly(number: string, centipoints: number) {
  for (let left = 10_000; left > centipoints; left -= 1_000) await recorded(BROKEN, number);
}

async function holds(number: string) {
  const [row] = await world.db.sql<{ balance: number }[]>`
    select balance_centipoints as balance
      from card
      join account on account.village_id = card.village_id and holder_id = household_id and kind = 'spendable'
     where number = ${number}`;
  return row?.balance;
}

test('a village that decided nothing refuses what is larger than the balance, also when an award is taken back', async () => {
  const given = await recorded(HONOUR, cards.王建国);
  await leaveOnly(cards.王建国, 0);
  expect(await record(BROKEN, cards.王建国)).toMatchObject({ refused: 'insufficient_points', missingCentipoints: 500 });
  await must(record(HONOUR, cards.王建国));
  await must(record(BROKEN, cards.王建国));
  expect(await undo(given.seq)).toMatchObject({ refused: 'points_already_spent', missingCentipoints: 500 });
});

test('what cannot be taken is owed, as far as the village lets it, and the form says so before', async () => {
  await decide({ unsettledMostCentipoints: 2_000 });
  await leaveOnly(cards.赵满仓, 0);
  expect(await recorded(BROKEN, cards.赵满仓)).toMatchObject({ amount: -1_000, left: -1_000 });
  await must(record(HONOUR, cards.赵满仓));
  await must(record(BROKEN, cards.赵满仓));
  const manager = await world.browser(people.manager);
  await manager.get(`${VILLAGE}/awards/new`, CHINESE);
  const form = { rule: BROKEN, occurredOn: today, cards: cards.赵满仓 };
  const preview = await manager.submit(`${VILLAGE}/award-previews`, form, CHINESE);
  expect(preview.body).toContain('只扣 5 分，另 5 分不再扣');
  expect(preview.body).toContain('扣后欠 20 分');
  expect(findHtmlFaults(preview.body)).toEqual([]);
  expect(await recorded(BROKEN, cards.赵满仓)).toMatchObject({ amount: -500, left: -2_000 });
  const full = await manager.submit(`${VILLAGE}/award-previews`, form, CHINESE);
  expect(full.body).toContain('已经欠到上限，不能再扣');
  expect(await record(BROKEN, cards.赵满仓)).toEqual({
    refused: 'deduction_floor_reached',
    number: cards.赵满仓,
    name: '赵满仓',
    unsettledCentipoints: 2_000,
  });
});

test('the household reads what it owes, everybody else only that it happened, and nothing can be exchanged', async () => {
  const [card] = await world.db.sql<{ token: string }[]>`select token from card where number = ${cards.赵满仓}`;
  const own = await world.app.inject({ url: `/C/${card?.token}`, headers: CHINESE });
  expect(own.body).toContain('还欠扣 20 分');
  expect(findHtmlFaults(own.body)).toEqual([]);
  const manager = await world.browser(people.manager);
  const household = await manager.get(`${VILLAGE}/cards/${cards.赵满仓}`, CHINESE);
  expect(household.body).toContain('还欠扣 20 分');
  const statement = await manager.get(`${VILLAGE}/cards/${cards.赵满仓}/statement`, CHINESE);
  expect(statement.body).toContain('还欠扣 20 分');
  const acts = await world.app.inject({ url: `${VILLAGE}/acts?kind=deduction`, headers: CHINESE });
  expect(acts.body).toContain('另 5 分超过可以欠的数，不再扣');
  expect(acts.body).not.toMatch(/赵.仓/);
  const lines = [{ code: 'WA003', quantity: 1 }];
  expect(await redeemGoods(world.db, { ...by(), card: cards.赵满仓, lines })).toMatchObject({
    refused: 'insufficient_points',
  });
  // What one household owes takes nothing off what the others are promised.
  const [sum] = await world.db.sql<{ promised: number }[]>`
    select sum(greatest(balance_centipoints, 0))::bigint as promised from account where village_id = ${villageId}`;
  const solvency = await solvencyBelow(world.db.sql, { regionId: villageId, today, quarterOf: [] });
  expect(solvency.get(villageId)?.promisedCentipoints).toBe(sum?.promised);
});

test('whoever runs the shop finds who owes how much since when, by name, and the API says the same', async () => {
  const manager = await world.browser(people.manager);
  const page = await manager.get(`${VILLAGE}/debts`, CHINESE);
  expect(findHtmlFaults(page.body)).toEqual([]);
  expect(page.body).toContain('1 户欠着，合计 20 分');
  expect((await manager.get(`${VILLAGE}/debts?q=zmc`, CHINESE)).body).toContain('赵满仓');
  expect((await manager.get(`${VILLAGE}/debts?q=%25`, CHINESE)).body).not.toContain('赵满仓');
  const authorization = `Bearer ${await world.apiToken(people.manager)}`;
  const answer = await world.app.inject({ url: `/api/v1${VILLAGE}/debts`, headers: { authorization } });
  expect(answer.json()).toMatchObject({
    householdCount: 1,
    totalCentipoints: 2_000,
    items: [{ cardNumber: cards.赵满仓, owedCentipoints: 2_000, since: today }],
  });
  expect((await world.app.inject({ url: `${VILLAGE}/debts` })).statusCode).toBe(303);
  const [, line, ...others] = (await manager.get(`${VILLAGE}/lists/debts.csv`, CHINESE)).body.trimEnd().split('\r\n');
  expect(line).toContain(`赵满仓,东头组,${cards.赵满仓},已开卡,20,${today},`);
  expect(others).toEqual([]);
});

test('what is earned settles it; taken back it is owed again, but what was spent of it cannot be', async () => {
  const first = await recorded('AD-MIL-01', cards.赵满仓);
  expect(first.left).toBe(-500);
  await must(undo(first.seq));
  expect(await holds(cards.赵满仓)).toBe(-2_000);
  await recorded('AD-MIL-01', cards.赵满仓);
  const last = await recorded('AD-MIL-01', cards.赵满仓);
  expect(last.left).toBe(1_000);
  await must(redeemGoods(world.db, { ...by(), card: cards.赵满仓, lines: [{ code: 'WA003', quantity: 2 }] }));
  expect(await undo(last.seq)).toMatchObject({ refused: 'points_already_spent', missingCentipoints: 600 });
});

test('a deduction that is taken back gives back what was settled and owes nothing more', async () => {
  await leaveOnly(cards.曾有田, 0);
  const deducted = await recorded(BROKEN, cards.曾有田);
  await recorded(HONOUR, cards.曾有田);
  expect(await holds(cards.曾有田)).toBe(-500);
  await must(undo(deducted.seq));
  expect(await holds(cards.曾有田)).toBe(500);
});

test('of a deduction and an exchange at once the one that comes second knows what the first left', async () => {
  const exchange = () =>
    redeemGoods(world.db, { ...by(), card: cards.曾有田, lines: [{ code: 'WA003', quantity: 1 }] });
  const outcomes = await Promise.all([record(BROKEN, cards.曾有田), exchange(), record(BROKEN, cards.曾有田)]);
  expect(outcomes[0]).toHaveProperty('acts');
  expect(outcomes[2]).toHaveProperty('acts');
  expect(await holds(cards.曾有田)).toBe('acts' in outcomes[1] ? -1_800 : -1_500);
});

test('a deduction that waited takes what there is on the day of the last word', async () => {
  await decide({ deductionApprovalAboveCentipoints: 100 });
  const before = (await holds(cards.曾有田)) ?? 0;
  await must(record(BROKEN, cards.曾有田));
  expect(await holds(cards.曾有田)).toBe(before);
  const [claim] = await claimList(world.db.sql, villageId, { view: 'waiting', limit: 1 });
  const word = { personId: 2, personName: '周评议', mayHandOut: false, step: 'supervisor' } as const;
  const claimIds = [claim?.claimId ?? ''];
  await must(passClaims(world.db, { villageId, today, idempotencyKey: 'word', claimIds, ...word }));
  expect(await holds(cards.曾有田)).toBe(-2_000);
  await decide({ deductionApprovalAboveCentipoints: null });
});

test('who merges with a household takes over what it owes, at once or as its own', async () => {
  const merge = (card: string, into: string) =>
    must(changeHousehold(world.db, { ...by(), change: { kind: 'merger', card, into, reason: '成家' } }));
  const done = await merge(cards.曾有田, cards.单小花);
  expect(await holds(cards.单小花)).toBe(8_000);
  expect(await holds(cards.曾有田)).toBe(0);
  const acts = await world.app.inject({ url: `${VILLAGE}/acts/${done.acts[0]?.seq}`, headers: CHINESE });
  expect(acts.body).toContain('抵');
  await leaveOnly(cards.王建国二, 0);
  await recorded(BROKEN, cards.王建国二);
  await merge(cards.王建国二, cards.王建国);
  expect(await holds(cards.王建国)).toBe(-1_000);
});

test('whoever moves away leaves what is owed with those who stay, and a son who sets up house begins without', async () => {
  const change = (wanted: Parameters<typeof changeHousehold>[1]['change']) =>
    changeHousehold(world.db, { ...by(), change: wanted });
  const number = cards.王建国;
  const before = await cardByNumber(world.db.sql, villageId, number);
  const leaving = { kind: 'departure', card: number, leaving: 1, newHead: null, reason: '去世' } as const;
  await must(change(leaving));
  expect(await holds(number)).toBe(-1_000);
  const groupId = before?.groupId ?? 0;
  const split = {
    kind: 'split',
    card: number,
    reason: '成家',
    headName: '王新家',
    groupId,
    memberCount: 1,
    phone: null,
  } as const;
  expect(await change({ ...split, centipoints: 100 })).toMatchObject({ refused: 'too_many_points' });
  await must(change({ ...split, centipoints: 0 }));
  expect(await holds(number)).toBe(-1_000);
});

test('the last one who dies leaves a debt that is frozen for its months and then nobody’s, on the record', async () => {
  const number = cards.赵满仓;
  for (let left = (await holds(number)) ?? 0; left > -1_000; left = (await holds(number)) ?? 0) {
    await recorded(BROKEN, number);
  }
  const owed = (await holds(number)) ?? 0;
  const card = await cardByNumber(world.db.sql, villageId, number);
  const change = (wanted: Parameters<typeof changeHousehold>[1]['change'], on = today) =>
    changeHousehold(world.db, { ...by(), change: wanted, today: on });
  const everybody = card?.memberCount ?? 0;
  await must(change({ kind: 'departure', card: number, leaving: everybody, newHead: null, reason: '去世' }));
  expect(await cardByNumber(world.db.sql, villageId, number)).toMatchObject({
    status: 'frozen',
    balanceCentipoints: owed,
  });
  const settlement = { kind: 'settlement', card: number, reason: '满一年' } as const;
  expect(await change(settlement)).toMatchObject({ refused: 'vacancy_not_over' });
  await must(change(settlement, addDays(today, 366)));
  expect(await holds(number)).toBe(0);
  const record = await draftRecord(world.db.sql, villageId, addDays(today, 366).slice(0, 7));
  expect(record.record.totals).toMatchObject({ returnedCentipoints: owed, returnedCount: 1 });
  expect(record.checks.filter(({ ok }) => !ok)).toEqual([]);
});

test('everything of it verifies, inside and outside', async () => {
  await checkWorld(world.database.ownerSql);
  expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
  const fetch = async (path: string) => (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
  expect(await auditLog({ fetch, vkey })).toMatchObject({ checkpoint: { origin: expect.any(String) } });
});

test.each([
  ['that the village let a household owe less', `jsonb_set(facts, '{values,unsettledMostCentipoints}', '500')`],
  ['that it let nobody owe anything', `jsonb_set(facts, '{values,unsettledMostCentipoints}', 'null')`],
])('were the record to say %s, it is found', async (_, facts) => {
  const undone = world.database.ownerSql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx.unsafe(
      `update act set facts = ${facts} where type = 'settings.change' and facts -> 'values' ? 'unsettledMostCentipoints'`,
    );
    expect(await verifyBooks(tx, { villageId })).toMatchObject({
      sentence: expect.stringMatching(/further behind|more to take/),
    });
    throw new Error('nothing of it stays');
  });
  await expect(undone).rejects.toThrow('nothing of it stays');
});
