/** What matters asks again who sits there, keeps what was typed and goes on with the same press. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openFactorVault } from '../../src/people/second-factor.ts';
import { codeAt, stepAt } from '../../src/people/totp.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, countyCode, PASSWORD, people, townshipCode, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

const village = `/villages/${willowCode}`;
const ASKS = '请再证明一次是您本人';

/** Every sign-in is as old as that. */
const age = (minutes: number) =>
  world.database.ownerSql`update session set proved_at = now() - make_interval(mins => ${minutes})`;

const actsNow = async () => {
  const [row] = await world.db.sql<{ count: number }[]>`select count(*)::integer as count from act`;
  return row?.count ?? 0;
};

let acts: number;
beforeEach(async () => {
  acts = await actsNow();
});

/** An award of now, whose number a reversal names. */
async function awarded(): Promise<string> {
  const answer = await world.app.inject({
    method: 'POST',
    url: `/api/v1${village}/awards`,
    headers: { authorization: `Bearer ${await world.apiToken(people.manager)}` },
    payload: { rule: 'AD-LAB-01', cards: [cards.王建国] },
  });
  acts = await actsNow();
  return String(answer.json<{ acts: { seq: number }[] }>().acts[0]?.seq);
}

/** As a browser sends the page that asks: everything hidden in it, and what was typed. */
async function answerProof(browser: TestBrowser, page: { body: string }, proof: string) {
  const form = /<form method="post" action="([^"]+)"[\s\S]*?<\/form>/g;
  const [whole = '', action = ''] =
    [...page.body.matchAll(form)].find(([text]) => text.includes('identityProof')) ?? [];
  const hidden = [...whole.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const fields = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
  return browser.submit(action, { ...fields, identityProof: proof });
}

test('a quarter of an hour after the sign-in nothing is asked, later the password is, and what was typed goes on', async () => {
  const seq = await awarded();
  const manager = await world.browser(people.manager);
  await manager.get(`${village}/reversals/new?seq=${seq}`);
  await age(16);
  const typed = { seq, reason: 'other', otherReason: '记错了人，应是李未开', idempotencyKey: 'proof-1' };
  const asked = await manager.submit(`${village}/reversals`, typed);
  expect(asked.statusCode).toBe(403);
  expect(asked.body).toContain(ASKS);
  expect(asked.body).toContain('value="记错了人，应是李未开"');
  expect(await actsNow()).toBe(acts);

  const wrong = await answerProof(manager, asked, 'not my password');
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).toContain('还可以再试');
  expect(wrong.body).not.toContain('not my password');
  expect(await actsNow()).toBe(acts);
  const [failed] = await world.db.sql`select from security_event where kind = 'proof.failed' and is_refused`;
  expect(failed).toBeDefined();

  const done = await answerProof(manager, wrong, PASSWORD);
  expect(done.statusCode).toBe(303);
  expect(done.headers.location).toMatch(/\/reversals\/\w+$/);
  expect(await actsNow()).toBe(acts + 1);
  await checkWorld(world.database.ownerSql);

  // It counts for this sign-in from now on, and for no other.
  const next = await manager.submit(`${village}/reversals`, { ...typed, idempotencyKey: 'proof-2' });
  expect(next.body).not.toContain(ASKS);
  const other = await world.browser(people.manager);
  await age(14);
  await other.get(`${village}/reversals/new?seq=${seq}`);
  expect((await other.submit(`${village}/reversals`, typed)).body).not.toContain(ASKS);
});

test('at the counter six digits of the known device do, and five wrong ones end them', async () => {
  const manager = await world.browser(people.manager);
  await manager.get('/account/pin');
  await manager.submit('/account/pin', { password: PASSWORD, pin: '703914', repeated: '703914' });
  const reverse = async () => {
    const seq = await awarded();
    await age(60);
    await manager.get(`${village}/reversals/new?seq=${seq}`);
    return manager.submit(`${village}/reversals`, {
      seq,
      reason: 'other',
      otherReason: '重复',
      idempotencyKey: crypto.randomUUID(),
    });
  };
  const asked = await reverse();
  expect(asked.body).toContain('这台设备的 6 位数字');
  expect((await answerProof(manager, asked, '703915')).statusCode).toBe(401);
  expect((await answerProof(manager, asked, '７０３９１４')).statusCode).toBe(303);
  expect(await actsNow()).toBe(acts + 1);

  const again = await reverse();
  for (let guess = 0; guess < 5; guess += 1) await answerProof(manager, again, '000000');
  const locked = await answerProof(manager, again, '703914');
  expect(locked.statusCode).toBe(422);
  expect(await actsNow()).toBe(acts);
  expect((await answerProof(manager, locked, PASSWORD)).statusCode).toBe(303);
});

test('a code of the authenticator does, once', async () => {
  const office = await world.browser(people.administrator);
  await office.get('/second-factor');
  await office.submit('/second-factor/secrets', {});
  const [row] = await world.database.ownerSql<{ secret: Buffer; personId: number }[]>`
    select secret, person_id as "personId" from second_factor`;
  const vault = openFactorVault(world.dataDir);
  const secret = vault.open(row?.secret ?? Buffer.alloc(0), `second_factor ${row?.personId}`) ?? Buffer.alloc(20);
  const code = codeAt(secret, stepAt(new Date()));
  await office.submit('/second-factor', { code });
  await world.database.ownerSql`update second_factor set last_step = 0`;

  await age(20);
  const settings = `/regions/${countyCode}/administration/access-settings`;
  await office.get(settings);
  const asked = await office.submit(settings, { secondFactor: 'offered' });
  expect(asked.body).toContain('验证器上的 6 位数字');
  const done = await answerProof(office, asked, code);
  expect(done.headers.location).toBe(`${settings}?saved=1`);
  await age(20);
  const stale = await office.submit(settings, { secondFactor: 'offered' });
  expect((await answerProof(office, stale, code)).statusCode).toBe(401);
});

test('guesses are counted like those at the sign-in', async () => {
  const office = await world.browser(people.township);
  const [person] = await world.db.sql<{ personId: number }[]>`
    select person_id as "personId" from person where username = ${people.otherManager}`;
  const codes = `/regions/${townshipCode}/staff/${person?.personId}/reset-codes`;
  await office.get(`/regions/${townshipCode}/staff/${person?.personId}`);
  await age(20);
  const asked = await office.submit(codes, {});
  expect(asked.body).toContain(ASKS);
  const statuses: number[] = [];
  for (let guess = 0; guess < 11; guess += 1)
    statuses.push((await answerProof(office, asked, `guess ${guess}`)).statusCode);
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 422), 429]);
  expect((await answerProof(office, asked, PASSWORD)).statusCode).toBe(429);
  expect(await world.db.sql`select from reset_code`).toHaveLength(0);
});

test('a program signs in anew', async () => {
  const seq = await awarded();
  const reverse = async (token: string) =>
    world.app.inject({
      method: 'POST',
      url: `/api/v1${village}/reversals`,
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'program' },
      payload: { seq: Number(seq), reason: 'entered twice', identityProof: PASSWORD },
    });
  const token = await world.apiToken(people.manager);
  await age(16);
  const refused = await reverse(token);
  expect(refused.statusCode).toBe(403);
  expect(refused.json()).toMatchObject({ code: 'proof_too_old' });
  expect(await actsNow()).toBe(acts);
  expect((await reverse(await world.apiToken(people.manager))).statusCode).toBe(201);
  const document = (await world.app.inject('/api/openapi.json')).json<{
    paths: Record<string, Record<string, { description?: string }>>;
  }>();
  expect(document.paths['/api/v1/villages/{village}/reversals']?.post?.description).toContain('proof_too_old');
});

test('what is asked for again is what matters, and nothing at the counter', async () => {
  await age(600);
  const manager = await world.browser(people.manager);
  await age(600);
  await manager.get(`${village}/counter`);
  const redeemed = await manager.submit(`${village}/redemptions`, { card: cards.王建国 });
  expect(redeemed.body).not.toContain(ASKS);
  const route = (url: string) => world.app.accessTable.find((one) => one.url === url && one.method === 'POST');
  expect(route('/villages/:village/redemptions')).toBeDefined();
  await manager.get(`${village}/cards/${cards.曾有田}/changes/recall`);
  expect((await manager.submit(`${village}/cards/${cards.曾有田}/changes/recall`, { reason: '丢了' })).body).toContain(
    ASKS,
  );
});
