/** What the mends are for, shown on the mended package; the kills in test/faults show the rest. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type Postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mendPostgresJs } from '../../src/platform/database/mend-postgres-js.js';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let folder: string;
let sql: Postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'mended-postgres-js-'));
  const source = fileURLToPath(new URL('../../node_modules/postgres/src', import.meta.url));
  cpSync(source, folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const file of ['connection.js', 'index.js']) {
    const path = join(folder, file);
    writeFileSync(path, mendPostgresJs(file, readFileSync(path, 'utf8')));
  }
  const { default: postgres }: { default: typeof Postgres } = await import(
    pathToFileURL(join(folder, 'index.js')).href
  );
  const { host, port, user, password = '', database: name } = database.ownerOptions;
  const place = host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port };
  sql = postgres({ ...place, user, password, database: name, max: 1, fetch_types: false });
});

afterAll(async () => {
  await sql.end();
  rmSync(folder, { recursive: true });
  await database.close();
});

const THREE = [{ n: 1 }, { n: 2 }, { n: 3 }];
const three = () => sql`select n from generate_series(1, 3) as n`;

test('after an answer that an error cut short, the next one begins with its first row', async () => {
  await expect(sql`select 1 / (4 - n) from generate_series(1, 9) as n`).rejects.toMatchObject({ code: '22012' });
  expect([...(await three())]).toEqual(THREE);
});

test('after an answer that the loss of the connection cut short, the next one begins with its first row', async () => {
  const endsItself = sql`
    select n, case when n = 2000 then pg_terminate_backend(pg_backend_pid()) end
      from generate_series(1, 3000) as n`;
  await expect(endsItself).rejects.toMatchObject({ code: expect.stringMatching(/57P01|CONNECTION_CLOSED/) });
  expect([...(await three())]).toEqual(THREE);
});
