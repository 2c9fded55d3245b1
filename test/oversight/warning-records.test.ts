/** 记入台账: a warning becomes a problem by a press, once as long as it is open; and what is promised on the opening day. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { openCards, registerHouseholds, villagerGroups } from '../../src/cards/index.ts';
import { foundVillage } from '../../src/oversight/index.ts';
import { findRegion, findVillage } from '../../src/people/index.ts';
import { problems } from '../../src/problems/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { must, people, townshipCode, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;

let world: TestApp;
let villageId: number;

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
});

afterAll(() => world.close());

const post = async (username: string, path: string, payload: object, key: string = crypto.randomUUID()) =>
  world.app.inject({
    method: 'POST',
    url: `/api/v1${VILLAGE}${path}`,
    headers: { authorization: `Bearer ${await world.apiToken(username)}`, 'idempotency-key': key },
    payload,
  });

test('a press puts it there, the page leads to it, and the record says where it comes from', async () => {
  const browser = await world.browser(people.manager);
  const page = await browser.get(`${VILLAGE}/warnings`);
  expect(findHtmlFaults(page.body)).toEqual([]);
  expect(page.body).toContain('刚才查了哪些');
  const form = { code: 'booksUnchecked', item: '', idempotencyKey: 'a-press' };
  const pressed = await browser.submit(`${VILLAGE}/warnings/problems`, form);
  expect([pressed.statusCode, pressed.headers.location]).toEqual([303, `${VILLAGE}/problems/1?done=1`]);
  // The same press again is the same problem.
  const again = await browser.submit(`${VILLAGE}/warnings/problems`, form);
  expect(again.headers.location).toBe(`${VILLAGE}/problems/1?done=1`);
  const [problem, ...others] = await problems(world.db.sql, villageId);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ origin: 'warning', what: '账本还没有核对过', warning: { code: 'booksUnchecked' } });
  const after = await browser.get(`${VILLAGE}/warnings`);
  expect(after.body).toContain('台账第 1 号');
  const record = await (await world.browser()).get(`${VILLAGE}/acts?kind=problem`);
  expect(record.body).toContain('一条预警记进问题台账');
  await checkWorld(world.database.ownerSql);
});

test('who reads alone is shown no such press', async () => {
  const page = await (await world.browser(people.township)).get(`${VILLAGE}/warnings`);
  expect(page.statusCode).toBe(200);
  expect(page.body).not.toContain('记入台账');
});

test('one that is open there is not put there again, by how many ever at once; one that is closed is', async () => {
  const warning = { code: 'unpublished', item: null };
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => post(people.manager, '/warnings/problems', warning)),
  );
  expect(answers.filter(({ statusCode }) => statusCode === 201).map((answer) => answer.json())).toEqual([{ n: 2 }]);
  const refused = answers.filter(({ statusCode }) => statusCode === 409);
  expect(refused.map((answer) => [answer.json().code, answer.json().n])).toEqual(
    Array.from({ length: 4 }, () => ['warning_on_ledger', 2]),
  );

  const [owner] = await world.db.sql<{ id: number }[]>`
    select person_id as id from person where username = ${people.manager}`;
  await post(people.supervisor, '/problems/2/assignments', { owner: owner?.id, due: '2099-01-01' });
  await post(people.manager, '/problems/2/fixes', { note: '在核对' });
  await post(people.supervisor, '/problems/2/checks', { good: true });
  expect((await post(people.supervisor, '/problems/2/closures', {})).statusCode).toBe(201);
  expect((await post(people.manager, '/warnings/problems', warning)).json()).toEqual({ n: 3 });
  await checkWorld(world.database.ownerSql);
});

test('what nobody is warned of is no problem', async () => {
  const gone = await post(people.manager, '/warnings/problems', { code: 'shelfEmpty', item: null });
  expect([gone.statusCode, gone.json().code]).toEqual([409, 'warning_gone']);
  expect((await post(people.township, '/warnings/problems', { code: 'unpublished' })).statusCode).toBe(403);
});

test('the verifiers hold what was put there', async () => {
  const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
  const fetch = async (path: string) => (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
  expect(await auditLog({ fetch, vkey })).toHaveProperty('totals');
  expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
});

test('opening day of 啊道村 shows 46,200 yuan promised', async () => {
  const { db } = world;
  const township = await findRegion(db.sql, townshipCode);
  const founded = await db.sql.begin((tx) =>
    foundVillage(tx, {
      code: '990100001003',
      name: '啊道村',
      townshipId: township?.regionId ?? 0,
      isMadeUp: true,
      groups: ['啊道', '富庄', '杜河沟'],
      terms: { openingCentipoints: 10_000, fenPerPoint: 300 },
      recordedBy: 1,
      foundedOn: '2026-09-01',
    }),
  );
  if ('refused' in founded) throw new Error(founded.refused);
  const [group] = await villagerGroups(db.sql, founded.villageId);
  const homes = Array.from({ length: 154 }, (_, n) => ({
    groupId: group?.groupId ?? 0,
    headName: `户主${n}`,
    memberCount: 4,
    phone: null,
  }));
  await must(registerHouseholds(db.sql, founded.villageId, homes));
  const numbers = await db.sql<{ number: string }[]>`select number from card where village_id = ${founded.villageId}`;
  await must(
    openCards(db, {
      villageId: founded.villageId,
      recordedBy: 1,
      occurredOn: '2026-09-01',
      today: '2026-09-01',
      idempotencyKey: 'opening-day',
      cards: numbers.map(({ number }) => number),
    }),
  );
  const browser = await world.browser(people.township);
  const page = await browser.get('/villages/990100001003/warnings');
  expect(page.body).toContain('各户手里和公示中的积分合 46,200 元');
  expect(page.body).toContain('货架空了');
  const token = await world.apiToken(people.township);
  const answer = await world.app.inject({
    url: '/api/v1/villages/990100001003/warnings',
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.json()).toMatchObject({ promisedFen: 4_620_000, goodsFen: 0, moneyFen: 0, solvency: { level: 'red' } });
});
