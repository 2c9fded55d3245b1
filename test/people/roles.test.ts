import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideAppointment } from '../../src/people/decide-appointment.ts';
import type { Role } from '../../src/people/index.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { countyCode, PASSWORD, people, poplarCode, willowCode } from '../support/cast.ts';

let world: TestApp;
let office: TestBrowser;

beforeAll(async () => {
  world = await createTestApp();
  office = await world.browser(people.administrator);
});

afterAll(() => world.close());

const home = `/regions/${countyCode}/administration`;

const verdict = (role: Role, ...held: Role[]) => {
  const outcome = decideAppointment({
    role,
    regionId: 3,
    held: held.map((one) => ({ role: one, regionIds: [3, 2, 1] })),
  });
  return 'refused' in outcome ? outcome.refused : 'appointed';
};

test.each([
  ['supervisor', 'manager'],
  ['supervisor', 'storekeeper'],
  ['supervisor', 'recorder'],
  ['storekeeper', 'recorder'],
  ['approver', 'manager'],
  ['approver', 'storekeeper'],
  ['approver', 'supervisor'],
  ['leader', 'manager'],
  ['leader', 'storekeeper'],
  ['leader', 'supervisor'],
] as const)('nobody is %s and %s of one village, in either order', (one, other) => {
  expect(verdict(one, other)).toBe('conflicting_roles');
  expect(verdict(other, one)).toBe('conflicting_roles');
  const elsewhere = [{ role: other, regionIds: [4, 2, 1] }];
  expect(decideAppointment({ role: one, regionId: 3, held: elsewhere })).toEqual({ role: one });
});

test('other roles go together, and none is given twice', () => {
  expect(verdict('leader', 'approver')).toBe('appointed');
  expect(verdict('recorder', 'approver')).toBe('appointed');
  expect(verdict('manager')).toBe('appointed');
  expect(verdict('manager', 'manager')).toBe('already_appointed');
});

async function personOf(username: string): Promise<string> {
  const [person] = await world.db.sql<{ personId: number }[]>`
    select person_id as "personId" from person where username = ${username}`;
  return `${home}/people/${person?.personId}`;
}

async function appointAlso(username: string, role: string, place: string) {
  const person = await personOf(username);
  await office.get(`${person}/appointments/new`);
  return office.submit(`${person}/appointments`, { role, place });
}

test('somebody gets a second role, signs in anew and finds both places', async () => {
  const before = await world.browser(people.manager);
  const done = await appointAlso(people.manager, 'supervisor', poplarCode);
  expect(done.headers.location).toBe(await personOf(people.manager));
  expect((await before.get('/account')).statusCode).toBe(303);
  const after = await world.browser(people.manager);
  const { body } = await after.get('/account');
  expect(body).toContain(`href="/villages/${willowCode}/desk"`);
  expect(body).toContain(`href="/villages/${poplarCode}/desk"`);
  expect((await after.get(`/villages/${poplarCode}/desk`)).statusCode).toBe(200);
  expect((await after.get(`/villages/${poplarCode}/counter`)).statusCode).toBe(403);
  expect((await office.get(done.headers.location ?? '')).body).toContain('杨树村 第一书记');
});

test('what must not be one person is refused on the form, also when two come at once', async () => {
  const conflicting = await appointAlso(people.supervisor, 'manager', willowCode);
  expect(conflicting.statusCode).toBe(409);
  expect(conflicting.body).toContain('不能由一个人兼');
  expect((await appointAlso(people.supervisor, 'supervisor', willowCode)).body).toContain('已经是这个职务');
  expect((await appointAlso(people.supervisor, 'manager', countyCode)).statusCode).toBe(422);
  expect((await appointAlso(people.administrator, 'manager', willowCode)).statusCode).toBe(409);
  const person = await personOf(people.county);
  await office.get(`${person}/appointments/new`);
  const both = await Promise.all(
    ['supervisor', 'storekeeper'].map((role) => office.submit(`${person}/appointments`, { role, place: poplarCode })),
  );
  expect(both.map(({ statusCode }) => statusCode).toSorted((left, right) => left - right)).toEqual([303, 409]);
});

async function newcomer(role: string, place = willowCode): Promise<TestBrowser> {
  await office.get(`${home}/people/new`);
  const fields = { displayName: `某${role}`, username: role, role, place };
  expect((await office.submit(`${home}/people`, fields)).statusCode).toBe(201);
  await world.database.ownerSql`
    update person
       set must_change_password = false,
           password_hash = (select password_hash from person where username = ${people.supervisor})
     where username = ${role}`;
  const browser = await world.browser();
  await browser.get('/sign-in');
  await browser.submit('/sign-in', { username: role, password: PASSWORD });
  return browser;
}

test.each([
  ['recorder', ['awards/new', 'cards'], ['counter', 'receipts/new', 'cards/new', 'publications/new?month=2026-09']],
  ['storekeeper', ['counter', 'receipts/new'], ['awards/new', 'cards/new', 'publications/new?month=2026-09']],
  ['leader', ['cards', 'goods'], ['awards/new', 'counter', 'receipts/new', 'publications/new?month=2026-09']],
])('a %s opens their own doors and no other, and is shown no closed one', async (role, open, closed) => {
  const browser = await newcomer(role);
  const village = `/villages/${willowCode}`;
  const { body } = await browser.get(`${village}/desk`);
  for (const path of open) expect((await browser.get(`${village}/${path}`)).statusCode, path).toBe(200);
  for (const path of closed) {
    expect((await browser.get(`${village}/${path}`)).statusCode, path).toBe(403);
    expect(body, path).not.toContain(`href="${village}/${path}"`);
  }
  expect((await browser.get(`/villages/${poplarCode}/desk`)).statusCode).toBe(403);
});

test('an auditor reads every village and the security log, and changes nothing', async () => {
  const browser = await newcomer('auditor', countyCode);
  for (const path of [`/regions/${countyCode}`, `/regions/${countyCode}/security`, `/villages/${poplarCode}/desk`]) {
    expect((await browser.get(path)).statusCode, path).toBe(200);
  }
  for (const path of [home, `/villages/${willowCode}/counter`]) {
    expect((await browser.get(path)).statusCode, path).toBe(403);
  }
});
