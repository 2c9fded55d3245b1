/** Those who ask too much are told so, and nobody else notices. */
import { connect as openSocket, type Socket } from 'node:net';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decideRate } from '../../src/platform/http/decide-rate.ts';
import { registerOverloadDefence } from '../../src/platform/http/overload.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { people, willowCode } from '../support/cast.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { until } from './server-process.ts';

test('a bucket lets its burst through, then as many as its rate, for ever', () => {
  const rate = { burst: 5, perMinute: 60 };
  let emptyAt: number | undefined;
  let passed = 0;
  for (let now = 0; now < 60_000; now += 100) {
    const decision = decideRate(emptyAt, now, rate);
    if ('emptyAt' in decision) {
      emptyAt = decision.emptyAt;
      passed += 1;
    } else {
      expect(decision.retryAfterSeconds).toBe(1);
    }
  }
  expect(passed).toBeGreaterThanOrEqual(64);
  expect(passed).toBeLessThanOrEqual(65);
});

describe('each class of requests', () => {
  let world: TestApp;
  beforeAll(async () => {
    world = await createTestApp();
  });
  afterAll(() => world.close());

  /** All at once: a bucket empties with time, and a busy machine takes seconds for so many one after the other. */
  const statuses = (
    count: number,
    url: string,
    options: { remoteAddress: string; method?: 'POST'; token?: string },
  ): Promise<number[]> => {
    const { remoteAddress, method = 'GET', token } = options;
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const asked = Array.from({ length: count }, () => world.app.inject({ method, url, remoteAddress, headers }));
    return Promise.all(asked.map(async (answer) => (await answer).statusCode));
  };
  const refused = (found: readonly number[]) => found.filter((status) => status === 429).length;

  test('downloads of a whole log are bounded by address; other addresses and other pages are not touched', async () => {
    const url = `/log/${willowCode}/entries.jsonl`;
    const found = await statuses(65, url, { remoteAddress: '198.51.100.1' });
    expect(found.slice(0, 60)).not.toContain(429);
    expect(refused(found)).toBeGreaterThanOrEqual(3);
    expect(await statuses(1, url, { remoteAddress: '198.51.100.2' })).toEqual([200]);
    expect(await statuses(1, `/villages/${willowCode}`, { remoteAddress: '198.51.100.1' })).toEqual([200]);
    // One house has as many IPv6 addresses as it likes.
    const [, sameHouse, nextHouse] = await Promise.all([
      statuses(60, url, { remoteAddress: '2001:db8:1:2::1' }),
      statuses(1, url, { remoteAddress: '2001:db8:1:2:ffff::9' }),
      statuses(1, url, { remoteAddress: '2001:db8:1:3::1' }),
    ]);
    expect(sameHouse).toEqual([429]);
    expect(nextHouse).toEqual([200]);
  });

  test('the answer says when to come back, in a sentence and in a header', async () => {
    const url = `/log/${willowCode}/entries.jsonl`;
    const [, page] = await Promise.all([
      statuses(65, url, { remoteAddress: '198.51.100.3' }),
      world.app.inject({ url, remoteAddress: '198.51.100.3' }),
    ]);
    expect(page.statusCode).toBe(429);
    expect(Number(page.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(page.body).toMatch(/操作得太快了.*请过 \d+ 秒再试/s);
    const [api, problem] = await Promise.all([
      statuses(50, '/api/v1/sessions', { remoteAddress: '198.51.100.3', method: 'POST' }),
      world.app.inject({ method: 'POST', url: '/api/v1/sessions', remoteAddress: '198.51.100.3' }),
    ]);
    expect(refused(api)).toBeGreaterThan(0);
    expect(problem.json()).toMatchObject({ code: 'too_many_requests', status: 429 });
  });

  test('an account is bounded wherever it asks from, and another account at the same address is not', async () => {
    const token = await world.apiToken(people.manager);
    const other = await world.apiToken(people.supervisor);
    const url = `/api/v1/villages/${willowCode}/awards`;
    const asked = Array.from({ length: 200 }, (_, at) =>
      statuses(1, url, { remoteAddress: `203.0.113.${at}`, token, method: 'POST' }),
    );
    const found = (await Promise.all(asked)).flat();
    expect(found.length - refused(found)).toBeGreaterThanOrEqual(120);
    expect(refused(found)).toBeGreaterThan(0);
    expect(await statuses(1, url, { remoteAddress: '203.0.113.1', token: other, method: 'POST' })).not.toContain(429);
  });

  test('the machine itself, assets and the question whether it lives are never refused', async () => {
    expect(refused(await statuses(70, `/log/${willowCode}/entries.jsonl`, { remoteAddress: '127.0.0.1' }))).toBe(0);
    expect(refused(await statuses(700, '/healthz', { remoteAddress: '198.51.100.4' }))).toBe(0);
  });
});

test('beyond what can be answered in time: 503 at once, with when to come back; then all is well again', async () => {
  const app = Fastify();
  app.decorateReply('refuse', function (this, { refused }) {
    return this.code(503).send(refused);
  });
  registerOverloadDefence(app, { requests: 10, delayMs: 60_000 });
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  let waiting = 0;
  app.get('/slow', async () => {
    waiting += 1;
    await gate;
    return 'done';
  });
  app.get('/healthz', () => 'ok');
  await app.listen({ host: '127.0.0.1', port: 0 });
  const base = app.listeningOrigin;
  const slow = Array.from({ length: 10 }, () => fetch(`${base}/slow`));
  await until(() => (waiting === 10 ? true : null));
  const early = await fetch(`${base}/slow`);
  expect([early.status, early.headers.get('retry-after'), await early.text()]).toEqual([503, '2', 'too_busy']);
  expect((await fetch(`${base}/healthz`)).status).toBe(200);
  release();
  expect((await Promise.all(slow)).map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
  expect((await fetch(`${base}/slow`)).status).toBe(200);
  await app.close();
});

test('a process that comes late to everything refuses until it is on time again', async () => {
  const app = Fastify();
  app.decorateReply('refuse', function (this, { refused }) {
    return this.code(503).send(refused);
  });
  registerOverloadDefence(app, { requests: 10, delayMs: 100 });
  app.get('/', () => 'done');
  await app.listen({ host: '127.0.0.1', port: 0 });
  const answers = (wanted: number) => async () => ((await fetch(app.listeningOrigin)).status === wanted ? true : null);
  const blocking = setInterval(() => {
    const end = performance.now() + 400;
    while (performance.now() < end);
  }, 1);
  await until(answers(503));
  clearInterval(blocking);
  expect(await until(answers(200))).toBe(true);
  await app.close();
});

describe('a hundred who send a byte now and then', { timeout: 180_000 }, () => {
  let served: ServedApp;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    served = await serveApp();
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await served.close();
  });

  test('hold nobody up, and are cut off', async () => {
    const { hostname, port } = new URL(served.baseUrl);
    const dribble = (opening: string) =>
      new Promise<void>((resolve) => {
        const socket = openSocket(Number(port), hostname, () => socket.write(opening));
        sockets.push(socket);
        const drip = setInterval(() => socket.writable && socket.write('x'), 2_000);
        socket.on('error', () => {});
        socket.resume();
        socket.once('close', () => {
          clearInterval(drip);
          resolve();
        });
      });
    const headers = Array.from({ length: 50 }, () => dribble('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: '));
    const body =
      'POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9999\r\n\r\n';
    const bodies = Array.from({ length: 50 }, () => dribble(body));
    for (let at = 0; at < 10; at += 1) {
      expect((await fetch(`${served.baseUrl}/villages/${willowCode}`)).status).toBe(200);
    }
    // Nobody waits for the last byte: who is never cut off lets this test run out of time.
    await Promise.all([...headers, ...bodies]);
  });
});
