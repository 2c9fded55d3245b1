import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { cardToken } from '../../src/cards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const TODAY = '2026-10-15';

let world: TestApp;
let villageId: number;
let token: string;

const by = () => ({ villageId, recordedBy: 1, today: TODAY, idempotencyKey: crypto.randomUUID() });

beforeAll(async () => {
  world = await createTestApp();
  const { sql } = world.db;
  villageId = (await findVillage(sql, willowCode))?.villageId ?? 0;
  token = (await cardToken(sql, villageId, cards.赵满仓)) ?? '';
  const award = { rule: 'AD-LAB-01', occurredOn: '2026-10-14', cards: [cards.赵满仓], note: '村口到水塘段' };
  const { acts } = await must(awardPoints(world.db, { ...by(), ...award }));
  await must(
    redeemGoods(world.db, {
      ...by(),
      card: cards.赵满仓,
      lines: [
        { code: 'GR001', quantity: 1 },
        { code: 'WA003', quantity: 2 },
      ],
    }),
  );
  await must(reverseActs(world.db, { ...by(), which: { seq: acts[0]?.seq ?? 0 }, reason: '记错了户' }));
  await checkWorld(world.database.ownerSql);
});

afterAll(() => world.close());

const open = (address: string, headers: Record<string, string> = {}) =>
  world.app.inject({ method: 'GET', url: address, headers });

test('whoever holds the card sees the balance first, the whole passbook and what it can buy', async () => {
  const page = await open(`/C/${token}`);
  expect(page.statusCode).toBe(200);
  const main = page.body.slice(page.body.indexOf('<main'));
  expect(main).toContain('赵*仓</span>家');
  expect(main.indexOf('84.5')).toBeGreaterThan(0);
  expect(main.indexOf('84.5')).toBeLessThan(main.indexOf('积分存折'));
  for (const words of [
    '开卡，送积分',
    '义务劳动',
    '村口到水塘段',
    '兑换 大米 1 袋、洗洁精 2 瓶',
    '记错了户',
    '现在能换的',
    '菜籽油',
    `/villages/${willowCode}/acts/`,
  ]) {
    expect(main).toContain(words);
  }
  expect(main.match(/class="passbook-line"/g)).toHaveLength(4);
  expect(findHtmlFaults(page.body)).toEqual([]);
});

test('the page is masked, private and readable without a script', async () => {
  const page = await open(`/C/${token}`);
  expect(page.body).not.toContain('赵满仓');
  expect(page.body).not.toContain('hx-');
  expect(page.headers['cache-control']).toBe('no-store');
  expect(page.headers['referrer-policy']).toBe('no-referrer');
  expect(page.headers['x-robots-tag']).toContain('noindex');
  expect(page.body).toContain('data-text-size="largest"');
  expect((await open(`/C/${token}`, { cookie: 'size=large' })).body).toContain(
    '<html lang="zh-CN" data-text-size="large"',
  );
  expect((await open(`/C/${token.toLowerCase()}`)).statusCode).toBe(200);
});

test('page and styles together stay below 20 kB', async () => {
  const page = await open(`/C/${token}`);
  const assets = [...page.body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, url = '']) => url);
  const sizes = await Promise.all(
    assets.map(async (url) => (await open(url, { 'accept-encoding': 'br' })).rawPayload.length),
  );
  const total = brotliCompressSync(page.rawPayload).length + sizes.reduce((sum, size) => sum + size, 0);
  expect(total).toBeLessThan(20_000);
});

test('goods that are out of stock, out of date or too dear are not offered', async () => {
  const { ownerSql } = world.database;
  const before = await open(`/C/${token}`);
  expect(before.body).toContain('电热水壶');
  const poor = (await cardToken(world.db.sql, villageId, cards.李未开)) ?? '';
  expect((await open(`/C/${poor}`)).body).not.toContain('菜籽油');
  await ownerSql`update stock_lot set use_by = '2026-10-01' where use_by = '2099-12-31'`;
  // The page is kept until the village does something.
  const award = { rule: 'AD-LAB-01', occurredOn: '2026-10-14', cards: [cards.单小花], note: '村口到水塘段' };
  await must(awardPoints(world.db, { ...by(), ...award }));
  const after = await open(`/C/${token}`);
  expect(after.body.slice(after.body.indexOf('现在能换的'), after.body.indexOf('积分存折'))).not.toContain('菜籽油');
});

test.each([
  ['registered', '这张卡还没有开'],
  ['frozen', '这张卡暂时停用，积分都还在'],
])('a %s card says so in words', async (status, words) => {
  const { ownerSql } = world.database;
  await ownerSql`update account set status = ${status} where village_id = ${villageId} and holder_id = (
    select household_id from card where number = ${cards.单小花})`;
  const page = await open(`/C/${await cardToken(world.db.sql, villageId, cards.单小花)}`);
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain(words);
});

test('a page that was kept shows the next act at once, in each language and size, and gives nobody a cookie', async () => {
  const first = await open(`/C/${token}`);
  const again = await open(`/C/${token}`);
  expect(again.body).not.toContain('_csrf');
  expect([...first.cookies, ...again.cookies]).toEqual([]);
  const bare = (html: string) => html.replaceAll(/value="[^"]*"/g, '');
  expect(again.body).toBe(first.body);
  expect((await open(`/C/${token}`, { 'accept-language': 'en' })).body).toContain('lang="en"');
  expect((await open(`/C/${token}`, { cookie: 'size=large' })).body).toContain('data-text-size="large"');
  const award = { rule: 'AD-LAB-01', occurredOn: '2026-10-15', cards: [cards.赵满仓], note: '水渠' };
  const { acts } = await must(awardPoints(world.db, { ...by(), ...award }));
  const balance = ((acts[0]?.balanceAfterCentipoints ?? 0) / 100).toString();
  const after = await open(`/C/${token}`);
  expect(first.body).not.toContain(`第 ${acts[0]?.seq} 号`);
  expect(after.body).toContain(balance);
  expect(bare(after.body)).not.toBe(bare(first.body));
});

test('a wrong and an unknown code get the same answer', async () => {
  const answers = await Promise.all(['nonsense', 'A'.repeat(26), '%E5%8D%A1'].map((code) => open(`/C/${code}`)));
  const bare = (html: string) => html.replace(/name="(_csrf|returnTo)" value="[^"]*"/g, '');
  for (const answer of answers) {
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain('id="broken_card_link"');
    expect(answer.body).toContain('请扫新卡上的二维码');
    expect(bare(answer.body)).toBe(bare(answers[0]?.body ?? ''));
    expect(answer.headers['cache-control']).toBe('no-store');
  }
});

test('a very long passbook is read in parts', async () => {
  const { sql } = world.db;
  const longest = (await cardToken(sql, villageId, cards.曾有田)) ?? '';
  for (let round = 0; round < 205; round += 1) {
    await must(
      awardPoints(world.db, {
        villageId,
        recordedBy: 1,
        today: TODAY,
        idempotencyKey: `long-${round}`,
        rule: 'AD-HON-03',
        occurredOn: '2026-10-14',
        cards: [cards.曾有田],
      }),
    );
  }
  const page = await open(`/C/${longest}`);
  expect(page.body.match(/class="passbook-line"/g)).toHaveLength(200);
  const next = /href="(\/C\/[A-Z2-9]+\?before=\d+)"/.exec(page.body)?.[1] ?? '';
  expect((await open(next)).body.match(/class="passbook-line"/g)).toHaveLength(6);
});
