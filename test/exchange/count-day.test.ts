/** What a day at the counter comes to, as numbers and as the page that is printed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countDay } from '../../src/exchange/count-day.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import type { Redemption } from '../../src/exchange/redemption.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, FOUNDED_ON, must, people, willowCode } from '../support/cast.ts';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

function exchange(seq: number, more: Partial<Redemption> = {}): Redemption {
  const line = { code: 'GR001', name: '大米', spec: '5kg', unit: '袋', quantity: 2, priceCentipoints: 950 };
  return {
    operationId: `O${seq}`,
    seq,
    actId: `A${seq}`,
    recordedAt: new Date(0),
    recordedByName: '钱管理',
    headName: '甲',
    groupName: '一组',
    cardNumber: '1',
    proxyRelation: null,
    proxyName: null,
    confirmedBy: null,
    photos: [],
    spentCentipoints: 1900,
    balanceAfterCentipoints: 0,
    lines: [line],
    reversedBySeq: null,
    paperSlip: null,
    ...more,
  };
}

test('what was taken back counts only as that; goods add up by kind, people by name', () => {
  const counted = countDay([
    exchange(4),
    exchange(9, { cardNumber: '2', recordedByName: '李会计' }),
    exchange(7, { reversedBySeq: 8 }),
  ]);
  expect(counted).toMatchObject({ exchanges: 2, reversed: 1, households: 2, spentCentipoints: 3800 });
  expect(counted.goods).toEqual([
    { code: 'GR001', name: '大米', spec: '5kg', unit: '袋', quantity: 4, spentCentipoints: 3800 },
  ]);
  expect(counted.served.map(({ name, exchanges }) => [name, exchanges])).toEqual([
    ['钱管理', 1],
    ['李会计', 1],
  ]);
  expect(counted.numbers).toEqual({ first: 4, last: 9 });
  expect(counted.paper).toBeNull();
});

test('paper slips that are not entered are named', () => {
  const slips = [21, 24, 23].map((paperSlip, place) => exchange(place, { paperSlip }));
  expect(countDay(slips).paper).toEqual({ first: 21, last: 24, missing: [22] });
});

test('a day without anybody is a day', () => {
  expect(countDay([])).toMatchObject({ exchanges: 0, numbers: null, paper: null, goods: [] });
});

test('the page has the sums of its day and of no other', async () => {
  const village = await findVillage(world.db.sql, willowCode);
  const by = { villageId: village?.villageId ?? 0, recordedBy: 1, today: FOUNDED_ON };
  const redeem = (card: string, quantity: number, today = FOUNDED_ON) =>
    must(
      redeemGoods(world.db, {
        ...by,
        today,
        card,
        idempotencyKey: crypto.randomUUID(),
        lines: [{ code: 'GR001', quantity }],
      }),
    );
  await redeem(cards.赵满仓, 2);
  await redeem(cards.单小花, 1);
  const { operationId } = await redeem(cards.曾有田, 1);
  await must(reverseActs(world.db, { ...by, idempotencyKey: 'back', which: { operationId }, reason: '拿错了货' }));
  await redeem(cards.单小花, 1, '2026-09-02');
  const manager = await world.browser(people.manager);
  const page = await manager.get(`/villages/${willowCode}/exchange-days/${FOUNDED_ON}`);
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('3 袋');
  expect(page.body).not.toContain('4 袋');
  expect(findHtmlFaults(page.body)).toEqual([]);
  const none = await manager.get(`/villages/${willowCode}/exchange-days/2026-08-01`);
  expect(none.body).toContain('这一天没有人来兑换');
});
