import type { Config } from '../config.ts';
import { asAppRole, checkServerVersion, connect, type PostgresOptions, parseDatabaseUrl } from '../database/connect.ts';
import type { DatabaseView } from './decide-worker-fate.ts';

export interface OpenDatabase {
  owner: PostgresOptions;
  app: PostgresOptions;
  durable: Promise<void>;
  stop(): Promise<void>;
  abort(): void;
}

/** The database of DATABASE_URL, which is not ours to start or stop, or the embedded one. */
export async function openDatabase(config: Config, log: (line: string) => void): Promise<OpenDatabase> {
  if (config.databaseUrl !== undefined) {
    const owner = parseDatabaseUrl(config.databaseUrl);
    await checkServerVersion(owner);
    return { owner, app: asAppRole(owner), durable: Promise.resolve(), stop: async () => {}, abort: () => {} };
  }
  const { startEmbeddedPostgres } = await import('../database/embedded-postgres.ts');
  const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, log });
  const { durable, stop, abort } = embedded;
  return { owner: embedded.owner(), app: embedded.app(), durable, stop, abort };
}

/** Asked over a fresh connection, so that no worn-out pool colours the answer. */
export async function viewDatabase(owner: PostgresOptions, applicationName: string): Promise<DatabaseView> {
  const sql = connect(owner, { max: 1, applicationName: 'love-supermarket watch', statementTimeoutMs: 2_000 });
  try {
    const [row] = await sql<{ isBusy: boolean }[]>`
      select exists (
        select from pg_stat_activity
        where application_name = ${applicationName}
          and state = 'active'
      ) as "isBusy"`;
    return row?.isBusy ? 'busy' : 'idle';
  } catch {
    return 'down';
  } finally {
    await sql.end({ timeout: 1 }).catch(() => {});
  }
}
