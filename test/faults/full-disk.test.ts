/**
 * The disk under the data folder fills up. Reading goes on, writing says in a sentence why it does not, nothing is lost, and with the
 * space the writing comes back by itself. It takes a file system of its own, which only root may mount.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stopServers, until } from '../platform/server-process.ts';
import { willowCode } from '../support/cast.ts';
import { newHistory, send, settle, startLoad, type Wish } from './client-history.ts';
import { judge, lookAtWorld } from './judge-history.ts';
import { asOwner, copyFolder, prepareFolder, startRealServer } from './real-server.ts';
import { COUNTERS, openShop } from './village-counters.ts';

const DISK = '230m';

let prepared = '';
let disk = '';

beforeAll(async () => {
  if (!mayMount()) return;
  prepared = await prepareFolder();
  disk = `${prepared}-disk`;
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK},mode=755`, 'tmpfs', disk]);
});

afterAll(async () => {
  await stopServers();
  if (disk !== '') execFileSync('umount', [disk]);
  for (const folder of [prepared, disk]) if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

/** Containers take this right even from root. */
function mayMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test.skipIf(!mayMount())('a full disk stops the writing and nothing else', { timeout: 300_000 }, async () => {
  const dataDir = join(disk, 'data');
  copyFolder(prepared, dataDir);
  const server = await startRealServer({ dataDir });
  const shop = await openShop(server.address);
  const before = await asOwner(server.owner(), lookAtWorld);
  const history = newHistory();
  const load = startLoad(shop, history, COUNTERS, { seed: 31 });
  await until(() => (load.acknowledged() > 60 ? true : null));

  const filler = join(disk, 'filler');
  fill(filler);
  // What PostgreSQL had laid by is used up first, on a slow machine later.
  const counted = await until(async () => {
    const earlier = load.acknowledged();
    await sleep(2_500);
    return load.acknowledged() === earlier ? earlier : null;
  });
  const wish: Wish = {
    key: 'while full',
    village: willowCode,
    kind: 'receipts',
    body: { source: 'purchase', lines: [{ goods: 'WA003', quantity: 1 }] },
    told: 'unknown',
    answers: [],
    attempts: 0,
  };
  const refused = await fetch(`${server.address}/api/v1/villages/${willowCode}/receipts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${shop.tokens[willowCode]}`, 'content-type': 'application/json' },
    body: JSON.stringify(wish.body),
  });
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ code: 'disk_full', detail: expect.stringContaining('磁盘') });
  for (const path of [`/villages/${willowCode}`, `/api/v1/villages/${willowCode}/acts`, `/log/${willowCode}/vkey`]) {
    const read = await fetch(`${server.address}${path}`);
    await read.arrayBuffer();
    expect(read.status, path).toBe(200);
  }
  expect(load.acknowledged()).toBe(counted);

  rmSync(filler);
  const freed = performance.now();
  await until(() => (load.acknowledged() > counted + 20 ? true : null));
  const waitedMs = performance.now() - freed;
  await load.stop();
  expect(await send(shop, wish, history)).toHaveProperty('acknowledged');
  history.wishes.push(wish);
  await settle(shop, history);
  await sleep(1_100);
  const judged = await asOwner(server.owner(), (sql) => judge(history, { sql, shop, before, server }));
  console.log(`writing again ${Math.round(waitedMs)} ms after there was space, ${judged.acknowledged} acknowledged`);
  await server.stop();
});

/** To the last byte. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (let piece = 1_048_576; piece >= 1; piece = Math.floor(piece / 4)) {
      try {
        for (;;) if (writeSync(file, Buffer.alloc(piece)) < piece) break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
  } finally {
    closeSync(file);
  }
}
