/** Whether somebody exists shows neither in the answer nor in the work that it takes: the slow hashing is counted, not the clock. */
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { issueResetCode } from '../../src/people/index.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { people } from '../support/cast.ts';

const work = vi.hoisted(() => ({ hash: 0, verify: 0, hashRaw: 0 }));

vi.mock('@node-rs/argon2', async (original) => {
  const argon2 = await original<typeof import('@node-rs/argon2')>();
  const counted = <Name extends keyof typeof work>(name: Name) =>
    ((...given: Parameters<(typeof argon2)[Name]>) => {
      work[name] += 1;
      return (argon2[name] as (...all: unknown[]) => unknown)(...given);
    }) as (typeof argon2)[Name];
  return { ...argon2, hash: counted('hash'), verify: counted('verify'), hashRaw: counted('hashRaw') };
});

let world: TestApp;
let visitor: TestBrowser;

beforeAll(async () => {
  world = await createTestApp();
  visitor = await world.browser();
  await visitor.get('/sign-in');
  await world.database.ownerSql`update person set disabled_at = now() where username = ${people.county}`;
  const [person] = await world.db.sql<{ personId: number }[]>`
    select person_id as "personId" from person where username = ${people.otherManager}`;
  await issueResetCode(world.db.sql, { personId: person?.personId ?? 0, byPersonId: 1, address: '127.0.0.1' });
});

afterAll(() => world.close());

beforeEach(() => Object.assign(work, { hash: 0, verify: 0, hashRaw: 0 }));

const NOBODY = 'nobody-of-this-name';

test.each([
  ['nobody', NOBODY],
  ['somebody', people.manager],
  ['an account that is closed', people.county],
  ['no name at all', '()'],
])('a wrong password of %s is hashed once, at the page and by a program', async (_, username) => {
  const page = await visitor.submit('/sign-in', { username, password: 'not the password' });
  expect(page.statusCode).toBe(401);
  expect(work).toEqual({ hash: 0, verify: 1, hashRaw: 0 });
  const payload = { username, password: 'not the password' };
  const api = await world.app.inject({ method: 'POST', url: '/api/v1/sessions', payload });
  expect(api.json()).toMatchObject({ code: 'wrong_password' });
  expect(work).toEqual({ hash: 0, verify: 2, hashRaw: 0 });
});

test.each([
  ['nobody', NOBODY],
  ['somebody who was given none', people.manager],
  ['somebody who was given one', people.otherManager],
  ['an account that is closed', people.county],
])('a wrong code of %s is hashed once', async (_, username) => {
  const payload = { username, code: 'ABCD-EFGH', newPassword: 'a lantern in the yard' };
  const answer = await world.app.inject({ method: 'POST', url: '/api/v1/password-resets', payload });
  expect(answer.json()).toMatchObject({ code: 'wrong_reset_code' });
  expect(work).toEqual({ hash: 0, verify: 1, hashRaw: 0 });
});
