/** A backup that is made while people work, and the copy that comes out of it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { auditLog } from '../../src/audit/audit-log.ts';
import { awardPoints } from '../../src/awards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { receiveGoods } from '../../src/goods/index.ts';
import { type RestoreInput, restoreBackup, writeBackup } from '../../src/operate/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { openPhotoStore, storePhotos } from '../../src/photos/index.ts';
import type { Sql } from '../../src/platform/database/connect.ts';
import { createDb } from '../../src/platform/database/db.ts';
import { readSecrets } from '../../src/platform/secrets.ts';
import { openVault } from '../../src/platform/vault.ts';
import { readGuards, verifyEverything, verifyVillages } from '../../src/verify-everything.ts';
import { dumpSchema } from '../house/dump-schema.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, willowCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { configOf } from '../support/database-config.ts';
import { runCommand } from '../support/operator-command.ts';
import { phonePhoto } from '../support/pictures.ts';
import { checkWorld } from '../support/world.ts';

const TODAY = '2026-10-15';

let served: TestApp;
let folder: string;
let backup: string;
/** Ready for `restore`: cloned from the migrated template, so not empty. */
let target: TestDatabase;
let copied: { rows: Record<string, number>; sha256: Record<string, string> };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'love-supermarket-backup-'));
  backup = join(folder, 'village.backup');
  served = await createTestApp();
  target = await createTestDatabase();
  readSecrets(served.dataDir);
  const [village] = await served.db.sql<{ villageId: number }[]>`
    select region_id as "villageId" from region where code = ${willowCode}`;
  await must(
    storePhotos(
      { config: configOf(served.dataDir, served.database.ownerOptions), db: served.db },
      {
        villageId: village?.villageId ?? 0,
        purpose: 'gift',
        addedBy: null,
        fields: {
          uploads: {
            files: [{ field: 'photos', content: await phonePhoto({ width: 64, height: 48 }) }],
            refused: null,
          },
          keptIds: [],
        },
      },
    ),
  );
});

afterAll(async () => {
  await served.close();
  await target.close();
  await rm(folder, { recursive: true, force: true });
});

const prove: RestoreInput['prove'] = async (tx, dataDir) =>
  (await verifyVillages(tx, await readGuards(tx, dataDir))).bad.map(({ sentence }) => sentence);

/** Tries to restore over the target; answers the refusal's text. */
async function refusal(wanted: Partial<RestoreInput> & { dataDir?: string }): Promise<string> {
  const { dataDir = join(folder, 'refused'), ...rest } = wanted;
  mkdirSync(dataDir, { recursive: true });
  const input = { config: configOf(dataDir, target.ownerOptions), path: backup, prove, overwrite: false };
  const error = await restoreBackup({ ...input, unproven: false, ...rest }).catch((thrown: unknown) => thrown);
  if (!(error instanceof Error)) throw new Error('it was restored');
  expect(error.name).toBe('OperatorError');
  return error.message;
}

/** What a restoration itself changes: it ends sign-ins, and notes itself. */
const CHANGED = new Set(['session', 'security_event', 'security_event_address']);

async function contents(sql: Sql): Promise<typeof copied> {
  const tables = await sql<{ name: string }[]>`
    select relname as name
      from pg_class
     where relnamespace = 'public'::regnamespace
       and relkind = 'r'
       and relname::text <> all (${[...CHANGED, 'schema_migration']}::text[])
     order by relname`;
  const rows: Record<string, number> = {};
  const sha256: Record<string, string> = {};
  for (const { name } of tables) {
    const [found] = await sql.unsafe<{ count: number; digest: string }[]>(`
      select count(*) as count,
             encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' order by line), ''), 'UTF8')), 'hex') as digest
        from (select "${name}"::text as line from "${name}") as lines`);
    rows[name] = found?.count ?? 0;
    sha256[name] = found?.digest ?? '';
  }
  return { rows, sha256 };
}

test('a backup under load is one moment: what was signed before it is in it, and nothing is half there', async () => {
  const village = await findVillage(served.db.sql, willowCode);
  const villageId = village?.villageId ?? 0;
  const by = () => ({ villageId, recordedBy: 1, today: TODAY, idempotencyKey: crypto.randomUUID() });
  let isOver = false;
  let done = 0;
  const work = async (card: string) => {
    while (!isOver) {
      const source = { kind: 'purchase', name: '供销社' } as const;
      const delivered = [{ code: 'WA003', quantity: 2 }];
      await must(receiveGoods(served.db, { ...by(), occurredOn: TODAY, source, lines: delivered }));
      await redeemGoods(served.db, { ...by(), card, lines: [{ code: 'WA003', quantity: 1 }] });
      done += 1;
    }
  };
  await served.app.inject(`/log/${willowCode}/checkpoint`);
  const signed = async () => {
    while (!isOver) {
      await served.app.inject(`/log/${willowCode}/checkpoint`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  const signedSize = () =>
    Number(readFileSync(join(served.dataDir, 'log', `${willowCode}.note`), 'utf8').split('\n')[1]);
  const working = [work(cards.赵满仓), work(cards.单小花), work(cards.曾有田), signed()];
  while (done < 10 || signedSize() <= 7) await new Promise((resolve) => setTimeout(resolve, 20));
  const doneBefore = done;
  const manifest = await writeBackup({
    database: served.database.ownerOptions,
    dataDir: served.dataDir,
    path: backup,
  });
  isOver = true;
  await Promise.all(working);

  expect(doneBefore).toBeGreaterThanOrEqual(10);
  expect(manifest.heads).toHaveLength(1);
  expect(manifest.heads[0]?.size).toBeGreaterThan(7);
  if (process.platform !== 'win32') expect(statSync(backup).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['village.backup']);
});

test('any tar opens it', () => {
  const listed = execFileSync('tar', ['tf', backup], { encoding: 'utf8' }).trim().split('\n');
  expect(listed).toContain('data/log-seed');
  expect(listed.filter((name) => /^data\/photos\/([0-9a-f]{2})\/\1[0-9a-f]{62}\.jpg$/.test(name))).toHaveLength(1);
  expect(listed).toContain('tables/act/000001.copy.gz');
  expect(listed.slice(-2)).toEqual(['manifest.json', 'checksum']);
});

test('nothing that is there is written over', async () => {
  const again = writeBackup({ database: served.database.ownerOptions, dataDir: served.dataDir, path: backup });
  await expect(again).rejects.toThrow('is there already');
  expect(await refusal({})).toContain('--overwrite');
  const used = join(folder, 'used');
  readSecrets(used);
  expect(await refusal({ dataDir: used })).toContain('--overwrite');
});

test('one changed byte, wherever it lies, or a missing end is refused by name, and nothing is changed', async () => {
  const whole = readFileSync(backup);
  const altered = join(folder, 'altered.backup');
  const before = await contents(target.ownerSql);
  // The first part's content, its padding, its header; the middle; manifest and checksum; the end.
  const places = [600, 150, 1_000, Math.floor(whole.length / 2), whole.length - 3_000, whole.length - 2_010];
  for (const place of [...places, whole.length - 1_600, whole.length - 1]) {
    const bytes = Buffer.from(whole);
    bytes[place] = (bytes[place] ?? 0) ^ 0x01;
    writeFileSync(altered, bytes);
    expect(await refusal({ path: altered, overwrite: true })).toMatch(
      /is damaged \(.+\); nothing was changed|is no backup/,
    );
  }
  writeFileSync(altered, whole.subarray(0, whole.length - 4_096));
  expect(await refusal({ path: altered, overwrite: true })).toContain('is damaged');
  writeFileSync(altered, Buffer.concat([whole, Buffer.from('x')]));
  expect(await refusal({ path: altered, overwrite: true })).toContain('is damaged');
  expect(await contents(target.ownerSql)).toEqual(before);
  expect(readdirSync(join(folder, 'refused'))).toEqual([]);
});

test('the copy has every row, the same schema and sound books, and knows what was signed', async () => {
  const dataDir = join(folder, 'copy');
  mkdirSync(dataDir);
  const config = configOf(dataDir, target.ownerOptions);
  const restored = await restoreBackup({ config, path: backup, overwrite: true, unproven: false, prove });
  expect(restored).toMatchObject({ faults: [], newerLogs: [], aside: null });

  copied = await contents(target.ownerSql);
  const wanted = Object.fromEntries(
    restored.manifest.tables.filter(({ name }) => !CHANGED.has(name)).map(({ name, rows }) => [name, rows]),
  );
  expect(copied.rows).toEqual(wanted);
  expect(await dumpSchema(target.ownerSql)).toBe(await dumpSchema(served.database.ownerSql));
  await checkWorld(target.ownerSql);
  const verified = await verifyEverything(target.sql, dataDir);
  expect(verified.bad).toEqual([]);
  expect(verified.acts).toBeGreaterThan(27);
  expect(readSecrets(dataDir)).toEqual(readSecrets(served.dataDir));
  const pictures = await target.ownerSql<{ sha256: Buffer }[]>`select sha256 from photo`;
  expect(pictures).toHaveLength(1);
  for (const { sha256 } of pictures) expect(await openPhotoStore(config).get(sha256)).not.toBeNull();
  const sealed = openVault(served.dataDir, 'anything').seal(Buffer.from('kept'), 'row');
  expect(openVault(dataDir, 'anything').open(sealed, 'row')?.toString()).toBe('kept');
  const noted = await target.ownerSql`
    select details ->> 'backup_of' as "backupOf" from security_event where kind = 'terminal.restored'`;
  expect(noted).toEqual([{ backupOf: restored.manifest.madeAt }]);
  const [open] = await target.ownerSql`select from session where ended_at is null`;
  expect(open).toBeUndefined();
});

test('the copy goes on: it takes acts, and an audit that knew the old server follows it', async () => {
  const dataDir = join(folder, 'copy');
  const config = configOf(dataDir, target.ownerOptions);
  const db = createDb(target.sql);
  const village = await findVillage(db.sql, willowCode);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await must(
    awardPoints(db, {
      villageId: village?.villageId ?? 0,
      recordedBy: 1,
      today: TODAY,
      occurredOn: TODAY,
      idempotencyKey: crypto.randomUUID(),
      rule: 'AD-LAB-01',
      cards: [cards.王建国],
    }),
  );
  const note = readFileSync(join(dataDir, 'log', `${willowCode}.note`), 'utf8');
  const app = await buildApp({ config, secrets: readSecrets(dataDir), db });
  const fetch = async (path: string) => {
    const answer = await app.inject(`/log/${willowCode}/${path}`);
    return answer.statusCode === 200 ? answer.rawPayload : null;
  };
  const vkey = (await app.inject(`/log/${willowCode}/vkey`)).body.trim();
  const audited = await auditLog({
    fetch,
    vkey,
    saved: [{ name: 'kept before', note }],
    fetchPublication: async () => null,
  });
  await app.close();
  expect('finding' in audited ? audited.finding.sentence : null).toBeNull();
});

test('an older backup over newer signatures: what was signed last stays known, and the log does not fork', async () => {
  const dataDir = join(folder, 'copy');
  const config = configOf(dataDir, target.ownerOptions);
  const restored = await restoreBackup({ config, path: backup, overwrite: true, unproven: false, prove });
  expect(restored.newerLogs).toEqual([willowCode]);
  expect(await contents(target.ownerSql)).toEqual(copied);
  const { bad } = await verifyEverything(target.sql, dataDir);
  expect(bad.map(({ sentence }) => sentence)).toEqual([expect.stringContaining('acts were signed')]);
});

test('a backup that is whole but not sound is refused, unless that is asked for', async () => {
  const unsound = await createTestDatabase({ template: 'cast' });
  const path = join(folder, 'unsound.backup');
  try {
    await unsound.ownerSql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update act set leaf_hash = sha256('another leaf') where seq = 3`;
    });
    await writeBackup({ database: unsound.ownerOptions, dataDir: served.dataDir, path });
  } finally {
    await unsound.close();
  }
  const before = await contents(target.ownerSql);
  const text = await refusal({ path, overwrite: true });
  expect(text).toContain('is not sound; nothing was changed');
  expect(await contents(target.ownerSql)).toEqual(before);
  expect(readdirSync(join(folder, 'refused'))).toEqual([]);

  const dataDir = join(folder, 'unproven');
  mkdirSync(dataDir);
  const config = configOf(dataDir, target.ownerOptions);
  const restored = await restoreBackup({ config, path, overwrite: true, unproven: true, prove });
  expect(restored.faults).not.toEqual([]);
});

test('from the terminal: into an empty folder, proved there, and out of it again', { timeout: 120_000 }, async () => {
  const env = { DATA_DIR: join(folder, 'fresh') };
  const restored = await runCommand('restore.ts', [backup], env);
  expect(restored).toMatchObject({ exitCode: 0 });
  expect(restored.output).toContain('every one of them proved, with 1 signed logs');
  expect((await runCommand('verify.ts', [], env)).output).toContain('villages hold');
  expect(await runCommand('restore.ts', [backup], env)).toMatchObject({
    exitCode: 2,
    output: expect.stringContaining('--overwrite'),
  });
  const again = join(folder, 'again.backup');
  expect(await runCommand('backup.ts', [again], env)).toMatchObject({ exitCode: 0 });
  expect(existsSync(again)).toBe(true);
  expect(await runCommand('backup.ts', [], env)).toMatchObject({ exitCode: 2 });
});
