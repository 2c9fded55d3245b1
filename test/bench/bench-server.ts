/** The real server on a prepared folder, the tokens of its managers, and the same database without HTTP. */
import { connect, type Sql } from '../../src/platform/database/connect.ts';
import { runningDatabase } from '../../src/platform/database/running-database.ts';
import { signIn } from '../faults/client-history.ts';
import { type RealServer, startRealServer } from '../faults/real-server.ts';
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

export async function withBenchServer(work: (bench: BenchServer) => Promise<void>): Promise<void> {
  const { dataDir, villages, remove } = await prepareBenchFolder();
  const nodeArgs = (process.env.BENCH_NODE_ARGS ?? '').split(' ').filter((arg) => arg !== '');
  const server = await startRealServer({ dataDir, env: { WORKERS: '2' }, nodeArgs });
  try {
    const database = runningDatabase(dataDir);
    if (!database) throw new Error('the database is not running');
    const sql = connect(database, { max: 20, applicationName: 'bench' });
    const tokens = new Map<string, string>();
    for (const { code, username } of villages) tokens.set(code, await signIn(server.address, username, PASSWORD));
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
