/** Three years on: an award of February written down in March, an exchange of March, a correction in April. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { balancesOn, earnedIn } from '../../src/cards/balances-on.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { recordedAt } from '../support/another-day.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

let world: TestApp;
let villageId: number;
let worth: number;
let spent: number;

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  const { database } = world;
  const act = (today: string) => ({ villageId, recordedBy: 1, today, idempotencyKey: crypto.randomUUID() });
  const both = { rule: 'AD-LAB-01', occurredOn: '2030-02-27', cards: [cards.赵满仓, cards.单小花] };
  const award = await recordedAt(database, '2030-03-01T01:00:00Z', (db) =>
    must(awardPoints(db, { ...act('2030-03-01'), ...both })),
  );
  const lines = [{ code: 'WA003', quantity: 1 }];
  const redemption = await recordedAt(database, '2030-03-10T01:00:00Z', (db) =>
    must(redeemGoods(db, { ...act('2030-03-10'), card: cards.单小花, lines })),
  );
  const which = { seq: award.acts[0]?.seq ?? 0 };
  await recordedAt(database, '2030-04-02T01:00:00Z', (db) =>
    must(reverseActs(db, { ...act('2030-04-02'), which, reason: '记错了户' })),
  );
  worth = award.acts[0]?.amountCentipoints ?? 0;
  spent = -(redemption.acts[0]?.amountCentipoints ?? 0);
  await checkWorld(database.ownerSql);
});

afterAll(() => world.close());

const whole = () => ({ villageId, limit: 100, offset: 0 });

async function boardOn(day: string): Promise<Record<string, number>> {
  const { lines } = await balancesOn(world.db.sql, day, whole());
  return Object.fromEntries(lines.map(({ cardNumber, balanceCentipoints }) => [cardNumber, balanceCentipoints]));
}

test('the board of a day shows what was recorded by then, and nobody whose card was not open', async () => {
  expect(await boardOn('2020-01-01')).toEqual({});
  const opened = await boardOn('2030-02-28');
  expect(Object.keys(opened)).toHaveLength(5);
  expect(opened).toMatchObject({ [cards.赵满仓]: 10_000, [cards.单小花]: 10_000 });
  expect(await boardOn('2030-03-01')).toMatchObject({ [cards.赵满仓]: 10_000 + worth, [cards.单小花]: 10_000 + worth });
  expect(await boardOn('2030-04-01')).toMatchObject({
    [cards.赵满仓]: 10_000 + worth,
    [cards.单小花]: 10_000 + worth - spent,
  });
  expect(await boardOn('2030-04-02')).toMatchObject({ [cards.赵满仓]: 10_000 });
});

test('totals are those of the whole village, also on one page of it', async () => {
  const all = await balancesOn(world.db.sql, '2030-04-02', whole());
  const part = await balancesOn(world.db.sql, '2030-04-02', { villageId, limit: 2, offset: 3 });
  expect(all.totalCentipoints).toBe(all.lines.reduce((sum, line) => sum + line.balanceCentipoints, 0));
  expect(part).toMatchObject({ totalCentipoints: all.totalCentipoints, householdCount: 5 });
  expect(part.lines.map(({ cardNumber }) => cardNumber)).toEqual(
    all.lines.slice(3).map(({ cardNumber }) => cardNumber),
  );
});

test('points of a month go by the day on which it happened, net of what was taken back', async () => {
  const february = await earnedIn(world.db.sql, '2030-02', whole());
  expect(february.totalCentipoints).toBe(worth);
  expect(february.lines).toMatchObject([
    { cardNumber: cards.单小花, awardCount: 1, awardedCentipoints: worth, deductedCentipoints: 0 },
  ]);
  expect((await earnedIn(world.db.sql, '2030-03', whole())).lines).toEqual([]);
});

test('pages and API tell staff of the village, and answer a day that is none with today or 422', async () => {
  const staff = await world.browser(people.supervisor);
  const balances = await staff.get(`/villages/${willowCode}/balances?on=2030-03-01`);
  expect(balances.body).toContain('2030年3月1日晚上，各户的余额');
  expect(balances.body).toContain(`/cards/${cards.赵满仓}/statement?asOf=2030-03-01`);
  expect((await staff.get(`/villages/${willowCode}/balances?on=yesterday`)).statusCode).toBe(200);
  const earned = await staff.get(`/villages/${willowCode}/earned?month=2030-02`);
  expect(earned.body).toContain('2030年2月各户的加分');
  const authorization = `Bearer ${await world.apiToken(people.manager)}`;
  const ask = (path: string) =>
    world.app.inject({ url: `/api/v1/villages/${willowCode}${path}`, headers: { authorization } });
  expect((await ask('/balances?on=2030-03-01')).json()).toMatchObject({
    on: '2030-03-01',
    householdCount: 5,
    totalCentipoints: 50_000 + 2 * worth,
  });
  expect((await ask('/earned?month=2030-02')).json()).toMatchObject({ month: '2030-02', totalCentipoints: worth });
  expect((await ask('/balances?on=2030-02-30')).statusCode).toBe(422);
  expect((await ask('/earned?month=2030-13')).statusCode).toBe(422);
});
