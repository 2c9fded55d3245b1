/** Displays at the counter: only so many, told across servers of one database, and no reason for a server to stay. */
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { decideDisplay, type Shown } from '../../src/exchange/decide-display.ts';
import { openStreamCount } from '../../src/platform/http/event-streams.ts';
import { until as comesTrue } from '../platform/server-process.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, people, poplarCode, willowCode } from '../support/cast.ts';

const COUNTER = `/villages/${willowCode}/counter`;

let world: TestApp;
let manager: TestBrowser;
let cookie: string;
let baseUrl: string;

beforeAll(async () => {
  world = await createTestApp();
  baseUrl = await listen(world.app);
  manager = await world.browser(people.manager);
  cookie = await cookieOf();
});

afterAll(() => world.close());

afterEach(async () => {
  await comesTrue(() => openStreamCount() === 0 || null);
  await world.database.ownerSql`delete from till`;
});

async function listen(app: FastifyInstance): Promise<string> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
}

/** Of a sign-in of its own, as the display's requests send it. */
async function cookieOf(): Promise<string> {
  const page = await fetch(`${baseUrl}/sign-in`);
  const html = await page.text();
  const csrf = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const first = page.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
  const answer = await fetch(`${baseUrl}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: first.join('; '), origin: baseUrl },
    body: new URLSearchParams({ _csrf: csrf, username: people.manager, password: 'a password for tests' }),
  });
  const second = answer.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
  return [...first, ...second].join('; ');
}

async function openStream(at = baseUrl) {
  const stop = new AbortController();
  const answer = await fetch(`${at}${COUNTER}/display/events`, { headers: { cookie }, signal: stop.signal });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  /** Until these words were sent; or the stream has ended. */
  const until = async (words: string) => {
    while (reader && !heard.includes(words)) {
      const { value, done } = await reader.read();
      if (done) return 'ended';
      heard += value;
    }
    return heard;
  };
  return { answer, until, stop: () => stop.abort() };
}

test.each<[Shown, number, Shown['kind']]>([
  [{ kind: 'idle' }, 1e6, 'idle'],
  [{ kind: 'done', spentCentipoints: 100, leftCentipoints: 0 }, 14, 'done'],
  [{ kind: 'done', spentCentipoints: 100, leftCentipoints: 0 }, 15, 'idle'],
  [serving(), 179, 'serving'],
  [serving(), 180, 'idle'],
])('%o after %i seconds is %s', (shown, seconds, kind) => {
  expect(decideDisplay(shown, seconds).kind).toBe(kind);
});

function serving(): Shown {
  const sums = { balanceCentipoints: 100, totalCentipoints: 0, missingCentipoints: 0 };
  return { kind: 'serving', name: '王*国', ...sums, lines: [] };
}

test('a till without a display leaves no row, one with a display is told', async () => {
  await manager.get(`${COUNTER}?card=${cards.赵满仓}`);
  expect(await world.db.sql`select from till`).toHaveLength(0);
  const { answer, until, stop } = await openStream();
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await until('您好')).toContain('event: shown');
  await fetch(`${baseUrl}${COUNTER}?card=${cards.赵满仓}`, { headers: { cookie } });
  expect(await until('赵*仓')).toContain('data-say="现有 100 分"');
  stop();
});

test('a display that is opened while another ends is not ended with it', async () => {
  const { until, stop } = await openStream();
  await until('您好');
  const opening = openStream();
  stop();
  const again = await opening;
  await again.until('您好');
  await expect.poll(openStreamCount, { timeout: 20_000 }).toBe(1);
  await fetch(`${baseUrl}${COUNTER}?card=${cards.赵满仓}`, { headers: { cookie } });
  expect(await again.until('赵*仓')).toContain('赵*仓');
  again.stop();
});

test('what another server of the same database does is told here', async () => {
  const secrets = { sessionSecret: 'a'.repeat(64), cookieSecret: 'b'.repeat(64) };
  const other = await buildApp({ config: world.config, secrets, db: world.db });
  const there = await listen(other);
  const { until, stop } = await openStream();
  await until('您好');
  await fetch(`${there}${COUNTER}?card=${cards.单小花}`, { headers: { cookie } });
  expect(await until('单*花')).toContain('单*花');
  stop();
  await other.close();
});

test('a sign-in has three displays at most, and nobody else’s village', async () => {
  const open = await Promise.all([openStream(), openStream(), openStream()]);
  expect(open.map(({ answer }) => answer.status)).toEqual([200, 200, 200]);
  const fourth = await openStream();
  expect(fourth.answer.status).toBe(503);
  expect(fourth.answer.headers.get('retry-after')).toBe('30');
  const elsewhere = await fetch(`${baseUrl}/villages/${poplarCode}/counter/display/events`, { headers: { cookie } });
  expect(elsewhere.status).toBe(403);
  for (const { stop } of open) stop();
  await expect
    .poll(
      async () => {
        const again = await openStream();
        again.stop();
        return again.answer.status;
      },
      { timeout: 20_000 },
    )
    .toBe(200);
});

test('a server that stops ends them, and is not kept by them', async () => {
  const secrets = { sessionSecret: 'a'.repeat(64), cookieSecret: 'b'.repeat(64) };
  const other = await buildApp({ config: world.config, secrets, db: world.db });
  const { until } = await openStream(await listen(other));
  await until('您好');
  const [ending] = await Promise.all([until('never said'), other.close()]);
  expect(ending).toBe('ended');
});
