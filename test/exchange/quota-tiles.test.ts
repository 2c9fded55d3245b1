import { afterAll, beforeAll, expect, test } from 'vitest';
import { quotaLeft } from '../../src/exchange/decide-quota.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { reserveGoods } from '../../src/reservations/index.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';

test.each([
  [null, { monthMax: null, monthTaken: 5, yearMax: null, yearTaken: 5 }],
  [
    { left: 1, per: 'month' },
    { monthMax: 2, monthTaken: 1, yearMax: null, yearTaken: 1 },
  ],
  [
    { left: 0, per: 'month' },
    { monthMax: 2, monthTaken: 3, yearMax: 9, yearTaken: 3 },
  ],
  [
    { left: 1, per: 'year' },
    { monthMax: 2, monthTaken: 0, yearMax: 4, yearTaken: 3 },
  ],
  [
    { left: 2, per: 'year' },
    { monthMax: 2, monthTaken: 0, yearMax: 2, yearTaken: 0 },
  ],
] as const)('%j', (left, use) => {
  expect(quotaLeft(use)).toEqual(left);
});

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

test('the tiles say how many the chosen household may still fetch, kept goods counted, and only where limits hold', async () => {
  const [village] = await world.db.sql<{ villageId: number }[]>`
    select region_id as "villageId" from region where code = ${willowCode}`;
  let keys = 0;
  const by = () => {
    keys += 1;
    const idempotencyKey = `key-${keys}`;
    return { villageId: village?.villageId ?? 0, recordedBy: 1, today: villageDay(new Date()), idempotencyKey };
  };
  const manager = await world.browser(people.manager);
  const counter = async () => (await manager.get(`/villages/${willowCode}/counter?card=${cards.赵满仓}`)).body;
  expect(await counter()).not.toContain('还可换');
  await must(changeSettings(world.db, { ...by(), wanted: { quotasHold: true }, reason: '代表会议' }));
  expect(await counter()).toContain('本月还可换 2 袋');
  expect(await counter()).toContain('今年还可换 1 ');
  const rice = { card: cards.赵满仓, lines: [{ code: 'GR001', quantity: 1 }] };
  await must(redeemGoods(world.db, { ...by(), ...rice }));
  expect(await counter()).toContain('本月还可换 1 袋');
  await must(reserveGoods(world.db, { ...by(), ...rice, isByHousehold: false }));
  expect(await counter()).toContain('本月已换满');
  expect((await manager.get(`/villages/${willowCode}/counter`)).body).not.toContain('还可换');
});
