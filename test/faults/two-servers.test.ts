/**
 * One database takes one server: the second is refused by name. Where the lock between them fails for a while, both post and
 * neither number nor key comes twice, until the first finds out and goes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, stopServers, until } from '../platform/server-process.ts';
import { poplarCode, willowCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { newHistory, settle, startLoad } from './client-history.ts';
import { judge, lookAtWorld } from './judge-history.ts';
import { signal } from './processes.ts';
import { copyFolder, type RealServer, startRealServer } from './real-server.ts';
import { databaseUrl } from './shared-database.ts';
import { COUNTERS, openShop } from './village-counters.ts';

const folder = mkdtempSync(join(tmpdir(), 'love-supermarket-two-'));
const dataDir = join(folder, 'first');
let database: TestDatabase;
let env: Record<string, string>;
let first: RealServer;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'cast' });
  env = { DATABASE_URL: databaseUrl(database.ownerOptions) };
  first = await startRealServer({ dataDir, env });
});

afterAll(async () => {
  await stopServers();
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

const checkpointOf = (server: RealServer, code: string) => fetch(`${server.address}/log/${code}/checkpoint`);

test('a second server is refused, and says what to do', async () => {
  const stranger = startServer({ ...env, DATA_DIR: join(folder, 'stranger'), DEMO: 'off' }, '../../src/start.js', {
    nodeArgs: [],
  });
  expect((await stranger.ended).exitCode).toBe(1);
  expect(stranger.output()).toContain('Another server is at work');
  expect(stranger.output()).toContain('另一个服务器');
  expect(stranger.output()).not.toMatch(/\n\s+at /);
  for (const code of [willowCode, poplarCode]) expect((await checkpointOf(first, code)).status).toBe(200);
});

test('two that post at once give no number twice and leave none out', { timeout: 300_000 }, async () => {
  const { ownerSql: sql } = database;
  const other = join(folder, 'second');
  copyFolder(dataDir, other);
  rmSync(join(other, 'server.lock'));
  const before = await lookAtWorld(sql);
  const shop = await openShop(first.address);
  const history = newHistory();
  const load = startLoad(shop, history, COUNTERS, { clients: 4, seed: 11, pauseMs: 2 });
  // The first one's lock is lost with its session, again and again, until the second has taken it.
  let isTaken = false;
  const thief = (async () => {
    while (!isTaken) {
      await sql`
        select pg_terminate_backend(pid)
          from pg_stat_activity
         where application_name = ${`love-supermarket server ${first.primary()}`}`;
      await sleep(20);
    }
  })();
  const second = await startRealServer({ dataDir: other, env });
  isTaken = true;
  await thief;
  // One folder was copied from the other, so the sign-ins are good for both.
  const otherHistory = { ...newHistory(), wishes: history.wishes };
  const otherLoad = startLoad({ ...shop, address: second.address }, otherHistory, COUNTERS, {
    clients: 4,
    seed: 12,
    pauseMs: 2,
  });
  await until(() => (otherLoad.acknowledged() >= 50 ? true : null));
  expect((await first.ended()).exitCode).toBe(1);
  expect(first.output()).toContain('Another server is at work');
  await Promise.all([load.stop(), otherLoad.stop()]);
  const there = { ...shop, address: second.address };
  await settle(there, otherHistory);
  await sleep(1_100);
  const judged = await judge(otherHistory, { sql, shop: there, before, server: second });
  expect(judged.acknowledged).toBeGreaterThan(100);
  expect(load.acknowledged()).toBeGreaterThan(20);
  // What the first one signed is the beginning of what the second one signs.
  await judge({ ...otherHistory, checkpoints: history.checkpoints }, { sql, shop: there, before, server: second });
  signal(second.primary(), 'SIGKILL');
  await second.ended();
});

test('after a server was lost with its folder another takes over, and only the public logs wait for theirs', async () => {
  const heir = await startRealServer({ dataDir: join(folder, 'heir'), env });
  const { tokens } = await openShop(heir.address);
  const answer = await fetch(`${heir.address}/api/v1/villages/${willowCode}/receipts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens[willowCode]}`, 'content-type': 'application/json' },
    body: JSON.stringify({ source: 'purchase', lines: [{ goods: 'WA003', quantity: 1 }] }),
  });
  expect(answer.status).toBe(201);
  const frozen = await checkpointOf(heir, willowCode);
  expect(frozen.status).toBe(503);
  expect(await frozen.json()).toMatchObject({ code: 'log_guard_lost' });
});
