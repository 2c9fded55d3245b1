import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../src/platform/database/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.close());

beforeEach(async () => {
  await database.ownerSql`drop table if exists schema_migration, one, two`;
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  await write('0000_one.sql', 'create table one (n integer);\n--> statement-breakpoint\ninsert into one values (1);');
  return () => rm(folder, { recursive: true });
});

const write = (name: string, text: string) => writeFile(join(folder, name), text);
const run = () => migrate(database.ownerOptions, folder);

test('applies what is new, in order, and nothing twice', async () => {
  await write('0001_two.sql', 'create table two as select n from one');
  expect(await run()).toEqual({ applied: ['0000_one.sql', '0001_two.sql'] });
  expect(await run()).toEqual({ applied: [] });
  await write('0002_more.sql', 'insert into two values (2)');
  expect(await run()).toEqual({ applied: ['0002_more.sql'] });
  expect(await database.ownerSql`select n from two order by n`).toEqual([{ n: 1 }, { n: 2 }]);
});

test('lets several processes start at once and applies each file once', async () => {
  await write('0001_two.sql', 'create table two as select n from one');
  const runs = await Promise.all([run(), run(), run()]);
  expect(runs.flatMap(({ applied }) => applied).sort()).toEqual(['0000_one.sql', '0001_two.sql']);
});

test('leaves nothing behind of a file that fails, and names its line', async () => {
  await write(
    '0001_two.sql',
    'create table two (n integer);\ninsert into two values (1);\ninsert into nowhere values (1);',
  );
  await expect(run()).rejects.toThrow('migration 0001_two.sql failed in line 3: relation "nowhere" does not exist');
  expect(await database.ownerSql`select to_regclass('two') as found`).toEqual([{ found: null }]);
  expect(await database.ownerSql`select name from schema_migration`).toEqual([{ name: '0000_one.sql' }]);
});

test('refuses a file that was edited after it was applied', async () => {
  await run();
  await write('0000_one.sql', 'create table one (n bigint);');
  await expect(run()).rejects.toThrow('migration 0000_one.sql was edited after it was applied');
});

test('takes the same file with other line ends for the same', async () => {
  await write('0001_two.sql', 'create table two (\n  n integer\n);\n');
  await run();
  await write('0001_two.sql', 'create table two (\r\n  n integer\r\n);\r\n');
  expect(await run()).toEqual({ applied: [] });
});

test('refuses a folder that lacks an applied file', async () => {
  await write('0001_two.sql', 'create table two (n integer)');
  await run();
  await rm(join(folder, '0001_two.sql'));
  await expect(run()).rejects.toThrow('migration 0001_two.sql was applied to this database, but the file is missing');
});

test('refuses a new file with a number below an applied one', async () => {
  await write('0002_two.sql', 'create table two (n integer)');
  await run();
  await write('0001_late.sql', 'select 1');
  await expect(run()).rejects.toThrow('migration 0001_late.sql comes before 0002_two.sql');
});

test.each([
  ['1_short.sql', 'must be named'],
  ['0000_another.sql', 'carry the same number'],
])('refuses the name %s', async (name, message) => {
  await write(name, 'select 1');
  await expect(run()).rejects.toThrow(message);
});
