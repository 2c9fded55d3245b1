/**
 * The product as people run it: its own processes, its own database, its own folder, one address for good. It is killed in
 * every way and started again on what it left.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type PostgresOptions } from '../../src/platform/database/connect.ts';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { readPostmasterPid } from '../../src/platform/database/postmaster-pid.ts';
import { runningDatabase } from '../../src/platform/database/running-database.ts';
import { findFreePort } from '../../src/platform/process/find-free-port.ts';
import { type ServerProcess, STUCK_MS, startServer, until } from '../platform/server-process.ts';
import { fillWithCast } from '../support/cast.ts';
import { childrenOf, signal } from './processes.ts';

export interface RealServer {
  address: string;
  dataDir: string;
  /** All that the servers on this folder have printed. */
  output(): string;
  primary(): number;
  workers(): number[];
  postmaster(): number;
  /** Sessions that serve requests. */
  backends(): number[];
  /** Waits until requests are answered; starts a new server where none is left. */
  beWell(patienceMs?: number): Promise<void>;
  /** The end of the primary, and how it ended. */
  ended(): ServerProcess['ended'];
  /** How the owner of the embedded database reaches it. */
  owner(): PostgresOptions;
  stop(): Promise<void>;
}

export interface RealServerSettings {
  dataDir: string;
  env?: Record<string, string>;
  nodeArgs?: string[];
  port?: number;
}

/** A folder with the cast in its database, as a server that was stopped leaves it. */
export async function prepareFolder(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-prepared-'));
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  try {
    await migrate(postgres.owner());
    await fillWithCast({ owner: postgres.owner(), app: postgres.app() });
  } finally {
    await postgres.stop();
  }
  return dataDir;
}

/** Cold, with owners and times. */
export function copyFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  execFileSync('cp', ['-a', from, to]);
}

export async function startRealServer({
  dataDir,
  env = {},
  nodeArgs = [],
  port,
}: RealServerSettings): Promise<RealServer> {
  const ownPort = port ?? (await findFreePort('127.0.0.1', 0));
  const address = `http://127.0.0.1:${ownPort}`;
  const outputs: ServerProcess[] = [];
  const start = (): ServerProcess => {
    const started = startServer(
      {
        DATA_DIR: dataDir,
        PORT: String(ownPort),
        DEMO: 'off',
        LOG_LEVEL: 'warn',
        PUBLIC_ORIGIN: 'https://shop.example',
        ...env,
      },
      '../../src/start.js',
      { nodeArgs, ownGroup: true },
    );
    outputs.push(started);
    return started;
  };
  const current = () => outputs.at(-1) ?? start();
  const hasEnded = (server: ServerProcess) => !signal(server.pid, 0 as unknown as NodeJS.Signals);
  const server: RealServer = {
    address,
    dataDir,
    output: () => outputs.map((one) => one.output()).join('\n'),
    primary: () => current().pid,
    workers: () => childrenOf(current().pid, 'start.js'),
    postmaster: () => readPostmasterPid(join(dataDir, 'postgres'))?.pid ?? 0,
    backends: () => childrenOf(server.postmaster(), 'love_supermarket_app'),
    beWell: async (patienceMs = STUCK_MS) => {
      await until(async () => {
        if (hasEnded(current())) start();
        return (await isReady(address)) ? true : null;
      }, patienceMs).catch((error: Error) => {
        throw new Error(`${error.message}; the server said:\n${server.output()}`);
      });
    },
    ended: () => current().ended,
    owner: () => {
      const running = runningDatabase(dataDir);
      if (!running) throw new Error('the database is not running');
      return { ...running, user: 'love_supermarket_owner' };
    },
    stop: async () => {
      if (hasEnded(current())) return;
      signal(current().pid, 'SIGTERM');
      await current().ended;
    },
  };
  start();
  await server.beWell();
  return server;
}

async function isReady(address: string): Promise<boolean> {
  try {
    const response = await fetch(`${address}/readyz`, {
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(2_000),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** As the owner, past every wall: to look, and to do harm. */
export async function asOwner<Answer>(
  owner: PostgresOptions,
  work: (sql: ReturnType<typeof connect>) => Promise<Answer>,
): Promise<Answer> {
  const sql = connect(owner, { max: 2, applicationName: 'test as owner', statementTimeoutMs: 0 });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
