/** What the bad requests found, one by one, so that it is not found again. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.ts';
import { people, willowCode } from '../support/cast.ts';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

describe('an address that cannot be read', () => {
  const broken = ['%zz', '%ed%a0%80', '%c0%80', '王'.repeat(300)].map((text) => `/villages/${text}`);

  test.each(broken)('%s is answered with a sentence that repeats nothing', async (address) => {
    const answer = await world.app.inject(address);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.body).toContain('网址');
    expect(answer.body).not.toMatch(/FST_|villages/);
  });

  test('a program gets a code', async () => {
    const answer = await world.app.inject('/api/v1/villages/%zz');
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ code: 'malformed_input', status: 400 });
  });
});

test('the one character that the database cannot hold is refused wherever it stands', async () => {
  const manager = await world.browser(people.manager);
  const headers = { authorization: `Bearer ${await world.apiToken(people.manager)}` };
  const api = `/api/v1/villages/${willowCode}`;
  const answers = [
    await manager.get(`/villages/${willowCode}/rules/%00`),
    await manager.get(`/villages/${willowCode}/cards?q=%00`),
    await manager.submit(`/villages/${willowCode}/cards`, { headName: '赵\0' }),
    await manager.submit(`/villages/${willowCode}/cards`, { '\0': 'x' }),
    await world.app.inject({ url: `${api}/cards?q=%00`, headers }),
    await world.app.inject({
      method: 'POST',
      url: `${api}/reversals`,
      headers: { ...headers, 'idempotency-key': 'nul' },
      payload: { seq: 1, reason: 'wrong\0' },
    }),
  ];
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 400));
});

test('a number beyond what the database counts to is refused like any other wrong number', async () => {
  const answer = await world.app.inject({
    method: 'POST',
    url: '/api/v1/sessions/endings',
    headers: { authorization: `Bearer ${await world.apiToken(people.county)}` },
    payload: { which: 2 ** 31 },
  });
  expect(answer.statusCode).toBe(422);
  const visitor = await world.browser();
  await visitor.get('/sign-in');
  expect((await visitor.submit('/sign-in/pin', { device: '2147483648', pin: '1' })).statusCode).toBe(401);
});

test('a receipt whose day is none stays a form', async () => {
  const manager = await world.browser(people.manager);
  await manager.get(`/villages/${willowCode}/receipts/new`);
  const answer = await manager.submit(`/villages/${willowCode}/receipts/check`, {
    do: 'find',
    occurredOn: '昨天',
    goods: 'GR001',
  });
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toContain('昨天');
});

test.each(['0000-01', '9999-12'])('%s is no month of this village', async (month) => {
  const headers = { authorization: `Bearer ${await world.apiToken(people.manager)}` };
  const earned = `villages/${willowCode}/earned?month=${month}`;
  expect((await world.app.inject({ url: `/api/v1/${earned}`, headers })).statusCode).toBe(422);
  const manager = await world.browser(people.manager);
  expect((await manager.get(`/${earned}`)).statusCode).toBe(200);
});

test('half a character is refused like the one that the database cannot hold', async () => {
  const answer = await world.app.inject({
    method: 'POST',
    url: `/api/v1/villages/${willowCode}/reversals`,
    headers: { authorization: `Bearer ${await world.apiToken(people.manager)}`, 'content-type': 'application/json' },
    payload: '{"seq":1,"reason":"wrong\\ud800"}',
  });
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ code: 'malformed_input' });
});

test('a row’s number beyond what the database counts to is not found, whatever it is a row of', async () => {
  const manager = await world.browser(people.manager);
  const village = `/villages/${willowCode}`;
  const beyond = 2 ** 31;
  const paths = ['handovers', 'stocktakes', 'reservations', 'honours', 'reminders', 'activities', 'acts', 'gifts'];
  const answers = await Promise.all(paths.map((path) => manager.get(`${village}/${path}/${beyond}`)));
  expect(answers.map(({ statusCode }) => statusCode).filter((status) => ![404, 422].includes(status))).toEqual([]);
});

test('a host that is none is refused where the page would print it', async () => {
  const answer = await world.app.inject({ url: `/villages/${willowCode}/log`, headers: { host: '[object Object]' } });
  expect(answer.statusCode).toBe(400);
});
