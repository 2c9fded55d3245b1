/**
 * Nothing that was acknowledged is lost, nothing is done twice and nothing by half, whichever process is killed; and the shop
 * is back by itself. FAULT_ROUNDS=200 for the long run, FAULT_SEED for another one.
 */
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STUCK_MS, stopServers, until } from '../platform/server-process.ts';
import { mulberry, newHistory, settle, startLoad } from './client-history.ts';
import { judge, lookAtWorld } from './judge-history.ts';
import { signal } from './processes.ts';
import { asOwner, copyFolder, prepareFolder, type RealServer, startRealServer } from './real-server.ts';
import { COUNTERS, openShop } from './village-counters.ts';

const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 21);
const SEED = Number(process.env.FAULT_SEED ?? 1);
const ENDED_SESSIONS = Number(process.env.FAULT_SESSIONS ?? 500);
const isLinux = process.platform === 'linux';

type Kill = (server: RealServer) => Promise<void> | void;

const KILLS: Record<string, Kill> = {
  worker: (server) => {
    signal(server.workers()[0] ?? 0, 'SIGKILL');
  },
  'one session': (server) => {
    signal(server.backends()[0] ?? 0, 'SIGKILL');
  },
  database: (server) => {
    signal(server.postmaster(), 'SIGKILL');
  },
  primary: (server) => killAndAwait(server, [server.primary()]),
  'all workers': (server) => {
    for (const worker of server.workers()) signal(worker, 'SIGKILL');
  },
  everything: (server) => killAndAwait(server, [-server.primary(), server.postmaster(), ...server.backends()]),
  'polite stop': async (server) => {
    signal(server.primary(), 'SIGTERM');
    expect(await server.ended()).toEqual({ exitCode: 0, signal: null });
  },
};

async function killAndAwait(server: RealServer, pids: number[]): Promise<void> {
  for (const pid of pids) signal(pid, 'SIGKILL');
  await server.ended();
}

let prepared: string;

beforeAll(async () => {
  if (isLinux) prepared = await prepareFolder();
});

afterAll(async () => {
  await stopServers();
  if (isLinux) for (const folder of [prepared, `${prepared}-kills`, `${prepared}-sessions`]) remove(folder);
});

const remove = (folder: string) => rmSync(folder, { recursive: true, force: true });

test.runIf(isLinux)(
  `${ROUNDS} kills lose nothing and double nothing`,
  { timeout: 60_000 + ROUNDS * STUCK_MS },
  async () => {
    const dataDir = `${prepared}-kills`;
    copyFolder(prepared, dataDir);
    const server = await startRealServer({ dataDir });
    const shop = await openShop(server.address);
    const before = await asOwner(server.owner(), lookAtWorld);
    const history = newHistory();
    const load = startLoad(shop, history, COUNTERS, { seed: SEED });
    const random = mulberry(SEED);
    const outages: { kill: string; ms: number }[] = [];
    const names = Object.keys(KILLS);
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = names[round % names.length] ?? '';
      const reached = load.acknowledged() + 25;
      await until(() => (load.acknowledged() >= reached ? true : null));
      await sleep(random() * 150);
      const killed = performance.now();
      await KILLS[name]?.(server);
      const counted = load.acknowledged();
      await server.beWell();
      await until(() => (load.acknowledged() > counted ? true : null));
      outages.push({ kill: name, ms: performance.now() - killed });
    }
    await load.stop();
    await settle(shop, history);
    await sleep(1_100);
    const judged = await asOwner(server.owner(), (sql) => judge(history, { sql, shop, before, server }));
    await server.stop();
    const waits = outages.map(({ ms }) => ms).sort((one, other) => one - other);
    const median = waits[Math.floor(waits.length / 2)] ?? 0;
    console.log(
      `${ROUNDS} kills, ${judged.acknowledged} acknowledged, ${judged.refused} refused, ${judged.doubtful} settled by their key; ` +
        `back after ${Math.round(median)} ms (longest ${Math.round(waits.at(-1) ?? 0)} ms), ${judged.checkpoints} checkpoints`,
    );
    expect(judged.acknowledged).toBeGreaterThan(ROUNDS * 20);
  },
);

test.runIf(isLinux)(
  `${ENDED_SESSIONS} ended database sessions cost no worker and no answer`,
  { timeout: STUCK_MS + ENDED_SESSIONS * 1_000 },
  async () => {
    const dataDir = `${prepared}-sessions`;
    copyFolder(prepared, dataDir);
    const server = await startRealServer({ dataDir, env: { LOG_LEVEL: 'info' } });
    const shop = await openShop(server.address);
    const history = newHistory();
    const random = mulberry(SEED);
    await asOwner(server.owner(), async (sql) => {
      const before = await lookAtWorld(sql);
      const workers = await until(() => (server.workers().length === 2 ? server.workers() : null));
      const load = startLoad(shop, history, COUNTERS, { seed: SEED, pauseMs: 4 });
      await until(() => (load.acknowledged() > 20 ? true : null));
      for (let ended = 0; ended < ENDED_SESSIONS; ) {
        // One that is at work, where there is one: only there something could be cut in half.
        const [row] = await sql<{ ended: boolean }[]>`
          select pg_terminate_backend(pid) as ended
            from (
              select pid
                from pg_stat_activity
               where application_name like 'love-supermarket worker %'
               order by state = 'active' desc, random()
               limit 1
            ) as session`;
        if (row?.ended) ended += 1;
        await sleep(20 + random() * 40);
      }
      const counted = load.acknowledged();
      await until(() => (load.acknowledged() > counted + 20 ? true : null));
      await load.stop();
      await settle(shop, history);
      await sleep(1_100);
      expect(new Set(server.workers()), server.output()).toEqual(new Set(workers));
      expect(history.longestMs).toBeLessThan(STUCK_MS);
      const judged = await judge(history, { sql, shop, before, server });
      console.log(
        `${ENDED_SESSIONS} ended sessions, ${judged.acknowledged} acknowledged, ${judged.doubtful} settled by their key, ` +
          `longest wait ${Math.round(history.longestMs)} ms`,
      );
    });
    await server.stop();
  },
);
