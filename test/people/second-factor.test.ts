import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFactorVault } from '../../src/people/second-factor.ts';
import { base32, codeAt, matchingStep, stepAt } from '../../src/people/totp.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { countyCode, PASSWORD, people, townshipCode, willowCode } from '../support/cast.ts';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

const desk = `/villages/${willowCode}/desk`;
const RFC_SECRET = Buffer.from('12345678901234567890');

// RFC 6238, appendix B, SHA-1.
test.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('the code at second %i is %s', (seconds, code) => {
  const instant = new Date(seconds * 1000);
  expect(codeAt(RFC_SECRET, stepAt(instant), 8)).toBe(code);
  expect(matchingStep(RFC_SECRET, code.slice(2), instant)).toBe(stepAt(instant));
});

test('a secret is written as authenticators read it', () => {
  expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
  expect(base32(Buffer.from('Hello!\xDE\xAD\xBE\xEF', 'latin1'))).toBe('JBSWY3DPEHPK3PXP');
});

test('one step early or late counts, two do not, and nothing but six digits does', () => {
  const now = new Date('2026-11-21T08:00:10Z');
  const at = (steps: number) => matchingStep(RFC_SECRET, codeAt(RFC_SECRET, stepAt(now) + steps), now);
  expect([-2, -1, 0, 1, 2].map((steps) => at(steps) !== null)).toEqual([false, true, true, true, false]);
  for (const code of ['', '12345', '1234567', 'abcdef', '-12345'])
    expect(matchingStep(RFC_SECRET, code, now)).toBeNull();
});

async function secretOf(username: string): Promise<Buffer> {
  const [row] = await world.database.ownerSql<{ secret: Buffer; personId: number }[]>`
    select secret, person_id as "personId" from second_factor join person using (person_id) where username = ${username}`;
  if (!row) return Buffer.alloc(0);
  return openFactorVault(world.dataDir).open(row.secret, `second_factor ${row.personId}`) ?? row.secret;
}

/** The code of now; `steps` later for the next one, which is within the tolerance. */
async function codeOf(username: string, steps = 0): Promise<string> {
  return codeAt(await secretOf(username), stepAt(new Date()) + steps);
}

/** As if the last code had been taken long ago. */
async function forgetSteps(): Promise<void> {
  await world.database.ownerSql`update second_factor set last_step = 0`;
}

async function enrol(username: string): Promise<{ browser: TestBrowser; recoveryCodes: string[] }> {
  const browser = await world.browser(username);
  await browser.get('/second-factor');
  await browser.submit('/second-factor/secrets', {});
  await browser.get('/second-factor');
  const page = await browser.submit('/second-factor', { code: await codeOf(username) });
  const recoveryCodes = [...page.body.matchAll(/<code>([A-Z2-9]{5}-[A-Z2-9]{5})<\/code>/g)].map(
    ([, code = '']) => code,
  );
  await forgetSteps();
  return { browser, recoveryCodes };
}

async function password(username: string): Promise<TestBrowser> {
  const browser = await world.browser();
  await browser.get('/sign-in');
  const page = await browser.submit('/sign-in', { username, password: PASSWORD, return: desk });
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('登录第二步');
  return browser;
}

test('the second step is added with a first code, and a wrong one adds nothing', async () => {
  const username = people.supervisor;
  const browser = await world.browser(username);
  expect((await browser.get('/second-factor')).body).toContain('还没有开');
  await browser.submit('/second-factor/secrets', {});
  const page = await browser.get('/second-factor');
  expect(page.body).toContain(base32(await secretOf(username)).slice(0, 4));
  expect(page.headers['cache-control']).toBe('no-store');
  const wrong = await browser.submit('/second-factor', { code: '000000' });
  expect(wrong.statusCode).toBe(422);
  const plain = await world.browser();
  await plain.get('/sign-in');
  expect((await plain.submit('/sign-in', { username, password: PASSWORD })).statusCode).toBe(303);

  const done = await browser.submit('/second-factor', { code: await codeOf(username) });
  expect([...done.body.matchAll(/<code>[A-Z2-9]{5}-[A-Z2-9]{5}</g)].length).toBe(10);
  expect((await browser.get('/second-factor')).body).toContain('备用码还剩 10 个');
  await forgetSteps();
});

test('the password alone opens nothing, each code is taken once, and the sign-in gets a token of its own', async () => {
  const username = people.supervisor;
  const browser = await password(username);
  expect((await browser.get('/account')).statusCode).toBe(303);
  expect((await browser.get(desk)).statusCode).toBe(303);
  expect((await browser.submit('/sign-in/code', { code: '12345' })).statusCode).toBe(401);
  const code = await codeOf(username);
  const done = await browser.submit('/sign-in/code', { code, return: desk });
  expect(done.headers.location).toBe(desk);
  expect((await browser.get(desk)).statusCode).toBe(200);

  const again = await password(username);
  expect((await again.submit('/sign-in/code', { code })).statusCode).toBe(401);
  // An earlier code is worth nothing after a later one.
  await again.submit('/sign-in/code', { code: await codeOf(username, 1) });
  const third = await password(username);
  expect((await third.submit('/sign-in/code', { code: await codeOf(username) })).statusCode).toBe(401);
  await forgetSteps();
});

test('of several who use one code at once, one signs in', async () => {
  const username = people.supervisor;
  const browsers = await Promise.all(Array.from({ length: 4 }, () => password(username)));
  const code = await codeOf(username);
  const answers = await Promise.all(browsers.map((browser) => browser.submit('/sign-in/code', { code })));
  expect(answers.filter(({ statusCode }) => statusCode === 303).length).toBe(1);
  await forgetSteps();
});

test('without the first step the second leads nowhere', async () => {
  const browser = await world.browser();
  await browser.get('/sign-in');
  const answer = await browser.submit('/sign-in/code', { code: await codeOf(people.supervisor) });
  expect(answer.statusCode).toBe(401);
  expect(answer.body).toContain('name="password"');
  const late = await password(people.supervisor);
  await world.database.ownerSql`update session set expires_at = now() where needs_code`;
  expect((await late.submit('/sign-in/code', { code: await codeOf(people.supervisor) })).statusCode).toBe(401);
});

test('codes are not for guessing, from wherever they come', async () => {
  const { recoveryCodes } = await enrol(people.otherManager);
  await world.database.ownerSql`delete from sign_in_failure`;
  const browser = await password(people.otherManager);
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect((await browser.submit('/sign-in/code', { code: '000000' })).statusCode).toBe(401);
  }
  const late = await browser.submit('/sign-in/code', { code: recoveryCodes[0] ?? '' });
  expect(late.statusCode).toBe(429);
  expect(Number(late.headers['retry-after'])).toBeGreaterThan(0);
  await world.database.ownerSql`delete from sign_in_failure`;
});

test('a code on paper stands in for the phone, once', async () => {
  const username = people.manager;
  const { recoveryCodes, browser: own } = await enrol(username);
  const [code = ''] = recoveryCodes;
  const browser = await password(username);
  expect((await browser.submit('/sign-in/code', { code: ` ${code.toLowerCase()}` })).statusCode).toBe(303);
  const again = await password(username);
  expect((await again.submit('/sign-in/code', { code })).statusCode).toBe(401);
  expect((await own.get('/second-factor')).body).toContain('备用码还剩 9 个');
  const [stored] = await world.db.sql<
    { text: string }[]
  >`select string_agg(encode(code_hash, 'escape'), '') as text from recovery_code`;
  for (const drawn of recoveryCodes) expect(stored?.text).not.toContain(drawn.replace('-', ''));
});

test('a program sends the code along', async () => {
  const payload = { username: people.manager, password: PASSWORD };
  const signIn = (more: object) =>
    world.app.inject({ method: 'POST', url: '/api/v1/sessions', payload: { ...payload, ...more } });
  expect((await signIn({})).json()).toMatchObject({ status: 401, code: 'second_step_needed' });
  expect((await signIn({ otp: '000000' })).json()).toMatchObject({ status: 401, code: 'wrong_code' });
  expect((await signIn({ otp: await codeOf(people.manager) })).statusCode).toBe(201);
});

test('it is removed with the password, or by the office above, which is logged', async () => {
  await forgetSteps();
  const browser = await password(people.manager);
  await browser.submit('/sign-in/code', { code: await codeOf(people.manager) });
  await browser.get('/second-factor');
  expect((await browser.submit('/second-factor/removals', { password: 'wrong' })).statusCode).toBe(422);
  expect((await browser.submit('/second-factor/removals', { password: PASSWORD })).statusCode).toBe(303);
  expect((await browser.get('/second-factor')).body).toContain('还没有开');

  const office = await world.browser(people.township);
  const [person] = await world.db.sql<{ personId: number }[]>`
    select person_id as "personId" from person where username = ${people.otherManager}`;
  const page = `/regions/${townshipCode}/staff/${person?.personId}`;
  expect((await office.get(page)).body).toContain('替他关掉两步登录');
  expect((await office.submit(`${page}/second-factor-removals`, {})).statusCode).toBe(303);
  expect((await office.get(page)).body).not.toContain('替他关掉两步登录');
  const removals = await world.db.sql`select from security_event where kind = 'second_factor.removed'`;
  expect(removals.length).toBe(2);
});

test('a county may demand it: nothing else opens until it is added', async () => {
  const office = await world.browser(people.administrator);
  const settings = `/regions/${countyCode}/administration/access-settings`;
  await office.get(settings);
  expect((await office.submit(settings, { secondFactor: 'offices' })).headers.location).toBe(`${settings}?saved=1`);
  await world.database.ownerSql`update person set created_at = created_at - interval '2 days'`;
  const township = await world.browser(people.township);
  expect((await township.get(`/regions/${townshipCode}`)).headers.location).toBe('/second-factor');
  const token = await world.apiToken(people.township);
  const api = await world.app.inject({
    url: `/api/v1/regions/${townshipCode}/staff`,
    headers: { authorization: `Bearer ${token}` },
  });
  expect(api.json()).toMatchObject({ status: 403, code: 'must_add_second_factor' });
  const manager = await world.browser(people.manager);
  expect((await manager.get(desk)).statusCode).toBe(200);
  await township.submit('/second-factor/secrets', {});
  await township.submit('/second-factor', { code: await codeOf(people.township) });
  expect((await township.get(`/regions/${townshipCode}`)).statusCode).toBe(200);

  // The administrator without a phone turns the demand off from the page that blocks the way.
  expect((await office.get(`/regions/${countyCode}`)).headers.location).toBe('/second-factor');
  expect((await office.get('/second-factor')).body).toContain('本县暂不强求');
  await office.submit(settings, { secondFactor: 'offered' });
  expect((await office.get(`/regions/${countyCode}`)).statusCode).toBe(200);
});

test('a county may demand it of the first secretaries, too; for the rest of a village it stays an offer', async () => {
  await world.database.ownerSql`delete from second_factor`;
  await world.database.ownerSql`delete from sign_in_failure`;
  const office = await world.browser(people.administrator);
  const settings = `/regions/${countyCode}/administration/access-settings`;
  await office.get(settings);
  expect((await office.submit(settings, { secondFactor: 'supervisors' })).headers.location).toBe(`${settings}?saved=1`);
  const [supervisor, manager, county] = await Promise.all(
    [people.supervisor, people.manager, people.county].map((name) => world.browser(name)),
  );
  expect((await supervisor?.get(desk))?.headers.location).toBe('/second-factor');
  expect((await manager?.get(desk))?.statusCode).toBe(200);
  expect((await county?.get(`/regions/${countyCode}`))?.headers.location).toBe('/second-factor');
  await supervisor?.submit('/second-factor/secrets', {});
  await supervisor?.submit('/second-factor', { code: await codeOf(people.supervisor) });
  expect((await supervisor?.get(desk))?.statusCode).toBe(200);
  await office.get(settings);
  await office.submit(settings, { secondFactor: 'offered' });
});

test('a real county asks first secretaries and everybody above them from the second day on, and nobody else', async () => {
  await world.database.ownerSql`delete from access_setting`;
  await world.database.ownerSql`update region set is_made_up = false`;
  const office = await world.browser(people.administrator);
  await world.database.ownerSql`delete from second_factor`;
  const supervisor = await world.browser(people.supervisor);
  const manager = await world.browser(people.manager);
  expect((await office.get(`/regions/${countyCode}`)).headers.location).toBe('/second-factor');
  expect((await supervisor.get(desk)).headers.location).toBe('/second-factor');
  expect((await manager.get(desk)).statusCode).toBe(200);
  await world.database.ownerSql`update person set created_at = now()`;
  expect((await office.get(`/regions/${countyCode}`)).statusCode).toBe(200);
  expect((await supervisor.get(desk)).statusCode).toBe(200);
});
