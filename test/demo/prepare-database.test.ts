import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { demoAccounts, prepareDatabase } from '../../src/demo/index.ts';
import { openPhotoStore } from '../../src/photos/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import type { PostgresOptions, Sql } from '../../src/platform/database/connect.ts';
import { OperatorError } from '../../src/platform/operator-error.ts';
import { until } from '../platform/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { TemplateName } from '../support/templates.ts';
import { checkWorld } from '../support/world.ts';

let database: TestDatabase;
let child: ChildProcess | undefined;

afterEach(async () => {
  child?.kill('SIGKILL');
  child = undefined;
  await database.close();
});

async function open(template: TemplateName): Promise<TestDatabase> {
  database = await createTestDatabase({ template });
  return database;
}

const lines: string[] = [];
const log = (line: string) => lines.push(line);
const oneVillage = { villageCount: 1 };
const regions = async (sql: Sql) => (await sql`select count(*) as count from region`)[0]?.count;

test('throws a demonstration away that was killed in the middle, and loads it whole', {
  timeout: 120_000,
}, async () => {
  const { ownerOptions, ownerSql, sql } = await open('migrated');
  const killed = startProcess(ownerOptions, 3);
  await until(async () => ((await ownerSql`select from act limit 120`).length === 120 ? true : null), 60_000);
  killed.kill('SIGKILL');
  await once(killed, 'close');

  expect(await prepareDatabase(ownerOptions, log, { demo: true }, oneVillage)).toEqual({ demo: true });
  expect(lines.join('\n')).toContain('beginning anew');
  expect(await regions(sql)).toBe(1 + 12 + 1);
  expect(await ownerSql`select finished_at is not null as finished from demo_load`).toEqual([{ finished: true }]);
  await checkWorld(ownerSql);
});

test('takes photos of what was done, where there is a place for them, and each of them can be shown', async () => {
  const { ownerOptions, sql } = await open('migrated');
  const dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-photos-'));
  await prepareDatabase(ownerOptions, log, { demo: true }, { ...oneVillage, photoPlace: { dataDir } });
  const photos = await sql<{ purpose: string; sha256: Buffer }[]>`select purpose, sha256 from photo order by photo_id`;
  expect(photos.map(({ purpose }) => purpose)).toEqual(['evidence', 'evidence', 'gift', 'echo']);
  for (const { sha256 } of photos) expect(await openPhotoStore({ dataDir }).get(sha256)).not.toBeNull();
  const [named] = await sql`
    select count(distinct shown ->> 'photo') as count
      from act
      cross join lateral jsonb_array_elements(act.facts -> 'photos') as shown
      join photo
        on photo.public_id = shown ->> 'photo'`;
  expect(named).toEqual({ count: photos.length });
  rmSync(dataDir, { recursive: true });
});

test('leaves nothing of an interrupted demonstration to a start without one', async () => {
  const { ownerOptions, ownerSql, sql } = await open('demo');
  await ownerSql`update demo_load set finished_at = null`;
  expect(await prepareDatabase(ownerOptions, log, { demo: false })).toEqual({ demo: false });
  expect(await regions(sql)).toBe(0);
  expect(await sql`select from person`).toEqual([]);
});

test('refuses a start without demonstration on a database whose passwords are public', async () => {
  const { ownerOptions, sql } = await open('demo');
  await expect(prepareDatabase(ownerOptions, log, { demo: false })).rejects.toThrow(OperatorError);
  expect(await regions(sql)).toBe(1 + 12 + 3);
});

test('finds the demonstration again at the next start and loads nothing', async () => {
  const { ownerOptions, sql } = await open('demo');
  const before = await sql`select count(*) as acts from act`;
  expect(await prepareDatabase(ownerOptions, log, { demo: true })).toEqual({ demo: true });
  expect(await sql`select count(*) as acts from act`).toEqual(before);
});

test('never mixes a demonstration into real data, and shows no accounts there', async () => {
  const { ownerOptions, sql } = await open('cast');
  const before = await regions(sql);
  expect(await prepareDatabase(ownerOptions, log, { demo: true })).toEqual({ demo: false });
  expect(await regions(sql)).toBe(before);
  expect(await demoAccounts(sql, villageDay(new Date()))).toEqual([]);
});

test('lets two processes that start at once load it once', { timeout: 120_000 }, async () => {
  const { ownerOptions, sql } = await open('migrated');
  const start = () => prepareDatabase(ownerOptions, log, { demo: true }, oneVillage);
  expect(await Promise.all([start(), start()])).toEqual([{ demo: true }, { demo: true }]);
  expect(await regions(sql)).toBe(1 + 12 + 1);
});

function startProcess(owner: PostgresOptions, villageCount: number): ChildProcess {
  const script = fileURLToPath(new URL('./prepare-process.ts', import.meta.url));
  const words = ['--import', 'tsx', script, JSON.stringify(owner), String(villageCount)];
  child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] });
  return child;
}
