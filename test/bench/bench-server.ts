/** The real server on a prepared folder, the tokens of its managers, and the same database without HTTP. */
import { connect, type Sql } from '../../src/platform/database/connect.ts';
import { runningDatabase } from '../../src/platform/database/running-database.ts';
import { signIn } from '../faults/client-history.ts';
import { type RealServer, startRealServer } from '../faults/real-server.ts';
import { until } from '../platform/server-process.ts';
import { PASSWORD } from '../support/cast.ts';
import { type BenchVillage, prepareBenchFolder } from './bench-county.ts';

export interface BenchServer {
  server: RealServer;
  villages: BenchVillage[];
  /** As the app's role, with as many connections as the server's workers have together. */
  sql: Sql;
  /** Bearer token of a village's manager. */
  tokenOf(village: BenchVillage): string;
}

const WORKERS = 2;

export async function withBenchServer(work: (bench: BenchServer) => Promise<void>): Promise<void> {
  const { dataDir, villages, remove } = await prepareBenchFolder();
  const nodeArgs = (process.env.BENCH_NODE_ARGS ?? '').split(' ').filter((arg) => arg !== '');
  const server = await startRealServer({ dataDir, env: { WORKERS: String(WORKERS) }, nodeArgs });
  try {
    const database = runningDatabase(dataDir);
    if (!database) throw new Error('the database is not running');
    const sql = connect(database, { max: 20, applicationName: 'bench' });
    const tokens = new Map<string, string>();
    for (const { code, username } of villages) tokens.set(code, await signIn(server.address, username, PASSWORD));
    await until(async () => ((await listeningWorkers(sql)) === WORKERS ? true : null));
    try {
      await work({ server, villages, sql, tokenOf: ({ code }) => tokens.get(code) ?? '' });
    } finally {
      await sql.end({ timeout: 5 });
    }
  } finally {
    await server.stop();
    remove();
  }
}

/**
 * The second worker begins when the first one listens: whoever connects in between is the first one's for good. A worker that
 * listens asks its database once a second.
 */
async function listeningWorkers(sql: Sql): Promise<number> {
  const [found] = await sql<{ count: number }[]>`
    select count(distinct application_name)::integer as count
      from pg_stat_activity
     where application_name like 'love-supermarket worker %'
       and query = 'select 1'`;
  return found?.count ?? 0;
}
