import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const TODAY = villageDay(new Date());
const ACTS = `/villages/${willowCode}/acts`;

let world: TestApp;
let villageId: number;
let awardSeq: number;
let deductSeq: number;
let redeemSeq: number;

beforeAll(async () => {
  world = await createTestApp();
  const { db } = world;
  villageId = (await findVillage(db.sql, willowCode))?.villageId ?? 0;
  const by = () => ({ villageId, recordedBy: 1, today: TODAY, occurredOn: TODAY, idempotencyKey: crypto.randomUUID() });
  const award = await must(awardPoints(db, { ...by(), rule: 'AD-LAB-01', cards: [cards.赵满仓], note: '修渠' }));
  const deduct = await must(awardPoints(db, { ...by(), rule: 'AD-ENV-08', cards: [cards.单小花] }));
  const redeem = await must(redeemGoods(db, { ...by(), card: cards.曾有田, lines: [{ code: 'GR001', quantity: 2 }] }));
  awardSeq = award.acts[0]?.seq ?? 0;
  deductSeq = deduct.acts[0]?.seq ?? 0;
  redeemSeq = redeem.acts[0]?.seq ?? 0;
});

afterAll(() => world.close());

test('everybody reads the acts as sentences with masked names, and no name stands beside a deduction', async () => {
  const browser = await world.browser();
  const page = (await browser.get(ACTS)).body;
  expect(page).toContain(`第 ${awardSeq} 号`);
  expect(page).toContain('赵*仓家');
  expect(page).toContain('曾*田家兑换 大米');
  expect(page).toContain('一户扣分：');
  expect(page).toContain('收到试验县好人公司捐赠');
  expect(page).toContain('爱心超市开张');
  for (const name of ['赵满仓', '单小花', '单*花家 ', '曾有田']) expect(page).not.toContain(name);

  const deduction = (await browser.get(`${ACTS}/${deductSeq}`)).body;
  expect(deduction).not.toMatch(/单.花家 /);
  expect(deduction).not.toContain(cards.单小花);
  expect(deduction).toContain('扣分不公布户名');
});

test('staff of the village read full names, notes and balances; staff of another village do not', async () => {
  const manager = await world.browser(people.manager);
  expect((await manager.get(ACTS)).body).toContain('赵满仓家');
  const act = (await manager.get(`${ACTS}/${awardSeq}`)).body;
  expect(act).toContain('修渠');
  expect(act).toContain(cards.赵满仓);
  expect(act).toContain(`/reversals/new?seq=${awardSeq}`);

  const other = await world.browser(people.otherManager);
  const masked = (await other.get(`${ACTS}/${awardSeq}`)).body;
  expect(masked).not.toContain('赵满仓');
  expect(masked).not.toContain('修渠');
  expect(masked).not.toContain('/reversals/new');
});

test('the record can be filtered and paged by links', async () => {
  const browser = await world.browser();
  const redemptions = (await browser.get(`${ACTS}?kind=redemption`)).body;
  expect(redemptions).toContain('曾*田家兑换');
  expect(redemptions).not.toContain('一户扣分');
  const september = (await browser.get(`${ACTS}?month=2026-09`)).body;
  expect(september).toContain('家开卡');
  expect((await browser.get(`${ACTS}?month=2019-01`)).body).toContain('没有这样的记录');
  expect((await browser.get(`${ACTS}/999999`)).statusCode).toBe(404);
  expect((await browser.get(`${ACTS}/-1`)).statusCode).toBe(404);
});

test('the API lists the acts in order with a cursor and without personal data', async () => {
  const url = `/api/v1/villages/${willowCode}/acts`;
  const first = (await world.app.inject(`${url}?limit=3`)).json<{ items: { seq: number }[]; next: string }>();
  expect(first.items.map(({ seq }) => seq)).toEqual([0, 1, 2]);
  expect(first.next).toBe('3');
  const all = await world.app.inject(`${url}?from=${first.next}`);
  expect(all.json<{ items: { seq: number }[]; next?: string }>().items[0]?.seq).toBe(3);
  expect(all.json()).not.toHaveProperty('next');
  expect(all.body).not.toMatch(/赵满仓|修渠|赵\*仓/);

  const act = (await world.app.inject(`${url}/${awardSeq}`)).json();
  expect(act).toMatchObject({
    seq: awardSeq,
    type: 'points.award',
    amountCentipoints: 300,
    facts: { rule: 'AD-LAB-01' },
    reversesSeq: null,
  });
  expect((await world.app.inject(`${url}/999999`)).json()).toMatchObject({ code: 'unknown_act' });
});

test('a reversal shows each balance after, asks why, and leaves both acts in the record', async () => {
  const manager = await world.browser(people.manager);
  const form = (await manager.get(`/villages/${willowCode}/reversals/new?seq=${redeemSeq}`)).body;
  expect(form).toContain('撤销：退回 19 分');
  expect(form).toContain('回到货架');
  expect(form).toContain('刚记就发现错了');
  const idempotencyKey = /name="idempotencyKey" value="([^"]+)"/.exec(form)?.[1] ?? '';
  const fields = { idempotencyKey, seq: String(redeemSeq), reason: 'goods' };

  const noReason = await manager.submit(`/villages/${willowCode}/reversals`, { ...fields, reason: 'other' });
  expect(noReason.statusCode).toBe(422);
  expect(noReason.body).toContain('请写明其他原因');
  expect(noReason.body).toContain(idempotencyKey);

  const done = await manager.submit(`/villages/${willowCode}/reversals`, fields);
  expect(done.statusCode).toBe(303);
  const location = String(done.headers.location);
  expect((await manager.get(location)).body).toContain(`第 ${redeemSeq} 号已由第 ${redeemSeq + 1} 号撤销`);
  const again = await manager.submit(`/villages/${willowCode}/reversals`, fields);
  expect(again.headers.location).toBe(location);
  await checkWorld(world.database.ownerSql);

  const twice = await manager.submit(`/villages/${willowCode}/reversals`, { ...fields, idempotencyKey: 'other' });
  expect(twice.statusCode).toBe(409);
  expect(twice.body).toContain(`${ACTS}/${redeemSeq + 1}`);

  const visitor = await world.browser();
  const acts = (await visitor.get(ACTS)).body;
  expect(acts).toContain(`已撤销，见第 ${redeemSeq + 1} 号`);
  expect(acts).toContain(`撤销第 ${redeemSeq} 号：曾*田家兑换`);
  expect(acts).not.toContain('拿错了货');
});

test('points already spent are not taken back, and the page says how many are missing', async () => {
  const { db } = world;
  const by = { villageId, recordedBy: 1, today: TODAY, occurredOn: TODAY };
  const award = await must(
    awardPoints(db, { ...by, idempotencyKey: 'batch', rule: 'AD-LAB-01', cards: [cards.王建国, cards.王建国二] }),
  );
  const lines = [
    { code: 'GR005', quantity: 4 },
    { code: 'WA003', quantity: 2 },
  ];
  await must(redeemGoods(db, { ...by, idempotencyKey: 'spend', card: cards.王建国, lines }));
  const token = await world.apiToken(people.manager);
  const headers = { authorization: `Bearer ${token}` };
  const url = `/api/v1/villages/${willowCode}/reversals`;
  const payload = { operation: award.operationId, reason: '记错了人' };
  const refused = await world.app.inject({ method: 'POST', url, headers, payload });
  expect(refused.statusCode).toBe(409);
  expect(refused.json()).toMatchObject({
    code: 'points_already_spent',
    seq: award.acts[0]?.seq,
    missingCentipoints: 200,
  });

  const manager = await world.browser(people.manager);
  const page = (await manager.get(`/villages/${willowCode}/reversals/new?operation=${award.operationId}`)).body;
  expect(page).toContain('还差 2 分收不回来');
  expect(page).toContain(`/reversals/new?seq=${award.acts[1]?.seq}`);
  expect(page).not.toContain('name="idempotencyKey"');

  const one = await world.app.inject({
    method: 'POST',
    url,
    headers,
    payload: { seq: award.acts[1]?.seq, reason: '重复' },
  });
  expect(one.statusCode).toBe(201);
  expect(one.json()).toMatchObject({
    acts: [
      {
        reversesSeq: award.acts[1]?.seq,
        card: cards.王建国二,
        amountCentipoints: -300,
        balanceAfterCentipoints: 10_000,
      },
    ],
  });
  await checkWorld(world.database.ownerSql);
});

test('also the reversal of a deduction names no household', async () => {
  const headers = { authorization: `Bearer ${await world.apiToken(people.manager)}` };
  const url = `/api/v1/villages/${willowCode}/reversals`;
  const payload = { seq: deductSeq, reason: '分数不对' };
  const reversed = (await world.app.inject({ method: 'POST', url, headers, payload })).json<{
    acts: { seq: number }[];
  }>();
  const seq = reversed.acts[0]?.seq ?? 0;
  const visitor = await world.browser();
  const page = (await visitor.get(`${ACTS}/${seq}`)).body;
  expect(page).toContain(`撤销第 ${deductSeq} 号：一户扣分`);
  expect(page).not.toMatch(/单.花|东头组|分数不对/);
  await checkWorld(world.database.ownerSql);
});

test('an opening is not reversed, and only those who may reverse do', async () => {
  const url = `/api/v1/villages/${willowCode}/reversals`;
  const reverse = async (username: string, payload: object) => {
    const headers = { authorization: `Bearer ${await world.apiToken(username)}` };
    return world.app.inject({ method: 'POST', url, headers, payload });
  };
  expect((await reverse(people.manager, { seq: 1, reason: '错' })).json()).toMatchObject({ code: 'not_reversible' });
  expect((await reverse(people.manager, { seq: 99_999, reason: '错' })).statusCode).toBe(404);
  expect((await reverse(people.manager, { seq: awardSeq, reason: ' ' })).statusCode).toBe(422);
  expect((await reverse(people.supervisor, { seq: awardSeq, reason: '错' })).statusCode).toBe(403);
  expect((await reverse(people.otherManager, { seq: awardSeq, reason: '错' })).statusCode).toBe(403);
  expect((await world.app.inject({ method: 'POST', url, payload: { seq: 1, reason: '错' } })).statusCode).toBe(401);
  await checkWorld(world.database.ownerSql);
});
