import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { provideSetUpCode } from '../../src/people/index.ts';
import { createTestApp, type TestApp } from '../support/app.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'set-up-'));
let world: TestApp;
let code: string;

beforeAll(async () => {
  world = await createTestApp({ template: 'migrated', env: { DATA_DIR: dataDir } });
  code = provideSetUpCode(dataDir);
});

afterAll(async () => {
  await world.close();
  rmSync(dataDir, { recursive: true });
});

const form = (changes: Record<string, string> = {}) => ({
  code,
  countyName: '试验县',
  countyCode: '990100',
  displayName: '高县管',
  username: 'gao',
  password: 'a long password',
  ...changes,
});

async function openPage() {
  const browser = await world.browser();
  expect((await browser.get('/set-up')).statusCode).toBe(200);
  return browser;
}

test('the code is for the eyes of the operator, and stays the same until it is used', () => {
  expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
  expect(provideSetUpCode(dataDir)).toBe(code);
  expect(readFileSync(join(dataDir, 'set-up-code'), 'utf8').trim()).toBe(code);
  if (process.platform !== 'win32') expect(statSync(join(dataDir, 'set-up-code')).mode & 0o777).toBe(0o600);
});

test('an empty installation leads to its set-up', async () => {
  const browser = await world.browser();
  expect((await browser.get('/')).headers.location).toBe('/set-up');
  expect((await browser.get('/sign-in')).body).toContain('<a href="/set-up">');
});

test('what is filled in wrong comes back with everything but the password', async () => {
  const browser = await openPage();
  const answer = await browser.submit('/set-up', form({ countyCode: '12', password: '12345678', username: 'a b' }));
  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain('区划代码要填 6 位或 12 位数字');
  expect(answer.body).toContain('这个密码太常见');
  expect(answer.body).toContain('value="试验县"');
  expect(answer.body).not.toContain('12345678');
});

test('a wrong code makes nobody an administrator, and guessing stops soon', async () => {
  const browser = await openPage();
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect((await browser.submit('/set-up', form({ code: 'AAAA-AAAA' }))).statusCode).toBe(422);
  }
  expect((await browser.submit('/set-up', form())).statusCode).toBe(429);
  expect((await world.db.sql`select from person`).length).toBe(0);
  await world.database.ownerSql`delete from sign_in_failure`;
});

test('of several first administrators at once, one wins', async () => {
  const browsers = await Promise.all(Array.from({ length: 5 }, openPage));
  const answers = await Promise.all(
    browsers.map((browser, index) =>
      browser.submit(
        '/set-up',
        form({ code: ` ${code.toLowerCase()} `, username: `gao${index}`, countyCode: `99010${index}` }),
      ),
    ),
  );
  const won = answers.filter(({ statusCode }) => statusCode === 303);
  expect(won.length).toBe(1);
  expect(answers.filter(({ statusCode }) => statusCode === 409 || statusCode === 422).length).toBe(4);
  expect((await world.db.sql`select from person`).length).toBe(1);
  expect((await world.db.sql`select from region`).length).toBe(1);

  const winner = browsers[answers.findIndex(({ statusCode }) => statusCode === 303)];
  const home = String(won[0]?.headers.location);
  expect(home).toMatch(/^\/regions\/99010\d000000\/administration$/);
  expect((await winner?.get(home))?.statusCode).toBe(200);
  expect((await (await world.browser()).get('/sign-in')).body).not.toContain('/set-up');
});

test('afterwards the page is closed and the code is gone', async () => {
  const browser = await world.browser();
  expect((await browser.get('/set-up')).statusCode).toBe(409);
  await browser.get('/sign-in');
  expect((await browser.submit('/set-up', form())).statusCode).toBe(409);
  expect(() => readFileSync(join(dataDir, 'set-up-code'))).toThrow('ENOENT');
});
