/**
 * Brings a database to the newest numbered file in `drizzle/`, or refuses: a file that was applied is never edited, removed
 * or overtaken by a lower number. Every file is one transaction under one advisory lock, so several processes may start at
 * once and a failed file leaves nothing behind. The owner's role runs it.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { connect, type PostgresOptions, type Sql } from './connect.ts';
import type { Tx } from './db.ts';

type MigrationFile = { name: string; text: string; sha256: string };
type AppliedMigration = { name: string; sha256: string };

const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../../drizzle/', import.meta.url));
const MIGRATION_NAME = /^\d{4}_[a-z0-9_]+\.sql$/;
/** Any number that nothing else in this database locks. */
const ADVISORY_LOCK = 20_261_121;

export async function migrate(options: PostgresOptions, folder = MIGRATIONS_FOLDER): Promise<{ applied: string[] }> {
  const files = await readMigrations(folder);
  const sql = connect(options, { max: 1, applicationName: 'love-supermarket migration', statementTimeoutMs: 0 });
  const applied: string[] = [];
  try {
    for (;;) {
      const name = await applyNext(sql, files);
      if (name === undefined) {
        return { applied };
      }
      applied.push(name);
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
}

export async function readMigrations(folder = MIGRATIONS_FOLDER): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  for (const [index, name] of names.entries()) {
    if (!MIGRATION_NAME.test(name)) {
      throw new Error(`migration ${name} must be named NNNN_words_in_lower_case.sql`);
    }
    const before = names[index - 1];
    if (before?.slice(0, 4) === name.slice(0, 4)) {
      throw new Error(`migrations ${before} and ${name} carry the same number`);
    }
  }
  return Promise.all(
    names.map(async (name) => {
      // A checkout on Windows may end its lines otherwise; that is no edit.
      const text = (await readFile(`${folder}/${name}`, 'utf8')).replaceAll('\r\n', '\n');
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/** The files that are still to come, in order; throws when the database and the folder tell different histories. */
function pendingMigrations(files: readonly MigrationFile[], applied: readonly AppliedMigration[]): MigrationFile[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const { name, sha256 } of applied) {
    const file = byName.get(name);
    if (file === undefined) {
      throw new Error(
        `migration ${name} was applied to this database, but the file is missing: is the program older than the database?`,
      );
    }
    if (file.sha256 !== sha256) {
      throw new Error(`migration ${name} was edited after it was applied: restore it and write a new one instead`);
    }
  }
  const last =
    applied
      .map(({ name }) => name)
      .sort()
      .at(-1) ?? '';
  const done = new Set(applied.map(({ name }) => name));
  const pending = files.filter(({ name }) => !done.has(name));
  const late = pending.find(({ name }) => name < last);
  if (late !== undefined) {
    throw new Error(
      `migration ${late.name} comes before ${last}, which was already applied: give it the next free number`,
    );
  }
  return pending;
}

/** Applies the first pending file. The lock is asked for again with each file, because it ends with the transaction. */
async function applyNext(sql: Sql, files: readonly MigrationFile[]): Promise<string | undefined> {
  return sql.begin((tx) => applyNextWithin(tx, files));
}

/**
 * All files up to the named one, or to the newest, within the caller's transaction: for a restore, which happens as a whole
 * or not at all.
 */
export async function migrateWithin(tx: Tx, through?: string, folder = MIGRATIONS_FOLDER): Promise<void> {
  const files = await readMigrations(folder);
  const wanted = through === undefined ? files : files.filter(({ name }) => name <= through);
  while ((await applyNextWithin(tx, wanted)) !== undefined) {
    // Each turn is one file.
  }
}

async function applyNextWithin(tx: Tx, files: readonly MigrationFile[]): Promise<string | undefined> {
  await tx`set local lock_timeout = '60s'`;
  await tx`select pg_advisory_xact_lock(${ADVISORY_LOCK})`;
  await tx`
    create table if not exists schema_migration (
      name text constraint schema_migration_pk primary key,
      sha256 text not null,
      applied_at timestamptz not null default clock_timestamp()
    )`;
  const applied = await tx<AppliedMigration[]>`select name, sha256 from schema_migration order by name`;
  const [next] = pendingMigrations(files, applied);
  if (next === undefined) {
    return undefined;
  }
  try {
    await tx.unsafe(next.text).simple();
  } catch (error) {
    throw new Error(`migration ${next.name} failed${placeOf(error, next.text)}`, { cause: error });
  }
  await tx`insert into schema_migration (name, sha256) values (${next.name}, ${next.sha256})`;
  return next.name;
}

function placeOf(error: unknown, text: string): string {
  if (!(error instanceof postgres.PostgresError)) {
    return '';
  }
  const line =
    error.position === undefined ? '' : ` in line ${text.slice(0, Number(error.position)).split('\n').length}`;
  return `${line}: ${error.message}`;
}
