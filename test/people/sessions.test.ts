import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideDevice } from '../../src/people/decide-device.ts';
import { decideToken, idleMinutesOf } from '../../src/people/decide-session.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { PASSWORD, people, willowCode } from '../support/cast.ts';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

const desk = `/villages/${willowCode}/desk`;
const PHONE =
  'Mozilla/5.0 (Linux; Android 14; V2301A) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.44';

test.each([
  [PHONE, 'wechat', 'android'],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120 Safari/537.36 Edg/120.0', 'edge', 'windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17 Safari/604', 'safari', 'ios'],
  ['Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114 ArkWeb HuaweiBrowser/5', 'huawei', 'harmony'],
  ['curl/8.5.0', 'program', 'unknown'],
  ['', 'unknown', 'unknown'],
  [undefined, 'unknown', 'unknown'],
])('%s is known as %s on %s', (userAgent, browser, system) => {
  expect(decideDevice(userAgent)).toEqual({ browser, system });
});

test('only who works at the counter alone stays signed in through the day', () => {
  expect(idleMinutesOf(['manager'])).toBe(720);
  expect(idleMinutesOf(['manager', 'supervisor'])).toBe(30);
  expect(idleMinutesOf(['county_administrator'])).toBe(30);
  expect(idleMinutesOf([])).toBe(30);
});

const now = new Date('2026-11-21T08:00:00Z');
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);

test.each([
  ['a fresh token', { shown: 3, signedAt: before(10), newest: 3, newestSeenAt: before(5) }, 'keep'],
  ['a token for the first time', { shown: 3, signedAt: before(10), newest: 3, newestSeenAt: null }, 'seen'],
  ['a token of ten minutes', { shown: 3, signedAt: before(600), newest: 3, newestSeenAt: before(590) }, 'renew'],
  ['one whose successor nobody has seen', { shown: 2, signedAt: before(900), newest: 3, newestSeenAt: null }, 'again'],
  ['one that was under way', { shown: 2, signedAt: before(900), newest: 3, newestSeenAt: before(60) }, 'keep'],
  ['one whose successor is in use', { shown: 2, signedAt: before(900), newest: 3, newestSeenAt: before(61) }, 'copied'],
  ['an old one', { shown: 1, signedAt: before(900), newest: 3, newestSeenAt: null }, 'copied'],
  ['one from the future', { shown: 4, signedAt: before(1), newest: 3, newestSeenAt: null }, 'copied'],
])('%s', (_, state, verdict) => {
  expect(decideToken({ ...state, now })).toBe(verdict);
});

const cookieOf = ({ cookies }: { cookies: { name: string; value: string }[] }) =>
  cookies.find(({ name }) => name.endsWith('session'))?.value;

async function shiftToken(minutes: number): Promise<void> {
  await world.database.ownerSql`update session set token_seen_at = token_seen_at - make_interval(mins => ${minutes})`;
}

/** Signs in and hands out the cookie as a thief would take it. */
async function stolenCookie(username: string): Promise<string> {
  const browser = await world.browser();
  await browser.get('/sign-in');
  return cookieOf(await browser.submit('/sign-in', { username, password: PASSWORD })) ?? '';
}

const ask = (session: string) => world.app.inject({ url: '/account', cookies: { session, '__Host-session': session } });

/** The same token as it would be, had it been signed earlier. */
function signedEarlier(token: string, minutes: number): string {
  const jwt = (world.app as unknown as { jwt: { decode(token: string): object; sign(claims: object): string } }).jwt;
  const claims = jwt.decode(token) as { iat: number };
  return jwt.sign({ ...claims, iat: claims.iat - minutes * 60 });
}

test('a token is exchanged after ten minutes, and its return ends the sign-in', async () => {
  const first = await stolenCookie(people.manager);
  const fresh = await ask(first);
  expect(fresh.statusCode).toBe(200);
  expect(cookieOf(fresh)).toBeUndefined();

  const old = signedEarlier(first, 11);
  const renewed = cookieOf(await ask(old)) ?? '';
  expect(renewed).not.toBe('');
  // The answer was lost: the same successor once more, and the sign-in goes on.
  expect((await ask(old)).statusCode).toBe(200);
  expect((await ask(renewed)).statusCode).toBe(200);
  expect((await ask(old)).statusCode).toBe(200);
  await shiftToken(2);
  expect((await ask(old)).statusCode).toBe(303);
  expect((await ask(renewed)).statusCode).toBe(303);
  const events = await world.db.sql`select from security_event where kind = 'sign_in.copied'`;
  expect(events.length).toBe(1);
});

test('of many requests with an old token one gets the successor and all are answered', async () => {
  const old = signedEarlier(await stolenCookie(people.manager), 11);
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(old)));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(200));
  const successors = new Set(answers.map(cookieOf).filter((cookie) => cookie !== undefined));
  expect(successors.size).toBeGreaterThan(0);
});

test('what everybody may see sets no cookie', async () => {
  const old = signedEarlier(await stolenCookie(people.manager), 11);
  const answer = await world.app.inject({ url: '/help', cookies: { session: old, '__Host-session': old } });
  expect(answer.statusCode).toBe(200);
  expect(cookieOf(answer)).toBeUndefined();
});

test('an office that was left for half an hour is signed out, a counter is not', async () => {
  const office = await world.browser(people.county);
  const counter = await world.browser(people.manager);
  await world.database.ownerSql`update session set last_used_at = last_used_at - interval '29 minutes'`;
  expect((await office.get('/account')).statusCode).toBe(200);
  await world.database.ownerSql`update session set last_used_at = last_used_at - interval '31 minutes'`;
  expect((await office.get('/account')).statusCode).toBe(303);
  expect((await counter.get('/account')).statusCode).toBe(200);
  await world.database.ownerSql`update session set expires_at = now()`;
  expect((await counter.get('/account')).statusCode).toBe(303);
});

test('the page names device and network, never the whole address, and ends one sign-in or all others', async () => {
  const username = people.supervisor;
  const browser = await world.browser(username);
  const phone = await world.browser();
  await phone.get('/sign-in');
  await phone.submit('/sign-in', { username, password: PASSWORD }, { 'user-agent': PHONE });
  const token = await world.apiToken(username);
  const page = await browser.get('/account');
  expect(page.body).toContain('安卓手机 · 微信');
  expect(page.body).toContain('程序接口');
  expect(page.body).toContain('127.0.0.*');
  expect(page.body).not.toContain('127.0.0.1');
  const sessions = () => world.app.inject({ url: '/api/v1/sessions', headers: { authorization: `Bearer ${token}` } });
  const listed = (await sessions()).json<{ items: { number: number; browser: string; isCurrent: boolean }[] }>().items;
  expect(listed.length).toBe(3);
  const wechat = listed.find(({ browser }) => browser === 'wechat');

  const ended = await browser.submit('/account/sign-outs', { which: String(wechat?.number) });
  expect(ended.headers.location).toBe('/account?ended=1');
  expect((await phone.get('/account')).statusCode).toBe(303);
  expect((await browser.submit('/account/sign-outs', { which: 'others' })).headers.location).toBe('/account?ended=1');
  expect((await sessions()).statusCode).toBe(401);
  expect((await browser.get('/account')).statusCode).toBe(200);
  expect((await browser.submit('/account/sign-outs', { which: 'all' })).headers.location).toBe('/sign-in');
  expect((await browser.get('/account')).statusCode).toBe(303);
});

test('nobody ends the sign-in of somebody else by its number', async () => {
  const victim = await world.browser(people.manager);
  const browser = await world.browser(people.supervisor);
  await browser.get('/account');
  const numbers = await world.db.sql<{ number: number }[]>`select number from session where ended_at is null`;
  for (const { number } of numbers.slice(-2)) {
    await browser.submit('/account/sign-outs', { which: String(number) });
  }
  expect((await victim.get(desk)).statusCode).toBe(200);
});

test('a program lists and ends its own sign-ins', async () => {
  const token = await world.apiToken(people.township);
  const headers = { authorization: `Bearer ${token}` };
  const url = '/api/v1/sessions/endings';
  const wrong = await world.app.inject({ method: 'POST', url, headers, payload: { which: 'everybody' } });
  expect(wrong.statusCode).toBe(422);
  const ended = await world.app.inject({ method: 'POST', url, headers, payload: { which: 'all' } });
  expect(ended.json()).toEqual({ ended: 1 });
  expect((await world.app.inject({ url: '/api/v1/sessions', headers })).statusCode).toBe(401);
});
