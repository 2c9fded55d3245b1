import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/platform/config.ts';
import { connect } from '../../src/platform/database/connect.ts';
import { readPostmasterPid } from '../../src/platform/database/postmaster-pid.ts';
import { decideWorkerFate, type WorkerHealth } from '../../src/platform/process/decide-worker-fate.ts';
import { describeCrash } from '../../src/platform/process/describe-crash.ts';
import { readSecrets } from '../../src/platform/secrets.ts';
import { childrenOf } from '../faults/processes.ts';
import { type ServerProcess, startServer, stopServers, until } from './server-process.ts';

interface Answer {
  worker: number;
  marks: number;
  role: string;
}

async function ask(address: string, path = '/'): Promise<Answer> {
  const response = await fetch(`${address}${path}`, {
    headers: { connection: 'close' },
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new Error(`answered ${response.status}`);
  return (await response.json()) as Answer;
}

const askPatiently = (address: string, path = '/') => until(() => ask(address, path).catch(() => null));

function databasePid(dataDir: string): number {
  return readPostmasterPid(join(dataDir, 'postgres'))?.pid ?? 0;
}

describe('a server', { timeout: 60_000 }, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-test-'));
  let server: ServerProcess;
  let address: string;
  const taken = createServer();
  let shutOut: ServerProcess;

  beforeAll(async () => {
    server = startServer({ DATA_DIR: dataDir });
    shutOut = startServer({ DATA_DIR: join(dataDir, 'other'), PORT: String(await listenSomewhere(taken)) });
    address = await server.address();
  });

  afterAll(async () => {
    await stopServers();
    taken.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('serves as the role with few rights', async () => {
    expect((await ask(address)).role).toBe('love_supermarket_app');
  });

  test('keeps its secrets to itself', () => {
    const secrets = readSecrets(dataDir);
    expect(secrets.sessionSecret).not.toBe(secrets.cookieSecret);
    if (process.platform !== 'win32') expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(readSecrets(dataDir)).toEqual(secrets);
  });

  test('refuses a second server on its data', async () => {
    const second = startServer({ DATA_DIR: dataDir });
    expect(await second.ended).toEqual({ exitCode: 1, signal: null });
    expect(second.output()).toContain(`already running on ${dataDir} (process ${server.pid})`);
    expect(second.output()).not.toMatch(/\n\s+at /);
    expect(await ask(address)).toBeTruthy();
  });

  test('says so when its port is taken, before it creates anything', async () => {
    expect((await shutOut.ended).exitCode).toBe(1);
    expect(shutOut.output()).toContain('set another PORT');
    expect(existsSync(join(dataDir, 'other', 'postgres'))).toBe(false);
  });

  test('replaces a worker that was killed', async () => {
    const killed = (await ask(address)).worker;
    process.kill(killed, 'SIGKILL');
    const seen = new Set<number>();
    await until(async () => {
      seen.add((await askPatiently(address)).worker);
      seen.delete(killed);
      return seen.size >= 2 ? true : null;
    });
    expect(seen).not.toContain(killed);
  });

  test('replaces a worker whose pool has lost its way, and only that one', async () => {
    const lost = (await ask(address, '/lose-pool')).worker;
    await until(() => (isGone(lost) ? true : null));
    expect(await askPatiently(address)).toBeTruthy();
    expect(server.output()).toContain(`worker ${lost} does not answer`);
  });

  test.runIf(process.platform !== 'win32')('loses no worker with the sessions that are ended under load', async () => {
    const socketFolder = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[4] ?? '';
    const options = { host: socketFolder, port: 5432, user: 'love_supermarket_owner', database: 'love_supermarket' };
    const sql = connect(options, { max: 1, applicationName: 'ends sessions' });
    const linesBefore = server.output();
    let isOver = false;
    const load = Array.from({ length: 4 }, async () => {
      while (!isOver) await ask(address).catch(() => null);
    });
    let ended = 0;
    while (ended < 60) {
      const rows = await sql`
        select pg_terminate_backend(pid)
        from pg_stat_activity
        where application_name like 'love-supermarket worker %'`;
      ended += rows.length;
    }
    isOver = true;
    await Promise.all(load);
    await sql.end();
    expect(await askPatiently(address)).toBeTruthy();
    expect(server.output()).toBe(linesBefore);
  });

  test('starts the database again when it dies, and loses nothing', async () => {
    const before = databasePid(dataDir);
    await ask(address, '/mark/1');
    process.kill(before, 'SIGKILL');
    // Sessions outlive the postmaster by a moment, so an answer alone does not prove a new one.
    await until(() => ([0, before].includes(databasePid(dataDir)) ? null : true));
    expect((await askPatiently(address)).marks).toBe(1);
    // The other worker may find out only now.
    expect((await askPatiently(address, '/mark/2')).marks).toBe(2);
  });

  test('starts over what a killed server left behind', async () => {
    const left = databasePid(dataDir);
    server.signal('SIGKILL');
    await server.ended;
    expect(isGone(left)).toBe(false);
    server = startServer({ DATA_DIR: dataDir });
    address = await server.address();
    expect(isGone(left)).toBe(true);
    expect((await ask(address)).marks).toBe(2);
  });

  test.runIf(process.platform === 'linux')(
    'ends what a killed database left behind and cannot end by itself',
    async () => {
      const killed = databasePid(dataDir);
      // As one that waits for a lock whose holder was killed with the database: nothing tells it, and it keeps the memory.
      const [orphan = 0] = childrenOf(killed, 'walwriter');
      process.kill(orphan, 'SIGSTOP');
      server.signal('SIGKILL');
      process.kill(killed, 'SIGKILL');
      await server.ended;
      server = startServer({ DATA_DIR: dataDir });
      address = await server.address();
      expect(server.output()).toContain(`SIGKILL to ${orphan}`);
      expect((await ask(address)).marks).toBe(2);
    },
  );

  test('finishes the requests it has before it stops', async () => {
    const stoppedDatabase = databasePid(dataDir);
    const slow = ask(address, '/slow');
    await until(() => (server.output().includes('asked for what is slow') ? true : null));
    server.signal('SIGTERM');
    // npm passes on what the terminal has sent already.
    server.signal('SIGTERM');
    expect((await slow).marks).toBe(2);
    expect(await server.ended).toEqual({ exitCode: 0, signal: null });
    expect(isGone(stoppedDatabase)).toBe(true);
    expect(() => readFileSync(join(dataDir, 'server.lock'))).toThrow('ENOENT');
  });

  test('takes no notice of a lock and a pid file whose numbers belong to others by now', async () => {
    const stranger = process.pid;
    writeFileSync(
      join(dataDir, 'postgres', 'postmaster.pid'),
      `${stranger}\n${dataDir}/postgres\n1\n5432\n/tmp\n\n 1 1\nready\n`,
    );
    const lock = { token: 'old', pid: stranger, startedAt: 'long ago', machine: thisMachine(), isStopping: false };
    const lockPath = join(dataDir, 'server.lock');
    writeFileSync(lockPath, JSON.stringify(lock));
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(lockPath, longAgo, longAgo);
    server = startServer({ DATA_DIR: dataDir });
    expect((await ask(await server.address())).marks).toBe(2);
    server.signal('SIGINT');
    expect((await server.ended).exitCode).toBe(0);
  });
});

describe('the configuration', () => {
  test('has an answer for everything', () => {
    expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 3000, demo: true, logLevel: 'warn' });
    expect(readConfig({ PORT: '', DEMO: ' ' })).toMatchObject({ port: 3000, demo: true });
    expect(readConfig({ PUBLIC_ORIGIN: 'https://shop.example/' })).toMatchObject({
      publicOrigin: 'https://shop.example',
    });
  });

  test.each([
    [{ PORT: 'abc' }, 'bad_setting', 'PORT'],
    [{ PORT: '70000' }, 'bad_setting', 'PORT'],
    [{ WORKERS: '0' }, 'bad_setting', 'WORKERS'],
    [{ DEMO: 'yes' }, 'bad_setting', 'DEMO'],
    [{ DATABASE_URL: 'mysql://user:secret@host/db' }, 'bad_setting', 'DATABASE_URL'],
    [{ PUBLIC_ORIGIN: 'https://shop.example/path' }, 'bad_setting', 'PUBLIC_ORIGIN'],
    [{ HOST: '0.0.0.0' }, 'host_open_with_demo', 'DEMO=off'],
    [{ HOST: '::' }, 'host_open_with_demo', 'DEMO=off'],
    [{ HOST: '192.168.1.4', DEMO: 'on' }, 'host_open_with_demo', 'DEMO=off'],
  ])('refuses %j', (env, refused, word) => {
    const answer = readConfig(env);
    expect(answer).toMatchObject({ refused, message: expect.stringContaining(word) });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  test.each([{ HOST: '0.0.0.0', DEMO: 'off' }, { HOST: '127.0.0.2' }, { HOST: '::1' }, { HOST: 'localhost' }])(
    'accepts %j',
    (env) => {
      expect(readConfig(env)).not.toHaveProperty('refused');
    },
  );
});

test('a worker is judged by its pool, its speech and the database', () => {
  const well: WorkerHealth = { ageMs: 60_000, isListening: true, silentMs: 900, poolSilentMs: 10 };
  expect(decideWorkerFate(well, 'idle')).toBe('keep');
  expect(decideWorkerFate({ ...well, poolSilentMs: 6_000 }, 'idle')).toBe('replace');
  expect(decideWorkerFate({ ...well, poolSilentMs: 6_000 }, 'busy')).toBe('keep');
  expect(decideWorkerFate({ ...well, poolSilentMs: 16_000 }, 'busy')).toBe('replace');
  expect(decideWorkerFate({ ...well, poolSilentMs: 60_000 }, 'down')).toBe('keep');
  expect(decideWorkerFate({ ...well, silentMs: 16_000 }, 'down')).toBe('replace');
  expect(decideWorkerFate({ ...well, isListening: false, ageMs: 5_000, silentMs: 5_000 }, 'idle')).toBe('keep');
  expect(decideWorkerFate({ ...well, isListening: false, ageMs: 61_000 }, 'idle')).toBe('replace');
});

test('a crash is printed without what the database said', () => {
  const error = Object.assign(new Error('Failed query: insert … params: 张三'), {
    name: 'DrizzleQueryError',
    query: 'insert',
  });
  expect(describeCrash(error)).not.toContain('张三');
  expect(describeCrash(error)).toContain('process.test.ts');
  expect(describeCrash(new Error('no such folder'))).toContain('no such folder');
});

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

function thisMachine(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

function listenSomewhere(listener: Server): Promise<number> {
  return new Promise((resolve) => {
    listener.listen(0, '127.0.0.1', () => {
      const bound = listener.address();
      resolve(bound !== null && typeof bound === 'object' ? bound.port : 0);
    });
  });
}
