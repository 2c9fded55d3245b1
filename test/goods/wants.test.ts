/** 没有货，记下来: what the counter refuses for lack of goods, or somebody writes down, is on the purchase list, without whose wish it was. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { receiveGoods } from '../../src/goods/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const base = `/villages/${willowCode}`;

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

const call = async (path: string, { key, payload, as = people.manager }: Call = {}) =>
  world.app.inject({
    method: payload === undefined ? 'GET' : 'POST',
    url: `/api/v1${base}${path}`,
    headers: {
      authorization: `Bearer ${await world.apiToken(as)}`,
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(payload !== undefined && { payload }),
  });
interface Call {
  key?: string;
  payload?: object;
  as?: string;
}
const wants = async () => (await call('/wants')).json<{ items: object[] }>().items;
const exchange = (key: string, quantity: number) =>
  call('/redemptions', { key, payload: { card: cards.赵满仓, lines: [{ goods: 'WA003', quantity }] } });

test('what the counter refuses for lack of goods is wanted, as many as were missing, and once for each press', async () => {
  const refused = await exchange('too-many', 22);
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'out_of_stock']);
  expect((await exchange('too-many', 22)).statusCode).toBe(409);
  expect(await wants()).toMatchObject([{ goods: 'WA003', times: 1, quantity: 2 }]);
  expect((await exchange('another', 21)).statusCode).toBe(409);
  expect(await wants()).toMatchObject([{ goods: 'WA003', times: 2, quantity: 3 }]);
});

test('what is handed out, or refused for another reason, is not', async () => {
  expect((await exchange('enough', 1)).statusCode).toBe(201);
  const poor = await call('/redemptions', {
    key: 'poor',
    payload: { card: cards.赵满仓, lines: [{ goods: 'GR001', quantity: 90 }] },
  });
  expect(poor.json().code).toBe('insufficient_points');
  expect(await wants()).toHaveLength(1);
});

test('a press writes down what is not there; a form that lacks something comes back', async () => {
  const browser = await world.browser(people.manager);
  const page = await browser.get(`${base}/wants`);
  expect(findHtmlFaults(page.body)).toEqual([]);
  const wrong = await browser.submit(`${base}/wants`, { goods: '', quantity: '一', idempotencyKey: 'w' });
  expect([wrong.statusCode, wrong.body.includes('请选要什么')]).toEqual([422, true]);
  const form = { goods: 'GR001', quantity: '３', idempotencyKey: 'noted' };
  expect((await browser.submit(`${base}/wants`, form)).statusCode).toBe(303);
  expect((await browser.submit(`${base}/wants`, form)).statusCode).toBe(303);
  const unknown = await browser.submit(`${base}/wants`, { goods: 'XX999', quantity: '1', idempotencyKey: 'x' });
  expect(unknown.statusCode).toBe(422);
  expect(await wants()).toContainEqual({ goods: 'GR001', name: expect.any(String), times: 1, quantity: 3 });
  expect((await call('/wants', { key: 'api', payload: { goods: 'GR001' } })).statusCode).toBe(201);
  expect((await call('/wants', { key: 's', payload: { goods: 'GR001' }, as: people.supervisor })).statusCode).toBe(403);
});

test('the purchase list buys what was missed beyond what is there, in yuan, inside what the fund can bear', async () => {
  const { lines, budgetFen } = (await call('/purchase-list')).json<{
    budgetFen: number;
    lines: { code: string; wanted: number; quantity: number; onHand: number; costFen: number; fits: boolean }[];
  }>();
  expect(budgetFen).toBe(0);
  // 19 packets are there for the three that were missed; nobody stands for soap beyond that.
  expect(lines.map(({ code }) => code)).not.toContain('WA003');
  await call('/wants', { key: 'many', payload: { goods: 'GR001', quantity: 9 } });
  const after = (await call('/purchase-list')).json<{ lines: typeof lines }>().lines;
  const rice = after.find(({ code }) => code === 'GR001');
  // Thirteen were wanted and ten are there.
  expect(rice).toMatchObject({ wanted: 3, exchanged: expect.any(Number), onHand: 10, quantity: 3, fits: false });
  expect(rice?.costFen).toBeGreaterThan(0);
  const page = await (await world.browser(people.manager)).get(`${base}/purchase-list`);
  expect(page.body).toContain('3 次来换没有货');
});

test('nothing of it says who asked, and new goods end it', async () => {
  const columns = await world.database.ownerSql<{ name: string }[]>`
    select column_name as name from information_schema.columns where table_name = 'goods_want' order by 1`;
  expect(columns.map(({ name }) => name)).toEqual([
    'goods_id',
    'quantity',
    'source',
    'village_id',
    'want_key',
    'wanted_at',
  ]);
  const villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  const today = villageDay(new Date());
  await must(
    receiveGoods(world.db, {
      villageId,
      recordedBy: 1,
      today,
      occurredOn: today,
      idempotencyKey: 'rice',
      source: { kind: 'donation', name: '试验县好人公司' },
      lines: [{ code: 'GR001', quantity: 5, useBy: '2099-06-30' }],
    }),
  );
  expect(await wants()).toMatchObject([{ goods: 'WA003' }]);
  await checkWorld(world.database.ownerSql);
});
