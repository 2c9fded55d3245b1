/**
 * `GET /metrics` for Prometheus, on a port of its own that only this machine reaches: what all workers counted, and what the database
 * and the signed heads say. Nobody's name or card is in it; the codes of villages are.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Config } from '../platform/config.ts';
import { connect, type PostgresOptions, type Sql } from '../platform/database/connect.ts';
import { OperatorError } from '../platform/operator-error.ts';

/** Counting all operations reads a whole index. */
const COUNT_EVERY_MS = 60_000;

export async function serveMetrics(
  { dataDir, metricsPort }: Pick<Config, 'dataDir'> & { metricsPort: number },
  owner: PostgresOptions,
): Promise<void> {
  const { default: prometheus } = await import('prom-client');
  const workers = new prometheus.AggregatorRegistry();
  const own = new prometheus.Registry();
  const gauge = (name: string, help: string, labelNames: string[]) =>
    new prometheus.Gauge({ name, help, labelNames, registers: [own] });
  const up = gauge('database_up', 'Whether the database answers.', []);
  const sessions = gauge('database_sessions', 'Sessions of the workers by state.', ['state']);
  const operations = gauge('ledger_operations', 'What was done so far, by kind; counted once a minute.', ['kind']);
  const sizes = gauge('log_size', 'Records in a public log.', ['log']);
  const signedSizes = gauge('log_signed_size', 'Records that the last signature of a public log covers.', ['log']);
  const signedAt = gauge('log_signed_timestamp_seconds', 'When a public log was signed last.', ['log']);

  const sql = connect(owner, { max: 1, applicationName: 'love-supermarket metrics', statementTimeoutMs: 5_000 });
  let countedAt = Number.NEGATIVE_INFINITY;
  const look = async () => {
    sessions.reset();
    for (const { state, count } of await readSessions(sql)) sessions.set({ state }, count);
    for (const { log, size } of await readLogs(sql)) sizes.set({ log }, size);
    if (performance.now() - countedAt > COUNT_EVERY_MS) {
      for (const { kind, count } of await readOperations(sql)) operations.set({ kind }, count);
      countedAt = performance.now();
    }
  };
  const read = async (): Promise<string> => {
    for (const { log, size, at } of readSignatures(dataDir)) {
      signedSizes.set({ log }, size);
      signedAt.set({ log }, at);
    }
    up.set(
      await look().then(
        () => 1,
        () => 0,
      ),
    );
    // Workers that are only just starting are left out.
    const counted = await workers.clusterMetrics().catch(() => '');
    return `${counted}\n${await own.metrics()}`;
  };

  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    read().then(
      (text) => response.writeHead(200, { 'content-type': own.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(
        new OperatorError(
          `METRICS_PORT ${metricsPort} cannot be listened on (${code}).`,
          `无法在 METRICS_PORT ${metricsPort} 上监听（${code}）。`,
        ),
      ),
    );
    server.listen({ host: '127.0.0.1', port: metricsPort, exclusive: true }, resolve);
  });
}

function readSessions(sql: Sql) {
  return sql<{ state: string; count: number }[]>`
    select coalesce(state, 'starting') as state,
           count(*) as count
      from pg_stat_activity
     where datname = current_database()
       and application_name like 'love-supermarket worker%'
     group by state`;
}

function readLogs(sql: Sql) {
  return sql<{ log: string; size: number }[]>`
    select code as log, size
      from log_head
      join region
        on region.region_id = log_head.village_id`;
}

function readOperations(sql: Sql) {
  return sql<{ kind: string; count: number }[]>`
    select kind,
           count(*) as count
      from operation
     group by kind`;
}

/** The second line of a checkpoint is its size. */
function readSignatures(dataDir: string): { log: string; size: number; at: number }[] {
  const folder = join(dataDir, 'log');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.note'))
    .map((name) => ({
      log: name.slice(0, -'.note'.length),
      size: Number(readFileSync(join(folder, name), 'utf8').split('\n')[1]),
      at: statSync(join(folder, name)).mtimeMs / 1000,
    }));
}
