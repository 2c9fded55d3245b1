import { afterAll, beforeAll, expect, test } from 'vitest';
import { redeemGoods } from '../../src/exchange/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { readQr } from '../support/read-qr.ts';
import { checkWorld } from '../support/world.ts';

const base = `/villages/${willowCode}/redemptions`;

let world: TestApp;
let manager: TestBrowser;
let villageId: number;
let operation: string;
let seq: number;

beforeAll(async () => {
  world = await createTestApp();
  manager = await world.browser(people.manager);
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  const posted = await must(
    redeemGoods(world.db, {
      villageId,
      recordedBy: 1,
      idempotencyKey: 'exchange',
      today: villageDay(new Date()),
      card: cards.王建国,
      lines: [
        { code: 'WA003', quantity: 2 },
        { code: 'AP001', quantity: 1 },
      ],
    }),
  );
  operation = posted.operationId;
  seq = posted.acts[0]?.seq ?? 0;
});

afterAll(() => world.close());

test('the slip has everything that the record asks for, and a code that leads to the act', async () => {
  const slip = await manager.get(`${base}/${operation}/slip`);
  expect(slip.statusCode).toBe(200);
  for (const words of [
    '柳树村爱心超市',
    '王建国',
    '尾号 0004',
    '洗洁精 1kg/瓶',
    '2 × 3 分',
    '26 分',
    '100 分',
    '74 分',
  ]) {
    expect(slip.body).toContain(words);
  }
  expect(slip.body).toContain(`公开账本第 ${seq} 号`);
  expect(slip.body).toContain('领取人');
  const printed = new URL(readQr(/class="qr-ink" d="([^"]+)"/.exec(slip.body)?.[1] ?? ''));
  const record = await world.app.inject(printed.pathname);
  expect(record.body).toContain(`第 ${seq} 号记录`);
  expect(record.body).toContain('这条记录是真的');
  expect(findHtmlFaults(slip.body)).toEqual([]);
});

test('a plain printer gets the same as text, with the address in letters', async () => {
  const slip = await manager.get(`${base}/${operation}/slip.txt`);
  expect(slip.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(slip.body).toContain('合计                       26 分');
  expect(slip.body.replaceAll('\n', '')).toMatch(/http:\/\/localhost(:\d+)?\/r\/[A-Z2-9]{16}/);
});

test('who only looks sees the exchange, without the way to reverse it', async () => {
  const supervisor = await world.browser(people.supervisor);
  const page = await supervisor.get(`${base}/${operation}`);
  expect(page.statusCode).toBe(200);
  expect(page.body).not.toContain('/reversals/new');
  expect(page.body).not.toContain('next-code');
});

test('nobody sees it without signing in, nor from another village', async () => {
  const nobody = await world.browser();
  expect((await nobody.get(`${base}/${operation}`)).statusCode).toBe(303);
  const other = await world.browser(people.otherManager);
  expect((await other.get(`${base}/${operation}/slip`)).statusCode).toBe(403);
});

test('an exchange that is not there is said to be so', async () => {
  const page = await manager.get(`${base}/AAAAAAAAAAAAAAAA`);
  expect(page.statusCode).toBe(404);
  expect(page.body).toContain('没有这笔兑换');
});

test('the list has the newest first, and pages by number', async () => {
  const page = await manager.get(base);
  expect(page.body).toContain(`${base}/${operation}`);
  expect(findHtmlFaults(page.body)).toEqual([]);
  const before = await manager.get(`${base}?before=${seq}`);
  expect(before.body).not.toContain(`${base}/${operation}`);
});

test('after a reversal the page and the slip say so', async () => {
  const reversal = {
    villageId,
    recordedBy: 1,
    idempotencyKey: 'undo',
    which: { operationId: operation },
    reason: '拿错了',
  };
  const { acts } = await must(reverseActs(world.db, reversal));
  const page = await manager.get(`${base}/${operation}`);
  expect(page.body).toContain(`见公开账本第 ${acts[0]?.seq} 号`);
  expect(page.body).not.toContain('/reversals/new');
  expect((await manager.get(`${base}/${operation}/slip`)).body).toContain('已撤销');
  await checkWorld(world.database.ownerSql);
});
