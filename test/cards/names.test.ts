/** 公示姓名: the village decides within what the county allows, and every public page follows at once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { maskName, showName } from '../../src/cards/mask-name.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { draftRecord } from '../../src/publication/draft-record.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, countyCode, must, people, townshipCode, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;
const LIMIT = `/regions/${countyCode}/administration/names`;
const chinese = { 'accept-language': 'zh-CN' };

let world: TestApp;
let villageId: number;
let manager: string;
let administrator: string;

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  [manager, administrator] = await Promise.all([world.apiToken(people.manager), world.apiToken(people.administrator)]);
  const by = { villageId, recordedBy: 1, today: '2026-09-20', idempotencyKey: 'soap' };
  await must(redeemGoods(world.db, { ...by, card: cards.王建国, lines: [{ code: 'WA003', quantity: 1 }] }));
});

afterAll(() => world.close());

function post(path: string, payload: object, token = manager, key: string = crypto.randomUUID()) {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key, ...chinese };
  return world.app.inject({ method: 'POST', url: `/api/v1${path}`, headers, payload });
}

const decide = (level: number, key?: string) =>
  post(`${VILLAGE}/names`, { level, reason: '九月村民代表会议' }, manager, key);

const allow = (most: number) => post(`/regions/${countyCode}/names`, { most }, administrator);

async function shownNames(): Promise<string[]> {
  const acts = (await world.app.inject({ url: `${VILLAGE}/acts`, headers: chinese })).body;
  const record = JSON.stringify((await draftRecord(world.db.sql, villageId, '2026-09')).record);
  const known = ['王建国', '王*国', '王**', `户${cards.王建国.slice(-4)}`];
  return [acts, record].map((text) => known.find((name) => text.includes(name)) ?? 'none');
}

test.each([
  ['王建国', 3, '王建国'],
  ['王建国', 2, '王*国'],
  ['王芳', 2, '王*'],
  ['欧阳建国', 2, '欧**国'],
  ['王', 2, '王'],
  ['王建国', 1, '王**'],
  ['王芳', 1, '王*'],
  ['王建国', 0, '户0004'],
  ['已按要求删除', 0, '已按要求删除'],
] as const)('%s at level %d is %s', (name, level, shown) => {
  expect(showName(name, level, '0004')).toBe(shown);
  if (level === 2) expect(maskName(name)).toBe(shown);
});

test('without a decision every public page shows names without the middle', async () => {
  const answer = await world.app.inject(`/api/v1${VILLAGE}/names`);
  expect(answer.json()).toEqual({ level: 2, chosen: 2, most: 2 });
  expect(await shownNames()).toEqual(['王*国', '王*国']);
});

test('a village may show less, and all of its public pages follow', async () => {
  expect((await decide(1)).json()).toMatchObject({ level: 1, chosen: 1, most: 2 });
  expect(await shownNames()).toEqual(['王**', '王**']);
  expect((await decide(0)).statusCode).toBe(201);
  expect(await shownNames()).toEqual(['户0004', '户0004']);
  const staff = await (await world.browser(people.supervisor)).get(`${VILLAGE}/acts`, chinese);
  expect(staff.body).toContain('王建国');
});

test('it shows more only when the county allows it, and no longer than that', async () => {
  expect((await decide(3)).json()).toMatchObject({ status: 409, code: 'names_above_limit', most: 2 });
  expect((await allow(3)).json()).toEqual({ most: 3 });
  expect(await shownNames()).toEqual(['户0004', '户0004']);
  expect((await decide(3)).statusCode).toBe(201);
  expect(await shownNames()).toEqual(['王建国', '王建国']);
  expect((await decide(3)).json()).toMatchObject({ code: 'names_unchanged' });
  await allow(1);
  expect(await shownNames()).toEqual(['王**', '王**']);
  const [event] = await world.db.sql<{ details: object }[]>`
    select details from security_event where kind = 'setting.changed' order by event_id desc limit 1`;
  expect(event?.details).toEqual({ names_most: 1 });
});

test('the decision is an act: who decided is a digest, a repeat is the same, and everything verifies', async () => {
  await allow(2);
  const first = await decide(2, 'once');
  expect((await decide(2, 'once')).json()).toEqual(first.json());
  const { seq } = first.json<{ seq: number }>();
  const log = (await world.app.inject(`/log/${willowCode}/entries.jsonl`)).body.trim().split('\n');
  expect(JSON.parse(log[seq] ?? '{}')).toMatchObject({ type: 'names.change', level: 2 });
  expect(log[seq]).not.toContain('村民代表会议');
  const page = await world.app.inject({ url: `${VILLAGE}/acts/${seq}`, headers: chinese });
  expect(page.body).toContain('公开的地方写姓名，中间的字用星号');
  expect(page.body).not.toContain('九月村民代表会议');
  await checkWorld(world.database.ownerSql);
  expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
  const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
  const fetch = async (path: string) => (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
  expect(await auditLog({ fetch, vkey })).toHaveProperty('totals');
});

test('the manager’s page says what is allowed; the county’s page changes it; nobody else may', async () => {
  const browser = await world.browser(people.manager);
  const page = await browser.get(`${VILLAGE}/names`, chinese);
  expect(findHtmlFaults(page.body)).toEqual([]);
  expect(page.body).toContain('县里没有准');
  const key = /name="idempotencyKey" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const empty = await browser.submit(`${VILLAGE}/names`, { idempotencyKey: key, level: '1', reason: '' }, chinese);
  expect(empty.statusCode).toBe(422);
  expect(empty.body).toContain(`value="${key}"`);
  const none = await browser.submit(`${VILLAGE}/names`, { idempotencyKey: key, reason: '代表会议' }, chinese);
  expect(none.body).toContain('请选一种');
  const done = await browser.submit(`${VILLAGE}/names`, { idempotencyKey: key, level: '1', reason: '代表会议' });
  expect(done.headers.location).toMatch(/\/acts\/\d+$/);
  const desk = await browser.get(`${VILLAGE}/desk`, chinese);
  expect(desk.body).toContain('改了公开姓名的写法');

  const supervisor = await world.browser(people.supervisor);
  expect((await supervisor.get(`${VILLAGE}/names`)).statusCode).toBe(403);
  expect((await browser.get(LIMIT)).statusCode).toBe(403);
  const county = await world.browser(people.administrator);
  expect(findHtmlFaults((await county.get(LIMIT, chinese)).body)).toEqual([]);
  const saved = await county.submit(LIMIT, { most: '3' });
  expect(saved.headers.location).toBe(`${LIMIT}?saved=1`);
  expect((await county.get(`${LIMIT}?saved=1`, chinese)).body).toContain('改好了');
  expect((await county.submit(LIMIT, { most: '4' })).headers.location).toBe(LIMIT);
  expect((await county.get(LIMIT.replace(countyCode, townshipCode))).statusCode).toBe(404);
});
