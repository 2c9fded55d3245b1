/**
 * Makes a database ready before anybody is served: migrated, and holding the demonstration where one is wanted and nothing else
 * is there. A demonstration whose load was interrupted is thrown away whole, so nobody ever meets half a county; one process at
 * a time does all this. What is real is never touched and never shown with demonstration accounts.
 */
import type { Config } from '../platform/config.ts';
import { connect, type PostgresOptions, type Sql } from '../platform/database/connect.ts';
import { migrate } from '../platform/database/migrate.ts';
import { OperatorError } from '../platform/operator-error.ts';
import { demoState } from './demo-state.ts';
import type { DemoSettings } from './load-demo.ts';

/** Any number that nothing else in this database locks. */
const ADVISORY_LOCK = 20_261_123;

type Log = (line: string) => void;

/** Answers whether the database holds the demonstration. */
export async function prepareDatabase(
  owner: PostgresOptions,
  log: Log,
  { demo }: Pick<Config, 'demo'>,
  settings: DemoSettings = {},
): Promise<{ demo: boolean }> {
  const sql = connect(owner, { max: 1, applicationName: 'love-supermarket preparation', statementTimeoutMs: 0 });
  try {
    await sql`set lock_timeout = '60s'`;
    await sql`select pg_advisory_lock(${ADVISORY_LOCK})`;
    if ((await demoState(sql)) === 'unfinished') {
      log('the demonstration was not loaded to the end; beginning anew · 演示数据上次没有载入完，重新载入');
      await emptyDatabase(sql);
    }
    const { applied } = await migrate(owner);
    if (applied.length > 0) log(`brought the database up to date (${applied.length} migrations)`);
    return { demo: await provideDemo(sql, { owner, log, isWanted: demo, settings }) };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function provideDemo(
  sql: Sql,
  { owner, log, isWanted, settings }: { owner: PostgresOptions; log: Log; isWanted: boolean; settings: DemoSettings },
): Promise<boolean> {
  const isLoaded = (await demoState(sql)) === 'loaded';
  if (isLoaded && !isWanted) throw demoForbidden();
  if (isLoaded || !isWanted) return isLoaded;
  const [found] = await sql<{ hasRegion: boolean }[]>`select exists (select from region) as "hasRegion"`;
  if (found?.hasRegion) {
    log('this database is in real use, so DEMO=on is ignored · 数据库中已有正式数据，不载入演示数据');
    return false;
  }
  // Loaded only here: a later start has no use for it.
  const { loadDemo } = await import('./load-demo.ts');
  await loadDemo(owner, log, settings);
  return true;
}

/** The schema is ours alone and nobody was ever served from it; the migrations make it anew. */
async function emptyDatabase(sql: Sql): Promise<void> {
  await sql.unsafe(`
    drop schema public cascade;
    create schema public authorization pg_database_owner;
    grant usage on schema public to public;
  `);
}

function demoForbidden(): OperatorError {
  return new OperatorError(
    'This database holds the demonstration, whose passwords everybody knows. For real use set DEMO=off together with an empty ' +
      'DATA_DIR or DATABASE_URL; to go on with the demonstration, leave DEMO on.',
    '这个数据库里是演示数据，密码是公开的。正式使用请在 DEMO=off 的同时换一个空的 DATA_DIR 或 DATABASE_URL；继续试用请保持 DEMO=on。',
  );
}
