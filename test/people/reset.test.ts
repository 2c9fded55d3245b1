import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideHelp } from '../../src/people/decide-help.ts';
import type { Role } from '../../src/people/index.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { countyCode, PASSWORD, people, townshipCode, willowCode } from '../support/cast.ts';

let world: TestApp;
let township: TestBrowser;

beforeAll(async () => {
  world = await createTestApp();
  township = await world.browser(people.township);
});

afterAll(() => world.close());

const OWN = '柳树底下乘凉xy';
const staff = `/regions/${townshipCode}/staff`;

async function personId(username: string): Promise<number> {
  const [person] = await world.db.sql<{ personId: number }[]>`
    select person_id as "personId" from person where username = ${username}`;
  return person?.personId ?? 0;
}

async function giveCode(username: string): Promise<string> {
  await township.get(staff);
  const page = await township.submit(`${staff}/${await personId(username)}/reset-codes`, {});
  return /temporary-password">([A-Z2-9]{4}-[A-Z2-9]{4})</.exec(page.body)?.[1] ?? '';
}

async function useCode(username: string, code: string, newPassword = OWN, repeated = newPassword) {
  const browser = await world.browser();
  await browser.get('/reset');
  return browser.submit('/reset', { username, code, newPassword, repeated });
}

const signIn = async (username: string, password: string) => {
  const browser = await world.browser();
  await browser.get('/sign-in');
  return browser.submit('/sign-in', { username, password });
};

const eventsOf = async (kind: string) =>
  world.db.sql<{ personId: number | null; subjectId: number | null; isRefused: boolean }[]>`
    select person_id as "personId", subject_id as "subjectId", is_refused as "isRefused"
      from security_event
     where kind = ${kind}
     order by event_id`;

test('a forgotten password: a code from the township, a password of one’s own, and every sign-in ended', async () => {
  const username = people.manager;
  const before = await world.browser(username);
  expect((await township.get(staff)).body).toContain('钱管理');
  const code = await giveCode(username);
  expect(code).not.toBe('');
  // Giving a code changes nothing for the person yet.
  expect((await before.get('/account')).statusCode).toBe(200);
  expect((await township.get(`${staff}/${await personId(username)}`)).body).not.toContain(code);

  expect((await useCode(username, code, OWN, 'another')).statusCode).toBe(422);
  expect((await useCode(username, code, '12345678')).body).toContain('这个密码太常见');
  const wrong = await useCode(username, 'AAAA-AAAA');
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).not.toContain(OWN);
  const done = await useCode(username.toUpperCase(), ` ${code.toLowerCase().replace('-', ' ')}`);
  expect(done.headers.location).toBe('/sign-in?reset=done');
  expect((await (await world.browser()).get('/sign-in?reset=done')).body).toContain('新密码设好了');

  expect((await before.get('/account')).statusCode).toBe(303);
  expect((await signIn(username, PASSWORD)).statusCode).toBe(401);
  expect((await signIn(username, OWN)).statusCode).toBe(303);
  expect((await useCode(username, code)).statusCode).toBe(422);
  const id = await personId(username);
  expect(await eventsOf('reset.issued')).toEqual([
    { personId: await personId(people.township), subjectId: id, isRefused: false },
  ]);
  expect(await eventsOf('reset.done')).toEqual([{ personId: id, subjectId: null, isRefused: false }]);
});

test('a code is void after a day, and when another is given', async () => {
  const first = await giveCode(people.supervisor);
  const second = await giveCode(people.supervisor);
  expect((await useCode(people.supervisor, first)).statusCode).toBe(422);
  await world.database.ownerSql`update reset_code set expires_at = expires_at - interval '24 hours'`;
  expect((await useCode(people.supervisor, second)).statusCode).toBe(422);
  expect((await signIn(people.supervisor, PASSWORD)).statusCode).toBe(303);
});

test('of several who use one code at once, one sets the password', async () => {
  const code = await giveCode(people.supervisor);
  await world.database.ownerSql`delete from sign_in_failure`;
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, index) => useCode(people.supervisor, code, `${OWN}${index}`)),
  );
  expect(answers.filter(({ statusCode }) => statusCode === 303).length).toBe(1);
});

test('a code is not for guessing, and unknown names answer as known ones', async () => {
  await world.database.ownerSql`delete from sign_in_failure`;
  const comparable = (body: string) =>
    body.replace(/name="_csrf" value="[^"]+"/g, '').replace(/name="username" [^>]+>/, '');
  await giveCode(people.otherManager);
  const known = await useCode(people.otherManager, 'AAAA-AAAA');
  const unknown = await useCode('nobody-at-all', 'AAAA-AAAA');
  expect(comparable(unknown.body)).toBe(comparable(known.body));
  for (let attempt = 0; attempt < 9; attempt += 1) await useCode(people.otherManager, 'AAAA-AAAA');
  const late = await useCode(people.otherManager, 'AAAA-AAAA');
  expect(late.statusCode).toBe(429);
  expect(Number(late.headers['retry-after'])).toBeGreaterThan(0);
});

test('an office signs somebody out everywhere', async () => {
  const elsewhere = await world.browser(people.otherManager);
  const page = `${staff}/${await personId(people.otherManager)}`;
  expect((await township.get(page)).body).toContain('让他全部退出');
  expect((await township.submit(`${page}/sign-outs`, {})).headers.location).toBe(`${page}?signedOut=1`);
  expect((await elsewhere.get('/account')).statusCode).toBe(303);
});

test('a township helps nobody outside its villages, nor anybody who holds more elsewhere', async () => {
  const id = await personId(people.county);
  expect((await township.get(`${staff}/${id}`)).statusCode).toBe(404);
  expect((await township.submit(`${staff}/${await personId(people.township)}/reset-codes`, {})).statusCode).toBe(409);
  const elsewhere = `/regions/${countyCode}/staff/${await personId(people.manager)}/reset-codes`;
  expect((await township.submit(elsewhere, {})).statusCode).toBe(403);
  await world.database.ownerSql`
    insert into appointment (person_id, region_id, role, starts_on)
    select ${id}, region_id, 'supervisor', '2026-09-01' from region where code = ${willowCode}`;
  const refused = await township.submit(`${staff}/${id}/reset-codes`, {});
  expect(refused.statusCode).toBe(409);
  expect(refused.body).toContain('乡镇不能代办');
  const county = await world.browser(people.administrator);
  await county.get(`/regions/${countyCode}/administration`);
  const given = await county.submit(`/regions/${countyCode}/staff/${id}/reset-codes`, {});
  expect(given.statusCode).toBe(200);
});

test('a program gives and uses a code too', async () => {
  await world.database.ownerSql`delete from sign_in_failure`;
  const headers = { authorization: `Bearer ${await world.apiToken(people.township)}` };
  const url = `/api/v1/regions/${townshipCode}/staff`;
  const listed = await world.app.inject({ url, headers });
  const items = listed.json<{ items: { person: number; displayName: string }[] }>().items;
  const manager = items.find(({ displayName }) => displayName === '吴管理');
  const given = await world.app.inject({ method: 'POST', url: `${url}/${manager?.person}/reset-codes`, headers });
  expect(given.statusCode).toBe(201);
  const payload = { username: people.otherManager, code: given.json<{ code: string }>().code, newPassword: OWN };
  const use = () => world.app.inject({ method: 'POST', url: '/api/v1/password-resets', payload });
  expect((await use()).statusCode).toBe(204);
  expect((await use()).json()).toMatchObject({ code: 'wrong_reset_code' });
});

const county = { role: 'county_administrator', regionId: 1 } as const;
const office = { role: 'township_officer', regionId: 2 } as const;
const held = (role: Role, ...regionIds: number[]) => ({ role, regionIds });

test.each([
  ['a manager below', office, [held('manager', 3, 2, 1)], 'helped'],
  ['a manager of another township', office, [held('manager', 5, 4, 1)], 'help_is_for_the_county'],
  ['a colleague', office, [held('township_officer', 2, 1)], 'help_is_for_the_county'],
  ['somebody also elsewhere', office, [held('manager', 3, 2, 1), held('manager', 5, 4, 1)], 'help_is_for_the_county'],
  [
    'an administrator who also manages',
    office,
    [held('manager', 3, 2, 1), held('county_administrator', 1)],
    'help_is_for_the_county',
  ],
  ['nobody at all', county, [], 'help_is_for_the_county'],
  ['another administrator', county, [held('county_administrator', 1)], 'helped'],
  ['an officer', { role: 'county_officer', regionId: 1 }, [held('manager', 3, 2, 1)], 'help_is_for_the_county'],
] as const)('%s', (_, own, holds, verdict) => {
  const outcome = decideHelp({ helper: { personId: 1, appointments: [own] }, person: { personId: 2, held: holds } });
  expect('refused' in outcome ? outcome.refused : 'helped').toBe(verdict);
});
