/**
 * Puts a backup back: the archive is read to its last byte first, then the database is filled, upgraded and proved in one
 * transaction, and only then do the files follow. So either all of it is there, or nothing was changed.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { endAllSessions } from '../people/index.ts';
import type { Config } from '../platform/config.ts';
import { connect, type PostgresOptions } from '../platform/database/connect.ts';
import type { Tx } from '../platform/database/db.ts';
import { migrateWithin, readMigrations } from '../platform/database/migrate.ts';
import { OperatorError } from '../platform/operator-error.ts';
import { lockDataFolder } from '../platform/process/lock-data-folder.ts';
import { openDatabase } from '../platform/process/open-database.ts';
import { isDataFile } from './data-files.ts';
import { type BackupManifest, FILES, TABLES } from './manifest.ts';
import { noteTerminal } from './note-terminal.ts';
import { isPhotoPath } from './photo-files.ts';
import { type Placed, placeFiles } from './place-files.ts';
import { checkBackup, checkedParts } from './read-backup.ts';
import type { TarEntry } from './tar.ts';

const unzipped = promisify(gunzip);

export interface RestoreInput {
  config: Config;
  path: string;
  /** What is there now may be lost. */
  overwrite: boolean;
  /** Sentences about what does not hold, with the files of the backup in this folder; none when everything does. */
  prove(tx: Tx, dataDir: string): Promise<string[]>;
  /** Restore even what does not hold: better than nothing when there is no other copy. */
  unproven: boolean;
}

export interface Restored extends Placed {
  manifest: BackupManifest;
  rows: number;
  /** Only with `unproven`. */
  faults: string[];
}

export async function restoreBackup(input: RestoreInput): Promise<Restored> {
  const { config, path } = input;
  const { dataDir } = config;
  const manifest = await checkBackup(path);
  await refuseNewer(manifest);
  const isNew = !existsSync(join(dataDir, 'postgres'));
  const lock = await lockDataFolder(dataDir);
  try {
    if (
      !input.overwrite &&
      ['secrets.json', 'storage-keys', 'log-seed'].some((file) => existsSync(join(dataDir, file)))
    ) {
      throw notEmpty(dataDir);
    }
    const database = await openDatabase(config, () => {});
    let isDone = false;
    try {
      const restored = await restoreInto(database.owner, manifest, input);
      isDone = true;
      await database.durable;
      return restored;
    } finally {
      await database.stop();
      // A cluster that was made for nothing would look like one that somebody uses.
      if (!isDone && isNew) rmSync(join(dataDir, 'postgres'), { recursive: true, force: true });
    }
  } finally {
    lock.release();
  }
}

async function restoreInto(
  database: PostgresOptions,
  manifest: BackupManifest,
  { config: { dataDir }, path, overwrite, prove, unproven }: RestoreInput,
): Promise<Restored> {
  const sql = connect(database, { max: 1, applicationName: 'love-supermarket restore', statementTimeoutMs: 0 });
  mkdirSync(dataDir, { recursive: true });
  const staged = mkdtempSync(join(dataDir, 'restoring-'));
  try {
    const faults = await sql.begin(async (tx) => {
      await tx`set local idle_in_transaction_session_timeout = 0`;
      await refuseUsed(tx);
      await makeEmpty(tx, overwrite, dataDir);
      await migrateWithin(tx, manifest.migrations.at(-1)?.name);
      await copyIn(tx, path, manifest, staged);
      for (const { table, column, lastValue, isCalled } of manifest.sequences) {
        await tx`select setval(pg_get_serial_sequence(${table}, ${column}), ${lastValue}, ${isCalled})`;
      }
      // What the schema asks at commit is asked now: a table with open questions cannot be upgraded.
      await tx`set constraints all immediate`;
      await migrateWithin(tx);
      await endAllSessions(tx);
      await noteTerminal(tx, { kind: 'terminal.restored', details: { backup_of: manifest.madeAt } });
      await tx`analyze`;
      const found = await prove(tx, staged);
      if (found.length > 0 && !unproven) throw notProven(path, found);
      return found;
    });
    const aside = `before-restore-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    return { ...placeFiles(staged, dataDir, aside), manifest, rows, faults };
  } finally {
    rmSync(staged, { recursive: true, force: true });
    await sql.end({ timeout: 5 });
  }
}

/** A backup begins where this program's own history does, or it is of a newer program. */
async function refuseNewer({ migrations }: BackupManifest): Promise<void> {
  const own = await readMigrations();
  if (migrations.every(({ name, sha256 }, at) => own[at]?.name === name && own[at].sha256 === sha256)) return;
  throw new OperatorError(
    'The backup was made by a newer or another program than this one. Use that one; nothing was changed.',
    '这份备份是用更新的或另一个版本的程序做的，请用那个版本恢复。没有做任何改动。',
  );
}

/** A database of one's own may be served from another data folder. */
async function refuseUsed(tx: Tx): Promise<void> {
  const [used] = await tx`
    select
      from pg_stat_activity
     where datname = current_database()
       and application_name like 'love-supermarket worker%'`;
  if (!used) return;
  throw new OperatorError(
    'A server is working with this database. Stop it first; nothing was changed.',
    '有服务器正在使用这个数据库，请先停止。没有做任何改动。',
  );
}

async function makeEmpty(tx: Tx, overwrite: boolean, dataDir: string): Promise<void> {
  const tables = await tx<{ name: string }[]>`
    select quote_ident(relname) as name
      from pg_class
     where relnamespace = 'public'::regnamespace
       and relkind in ('r', 'p')
       and relowner = current_user::regrole`;
  const functions = await tx<{ name: string }[]>`
    select oid::regprocedure::text as name
      from pg_proc
     where pronamespace = 'public'::regnamespace
       and proowner = current_user::regrole`;
  if (tables.length > 0 && !overwrite) throw notEmpty(dataDir);
  if (tables.length > 0) await tx.unsafe(`drop table ${tables.map(({ name }) => name).join(', ')} cascade`);
  if (functions.length > 0) await tx.unsafe(`drop function ${functions.map(({ name }) => name).join(', ')} cascade`);
}

async function copyIn(tx: Tx, path: string, manifest: BackupManifest, staged: string): Promise<void> {
  const parts = checkedParts(path, manifest);
  const next = async (): Promise<TarEntry | undefined> => {
    const result = await parts.next();
    return result.done ? undefined : result.value;
  };
  let part = await next();
  for (; part?.name.startsWith(FILES); part = await next()) stage(part, staged);
  for (const { name, columns, rows } of manifest.tables) {
    const prefix = `${TABLES}${name}/`;
    const pieces = async function* () {
      for (; part?.name.startsWith(prefix); part = await next()) yield await unzipped(part.content);
    };
    const list = columns.map((column) => `"${column}"`).join(', ');
    await pipeline(Readable.from(pieces()), await tx.unsafe(`copy "${name}" (${list}) from stdin`).writable());
    const [found] = await tx.unsafe<{ count: number }[]>(`select count(*) from "${name}"`);
    if (found?.count !== rows) throw new Error(`${name} should have ${rows} rows and has ${found?.count}`);
  }
  if (part) throw new Error(`${part.name} belongs to no table`);
}

function stage({ name, content }: TarEntry, staged: string): void {
  const path = name.slice(FILES.length);
  if (!isDataFile(path) && !isPhotoPath(path)) throw new Error(`${name} is no file of a data folder`);
  mkdirSync(dirname(join(staged, path)), { recursive: true, mode: 0o700 });
  writeFileSync(join(staged, path), content, { mode: 0o600 });
}

function notEmpty(dataDir: string): OperatorError {
  return new OperatorError(
    `There are data in ${dataDir} or its database. With --overwrite they are lost; nothing was changed.`,
    `${dataDir} 或它的数据库里已有数据。加上 --overwrite 会覆盖掉它们；没有做任何改动。`,
  );
}

function notProven(path: string, faults: readonly string[]): OperatorError {
  return new OperatorError(
    `${faults.join('\n')}\n${path} is not sound; nothing was changed. Use another backup, or add --unproven to restore it as it is.`,
    `${path} 里的数据对不上，没有做任何改动。请换一份备份；确要照原样恢复，请加 --unproven。`,
  );
}
