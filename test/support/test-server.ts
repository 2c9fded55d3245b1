/** One PostgreSQL for a whole test run: the embedded one in a temporary folder, or the server behind TEST_DATABASE_URL. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asAppRole, connect, type PostgresOptions, parseDatabaseUrl } from '../../src/platform/database/connect.ts';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.ts';

/** Plain data, so that it can be handed to the processes that run the tests. */
export interface TestServerAddress {
  /** May create databases; connected to one that no test uses. */
  owner: PostgresOptions;
  app: PostgresOptions;
  /** Begins the name of every database of this run. */
  prefix: string;
}

export interface TestServer {
  address: TestServerAddress;
  stop(): Promise<void>;
}

export async function startTestServer(): Promise<TestServer> {
  const prefix = `test_${process.pid}`;
  const url = process.env.TEST_DATABASE_URL;
  return url === undefined || url === '' ? startEmbedded(prefix) : useRunningServer(url, prefix);
}

async function startEmbedded(prefix: string): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'love-supermarket-test-'));
  const lines: string[] = [];
  const postgres = await startEmbeddedPostgres({
    dataDir,
    // Nothing here outlives the run, so nothing has to reach the disk.
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_wal_size: '2GB',
      max_connections: '300',
    },
    log: (line) => lines.push(line),
  }).catch((error: unknown) => {
    throw new Error(`the test database did not start:\n${lines.join('\n')}`, { cause: error });
  });
  return {
    address: { owner: postgres.owner('postgres'), app: postgres.app('postgres'), prefix },
    stop: async () => {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function useRunningServer(url: string, prefix: string): TestServer {
  const owner = parseDatabaseUrl(url);
  return {
    address: { owner, app: asAppRole(owner), prefix },
    stop: async () => {
      const sql = connect(owner, { max: 1, applicationName: 'tests', statementTimeoutMs: 0 });
      const left = await sql<{ name: string }[]>`
        select datname as name from pg_database where starts_with(datname, ${`${prefix}_`})`;
      for (const { name } of left) {
        await sql.unsafe(`alter database ${name} is_template false`);
        await sql.unsafe(`drop database ${name} with (force)`);
      }
      await sql.end();
    },
  };
}
