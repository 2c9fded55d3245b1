/** 问题台账 through the pages and the API: from found to closed, by two people, every step on the record. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { appoint, findVillage } from '../../src/people/index.ts';
import { countProblemsBelow, problems } from '../../src/problems/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, townshipCode, willowCode } from '../support/cast.ts';
import { phonePhoto } from '../support/pictures.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;

let world: TestApp;
let villageId: number;
let manager: string;
let supervisor: string;

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  [manager, supervisor] = await Promise.all([world.apiToken(people.manager), world.apiToken(people.supervisor)]);
});

afterAll(() => world.close());

function post(token: string, path: string, payload: object, key: string = crypto.randomUUID()) {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key, 'accept-language': 'zh-CN' };
  return world.app.inject({ method: 'POST', url: `/api/v1${VILLAGE}${path}`, headers, payload });
}

const idOf = async (username: string) =>
  (await world.database.ownerSql<{ id: number }[]>`select person_id as id from person where username = ${username}`)[0]
    ?.id ?? 0;

test('a problem goes its whole way, and the one who fixed it does not close it', async () => {
  const found = await post(manager, '/problems', { what: '仓库的锁坏了', card: cards.赵满仓 });
  expect(found.statusCode, found.body).toBe(201);
  expect(found.json()).toMatchObject({ n: 1, state: 'found', card: cards.赵满仓, origin: 'manual' });
  const owner = await idOf(people.manager);

  expect((await post(manager, '/problems/1/assignments', { owner, due: '2099-01-01' })).statusCode).toBe(403);
  const early = await post(manager, '/problems/1/fixes', { note: '换了锁' });
  expect([early.statusCode, early.json().code]).toEqual([409, 'problem_step_impossible']);

  const assigned = await post(supervisor, '/problems/1/assignments', { owner, due: '2099-01-01' });
  expect(assigned.json()).toMatchObject({ state: 'assigned', owner: '钱管理', due: '2099-01-01' });
  expect((await post(manager, '/problems/1/fixes', {})).json().code).toBe('problem_proof_missing');
  expect((await post(manager, '/problems/1/fixes', { note: '换了锁' })).json()).toMatchObject({ state: 'fixed' });
  expect((await post(supervisor, '/problems/1/checks', { good: false, note: '还是打不开' })).json()).toMatchObject({
    state: 'assigned',
  });
  await post(manager, '/problems/1/fixes', { note: '又换了一把' });
  await post(supervisor, '/problems/1/checks', { good: true });
  const closed = await post(supervisor, '/problems/1/closures', {});
  expect(closed.json()).toMatchObject({ state: 'closed' });
  expect(closed.json().steps).toHaveLength(7);
  expect((await post(supervisor, '/problems/2/closures', {})).statusCode).toBe(404);
  await checkWorld(world.database.ownerSql);
});

test('whoever owns it neither checks nor closes it', async () => {
  const owner = await idOf(people.supervisor);
  await post(manager, '/problems', { what: '公示栏没有贴' });
  await post(supervisor, '/problems/2/assignments', { owner, due: '2099-01-01' });
  await post(manager, '/problems/2/fixes', { note: '贴了' });
  const checked = await post(supervisor, '/problems/2/checks', { good: true });
  expect([checked.statusCode, checked.json().code]).toEqual([409, 'problem_second_person']);
});

test('two who close at once: one does, the other is told that it is done', async () => {
  const owner = await idOf(people.manager);
  await post(manager, '/problems', { what: '货架歪了' });
  await post(supervisor, '/problems/3/assignments', { owner, due: '2099-01-01' });
  await post(manager, '/problems/3/fixes', { note: '扶正了' });
  await post(supervisor, '/problems/3/checks', { good: true });
  const answers = await Promise.all(Array.from({ length: 6 }, () => post(supervisor, '/problems/3/closures', {})));
  expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1);
  expect(answers.filter((answer) => answer.json().code === 'problem_step_impossible')).toHaveLength(5);
  await checkWorld(world.database.ownerSql);
});

test('the same form sent twice is one problem, and numbers have no gap', async () => {
  const key = crypto.randomUUID();
  const [one, two] = [
    await post(manager, '/problems', { what: '门口积水' }, key),
    await post(manager, '/problems', { what: '门口积水' }, key),
  ];
  expect(one.json().n).toBe(two.json().n);
  expect((await problems(world.db.sql, villageId)).map(({ n }) => n)).toEqual([1, 2, 3, 4]);
});

test('a problem is given to nobody who cannot read it, such as a donor', async () => {
  const draft = { username: 'willow-donor', displayName: '郑好心', role: 'donor', regionId: villageId } as const;
  const started = { startsOn: '2026-01-01', mustChangePassword: false };
  const { personId: owner } = await world.db.sql.begin((tx) => must(appoint(tx, { ...draft, ...started }, 'none')));
  const refused = await post(supervisor, '/problems/4/assignments', { owner, due: '2099-01-01' });
  expect([refused.statusCode, refused.json().code]).toEqual([422, 'problem_owner_unknown']);
  const browser = await world.browser(people.supervisor);
  const { body } = await browser.get(`${VILLAGE}/problems/4`);
  expect([body.includes('钱管理'), body.includes('郑好心')]).toEqual([true, false]);
});

test('the pages tell the same, and a form that lacks something comes back with what was typed', async () => {
  const browser = await world.browser(people.supervisor);
  const list = await browser.get(`${VILLAGE}/problems?state=all`);
  expect(list.body).toContain('门口积水');
  const page = await browser.get(`${VILLAGE}/problems/4`);
  expect(page.body).toContain('交给人办');
  const wrong = await browser.submit(`${VILLAGE}/problems/4/deferrals`, {
    note: '等资金',
    review: '后天',
    idempotencyKey: 'a',
  });
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).toContain('等资金');
  const deferred = await browser.submit(`${VILLAGE}/problems/4/deferrals`, {
    note: '等资金',
    review: '2099-01-01',
    idempotencyKey: 'a',
  });
  expect(deferred.statusCode).toBe(303);
  expect((await browser.get(`${VILLAGE}/problems?state=long_term`)).body).toContain('门口积水');
  // As it is counted: long-term problems stand apart from the open ones.
  expect((await browser.get(`${VILLAGE}/problems`)).body).not.toContain('门口积水');
  const counts = await countProblemsBelow(world.db.sql, { regionId: villageId, today: '2026-10-10' });
  expect(counts).toMatchObject([{ code: willowCode, counts: { found: 4, open: 1, closed: 2, longTerm: 1 } }]);
  const office = await world.browser(people.township);
  const region = await office.get(`/regions/${townshipCode}/problems`);
  expect([region.statusCode, region.body.includes('柳树村'), region.body.includes('杨树村')]).toEqual([
    200,
    true,
    false,
  ]);
  // Where nothing was found a sentence says so instead of a row of noughts.
  expect(region.body).toContain('其余 1 个村没有记过问题');
});

test('whose household it is about is said by name; of several one is chosen, and the photo need not be chosen again', async () => {
  const browser = await world.browser(people.manager);
  await browser.get(`${VILLAGE}/problems/new`);
  const form = { what: '院墙要倒', card: '王建国', idempotencyKey: 'wall' };
  const files = [{ content: await phonePhoto() }];
  const which = await browser.upload(`${VILLAGE}/problems`, form, files);
  expect([which.statusCode, findHtmlFaults(which.body), which.body.includes('有几户都像')]).toEqual([422, [], true]);
  const kept = /name="photoIds" value="([^"]+)"/.exec(which.body)?.[1] ?? '';
  const chosen = { ...form, card: cards.王建国二, photoIds: kept };
  const done = await browser.upload(`${VILLAGE}/problems`, chosen, []);
  expect(done.statusCode, done.body).toBe(303);
  const found = (await problems(world.db.sql, villageId)).at(-1);
  expect(found).toMatchObject({ what: '院墙要倒', household: { card: cards.王建国二 } });
  expect(found?.steps[0]?.photos).toHaveLength(1);
});

test('neither what was found nor who sees to it stands in a leaf, and both verifiers agree', async () => {
  const leaves = await world.database.ownerSql<{ leaf: string }[]>`
    select convert_from(leaf, 'UTF8') as leaf from act where type like 'problem.%'`;
  expect(leaves.length).toBeGreaterThan(10);
  for (const { leaf } of leaves) expect(leaf).not.toMatch(/[\u4e00-\u9fff]/);
  expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
  const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
  const fetch = async (path: string) => (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
  expect(await auditLog({ fetch, vkey })).toHaveProperty('totals');
  await checkWorld(world.database.ownerSql);
});
