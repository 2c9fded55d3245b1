/**
 * The wire is cut between the commit and its answer, between the server and its database and between the counter and the server.
 * No act is done by half, and repeating the key tells what became of it. FAULT_CUTS=500 for the long run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STUCK_MS, stopServers, until } from '../platform/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { newHistory, type Shop, settle, startLoad } from './client-history.ts';
import { judge, lookAtWorld, type World } from './judge-history.ts';
import { type RealServer, startRealServer } from './real-server.ts';
import { type CutPlan, openRelay, type Relay } from './relay.ts';
import { databaseUrl } from './shared-database.ts';
import { COUNTERS, openShop } from './village-counters.ts';

const CUTS = Number(process.env.FAULT_CUTS ?? 100);

let database: TestDatabase;
let dataDir: string;
let toDatabase: Relay;
let toServer: Relay;
let server: RealServer;
let direct: Shop;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'cast' });
  dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-cuts-'));
  const { host, port } = database.ownerOptions;
  toDatabase = await openRelay(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
  server = await startRealServer({
    dataDir,
    env: { DATABASE_URL: databaseUrl({ ...database.ownerOptions, host: '127.0.0.1', port: toDatabase.port }) },
  });
  toServer = await openRelay({ host: '127.0.0.1', port: Number(new URL(server.address).port) });
  direct = await openShop(server.address);
});

afterAll(async () => {
  await stopServers();
  await Promise.all([toDatabase?.close(), toServer?.close()]);
  await database?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const isPosting = (sent: Buffer) => sent.includes('"idempotencyKey"');
const isRequest = (sent: Buffer) => sent.includes('POST /api/');

test(`${CUTS} cuts between the server and its database`, { timeout: 300_000 + CUTS * 1_000 }, async () => {
  await cutWhileBusy(direct, toDatabase, isPosting, 1);
});

test(`${CUTS} cuts between the counter and the server`, { timeout: 300_000 + CUTS * 1_000 }, async () => {
  await cutWhileBusy({ ...direct, address: `http://127.0.0.1:${toServer.port}` }, toServer, isRequest, 2);
});

async function cutWhileBusy(shop: Shop, relay: Relay, isMeant: CutPlan['isMeant'], seed: number): Promise<void> {
  const { ownerSql: sql } = database;
  const before: World = await lookAtWorld(sql);
  const history = newHistory();
  const workers = await until(() => (server.workers().length === 2 ? server.workers() : null));
  const load = startLoad(shop, history, COUNTERS, { seed, pauseMs: 4 });
  const begun = relay.done();
  const places = ['answer', 'question', 'answer', 'late'] as const;
  for (let turn = 0; relay.done() - begun < CUTS; turn += 1) {
    const reached = relay.done() + 1;
    relay.cut({ times: 1, where: places[turn % places.length] ?? 'answer', isMeant });
    await until(() => (relay.done() >= reached ? true : null));
    await sleep(15);
  }
  const counted = load.acknowledged();
  await until(() => (load.acknowledged() > counted + 20 ? true : null));
  await load.stop();
  await settle(direct, history);
  await sleep(1_100);
  expect(new Set(server.workers()), server.output()).toEqual(new Set(workers));
  expect(history.longestMs).toBeLessThan(STUCK_MS);
  const judged = await judge(history, { sql, shop: direct, before, server });
  console.log(
    `${CUTS} cuts, ${judged.acknowledged} acknowledged, ${judged.doubtful} settled by their key, ` +
      `longest wait ${Math.round(history.longestMs)} ms`,
  );
  expect(judged.doubtful).toBeGreaterThan(CUTS / 4);
}
