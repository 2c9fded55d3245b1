/** What a machine that watches the server reads: by route and code, added up over the workers, and nobody's data. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePort } from '../../src/platform/process/find-free-port.ts';
import { type ServerProcess, startServer, stopServers, until } from '../platform/server-process.ts';

let dataDir: string;
let server: ServerProcess;
let address: string;
let port: number;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'love-supermarket-metrics-'));
  port = await findFreePort('127.0.0.1', 0);
  const env = { DATA_DIR: dataDir, DEMO: 'off', WORKERS: '2', METRICS_PORT: String(port) };
  server = startServer(env, '../../src/server.ts');
  address = await server.address();
}, 90_000);

afterAll(async () => {
  await stopServers();
  await rm(dataDir, { recursive: true, force: true });
});

const metrics = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
const sumOf = (text: string, line: RegExp) =>
  text
    .split('\n')
    .filter((one) => line.test(one))
    .reduce((sum, one) => sum + Number(one.split(' ').at(-1)), 0);

test('requests, refusals, the database and the workers are counted, and the sum is that of all workers', async () => {
  const first = await until(() => metrics().catch(() => null));
  expect(first).toContain('database_up 1');
  // A worker that is only just starting hides what the others counted.
  await until(async () => ((await metrics()).includes('nodejs_eventloop_lag_seconds') ? true : null), 60_000);
  const asked = Array.from({ length: 30 }, (_, at) =>
    fetch(`${address}/villages/99010000100${at % 10}?q=${encodeURIComponent('赵满仓')}`, {
      headers: { connection: 'close' },
    }),
  );
  for (const answer of await Promise.all(asked)) expect(answer.status).toBe(404);
  const route = /^http_requests_total\{.*route="\/villages\/:village".*status="404".*\}/;
  const text = await until(async () => {
    const told = await metrics();
    // The last one is counted a moment after whoever asked has its answer.
    return sumOf(told, route) >= 30 ? told : null;
  }, 60_000);
  expect(sumOf(text, route)).toBe(30);
  expect(sumOf(text, /^http_request_duration_seconds_count\{.*route="\/villages\/:village".*\}/)).toBe(30);
  expect(sumOf(text, /^refusals_total\{.*code="unknown_village".*\}/)).toBe(30);
  expect(sumOf(text, /^database_sessions\{/)).toBeGreaterThan(0);
  expect(text).not.toMatch(/赵满仓|%E8|99010000100/);
}, 180_000);

test('on the port of the pages there are none', async () => {
  expect((await fetch(`${address}/metrics`)).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
});
