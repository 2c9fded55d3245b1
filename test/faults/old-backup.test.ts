/**
 * The database comes back from an older copy while its folder remembers what was signed: the log signs nothing more and says why, the
 * counter goes on, and an auditor is told.
 */
import { execFileSync, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stopServers } from '../platform/server-process.ts';
import { willowCode } from '../support/cast.ts';
import { newHistory, type Shop, send, type Told, type Wish } from './client-history.ts';
import { copyFolder, prepareFolder, type RealServer, startRealServer } from './real-server.ts';
import { openShop } from './village-counters.ts';

let dataDir: string;

beforeAll(async () => {
  dataDir = await prepareFolder();
});

afterAll(async () => {
  await stopServers();
  for (const folder of [dataDir, `${dataDir}-backup`]) rmSync(folder, { recursive: true, force: true });
});

test.runIf(process.platform !== 'win32')(
  'an older database freezes the log, not the counter',
  { timeout: 300_000 },
  async () => {
    let server = await startRealServer({ dataDir });
    const shop = await openShop(server.address);
    await receive(shop, 'before the backup');
    const vkey = (await (await fetch(`${server.address}/log/${willowCode}/vkey`)).text()).trim();
    expect((await checkpointOf(server)).status).toBe(200);
    await server.stop();
    copyFolder(join(dataDir, 'postgres'), `${dataDir}-backup`);

    server = await startRealServer({ dataDir });
    await receive({ ...shop, address: server.address }, 'after the backup');
    const signed = await checkpointOf(server);
    expect(signed.status).toBe(200);
    const size = Number((await signed.text()).split('\n')[1]);
    await server.stop();
    copyFolder(`${dataDir}-backup`, join(dataDir, 'postgres'));

    server = await startRealServer({ dataDir });
    expect(await audit(server, vkey)).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining(`已经签过 ${size} 条`),
    });
    const frozen = await checkpointOf(server);
    expect(frozen.status).toBe(503);
    expect(await frozen.json()).toMatchObject({ code: 'log_rolled_back', signed: size, found: size - 1 });
    const again: Shop = { ...shop, address: server.address };
    expect(await receive(again, 'after the restore')).toMatchObject({ acknowledged: { acts: [{ seq: size - 1 }] } });
    expect(await receive(again, 'once more')).toMatchObject({ acknowledged: { acts: [{ seq: size }] } });
    // As long as before by now, but with another story; an answer is kept for a second.
    await sleep(1_100);
    const rewritten = await checkpointOf(server);
    expect(rewritten.status).toBe(503);
    expect(await rewritten.json()).toMatchObject({ code: 'log_rewritten' });
    expect(verify(dataDir)).toContain('柳树村');
    await server.stop();
  },
);

const checkpointOf = (server: RealServer) => fetch(`${server.address}/log/${willowCode}/checkpoint`);

async function receive(shop: Shop, key: string): Promise<Told> {
  const body = { source: 'purchase', lines: [{ goods: 'WA003', quantity: 1 }] };
  const wish: Wish = { key, village: willowCode, kind: 'receipts', body, told: 'unknown', answers: [], attempts: 0 };
  const told = await send(shop, wish, newHistory());
  expect(told).toHaveProperty('acknowledged');
  return told;
}

/** As an auditor runs it, in a process of its own, so that the server here is asked over its address. */
function audit({ address }: RealServer, vkey: string): Promise<{ exitCode: number | null; output: string }> {
  const program = fileURLToPath(new URL('../../src/audit/main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, `${address}/log/${willowCode}`, vkey]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()));
  return new Promise((resolve) => child.once('close', (exitCode) => resolve({ exitCode, output })));
}

/** What `npm run verify` complains of. */
function verify(folder: string): string {
  const program = fileURLToPath(new URL('../../src/verify.ts', import.meta.url));
  try {
    execFileSync(process.execPath, ['--import', 'tsx', program], {
      env: { ...process.env, DATA_DIR: folder, DATABASE_URL: '' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return '';
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
}
