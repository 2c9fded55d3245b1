/** 代领: who fetches is recorded by relation for everybody, by name for the household and the office; limits hold at once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;
const chinese = { 'accept-language': 'zh-CN' };
const lines = [{ goods: 'WA003', quantity: 1 }];
const four = [cards.赵满仓, cards.单小花, cards.曾有田, cards.王建国];

let world: TestApp;
let token: string;

beforeAll(async () => {
  world = await createTestApp();
  token = await world.apiToken(people.manager);
});

afterAll(() => world.close());

type Answer = { status: number; code?: string; operation: string; seq: number; proxy?: object; confirmedBy?: string };

function call(path: string, payload?: object, key: string = crypto.randomUUID()) {
  return world.app.inject({
    method: payload ? 'POST' : 'GET',
    url: `/api/v1${VILLAGE}${path}`,
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': key, ...chinese },
    ...(payload && { payload }),
  });
}

const fetchFor = async (card: string, more: object, key?: string): Promise<Answer> => {
  const answer = await call('/redemptions', { card, lines, ...more }, key);
  return { ...answer.json<Answer>(), status: answer.statusCode };
};

test('the household and the office see who fetched; the public record holds the relation and a digest', async () => {
  const done = await fetchFor(cards.赵满仓, { proxy: { relation: 'neighbour', name: '周邻居' } }, 'neighbour');
  expect(done.status).toBe(201);
  const told = (await call(`/redemptions/${done.operation}`)).json<Answer>();
  expect(told.proxy).toEqual({ relation: 'neighbour', name: '周邻居' });
  const manager = await world.browser(people.manager);
  for (const path of [`/redemptions/${done.operation}`, `/redemptions/${done.operation}/slip`]) {
    const page = await manager.get(`${VILLAGE}${path}`, chinese);
    expect(page.body, path).toContain('邻居 周邻居');
    expect(findHtmlFaults(page.body)).toEqual([]);
  }
  expect((await manager.get(`${VILLAGE}/redemptions/${done.operation}/slip.txt`, chinese)).body).toContain(
    '邻居 周邻居',
  );
  for (const path of ['', '/statement', '/copy']) {
    const page = await manager.get(`${VILLAGE}/cards/${cards.赵满仓}${path}`, chinese);
    expect(page.body, path).toContain('周邻居');
  }
  const staff = await manager.get(`${VILLAGE}/acts/${done.seq}`, chinese);
  expect(staff.body).toContain('邻居 周邻居');

  const anybody = await world.app.inject({ url: `${VILLAGE}/acts/${done.seq}`, headers: chinese });
  expect(anybody.body).toContain('邻居');
  expect(anybody.body).not.toContain('周邻居');
  const [card] = await world.db.sql<{ token: string }[]>`select token from card where number = ${cards.赵满仓}`;
  for (const path of ['', '/statement']) {
    const page = await world.app.inject({ url: `/C/${card?.token}${path}`, headers: chinese });
    expect(page.body, path).toContain('邻居');
    expect(page.body, path).not.toContain('周邻居');
  }
  const log = await world.app.inject(`/log/${willowCode}/entries.jsonl`);
  const leaf = JSON.parse(log.body.trim().split('\n')[done.seq] ?? '{}') as object;
  expect(leaf).toMatchObject({ type: 'points.redeem', proxy: 'neighbour' });
  expect(log.body).not.toContain('周邻居');
});

test('the same key with another proxy is another request', async () => {
  const again = await fetchFor(cards.赵满仓, { proxy: { relation: 'neighbour', name: '周邻居' } }, 'neighbour');
  expect(again.status).toBe(201);
  expect(await fetchFor(cards.赵满仓, {}, 'neighbour')).toMatchObject({ code: 'key_reused' });
});

test('outside the household a name is needed, and a cadre needs two who are present and somebody else', async () => {
  expect((await fetchFor(cards.单小花, { proxy: { relation: 'family' } })).status).toBe(201);
  expect(await fetchFor(cards.单小花, { proxy: { relation: 'neighbour' } })).toMatchObject({
    code: 'proxy_name_needed',
  });
  const cadre = { relation: 'cadre', name: '郑干部' };
  const by = (...confirmedBy: string[]) => fetchFor(cards.单小花, { proxy: cadre, confirmedBy });
  expect(await by('周一')).toMatchObject({ code: 'cadre_needs_two' });
  expect(await by('周一', '周一')).toMatchObject({ code: 'cadre_needs_two' });
  expect(await by('周一', '钱管理')).toMatchObject({ code: 'confirmed_by_recorder' });
  expect(await by('周一', '郑干部')).toMatchObject({ code: 'confirmed_by_proxy' });
  expect((await by('周一', '周二')).status).toBe(201);
});

test('who hands out the goods fetches for one other household a day', async () => {
  const own = { proxy: { relation: 'cadre', name: '钱管理' }, confirmedBy: ['周一', '周二'] };
  expect((await fetchFor(cards.赵满仓, own)).status).toBe(201);
  expect((await fetchFor(cards.赵满仓, own)).status).toBe(201);
  expect(await fetchFor(cards.单小花, own)).toMatchObject({ status: 409, code: 'proxy_too_often', most: 1 });
});

test('nobody fetches for more than three, also when all come at once; what is taken back is not counted', async () => {
  const fetcher = { proxy: { relation: 'neighbour', name: '冯跑腿' } };
  const outcomes = await Promise.all(four.map((card) => fetchFor(card, fetcher)));
  expect(outcomes.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([201, 201, 201, 409]);
  const refused = four[outcomes.findIndex(({ status }) => status === 409)] ?? '';
  expect(await fetchFor(refused, fetcher)).toMatchObject({ code: 'proxy_too_often', most: 3 });
  const done = outcomes.find(({ status }) => status === 201);
  const reversal = await call('/reversals', { seq: done?.seq, reason: '拿错了' });
  expect(reversal.statusCode).toBe(201);
  expect((await fetchFor(refused, fetcher)).status).toBe(201);
});

test('digits are the household’s word that somebody may fetch: confirmations do not replace them', async () => {
  await call(`/cards/${cards.曾有田}/pin`, { pin: '2580', isPresent: true });
  const cadre = { proxy: { relation: 'cadre', name: '郑干部' }, confirmedBy: ['周一', '周二'] };
  expect(await fetchFor(cards.曾有田, cadre)).toMatchObject({ code: 'pin_needed_from_proxy' });
  expect((await fetchFor(cards.曾有田, { ...cadre, pin: '2580' })).status).toBe(201);
});

test('the counter’s form offers it, keeps what was typed, and throws no name away', async () => {
  const manager = await world.browser(people.manager);
  const counter = await manager.get(`${VILLAGE}/counter?card=${cards.王建国}&quantity.WA003=1`, chinese);
  expect(counter.body).toContain('谁来领');
  const key = /name="idempotencyKey" value="([^"]+)"/.exec(counter.body)?.[1] ?? '';
  const form = { idempotencyKey: key, card: cards.王建国, quotedCentipoints: '300', 'quantity.WA003': '1' };
  const unclear = await manager.submit(
    `${VILLAGE}/redemptions`,
    { ...form, proxy: 'self', proxyName: '周四' },
    chinese,
  );
  expect(unclear.statusCode).toBe(422);
  expect(unclear.body).toContain('请再选他是家人、邻居还是村干部');
  expect(unclear.body).toContain('value="周四"');
  expect(findHtmlFaults(unclear.body)).toEqual([]);
  const cadre = { ...form, proxy: 'cadre', proxyName: '周四', confirmedBy: ['周五', ''] };
  const alone = await manager.submit(`${VILLAGE}/redemptions`, cadre, chinese);
  expect(alone.body).toContain('现在写了 1 个');
  expect(alone.body).toContain('value="周五"');
  const done = await manager.submit(`${VILLAGE}/redemptions`, { ...cadre, confirmedBy: ['周五', '周六'] });
  expect(done.statusCode).toBe(303);
  expect((await manager.get(String(done.headers.location), chinese)).body).toContain('周五、周六');
});

test('everything adds up inside and outside', async () => {
  await checkWorld(world.database.ownerSql);
  expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
  const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
  const fetch = async (path: string) => (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
  expect(await auditLog({ fetch, vkey })).toMatchObject({ totals: { accounts: 5 } });
});
