/**
 * A server's clock jumps while the counter is busy. The order of the books is their numbering and nothing else, and a sign-in that
 * was given out by a clock that ran ahead is worth nothing once the clock is right again.
 */
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stopServers, until } from '../platform/server-process.ts';
import { willowCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { newHistory, settle, startLoad } from './client-history.ts';
import { judge, lookAtWorld } from './judge-history.ts';
import { type RealServer, startRealServer } from './real-server.ts';
import { databaseUrl } from './shared-database.ts';
import { COUNTERS, openShop } from './village-counters.ts';

const HOUR = 3_600_000;
/** Further than a sign-in lasts from the clock of the database, nobody is signed in any more; nearer, the counter goes on. */
const JUMPS = [-HOUR, 5 * HOUR, -72 * HOUR, 0, 400 * 24 * HOUR, 0];
const GOES_ON_MS = 11 * HOUR;

const dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-clock-'));
const clockFile = join(dataDir, 'clock');
let database: TestDatabase;
let server: RealServer;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'cast' });
  server = await startRealServer({
    dataDir,
    env: { DATABASE_URL: databaseUrl(database.ownerOptions), CLOCK_FILE: clockFile },
    nodeArgs: ['--import', pathToFileURL(fileURLToPath(new URL('./shift-clock.js', import.meta.url))).href],
  });
});

afterAll(async () => {
  await stopServers();
  await database?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Until every worker goes by it. */
async function setClock(shiftMs: number): Promise<void> {
  // At once, for half a number is another one.
  writeFileSync(`${clockFile}.next`, String(shiftMs));
  renameSync(`${clockFile}.next`, clockFile);
  await until(() => (server.workers().every((pid) => shiftOf(pid) === shiftMs) ? true : null));
}

function shiftOf(pid: number): number {
  try {
    return Number(readFileSync(`${clockFile}.${pid}`, 'utf8'));
  } catch {
    return Number.NaN;
  }
}

test('jumps of three days, an hour and four hundred days reorder nothing', { timeout: 300_000 }, async () => {
  const { ownerSql: sql } = database;
  const before = await lookAtWorld(sql);
  const shop = await openShop(server.address);
  const history = newHistory();
  const workers = await until(() => (server.workers().length === 2 ? server.workers() : null));
  const load = startLoad(shop, history, COUNTERS, { seed: 21, pauseMs: 4 });
  for (const jump of JUMPS) {
    await setClock(jump);
    // Whoever is signed out by the jump signs in again.
    Object.assign(shop.tokens, (await openShop(server.address)).tokens);
    if (Math.abs(jump) > GOES_ON_MS) {
      await sleep(500);
      continue;
    }
    const reached = load.acknowledged() + 25;
    await until(() => (load.acknowledged() >= reached ? true : null));
  }
  await load.stop();
  await settle(shop, history);
  await sleep(1_100);
  const judged = await judge(history, { sql, shop, before, server });
  expect(judged.acknowledged).toBeGreaterThan(90);
  const backwards = await sql`
    select village_id, seq
      from (
        select village_id, seq, recorded_at, lag(recorded_at) over (partition by village_id order by seq) as before
          from act
      ) as ordered
     where recorded_at < before`;
  expect(backwards).toEqual([]);
  expect(new Set(server.workers()), server.output()).toEqual(new Set(workers));
});

test('a token from the future is refused until its time has come', async () => {
  await setClock(48 * HOUR);
  const { tokens } = await openShop(server.address);
  const ask = async () => {
    const response = await fetch(`${server.address}/api/v1/villages/${willowCode}/cards`, {
      headers: { authorization: `Bearer ${tokens[willowCode]}` },
    });
    await response.arrayBuffer();
    return response.status;
  };
  expect(await ask()).toBe(200);
  await setClock(0);
  expect(await ask()).toBe(401);
});
