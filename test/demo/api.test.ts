import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.ts';
import { DEMO_VILLAGES } from '../support/demo.ts';

interface Account {
  username: string;
  password: string;
  role: string;
  village: string | null;
}

let world: TestApp;
let accounts: Account[];

beforeAll(async () => {
  world = await createTestApp({ template: 'demo', env: { DEMO: 'on' } });
  accounts = (await world.app.inject('/api/v1/demo')).json<{ accounts: Account[] }>().accounts;
}, 120_000);

afterAll(() => world.close());

test('lists a manager and a supervisor of every village, those of the first village first', () => {
  expect(accounts.slice(0, 2)).toMatchObject([
    { role: 'manager', village: '610630001001' },
    { role: 'supervisor', village: '610630001001' },
  ]);
  expect(accounts.filter(({ role }) => role === 'manager')).toHaveLength(DEMO_VILLAGES);
  expect(accounts.filter(({ role }) => role === 'supervisor')).toHaveLength(DEMO_VILLAGES);
  expect(accounts.filter(({ role }) => role === 'township_officer')).toHaveLength(12);
});

test('signs in whoever is on the list', async () => {
  for (const { username, password } of accounts.slice(0, 4)) {
    const payload = { username, password };
    expect((await world.app.inject({ method: 'POST', url: '/api/v1/sessions', payload })).statusCode).toBe(201);
  }
});

test('lets a manager go on where the history ends', async () => {
  const [{ username, password, village }] = accounts as [Account];
  const session = await world.app.inject({ method: 'POST', url: '/api/v1/sessions', payload: { username, password } });
  const headers = { authorization: `Bearer ${session.json<{ token: string }>().token}` };
  const listed = await world.app.inject({ url: `/api/v1/villages/${village}/cards?limit=100`, headers });
  const { items } = listed.json<{ items: { number: string; status: string }[] }>();
  const card = items.find(({ status }) => status === 'active')?.number;
  const award = await world.app.inject({
    method: 'POST',
    url: `/api/v1/villages/${village}/awards`,
    headers: { ...headers, 'idempotency-key': 'after-the-history' },
    payload: { rule: 'AD-LAB-01', cards: [card] },
  });
  expect(award.statusCode).toBe(201);
});
