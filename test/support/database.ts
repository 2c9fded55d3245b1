/**
 * A database of its own for a test file, cloned from a template in about 0.1 s. `sql` has the app's rights and no more;
 * `ownerSql` is for looking behind the scenes and for what only the owner may do.
 */
import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { connect, type PostgresOptions, type Sql } from '../../src/platform/database/connect.ts';
import { type FillTemplate, type TemplateName, templates } from './templates.ts';
import type { TestServerAddress } from './test-server.ts';

export interface TestDatabase {
  /** The app's role. */
  sql: Sql;
  ownerSql: Sql;
  /** How the app's role connects. */
  options: PostgresOptions;
  ownerOptions: PostgresOptions;
  /** Ends both pools and drops the database. */
  close(): Promise<void>;
}

const TEMPLATE_LOCK = 20_261_122;

export async function createTestDatabase({
  template = 'migrated',
}: {
  template?: TemplateName;
} = {}): Promise<TestDatabase> {
  const server = inject('testServer');
  const name = `${server.prefix}_${randomBytes(5).toString('hex')}`;
  await asMaintenance(server, async (sql) => {
    await provideTemplate(sql, server, template);
    await cloneDatabase(sql, name, templateDatabase(server, template));
  });
  const options = { ...server.app, database: name };
  const ownerOptions = { ...server.owner, database: name };
  const sql = connect(options, { max: 10, applicationName: 'test as app' });
  const ownerSql = connect(ownerOptions, { max: 3, applicationName: 'test as owner', statementTimeoutMs: 0 });
  return {
    sql,
    ownerSql,
    options,
    ownerOptions,
    close: async () => {
      await Promise.all([sql.end({ timeout: 5 }), ownerSql.end({ timeout: 5 })]);
      await asMaintenance(server, (maintenance) => maintenance.unsafe(`drop database ${name} with (force)`));
    },
  };
}

/** The first test that asks for a template makes it; the others wait at the lock. */
async function provideTemplate(sql: Sql, server: TestServerAddress, template: TemplateName): Promise<void> {
  const name = templateDatabase(server, template);
  await sql`select pg_advisory_lock(${TEMPLATE_LOCK})`;
  try {
    const [found] = await sql`select from pg_database where datname = ${name}`;
    if (found === undefined) {
      const draft = `${name}_draft`;
      const fill: FillTemplate = templates[template];
      await sql.unsafe(`drop database if exists ${draft} with (force)`);
      await cloneDatabase(sql, draft, templateDatabase(server, 'migrated'));
      await fill({ owner: { ...server.owner, database: draft }, app: { ...server.app, database: draft } });
      await sql.unsafe(`alter database ${draft} rename to ${name}`);
      await sql.unsafe(`alter database ${name} is_template true`);
    }
  } finally {
    await sql`select pg_advisory_unlock(${TEMPLATE_LOCK})`;
  }
}

function templateDatabase(server: TestServerAddress, template: TemplateName): string {
  return `${server.prefix}_template_${template}`;
}

async function cloneDatabase(sql: Sql, name: string, template: string): Promise<void> {
  await sql.unsafe(`create database ${name} template ${template} strategy file_copy`);
}

/** One connection, so that the session's lock is held where the work is done. */
async function asMaintenance(server: TestServerAddress, work: (sql: Sql) => Promise<unknown>): Promise<void> {
  const sql = connect(server.owner, { max: 1, applicationName: 'test maintenance', statementTimeoutMs: 0 });
  try {
    await sql`set lock_timeout = 0`;
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
