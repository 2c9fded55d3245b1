/** Every released schema with data in it is brought to the newest one; no figure changes, and everything holds. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restoreBackup } from '../../src/operate/index.ts';
import { migrate, readMigrations } from '../../src/platform/database/migrate.ts';
import { readGuards, verifyEverything, verifyVillages } from '../../src/verify-everything.ts';
import { dumpSchema } from '../house/dump-schema.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { configOf } from '../support/database-config.ts';
import { checkWorld } from '../support/world.ts';
import { readTotals } from './read-totals.ts';

const folder = fileURLToPath(new URL('./', import.meta.url));
const baselines = readdirSync(folder)
  .filter((name) => name.endsWith('.backup'))
  .map((name) => name.slice(0, -'.backup'.length));

let database: TestDatabase;
let newest: string;
let scratch: string;

beforeAll(async () => {
  database = await createTestDatabase();
  newest = await dumpSchema(database.ownerSql);
  scratch = await mkdtemp(join(tmpdir(), 'love-supermarket-upgrade-'));
});

afterAll(async () => {
  await database.close();
  await rm(scratch, { recursive: true, force: true });
});

test('there is a baseline', () => {
  expect(baselines).not.toEqual([]);
});

describe.each(baselines)('from %s', (name) => {
  test('to the newest: same figures, same schema as a new database, every row and signature proved', async () => {
    const dataDir = join(scratch, name);
    mkdirSync(dataDir);
    const { manifest, faults } = await restoreBackup({
      config: configOf(dataDir, database.ownerOptions),
      path: `${folder}${name}.backup`,
      overwrite: true,
      unproven: false,
      prove: async (tx, files) =>
        (await verifyVillages(tx, await readGuards(tx, files))).bad.map(({ sentence }) => sentence),
    });
    expect(faults).toEqual([]);
    expect(manifest.heads).not.toEqual([]);
    const totals: unknown = JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8'));
    expect(await readTotals(database.sql)).toEqual(totals);
    expect(await dumpSchema(database.ownerSql)).toBe(newest);
    await checkWorld(database.ownerSql);
    expect((await verifyEverything(database.sql, dataDir)).bad).toEqual([]);
    // The next start finds nothing left to do.
    expect(await migrate(database.ownerOptions)).toEqual({ applied: [] });
    expect(manifest.migrations.length).toBeLessThanOrEqual((await readMigrations()).length);
  });
});
