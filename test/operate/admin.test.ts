/** The administrator has forgotten the password, or is gone: whoever sits at the machine helps. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAdministrator, administrators, rescueAdministrator } from '../../src/operate/index.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { countyCode, PASSWORD, people, townshipCode, willowCode } from '../support/cast.ts';
import { databaseUrlOf } from '../support/database-config.ts';
import { runCommand } from '../support/operator-command.ts';

const NEW_PASSWORD = 'seven green lanterns';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

async function signInStatus(username: string, password: string): Promise<number> {
  const payload = { username, password };
  return (await world.app.inject({ method: 'POST', url: '/api/v1/sessions', payload })).statusCode;
}

async function useCode(username: string, code: string): Promise<number> {
  const payload = { username, code, newPassword: NEW_PASSWORD };
  return (await world.app.inject({ method: 'POST', url: '/api/v1/password-resets', payload })).statusCode;
}

/** What the terminal did, as the security log tells it: by nobody who is known, about whom. */
const terminalActs = () => world.database.ownerSql`
  select username, details
    from security_event
    join person on person.person_id = subject_id
   where kind = 'terminal.administrator'
     and security_event.person_id is null
   order by event_id`;

test('an administrator gets in again with a code that works once, and it stands in the security log', async () => {
  const { sql } = world.database;
  expect(await administrators(sql)).toMatchObject([{ username: people.administrator, countyCode }]);
  const issued = await rescueAdministrator(sql, { username: ' County-ADMIN ', withoutSecondStep: true });
  if ('refused' in issued) throw new Error(issued.refused);
  expect(await useCode(people.administrator, issued.code)).toBe(204);
  expect(await signInStatus(people.administrator, PASSWORD)).toBe(401);
  expect(await signInStatus(people.administrator, NEW_PASSWORD)).toBe(201);
  expect(await useCode(people.administrator, issued.code)).toBe(422);
  const [event] = await world.database.ownerSql`select from security_event where kind = 'reset.issued'`;
  expect(event).toBeDefined();
  expect(await terminalActs()).toEqual([{ username: people.administrator, details: { command: 'reset' } }]);
});

test('only administrators are helped here: managers have their office', async () => {
  const outcome = await rescueAdministrator(world.database.sql, { username: people.manager, withoutSecondStep: false });
  expect(outcome).toEqual({ refused: 'no_such_administrator' });
});

test('when the last one is gone, another is made, who alone chooses the password', async () => {
  const { sql, ownerSql } = world.database;
  await ownerSql`update person set disabled_at = now() where username = ${people.administrator}`;
  expect(await administrators(sql)).toEqual([]);
  const draft = { username: 'successor', displayName: '接任', countyCode };
  expect(await addAdministrator(sql, { ...draft, username: 'a b' })).toEqual({ refused: 'not_a_username' });
  expect(await addAdministrator(sql, { ...draft, countyCode: townshipCode })).toEqual({ refused: 'no_such_county' });
  expect(await addAdministrator(sql, { ...draft, username: people.manager })).toEqual({ refused: 'username_taken' });
  const issued = await addAdministrator(sql, draft);
  if ('refused' in issued) throw new Error(issued.refused);
  expect(await useCode('successor', issued.code)).toBe(204);
  expect(await signInStatus('successor', NEW_PASSWORD)).toBe(201);
  expect(await administrators(sql)).toMatchObject([{ username: 'successor' }]);
  expect((await terminalActs()).at(-1)).toEqual({ username: 'successor', details: { command: 'add' } });
});

test('the terminal is told why not, in two languages and without a stack', { timeout: 60_000 }, async () => {
  const env = { DATABASE_URL: databaseUrlOf(world.database.ownerOptions), DATA_DIR: world.dataDir };
  expect(await runCommand('admin.ts', [], env)).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining('successor'),
  });
  const refused = await runCommand('admin.ts', ['reset', people.manager], env);
  expect(refused).toMatchObject({ exitCode: 1, output: expect.stringContaining('没有这个用户名的现任管理员') });
  expect(refused.output).not.toMatch(/\n\s+at /);
  const closed = await runCommand('log.ts', ['close', willowCode], env);
  expect(closed).toMatchObject({ exitCode: 1, output: expect.stringContaining('nothing to close') });
  expect(await world.database.ownerSql`select from security_event where kind like 'terminal.log%'`).toHaveLength(0);
});

test('a log that is closed at the terminal is told of in the security log', { timeout: 60_000 }, async () => {
  expect((await world.app.inject(`/log/${willowCode}/checkpoint`)).statusCode).toBe(200);
  // As after the seed was in wrong hands.
  rmSync(join(world.dataDir, 'log-seed'));
  const env = { DATABASE_URL: databaseUrlOf(world.database.ownerOptions), DATA_DIR: world.dataDir };
  expect(await runCommand('log.ts', ['close', willowCode], env)).toMatchObject({ exitCode: 0 });
  const noted = await world.database.ownerSql`
    select code from security_event join region using (region_id) where kind = 'terminal.log_closed'`;
  expect(noted).toEqual([{ code: willowCode }]);
});
