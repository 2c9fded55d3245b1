/** Keys are changed while people are signed in. */

import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createDb } from '../../src/platform/database/db.ts';
import { currentAndPrevious, readSecrets, rotateSecrets, type Secrets } from '../../src/platform/secrets.ts';
import { PASSWORD, people, willowCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { databaseUrlOf } from '../support/database-config.ts';
import { runCommand } from '../support/operator-command.ts';

let database: TestDatabase;
let dataDir: string;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'cast' });
  dataDir = await mkdtemp(join(tmpdir(), 'love-supermarket-keys-'));
});

afterAll(async () => {
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function withServer<Result>(secrets: Secrets, work: (ask: Ask) => Promise<Result>): Promise<Result> {
  const config = readConfig({ LOG_LEVEL: 'silent', DEMO: 'off', DATA_DIR: dataDir });
  if ('refused' in config) throw new Error(config.message);
  const app = await buildApp({ config, secrets, db: createDb(database.sql) });
  try {
    return await work({
      signIn: async () => {
        const payload = { username: people.manager, password: PASSWORD };
        return (await app.inject({ method: 'POST', url: '/api/v1/sessions', payload })).json<{ token: string }>().token;
      },
      status: async (token) => {
        const url = `/api/v1/villages/${willowCode}/cards`;
        return (await app.inject({ url, headers: { authorization: `Bearer ${token}` } })).statusCode;
      },
    });
  } finally {
    await app.close();
  }
}

interface Ask {
  signIn(): Promise<string>;
  status(token: string): Promise<number>;
}

test('who is signed in stays so through a rotation, and new tokens are signed with the new key', async () => {
  const before = readSecrets(dataDir);
  const token = await withServer(before, ({ signIn }) => signIn());
  const env = { DATA_DIR: dataDir, DATABASE_URL: databaseUrlOf(database.ownerOptions) };
  const rotated = await runCommand('rotate-keys.ts', [], env);
  expect(rotated).toMatchObject({ exitCode: 0 });
  const noted = await database.ownerSql`
    select details, person_id as "personId" from security_event where kind = 'terminal.keys_rotated'`;
  expect(noted).toEqual([{ details: { at_once: 0 }, personId: null }]);
  const after = readSecrets(dataDir);
  expect(after.sessionSecret).not.toBe(before.sessionSecret);
  expect(rotated.output).not.toContain(after.sessionSecret);
  if (process.platform !== 'win32') expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);

  const fresh = await withServer(after, async ({ signIn, status }) => {
    expect(await status(token)).toBe(200);
    return signIn();
  });
  const { previous: _, ...later } = after;
  await withServer(later, async ({ status }) => {
    expect(await status(token)).toBe(401);
    expect(await status(fresh)).toBe(200);
  });
});

test('a second rotation waits for the first, unless the keys are in wrong hands', async () => {
  expect(await runCommand('rotate-keys.ts', [], { DATA_DIR: dataDir })).toMatchObject({ exitCode: 1 });
  expect(await runCommand('rotate-keys.ts', ['--at-once'], { DATA_DIR: dataDir })).toMatchObject({ exitCode: 0 });
  expect(readSecrets(dataDir).previous).toBeUndefined();
});

test('the key before runs out by itself', () => {
  const now = new Date();
  const secrets = rotateSecrets(dataDir, { atOnce: false, now: new Date(now.getTime() - 25 * 3_600_000) });
  if (secrets === null) throw new Error('it was not rotated');
  expect(currentAndPrevious(secrets, 'sessionSecret')()).toEqual([secrets.sessionSecret]);
  const young = rotateSecrets(dataDir, { atOnce: false, now });
  expect(young && currentAndPrevious(young, 'sessionSecret')()).toEqual([young?.sessionSecret, secrets.sessionSecret]);
});
