import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.ts';
import { people, poplarCode, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

let world: TestApp;
let token: string;

beforeAll(async () => {
  world = await createTestApp();
  token = await world.apiToken(people.manager);
});

afterAll(() => world.close());

function register(payload: object, key: string, village = willowCode) {
  return world.app.inject({
    method: 'POST',
    url: `/api/v1/villages/${village}/households`,
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': key },
    payload,
  });
}

const household = { headName: '尉迟大山', group: '东头组', memberCount: 4 };

test('a household is registered once for one key', async () => {
  const [first, second] = await Promise.all([register(household, 'one'), register(household, 'one')]);
  expect(first.statusCode).toBe(201);
  expect(first.json()).toMatchObject({ ...household, status: 'registered', balanceCentipoints: 0 });
  expect(second.json()).toEqual(first.json());
  expect((await register({ ...household, memberCount: 5 }, 'one')).json()).toMatchObject({
    status: 422,
    code: 'key_reused',
  });
  await checkWorld(world.database.ownerSql);
});

test.each([
  ['the same household again', { ...household }, 409, 'household_exists'],
  ['a group that is not there', { ...household, group: '北头组' }, 422, 'unknown_group'],
  ['nobody in it', { ...household, memberCount: 0 }, 422, 'invalid_input'],
  ['no name', { ...household, headName: ' ' }, 422, 'invalid_input'],
])('refuses %s', async (_, payload, status, code) => {
  await register(household, 'one');
  const answer = await register(payload, crypto.randomUUID());
  expect(answer.json()).toMatchObject({ status, code });
});

test('another household of the same name is registered when somebody says so', async () => {
  await register(household, 'one');
  expect((await register({ ...household, isNamesake: true }, 'two')).statusCode).toBe(201);
});

test('only the manager of the village registers', async () => {
  expect((await register(household, 'three', poplarCode)).statusCode).toBe(403);
});
