import { afterAll, beforeAll, expect, test } from 'vitest';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { countyCode, PASSWORD, people, townshipCode, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

let world: TestApp;
let office: TestBrowser;

beforeAll(async () => {
  world = await createTestApp();
  office = await world.browser(people.administrator);
});

afterAll(() => world.close());

const home = `/regions/${countyCode}/administration`;

async function signIn(username: string, password: string) {
  const browser = await world.browser();
  await browser.get('/sign-in');
  return { browser, answer: await browser.submit('/sign-in', { username, password }) };
}

async function personId(username: string): Promise<number> {
  const [found] = await world.db.sql<{ personId: number }[]>`
    select person_id as "personId" from person where username = ${username}`;
  return found?.personId ?? 0;
}

test('a township and a village are added with codes of their own', async () => {
  await office.get(`${home}/townships/new`);
  expect((await office.submit(`${home}/townships`, { name: '新添乡', code: '' })).headers.location).toBe(
    `${home}?founded=990100002000`,
  );
  await office.get(`${home}/villages/new`);
  const founded = await office.submit(`${home}/villages`, {
    name: '榆树村',
    township: '990100002000',
    groups: '东沟、西沟\n 东沟\r\n南坡',
    openingPoints: '80.5',
    yuanPerPoint: '2',
    earnedMonths: '２4',
    openingMonths: '',
    code: '',
  });
  expect(founded.headers.location).toBe(`${home}?founded=990100002200`);
  const page = await office.get(`${home}?founded=990100002200`);
  expect(page.body).toContain('榆树村建好了');
  expect(findHtmlFaults(page.body)).toEqual([]);
  const [terms] = await world.db.sql`
    select opening_centipoints, fen_per_point, earned_months, opening_months, array(select name from villager_group where villager_group.village_id = village_terms.village_id order by position) as groups
      from village_terms
      join region on region_id = village_id
     where code = '990100002200'`;
  expect(terms).toEqual({
    opening_centipoints: 8050,
    fen_per_point: 200,
    earned_months: 24,
    opening_months: null,
    groups: ['东沟', '西沟', '南坡'],
  });
  await checkWorld(world.database.ownerSql);
});

test.each([
  ['no name', { name: '' }, '请填名称'],
  ['no group', { groups: ' ， ' }, '请填村民小组'],
  ['a township elsewhere', { township: '110000000000' }, '请选乡镇'],
  ['no rate', { yuanPerPoint: '0' }, '要填 0.01 到 1000'],
  ['no number', { openingPoints: '一百' }, '要填 0 到 10000'],
  ['half a month', { earnedMonths: '1.5' }, '1 到 120 之间的整月数'],
  ['a code elsewhere', { code: '110101001001' }, '前面是 990100001'],
])('a village with %s is not founded, and what was typed comes back', async (_, changes, message) => {
  const fields = {
    name: '槐树村',
    township: townshipCode,
    groups: '一组',
    openingPoints: '100',
    yuanPerPoint: '3',
    code: '',
  };
  const answer = await office.submit(`${home}/villages`, { ...fields, ...changes });
  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain(message);
  expect(answer.body).toContain('<title>错误：');
  const [count] = await world.db.sql`select count(*)::integer as n from region where name = '槐树村'`;
  expect(count).toEqual({ n: 0 });
});

test('a code in use is refused, also when two found at once', async () => {
  const fields = { name: '同名村', township: townshipCode, groups: '一组', openingPoints: '100', yuanPerPoint: '3' };
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => office.submit(`${home}/villages`, { ...fields, code: '990100001777' })),
  );
  expect(answers.map(({ statusCode }) => statusCode).toSorted((left, right) => left - right)).toEqual([
    303, 409, 409, 409,
  ]);
  await checkWorld(world.database.ownerSql);
});

test('an appointed person signs in with a password that is shown once, and must change it', async () => {
  await office.get(`${home}/people/new?role=manager&place=${willowCode}`);
  const fields = { displayName: '沈新人', username: 'Shen-Xinren', role: 'manager', place: willowCode };
  const appointed = await office.submit(`${home}/people`, fields);
  expect(appointed.statusCode).toBe(201);
  expect(appointed.headers['cache-control']).toBe('no-store');
  const password = /temporary-password">(\d{10})</.exec(appointed.body)?.[1] ?? '';
  expect(password).not.toBe('');
  expect(appointed.body).toContain('shen-xinren');
  expect((await office.get(home)).body).not.toContain(password);

  expect((await office.submit(`${home}/people`, fields)).statusCode).toBe(409);
  const { answer } = await signIn('shen-xinren', password);
  expect(answer.headers.location).toBe('/password');
});

test.each([
  ['a manager of a township', { place: townshipCode }, '请选村'],
  ['an officer of a village', { role: 'township_officer' }, '请选乡镇'],
  ['a made-up role', { role: 'king' }, '请选职务'],
  ['a place elsewhere', { place: '110000000000' }, '请选在哪个地方'],
  ['a username with a space', { username: 'a b' }, '中间不空格'],
])('%s is not appointed', async (_, changes, message) => {
  const fields = { displayName: '沈新人', username: 'somebody', role: 'manager', place: willowCode, ...changes };
  const answer = await office.submit(`${home}/people`, fields);
  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain(message);
});

test('an ended appointment takes its rights at once, a closed account every sign-in', async () => {
  const { browser } = await signIn(people.supervisor, PASSWORD);
  const desk = `/villages/${willowCode}/desk`;
  expect((await browser.get(desk)).statusCode).toBe(200);
  const page = `${home}/people/${await personId(people.supervisor)}`;
  const body = (await office.get(page)).body;
  const appointment = /name="appointment" value="(\d+)"/.exec(body)?.[1] ?? '';
  expect((await office.submit(`${page}/endings`, { appointment })).headers.location).toBe(`${home}?done=dismissed`);
  expect((await office.get(`${home}?done=dismissed`)).body).toContain('职务免去了');
  expect((await browser.get(desk)).statusCode).toBe(303);
  const again = await signIn(people.supervisor, PASSWORD);
  expect((await again.browser.get(desk)).statusCode).toBe(403);
  expect((await office.get(page)).statusCode).toBe(404);

  const county = await signIn(people.county, PASSWORD);
  const officer = `${home}/people/${await personId(people.county)}`;
  await office.get(officer);
  expect((await office.submit(`${officer}/closure`, {})).statusCode).toBe(303);
  expect((await county.browser.get('/password')).statusCode).toBe(303);
  expect((await signIn(people.county, PASSWORD)).answer.statusCode).toBe(401);
});

test('nobody closes their own account or the last door behind them', async () => {
  const own = `${home}/people/${await personId(people.administrator)}`;
  const { body } = await office.get(own);
  expect(body).not.toContain('停用');
  expect((await office.submit(`${own}/closure`, {})).statusCode).toBe(409);
  expect(body).toContain('href="/account"');
});

test('a township has no administration of its own, and people elsewhere are not there', async () => {
  expect((await office.get(`/regions/${townshipCode}/administration`)).statusCode).toBe(404);
  expect((await office.get(`${home}/people/999999`)).statusCode).toBe(404);
  expect((await office.get(`${home}/people/1;drop`)).statusCode).toBe(404);
});
