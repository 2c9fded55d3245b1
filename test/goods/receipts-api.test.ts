import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.ts';
import { people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const base = `/api/v1/villages/${willowCode}`;

let world: TestApp;
let token: string;

beforeAll(async () => {
  world = await createTestApp();
  token = await world.apiToken(people.manager);
});

afterAll(() => world.close());

function receive(payload: object | string, headers: Record<string, string> = {}) {
  return world.app.inject({
    method: 'POST',
    url: `${base}/receipts`,
    payload,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
  });
}

const goods = async (code: string) => {
  const { items } = (await world.app.inject({ url: `${base}/goods` })).json<{ items: { code: string }[] }>();
  return items.find((item) => item.code === code);
};

test('everybody reads prices and stock', async () => {
  expect(await goods('GR001')).toMatchObject({ priceCentipoints: 950, quantityOnHand: 10, unitValueFen: 2800 });
});

test.each([
  ['a kind and a name', { kind: 'purchase', name: '批发部' }],
  ['a kind', 'donation'],
  ['a name', '王老板'],
])('the source may be %s', async (_, source) => {
  const before = (await goods('WA004')) as { quantityOnHand: number } | undefined;
  const payload = { source, lines: [{ goods: 'WA004', quantity: 3, colour: 'blue' }] };
  const key = { 'idempotency-key': JSON.stringify(source).replace(/\P{ASCII}/gu, '') };
  const answer = await receive(payload, key);
  expect(answer.statusCode).toBe(201);
  expect(answer.json()).toEqual({
    seq: expect.any(Number),
    operation: expect.any(String),
    recordedAt: expect.any(String),
  });
  expect((await receive(payload, key)).json()).toEqual(answer.json());
  expect(await goods('WA004')).toMatchObject({ quantityOnHand: (before?.quantityOnHand ?? 0) + 3 });
  await checkWorld(world.database.ownerSql);
});

test.each([0, -1, 1.5, '2', null, 10_000])('a quantity of %j is malformed', async (quantity) => {
  const answer = await receive({ source: 'donation', lines: [{ goods: 'WA003', quantity }] });
  expect(answer.json()).toMatchObject({
    status: 422,
    code: 'invalid_input',
    errors: [{ field: 'lines.0.quantity' }],
  });
});

test.each([
  ['unknown goods', { lines: [{ goods: 'ZZ999', quantity: 1 }] }, { code: 'unknown_goods', goods: 'ZZ999' }],
  [
    'goods past their day',
    { lines: [{ goods: 'WA003', quantity: 1, useBy: '2026-01-01' }] },
    { code: 'already_expired' },
  ],
  ['a day to come', { occurredOn: '2999-01-01', lines: [{ goods: 'WA003', quantity: 1 }] }, { code: 'date_in_future' }],
  [
    'a day that is none',
    { occurredOn: '2026-02-30', lines: [{ goods: 'WA003', quantity: 1 }] },
    { code: 'invalid_input' },
  ],
  ['no lines', { lines: [] }, { code: 'invalid_input' }],
])('%s is 422', async (_, payload, problem) => {
  expect((await receive({ source: 'donation', ...payload })).json()).toMatchObject({ status: 422, ...problem });
});

test('what is no JSON is 400', async () => {
  expect((await receive('{')).json()).toMatchObject({ status: 400, code: 'malformed_input' });
});
