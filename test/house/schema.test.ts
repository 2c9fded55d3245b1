import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { dumpSchema } from './dump-schema.ts';
import { readFunctionFiles } from './function-files.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.close());

test('the migrated database is the one in test/schema.sql (rewritten by npm run schema:dump)', async () => {
  await expect(await dumpSchema(database.ownerSql)).toMatchFileSnapshot('../schema.sql');
});

test('every function of the database has one file that says the same, and every file its function', async () => {
  const functions = await database.ownerSql<{ name: string; signature: string; body: string }[]>`
    select proname as name, oid::regprocedure::text as signature, prosrc as body
      from pg_proc
     where pronamespace = 'public'::regnamespace
       and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')`;
  const files = readFunctionFiles();
  const faults = [
    ...functions
      .filter(({ name }) => !files.some((file) => file.name === name))
      .map(({ signature }) => `${signature} has no file: write one, or "drop function ${signature}" in a migration`),
    ...files.flatMap((file) => {
      const found = functions.filter(({ name }) => name === file.name);
      const [first] = found;
      if (first === undefined) {
        return [`${file.path} is in no migration: npm run migration:functions -- <name>`];
      }
      if (found.length > 1) {
        return [
          `${file.path}: the database also has ${found.map(({ signature }) => signature).join(' and ')}: drop one`,
        ];
      }
      const same = first.body.replaceAll('\r\n', '\n').trim() === file.body.trim();
      return same ? [] : [`${file.path} differs from the database: npm run migration:functions -- <name>`];
    }),
  ];
  expect(faults).toEqual([]);
});
