/** Who is asking, and over what: behind a proxy, in front of one, and over https. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/platform/config.ts';
import { adviseHttps } from '../../src/print-welcome.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { PASSWORD, people } from '../support/cast.ts';

const ORIGIN = 'https://shop.example';

async function guess(world: TestApp, remoteAddress: string, forwardedFor: string): Promise<number> {
  const answer = await world.app.inject({
    method: 'POST',
    url: '/api/v1/sessions',
    remoteAddress,
    headers: { 'x-forwarded-for': forwardedFor },
    payload: { username: people.manager, password: 'not the password' },
  });
  return answer.statusCode;
}

describe('with nobody in front', () => {
  let world: TestApp;
  beforeAll(async () => {
    world = await createTestApp();
  });
  afterAll(() => world.close());

  test('a forged X-Forwarded-For buys no further guess and stands in no record', async () => {
    const statuses: number[] = [];
    for (let at = 1; at <= 12; at += 1) statuses.push(await guess(world, '198.51.100.7', `203.0.113.${at}`));
    expect(statuses.filter((status) => status === 429)).not.toEqual([]);
    expect(statuses.at(-1)).toBe(429);
    const rows = await world.database.ownerSql<{ address: string }[]>`select distinct address from sign_in_failure`;
    expect(rows.map(({ address }) => address)).toEqual(['198.51.100.7']);
  });

  test.each([
    '/',
    '/sign-in',
    '/no-such-page',
    '/api/openapi.json',
    '/api/v1/villages/x/awards',
    '/C/nobody',
    '/healthz',
  ])('%s forbids browsers whatever no page needs', async (url) => {
    const { headers } = await world.app.inject(url);
    const policy = String(headers['content-security-policy']).split(';');
    expect(policy.filter((rule) => !/^[a-z-]+ ('self'|'none'|'self' data:)$/.test(rule))).toEqual([]);
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"]),
    );
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringMatching(/^camera=\(self\), .*geolocation=\(\).*microphone=\(\)/),
      'referrer-policy': expect.stringMatching(/^(same-origin|no-referrer)$/),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['server'] ?? headers['x-powered-by']).toBeUndefined();
  });

  test('X-Forwarded-Host and -Proto change no link that is printed', async () => {
    const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', host: 'village.example' };
    const { body } = await world.app.inject({ url: '/sign-in', headers });
    expect(body).not.toContain('evil.example');
  });
});

describe('behind a proxy that was named, over https', () => {
  let world: TestApp;
  beforeAll(async () => {
    world = await createTestApp({ env: { TRUST_PROXY: '10.1.0.0/16', PUBLIC_ORIGIN: ORIGIN } });
  });
  afterAll(() => world.close());

  test('the address is the one that the proxy saw, whatever the client put before it', async () => {
    for (let at = 1; at <= 12; at += 1) await guess(world, '10.1.2.3', `192.0.2.${at}, 203.0.113.9`);
    expect(await guess(world, '10.1.2.3', '203.0.113.9')).toBe(429);
    expect(await guess(world, '10.1.2.3', '203.0.113.10')).toBe(401);
    // Past the proxy, the header counts for nothing.
    expect(await guess(world, '198.51.100.7', '203.0.113.9')).toBe(401);
  });

  test('https is kept to: every cookie is __Host- and Secure, and browsers are told for a year', async () => {
    const browser = await world.browser();
    const page = await browser.get('/sign-in');
    expect(page.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    const own = { host: 'shop.example', origin: ORIGIN };
    const signedIn = await browser.submit('/sign-in', { username: people.manager, password: PASSWORD }, own);
    expect(signedIn.statusCode).toBe(303);
    const chosen = await browser.submit('/preferences', { locale: 'en', textSize: 'large' }, own);
    for (const answer of [page, signedIn, chosen]) {
      const cookies = [answer.headers['set-cookie'] ?? []].flat();
      expect(cookies).not.toEqual([]);
      for (const cookie of cookies)
        expect(cookie).toMatch(/^__Host-\w+=[^;]*;.* Path=\/;.*HttpOnly; Secure; SameSite=Lax$/);
      for (const cookie of cookies) expect(cookie).not.toContain('Domain');
    }
    expect((await browser.get(String(signedIn.headers.location))).body).toContain('<html lang="en"');
  });

  test('a form counts under the public name even where the proxy passes its own host on, and from nowhere else', async () => {
    const signIn = async (origin: string) => {
      const browser = await world.browser();
      await browser.get('/sign-in');
      const fields = { username: people.supervisor, password: PASSWORD };
      return (await browser.submit('/sign-in', fields, { host: '127.0.0.1:3000', origin })).statusCode;
    };
    expect(await signIn(ORIGIN)).toBe(303);
    expect(await signIn('http://shop.example')).toBe(403);
    expect(await signIn('https://evil.example')).toBe(403);
  });

  test('a cookie under the unprotected name signs nobody in', async () => {
    const browser = await world.browser(people.manager);
    expect((await browser.get('/preferences')).statusCode).toBe(404);
    const { body } = await world.app.inject({ url: '/account', cookies: { session: 'x.y.z' } });
    expect(body).not.toContain('sign-out');
  });
});

test('everybody is no proxy', () => {
  for (const wrong of ['true', '0.0.0.0/0', '::/0', '1', 'proxy.example', '10.0.0.0/33']) {
    expect(readConfig({ TRUST_PROXY: wrong })).toMatchObject({ refused: 'bad_setting' });
  }
  expect(readConfig({ TRUST_PROXY: '127.0.0.1, fd00::/8' })).toMatchObject({ trustProxy: ['127.0.0.1', 'fd00::/8'] });
});

test('who lets others in without https is told at every start', () => {
  const advised = (host: string, publicOrigin?: string) => adviseHttps({ host, publicOrigin }).length > 0;
  expect(advised('0.0.0.0')).toBe(true);
  expect(advised('192.0.2.7', 'http://shop.example')).toBe(true);
  expect(advised('127.0.0.1', 'http://shop.example')).toBe(true);
  expect(advised('127.0.0.1')).toBe(false);
  expect(advised('0.0.0.0', 'https://shop.example')).toBe(false);
});
