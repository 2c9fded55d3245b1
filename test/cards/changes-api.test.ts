import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

let world: TestApp;
let token: string;

beforeAll(async () => {
  world = await createTestApp();
  token = await world.apiToken(people.manager);
});

afterAll(() => world.close());

const at = `/api/v1/villages/${willowCode}`;

async function send(path: string, payload: object, key: string = crypto.randomUUID()) {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key };
  const answer = await world.app.inject({ method: 'POST', url: `${at}${path}`, headers, payload });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

test('a split is previewed, written once for one key, and read again', async () => {
  const split = {
    kind: 'split',
    card: cards.曾有田,
    reason: '儿子成家',
    headName: '曾小田',
    group: '东头组',
    memberCount: 2,
    centipoints: 2500,
  };
  expect(await send('/household-changes/preview', { ...split, group: '没有的组' })).toMatchObject({
    status: 422,
    body: { code: 'unknown_group' },
  });
  const preview = await send('/household-changes/preview', split);
  expect(preview).toMatchObject({
    status: 200,
    body: {
      households: [
        { headName: '曾有田', balanceBeforeCentipoints: 10_000, balanceCentipoints: 7500, memberCount: 3 },
        { headName: '曾小田', balanceBeforeCentipoints: 0, balanceCentipoints: 2500, memberCount: 2 },
      ],
    },
  });
  const done = await send('/household-changes', split, 'split');
  expect(done).toMatchObject({
    status: 201,
    body: {
      kind: 'split',
      reason: '儿子成家',
      households: [
        { number: cards.曾有田, amountCentipoints: -2500, balanceAfterCentipoints: 7500 },
        { headName: '曾小田', amountCentipoints: 2500, balanceAfterCentipoints: 2500, status: 'active' },
      ],
    },
  });
  expect(await send('/household-changes', split, 'split')).toEqual(done);
  expect(await send('/household-changes', { ...split, centipoints: 1 }, 'split')).toMatchObject({
    status: 422,
    body: { code: 'key_reused' },
  });
  const answer = await world.app.inject({
    url: `${at}/household-changes/${String(done.body['operation'])}`,
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.json()).toEqual(done.body);
  await checkWorld(world.database.ownerSql);
});

test('a frozen card is refused by every route with the same code', async () => {
  const card = cards.赵满仓;
  expect(await send('/household-changes', { kind: 'freezing', card, reason: '卡丢了' })).toMatchObject({ status: 201 });
  const refused = { status: 409, body: { code: 'card_frozen' } };
  expect(await send('/household-changes', { kind: 'freezing', card, reason: '卡丢了' })).toMatchObject(refused);
  expect(await send('/redemptions', { card, lines: [{ goods: 'WA003', quantity: 1 }] })).toMatchObject(refused);
  expect(await send('/awards', { rule: 'AD-LAB-01', occurredOn: '2026-10-01', cards: [card] })).toMatchObject(refused);
});

test('a reason is asked for', async () => {
  const answer = await send('/household-changes', { kind: 'recall', card: cards.单小花, reason: ' ' });
  expect(answer.status).toBe(422);
});

test('a village whose points stay refuses to expire any', async () => {
  expect(await send('/expiries', {})).toMatchObject({ status: 409, body: { code: 'points_never_expire' } });
  const preview = await world.app.inject({
    url: `${at}/expiries/preview?on=2040-01-01`,
    headers: { authorization: `Bearer ${token}` },
  });
  expect(preview.json()).toEqual({
    on: '2040-01-01',
    earnedMonths: null,
    openingMonths: null,
    isYearly: false,
    households: [],
  });
});

test('the document names every kind of change', async () => {
  const document = (await world.app.inject('/api/openapi.json')).body;
  for (const kind of [
    'freezing',
    'unfreezing',
    'recall',
    'replacement',
    'split',
    'merger',
    'departure',
    'settlement',
  ]) {
    expect(document).toContain(`"${kind}"`);
  }
});
