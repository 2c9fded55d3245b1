/** What others make up: tokens of sign-ins, forms of other sites, cookies that were planted, and paths that lead out of the house. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, countyCode, PASSWORD, people, willowCode } from '../support/cast.ts';

const ORIGIN = 'http://localhost';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

/** A browser's jar and the token of its forms. */
interface Jar {
  cookies: Record<string, string>;
  token: string;
}

async function signedIn(username: string, planted: Record<string, string> = {}): Promise<Jar> {
  // Whoever is signed in already finds the token on any page.
  const url = 'session' in planted ? '/help' : '/sign-in';
  const page = await world.app.inject({ url, cookies: planted });
  const cookies = { ...planted, ...Object.fromEntries(page.cookies.map(({ name, value }) => [name, value])) };
  const token = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const answer = await world.app.inject({
    method: 'POST',
    url: '/sign-in',
    cookies,
    headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'localhost', origin: ORIGIN },
    payload: new URLSearchParams({ _csrf: token, username, password: PASSWORD }).toString(),
  });
  expect(answer.statusCode).toBe(303);
  for (const { name, value } of answer.cookies) cookies[name] = value;
  const account = await world.app.inject({ url: '/account', cookies });
  return { cookies, token: /name="_csrf" value="([^"]+)"/.exec(account.body)?.[1] ?? '' };
}

const base64 = (value: object | string) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const read = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as object;

function signed(header: object, claims: object, key: string | Buffer, hash = 'sha256'): string {
  const text = `${base64(header)}.${base64(claims)}`;
  return `${text}.${createHmac(hash, key).update(text).digest('base64url')}`;
}

/** Everything that RFC 8725 warns of, made out of a token that counts; `other` is one of somebody else. */
function forgeriesOf(token: string, other: string, publicKey: string): string[] {
  const [head = '', body = '', signature = ''] = token.split('.');
  const header = read(head);
  const claims = read(body);
  const [otherHead, otherBody, otherSignature] = other.split('.');
  const withHeader = (more: object) => `${base64({ ...header, ...more })}.${body}.${signature}`;
  const withClaims = (more: object) => `${head}.${base64({ ...claims, ...more })}.${signature}`;
  const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
  return [
    ...['none', 'None', 'NONE', 'nOnE', ''].flatMap((alg) => [
      `${base64({ ...header, alg })}.${body}.`,
      `${base64({ ...header, alg })}.${body}.${signature}`,
    ]),
    ...['HS384', 'HS512', 'RS256', 'PS256', 'ES256', 'EdDSA'].map((alg) => withHeader({ alg })),
    ...['', 'secret', 'love-supermarket', publicKey].map((key) => signed(header, claims, key)),
    signed({ ...header, alg: 'HS512' }, claims, 'secret', 'sha512'),
    withHeader({ jku: 'https://evil.example/keys' }),
    withHeader({ x5u: 'https://evil.example/cert' }),
    withHeader({ kid: '../../../../dev/null' }),
    signed({ ...header, kid: '/dev/null' }, claims, ''),
    signed({ ...header, jwk: { kty: 'oct', k: base64('mine') } }, claims, 'mine'),
    withHeader({ crit: ['exp'] }),
    withHeader({ zip: 'DEF' }),
    withClaims({ sub: (read(otherBody) as { sub: string }).sub }),
    withClaims({ exp: 4_000_000_000 }),
    withClaims({ aud: ['page', 'api'] }),
    withClaims({ iss: 'somebody' }),
    `${head}.${body}.${otherSignature}`,
    `${head}.${otherBody}.${signature}`,
    `${otherHead}.${body}.${otherSignature}`,
    `${head}.${body}.${flipped}`,
    `${head}.${body}.${signature.slice(0, -2)}`,
    `${head}.${body}.${signature}${signature}`,
    `${head}.${body}`,
    `${head}.${body}.`,
    `.${body}.${signature}`,
    `${token}.${signature}`,
    `${head}..${signature}.${signature}.`,
    `${base64('{"alg":"HS256"')}.${body}.${signature}`,
    `${head}.${base64('not json')}.${signature}`,
    `${head}.${base64('null')}.${signature}`,
    'a.b.c',
    '..',
  ];
}

test('no forged, mended or borrowed token signs anybody in, neither in the cookie nor as a bearer', async () => {
  const { cookies } = await signedIn(people.manager);
  const other = (await signedIn(people.supervisor)).cookies['session'] ?? '';
  const page = cookies['session'] ?? '';
  const program = await world.apiToken(people.manager);
  const publicKey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
  const byCookie = async (session: string) =>
    (await world.app.inject({ url: '/account', cookies: { session } })).statusCode;
  const byBearer = async (token: string) =>
    (await world.app.inject({ url: '/api/v1/sessions', headers: { authorization: `Bearer ${token}` } })).statusCode;
  expect([await byCookie(page), await byBearer(program)]).toEqual([200, 200]);

  // Ours, but not to be had this way.
  const { jwt } = world.app;
  const now = Math.floor(Date.now() / 1000);
  const { sub } = read(page.split('.')[1]) as { sub: string };
  const exp = now + 3_600;
  const odd = [
    jwt.sign({ sub: 'NOSUCHSESSION22222222222', exp, gen: 0 }, { aud: 'page' }),
    jwt.sign({ sub, exp: now - 10, gen: 0 }, { aud: 'page' }),
    jwt.sign({ sub, exp, gen: 0, iat: now + 3_600 }, { aud: 'page' }),
    jwt.sign({ sub, exp }, { aud: 'page' }),
    jwt.sign({ sub, exp, gen: 0 }, { aud: 'somewhere' }),
    jwt.sign({ sub, exp, gen: 0, aud: ['page', 'api'] }),
    jwt.sign({ sub, exp, gen: 0 }),
  ];
  const forCookie = [...forgeriesOf(page, other, publicKey), ...odd, program];
  const forBearer = [...forgeriesOf(program, other, publicKey), ...odd, page];
  expect(forCookie.length).toBeGreaterThan(50);
  for (const one of forCookie) expect(await byCookie(one), one).toBe(303);
  for (const one of forBearer) expect(await byBearer(one), one).toBe(401);
  expect([await byCookie(page), await byBearer(program)]).toEqual([200, 200]);
});

/** Who leads to a form's address, and what they bring. */
const OTHERS: Readonly<Record<string, { headers: Record<string, string>; token: 'own' | 'none' | 'of another' }>> = {
  'a program without headers': { headers: {}, token: 'own' },
  'another site': { headers: { origin: 'https://evil.example' }, token: 'own' },
  'a page without an origin': { headers: { origin: 'null' }, token: 'own' },
  'another site, as the browser says': { headers: { origin: ORIGIN, 'sec-fetch-site': 'cross-site' }, token: 'own' },
  'a neighbour under one domain': { headers: { origin: ORIGIN, 'sec-fetch-site': 'same-site' }, token: 'own' },
  'a name that begins like ours': { headers: { origin: 'http://localhost.evil.example' }, token: 'own' },
  'our page without its token': { headers: { origin: ORIGIN }, token: 'none' },
  'our page with a token of somebody else': { headers: { origin: ORIGIN }, token: 'of another' },
};

test('no form of another site counts, whatever it is sent to', { timeout: 180_000 }, async () => {
  const own = await signedIn(people.manager);
  const another = await signedIn(people.supervisor);
  const tokens = { own: own.token, 'of another': another.token, none: undefined };
  const addresses = world.app.accessTable
    .filter(({ method, url }) => method === 'POST' && !url.startsWith('/api/'))
    .map(({ url }) =>
      url
        .replace(':village', willowCode)
        .replace(':region', countyCode)
        .replace(':number', cards.赵满仓)
        .replaceAll(/:\w+/g, '1'),
    );
  expect(addresses.length).toBeGreaterThan(80);
  const before = await everything();
  for (const url of addresses) {
    const answers = Object.entries(OTHERS).map(async ([name, { headers, token }]) => {
      // How this browser shows the pages: that the page is ours is enough.
      if (url === '/preferences' && token !== 'own') return;
      const fields = { ...(tokens[token] && { _csrf: tokens[token] }), confirm: 'yes', idempotencyKey: 'forged' };
      const answer = await world.app.inject({
        method: 'POST',
        url,
        cookies: own.cookies,
        headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'localhost', ...headers },
        payload: new URLSearchParams(fields).toString(),
      });
      expect(answer.statusCode, `${name}: ${url}`).toBe(403);
    });
    await Promise.all(answers);
  }
  expect(await everything()).toEqual(before);
});

/** What people did and are: a hash for each table but those in which refusals and visits are noted. */
async function everything(): Promise<Record<string, string>> {
  const { ownerSql } = world.database;
  const tables = await ownerSql<{ name: string }[]>`
    select table_name as name
      from information_schema.tables
     where table_schema = 'public'
       and table_type = 'BASE TABLE'
       and table_name not in ('security_event', 'security_event_address', 'session', 'personal_view', 'sign_in_failure')`;
  const rows = await Promise.all(
    tables.map(async ({ name }) => {
      const [found] = await ownerSql<{ hash: string }[]>`
        select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as hash from ${ownerSql(name)} as t`;
      return [name, found?.hash ?? ''] as const;
    }),
  );
  return Object.fromEntries(rows);
}

test('a cookie that somebody planted is not the one of whoever signs in with it', async () => {
  const planted = await signedIn(people.manager);
  const victim = await signedIn(people.supervisor, planted.cookies);
  expect(victim.cookies['session']).not.toBe(planted.cookies['session']);
  const seen = await world.app.inject({ url: '/account', cookies: planted.cookies });
  expect(seen.body).not.toContain(people.supervisor);
});

const OUTSIDE = [
  '/assets/../package.json',
  '/assets/%2e%2e/package.json',
  '/assets/..%2fpackage.json',
  '/assets/..%5c..%5cpackage.json',
  '/assets/%252e%252e%252fpackage.json',
  '/../../../../etc/passwd',
  '/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
  `/log/${willowCode}/tile/0/..%2f..%2f..%2fsecrets.json`,
  `/log/..%2f..%2fsecrets.json/checkpoint`,
  `/villages/${willowCode}/pictures/..%2f..%2fsecrets.json`,
  `/villages/${willowCode}/photos/..%2f..%2fsecrets.json`,
  `/villages/${willowCode}/charts/..%2f..%2fsecrets`,
  '/help/..%2f..%2fREADME.md',
  '/.git/config',
  '/.data/secrets.json',
  '/assets/app.ts',
  '/assets/app.js.map',
];

test('no path leads out of what is served', async () => {
  const { cookies } = await signedIn(people.manager);
  for (const url of OUTSIDE) {
    const answer = await world.app.inject({ url, cookies });
    expect([400, 403, 404], `${url} ${answer.statusCode}`).toContain(answer.statusCode);
    expect(answer.body, url).not.toMatch(/root:x:|"dependencies"|sessionSecret|\[core\]/);
  }
});
