import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const base = `/api/v1/villages/${willowCode}`;

let world: TestApp;
let token: string;

beforeAll(async () => {
  world = await createTestApp();
  token = await world.apiToken(people.manager);
});

afterAll(() => world.close());

function redeem(payload: object | string, headers: Record<string, string> = {}) {
  return world.app.inject({
    method: 'POST',
    url: `${base}/redemptions`,
    payload,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
  });
}

const soap = (quantity: unknown) => ({ card: cards.赵满仓, lines: [{ goods: 'WA003', quantity }] });

test('an exchange answers its number, what it took and what is left; its address tells it again', async () => {
  const answer = await redeem({ ...soap(2), quotedCentipoints: 600, unheardOf: true }, { 'idempotency-key': 'one' });
  expect(answer.statusCode).toBe(201);
  const body = answer.json();
  expect(body).toMatchObject({ card: cards.赵满仓, spentCentipoints: 600, balanceAfterCentipoints: 9400 });
  expect((await redeem(soap(2), { 'idempotency-key': 'one' })).json()).toEqual(body);
  expect((await redeem(soap(3), { 'idempotency-key': 'one' })).json()).toMatchObject({
    status: 422,
    code: 'key_reused',
  });
  const told = await world.app.inject({
    url: `${base}/redemptions/${body.operation}`,
    headers: { authorization: `Bearer ${token}` },
  });
  expect(told.json()).toEqual({ ...body, lines: [{ goods: 'WA003', quantity: 2, priceCentipoints: 300 }] });
  await checkWorld(world.database.ownerSql);
});

test.each([0, -1, 1.5, '2', null, 10_000])('a quantity of %j is malformed', async (quantity) => {
  const answer = await redeem(soap(quantity));
  expect(answer.statusCode).toBe(422);
  expect(answer.json()).toMatchObject({ code: 'invalid_input', errors: [{ field: 'lines.0.quantity' }] });
  expect(answer.json<{ errors: { message: string }[] }>().errors[0]?.message).toMatch(/^这一项/);
});

test.each([
  ['no lines', { card: cards.赵满仓, lines: [] }],
  ['a short card number', { card: '12', lines: [{ goods: 'WA003', quantity: 1 }] }],
  ['nothing', {}],
])('%s is malformed', async (_, payload) => {
  expect((await redeem(payload)).json()).toMatchObject({ status: 422, code: 'invalid_input' });
});

test('what is no JSON is 400', async () => {
  expect((await redeem('{"card":')).json()).toMatchObject({ status: 400, code: 'malformed_input' });
});

test.each([
  [
    'unknown goods',
    { card: cards.赵满仓, lines: [{ goods: 'ZZ999', quantity: 1 }] },
    { status: 422, code: 'unknown_goods', goods: 'ZZ999' },
  ],
  [
    'too many',
    { card: cards.单小花, lines: [{ goods: 'AP001', quantity: 2 }] },
    { code: 'out_of_stock', wanted: 2, quantityOnHand: 1 },
  ],
  [
    'too dear',
    { card: cards.单小花, lines: [{ goods: 'GR005', quantity: 5 }] },
    { code: 'insufficient_points', missingCentipoints: 2000 },
  ],
  ['another price', { ...soap(1), quotedCentipoints: 299 }, { code: 'price_changed', spentCentipoints: 300 }],
  [
    'a card that is not open',
    { card: cards.李未开, lines: [{ goods: 'WA003', quantity: 1 }] },
    { code: 'card_not_open' },
  ],
  [
    'a card of another village',
    { card: cards.周外村, lines: [{ goods: 'WA003', quantity: 1 }] },
    { status: 422, code: 'card_of_another_village' },
  ],
])('%s is refused with what is needed to put it right', async (_, payload, problem) => {
  const answer = await redeem(payload);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json()).toMatchObject({ status: 409, ...problem });
  await checkWorld(world.database.ownerSql);
});

test('the same goods on two lines are checked together', async () => {
  const lines = [1, 1].map((quantity) => ({ goods: 'AP001', quantity }));
  expect((await redeem({ card: cards.单小花, lines })).json()).toMatchObject({ code: 'out_of_stock', wanted: 2 });
});

test('without a sign-in 401, without the right 403', async () => {
  expect((await redeem(soap(1), { authorization: '' })).statusCode).toBe(401);
  const supervisor = await world.apiToken(people.supervisor);
  expect((await redeem(soap(1), { authorization: `Bearer ${supervisor}` })).statusCode).toBe(403);
});
