/** What villagers and auditors see of the log, also while it is frozen. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redeemGoods } from '../../src/exchange/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, willowCode } from '../support/cast.ts';

let served: TestApp;
let act: { id: string; seq: number };

const redeem = async () => {
  const village = await findVillage(served.db.sql, willowCode);
  const outcome = await must(
    redeemGoods(served.db, {
      villageId: village?.villageId ?? 0,
      recordedBy: 1,
      today: '2026-10-15',
      idempotencyKey: crypto.randomUUID(),
      card: cards.赵满仓,
      lines: [{ code: 'WA003', quantity: 1 }],
    }),
  );
  return outcome.acts[0] as { id: string; seq: number };
};

const get = (url: string, headers: Record<string, string> = {}) =>
  served.app.inject({ url, headers: { 'accept-language': 'zh-CN', ...headers } });

beforeAll(async () => {
  served = await createTestApp();
  act = await redeem();
});

afterAll(() => served.close());

describe('the page of one record', () => {
  test('shows what the server found, and all that the reader needs to find it too', async () => {
    const { statusCode, body, headers } = await get(`/r/${act.id}`);
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    for (const text of [
      `第 ${act.seq} 号记录`,
      '这条记录是真的',
      '这条记录在公开账本里。',
      '账本的签名是真的。',
      '系统核对',
      act.id,
      'points.redeem',
      `/log/${willowCode}/receipt/${act.seq}`,
      `/villages/${willowCode}/acts/${act.seq}`,
      `127.0.0.1:3000/log/${willowCode}`,
    ]) {
      expect(body).toContain(text);
    }
    expect(body).toMatch(/<script src="\/assets\/check\.[0-9a-f]{10}\.js" defer><\/script>/);
    expect(findHtmlFaults(body)).toEqual([]);
  });

  test('is the same under an address in capitals', async () => {
    expect((await get(`/R/${act.id}`)).statusCode).toBe(200);
  });

  test('names nobody', async () => {
    const { body } = await get(`/r/${act.id}`);
    expect(body).not.toContain('赵');
    expect(body).not.toContain(cards.赵满仓);
  });

  test.each(['AAAAAAAAAAAAAAAA', 'short', '0'])('there is none of %s', async (id) => {
    expect((await get(`/r/${id}`)).statusCode).toBe(404);
  });

  test('what no keyboard types is no number at all', async () => {
    expect((await get('/r/AAAAAAAAAAAAAAAA%00')).statusCode).toBe(400);
  });
});

test('the page for auditors has the three things that a verifier needs', async () => {
  const { statusCode, body } = await get(`/villages/${willowCode}/log`);
  const vkey = (await get(`/log/${willowCode}/vkey`)).body.trim();
  expect(statusCode).toBe(200);
  for (const text of [vkey, `http://localhost:80/log/${willowCode}`, 'npm run audit', 'C2SP'])
    expect(body).toContain(text);
  expect(body).not.toContain('网址换过了');
  expect(findHtmlFaults(body)).toEqual([]);
});

test('all entries can be had one a line', async () => {
  const { body, headers } = await get(`/log/${willowCode}/entries.jsonl`);
  const lines = body.trimEnd().split('\n');
  expect(headers['content-type']).toBe('application/x-ndjson');
  expect(lines).toHaveLength(act.seq + 1);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ id: act.id });
});

describe('a frozen log', () => {
  let guard: string;

  beforeAll(async () => {
    await get(`/log/${willowCode}/checkpoint`);
    guard = join(served.dataDir, 'log', `${willowCode}.note`);
    const note = readFileSync(guard, 'utf8');
    writeFileSync(guard, note.replace(/\n\d+\n/, '\n999\n'));
    // What was answered within this second is answered again.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    return () => rmSync(guard, { force: true });
  });

  test.each(['checkpoint', 'tile/0/000.p/1', 'tile/entries/000.p/1', 'receipt/0', 'entries.jsonl'])(
    'answers a problem instead of %s',
    async (path) => {
      const answer = await get(`/log/${willowCode}/${path}`);
      expect(answer.statusCode).toBe(503);
      expect(answer.headers).toMatchObject({
        'content-type': 'application/problem+json',
        'access-control-allow-origin': '*',
        'cache-control': 'no-store',
      });
      expect(answer.json()).toMatchObject({ code: 'log_key_changed', status: 503 });
    },
  );

  test.each([`/villages/${willowCode}/log`, '/r/'])('says so on %s', async (path) => {
    const answer = await get(path === '/r/' ? `/r/${act.id}` : path);
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('公开账本暂停签名');
    expect(findHtmlFaults(answer.body)).toEqual([]);
  });

  test('keeps its key in sight', async () => {
    expect((await get(`/log/${willowCode}/vkey`)).statusCode).toBe(200);
  });

  test('leaves the counter and the public record open', async () => {
    const next = await redeem();
    expect(next.seq).toBe(act.seq + 1);
    expect((await get(`/villages/${willowCode}/acts/${next.seq}`)).statusCode).toBe(200);
  });
});
