/** 先提醒、后扣分, over HTTP and on a real database: pages, slips, API, the public record, both verifiers, and two presses at once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { awardPoints } from '../../src/awards/index.ts';
import { claimList } from '../../src/claims/claims.ts';
import { verifyClaims, withdrawClaim } from '../../src/claims/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { addDays, villageDay } from '../../src/platform/clock.ts';
import { closeReminder, giveReminder, verifyReminders } from '../../src/reminders/index.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;
const LITTER = 'AD-ENV-08';
const FIRE = 'AD-LAW-04';
const CHINESE = { 'accept-language': 'zh-CN' };

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

const deduct = (day: string, rule = LITTER, number: string = cards.赵满仓) =>
  awardPoints(world.db, { ...by(), today: day, rule, occurredOn: day, cards: [number] });

const remind = (number: string, note = '把门口清干净') =>
  giveReminder(world.db, { ...by(), number, rule: LITTER, note });

const decide = (wanted: Parameters<typeof changeSettings>[1]['wanted']) =>
  must(changeSettings(world.db, { ...by(), wanted, reason: '村民代表会议' }));

async function audited() {
  const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
  const fetch = async (path: string) => (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
  return auditLog({ fetch, vkey });
}

test('a village that decided nothing deducts at once and reminds nobody', async () => {
  expect(await remind(cards.赵满仓)).toEqual({ refused: 'reminders_off' });
  await must(deduct(today));
  const manager = await world.browser(people.manager);
  expect((await manager.get(`${VILLAGE}/reminders`, CHINESE)).body).toContain('扣分不用先提醒');
  await decide({ reminderDays: 7 });
});

test('without a reminder nothing is taken, for a matter of safety it is', async () => {
  expect(await deduct(today)).toEqual({
    refused: 'reminder_needed',
    number: cards.赵满仓,
    name: '赵满仓',
    rule: LITTER,
    days: 7,
  });
  const browser = await world.browser(people.manager);
  const form = { rule: LITTER, cards: cards.赵满仓, occurredOn: today };
  const preview = await browser.submit(`${VILLAGE}/award-previews`, form, CHINESE);
  expect(preview.body).toContain(`href="${VILLAGE}/reminders/new?card=${cards.赵满仓}&amp;rule=${LITTER}"`);
  const done = await must(deduct(today, FIRE));
  const [act] = await world.db.sql<{ facts: object }[]>`
    select facts from act where village_id = ${villageId} and seq = ${done.acts[0]?.seq ?? 0}`;
  expect(act?.facts).toMatchObject({ urgent: true });
});

test('the form says what is wrong with it, gives one, prints the slip, and names the household to nobody else', async () => {
  const manager = await world.browser(people.manager);
  const page = await manager.get(`${VILLAGE}/reminders/new?card=${cards.赵满仓}`, CHINESE);
  expect(page.body).toContain('赵满仓家');
  expect(page.body).toContain('违规野外用火');
  expect(findHtmlFaults(page.body)).toEqual([]);
  const idempotencyKey = /name="idempotencyKey" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const form = { card: cards.赵满仓, rule: LITTER, note: '把门口清干净', idempotencyKey };
  const wrong = await manager.submit(`${VILLAGE}/reminders`, { ...form, note: '' }, CHINESE);
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).toContain(`value="${idempotencyKey}"`);
  // Whose household it is, as people say it: of two that fit one is chosen, and of those that do not fit it is written again.
  const which = await manager.submit(`${VILLAGE}/reminders`, { ...form, card: '王建国' }, CHINESE);
  expect([which.statusCode, findHtmlFaults(which.body), which.body.includes('有几户都像')]).toEqual([422, [], true]);
  expect(which.body).toContain(`value="${cards.王建国二}"`);
  const neither = await manager.submit(`${VILLAGE}/reminders`, { ...form, card: '?' }, CHINESE);
  expect([neither.statusCode, neither.body.includes('没有找到这一户')]).toEqual([422, true]);
  expect(neither.body).toContain('name="card"');
  expect(neither.body).not.toContain('value="?"');
  const given = await manager.submit(`${VILLAGE}/reminders`, { ...form, card: 'zmc' }, CHINESE);
  expect(given.statusCode).toBe(303);
  const address = String(given.headers.location).replace('?done=1', '');
  expect((await manager.submit(`${VILLAGE}/reminders`, form, CHINESE)).headers.location).toBe(given.headers.location);
  const again = await manager.submit(`${VILLAGE}/reminders`, { ...form, idempotencyKey: 'another' }, CHINESE);
  expect(again.statusCode).toBe(409);
  expect(again.body).toContain('已经有提醒单');
  for (const path of ['', '/slip']) {
    const shown = await manager.get(`${address}${path}`, CHINESE);
    expect(shown.body).toContain('把门口清干净');
    expect(findHtmlFaults(shown.body)).toEqual([]);
  }
  expect((await manager.get(`${VILLAGE}/cards/${cards.赵满仓}`, CHINESE)).body).toContain('提醒单：先改，不扣分');
  const [token] = await world.db.sql<{ token: string }[]>`select token from card where number = ${cards.赵满仓}`;
  expect((await world.app.inject({ url: `/C/${token?.token}`, headers: CHINESE })).body).toContain('把门口清干净');
  const acts = await world.app.inject({ url: `${VILLAGE}/acts?kind=deduction`, headers: CHINESE });
  expect(acts.body).toContain('一户收到提醒单：经提醒后仍乱堆乱倒');
  expect(acts.body).not.toMatch(/赵.仓|把门口清干净/);
});

test('before its day nothing is taken; from its day on once, and again when that was reversed', async () => {
  const due = addDays(today, 7);
  expect(await deduct(addDays(due, -1))).toMatchObject({ refused: 'reminder_runs', until: due });
  const once = await must(deduct(due));
  expect(await deduct(due)).toMatchObject({ refused: 'reminder_needed' });
  await must(reverseActs(world.db, { ...by(), which: { seq: once.acts[0]?.seq ?? 0 }, reason: '看错了户' }));
  await must(deduct(addDays(due, 1)));
});

test('of two who deduct at once on one reminder one does', async () => {
  await must(remind(cards.曾有田));
  const due = addDays(today, 7);
  const both = await Promise.all([deduct(due, LITTER, cards.曾有田), deduct(due, LITTER, cards.曾有田)]);
  expect(both.filter((outcome) => 'refused' in outcome)).toMatchObject([{ refused: 'reminder_needed' }]);
});

test('put right it is closed, and nothing is deducted on it', async () => {
  const headers = { authorization: `Bearer ${await world.apiToken(people.manager)}` };
  const post = (url: string, payload: object) =>
    world.app.inject({
      method: 'POST',
      url: `/api/v1${VILLAGE}${url}`,
      payload,
      headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
    });
  const given = await post('/reminders', { card: cards.单小花, rule: LITTER, note: '收好农具' });
  expect(given.statusCode).toBe(201);
  const { seq } = given.json<{ seq: number }>();
  const listed = await world.app.inject({ url: `/api/v1${VILLAGE}/reminders`, headers });
  expect(listed.json()).toMatchObject({ items: [{ seq, state: 'standing', household: '单小花', note: '收好农具' }] });
  const closed = await post(`/reminders/${seq}/closing`, { note: '看过，收好了' });
  expect(closed.json()).toMatchObject({ state: 'closed', closed: { note: '看过，收好了' } });
  expect((await post(`/reminders/${seq}/closing`, { note: '再来一次' })).json()).toMatchObject({
    code: 'reminder_decided',
  });
  expect((await post('/reminders/999999/closing', { note: '没有的' })).statusCode).toBe(404);
  expect(await deduct(addDays(today, 7), LITTER, cards.单小花)).toMatchObject({ refused: 'reminder_needed' });
});

test('a deduction that waits for the village’s word keeps its reminder until it is withdrawn', async () => {
  await decide({ deductionApprovalAboveCentipoints: 100 });
  const given = await must(remind(cards.单小花));
  const due = addDays(today, 7);
  await must(deduct(due, LITTER, cards.单小花));
  const [claim] = await claimList(world.db.sql, villageId, { view: 'waiting', limit: 1 });
  expect(claim).toMatchObject({ reminderSeq: given.acts[0]?.seq });
  expect(await deduct(due, LITTER, cards.单小花)).toMatchObject({ refused: 'reminder_needed' });
  const withdrawal = {
    villageId,
    claimId: claim?.claimId ?? '',
    reason: '改好了',
    idempotencyKey: 'w',
    personId: 1,
    today,
  };
  await must(withdrawClaim(world.db, withdrawal));
  const seq = given.acts[0]?.seq ?? 0;
  await must(closeReminder(world.db, { ...by(), seq, note: '看过，改好了' }));
});

test('whose days are over and about whom nobody decided is a task on the desk, until somebody does', async () => {
  const task = '1 张提醒单到期没处理';
  const manager = await world.browser(people.manager);
  const fresh = await must(remind(cards.单小花));
  const pageOf = async (one: number) => (await manager.get(`${VILLAGE}/reminders/${one}`, CHINESE)).body;
  expect(await pageOf(fresh.acts[0]?.seq ?? 0)).not.toContain('/awards/new?card=');
  expect((await manager.get(`${VILLAGE}/desk`, CHINESE)).body).not.toContain('提醒单到期');
  const given = await must(
    giveReminder(world.db, {
      ...by(),
      today: addDays(today, -7),
      number: cards.王建国,
      rule: LITTER,
      note: '把柴垛挪开',
    }),
  );
  expect((await manager.get(`${VILLAGE}/desk`, CHINESE)).body).toContain(task);
  const due = await manager.get(`${VILLAGE}/reminders?view=due`, CHINESE);
  expect(due.body).toContain('王建国');
  expect(due.body).not.toContain('单小花');
  expect(findHtmlFaults(due.body)).toEqual([]);
  const headers = { authorization: `Bearer ${await world.apiToken(people.manager)}` };
  const listed = await world.app.inject({ url: `/api/v1${VILLAGE}/reminders?view=due`, headers });
  const seq = given.acts[0]?.seq ?? 0;
  expect(listed.json<{ items: unknown[] }>().items).toEqual([expect.objectContaining({ seq })]);
  // From the slip on it is one press to either end.
  expect(await pageOf(seq)).toContain(`/awards/new?card=${cards.王建国}&amp;rule=${LITTER}`);
  await must(closeReminder(world.db, { ...by(), seq, note: '看过，挪开了' }));
  expect((await manager.get(`${VILLAGE}/desk`, CHINESE)).body).not.toContain('提醒单到期');
});

test('everything of it verifies, inside and outside', async () => {
  await checkWorld(world.database.ownerSql);
  expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(await audited()).toMatchObject({ checkpoint: { origin: expect.any(String) } });
});

test('a deduction without the reminder that the village wants is found', async () => {
  const undone = world.database.ownerSql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update act set facts = facts - 'reminder' where village_id = ${villageId} and type = 'points.deduct'`;
    expect(await verifyReminders(tx, villageId)).toMatchObject({
      sentence: expect.stringContaining('without the reminder'),
    });
    expect(await verifyClaims(tx, villageId)).toBeNull();
    throw new Error('nothing of it stays');
  });
  await expect(undone).rejects.toThrow('nothing of it stays');
});
