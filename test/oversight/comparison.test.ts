import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { compareVillages } from '../../src/oversight/index.ts';
import { findRegion, findVillage } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, countyCode, must, people, poplarCode, townshipCode, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const TODAY = '2026-10-15';

let world: TestApp;
let countyId: number;

beforeAll(async () => {
  world = await createTestApp();
  countyId = (await findRegion(world.db.sql, countyCode))?.regionId ?? 0;
  const villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  const by = () => ({ villageId, recordedBy: 1, today: TODAY, idempotencyKey: crypto.randomUUID() });
  const award = (occurredOn: string) =>
    must(awardPoints(world.db, { ...by(), rule: 'AD-LAB-01', occurredOn, cards: [cards.单小花, cards.曾有田] }));
  await award('2026-09-30');
  await award('2026-10-01');
  const mistake = await award('2026-10-14');
  await must(reverseActs(world.db, { ...by(), which: { seq: mistake.acts[0]?.seq ?? 0 }, reason: '记错' }));
  const exchange = { ...by(), card: cards.赵满仓, lines: [{ code: 'GR001', quantity: 2 }] };
  await must(redeemGoods(world.db, exchange));
  const wrong = await must(redeemGoods(world.db, { ...exchange, ...by() }));
  await must(reverseActs(world.db, { ...by(), which: { operationId: wrong.operationId }, reason: '拿错' }));
});

afterAll(() => world.close());

test('the figures of a village are sums over its ledger, reversals taken off', async () => {
  const villages = await compareVillages(world.db.sql, countyId, TODAY);
  const willow = villages.find(({ code }) => code === willowCode);
  const [ledger] = await world.database.ownerSql<{ outstanding: number; stock: number }[]>`
    select (select sum(amount_centipoints)::bigint from entry where village_id = region_id) as outstanding,
           (
             select sum(quantity * unit_value_fen)::bigint
               from stock_move
               join stock_lot using (village_id, lot_id)
              where village_id = region_id
           ) as stock
      from region
     where code = ${willowCode}`;
  expect(willow).toMatchObject({
    householdCount: 6,
    openCardCount: 5,
    outstandingCentipoints: ledger?.outstanding,
    outstandingFen: (ledger?.outstanding ?? 0) * 3,
    // Two households in October, one of two after the mistake was reversed.
    givenCentipoints: 900,
    exchangedCentipoints: 1900,
    stockValueFen: ledger?.stock,
    lastPublishedMonth: null,
    unpublishedMonthCount: 1,
  });
  await checkWorld(world.database.ownerSql);
});

test('the month before the founding counts nothing as late, and every month after it does', async () => {
  const unpublished = async (today: string) =>
    (await compareVillages(world.db.sql, countyId, today)).map(({ unpublishedMonthCount }) => unpublishedMonthCount);
  expect(await unpublished('2026-09-30')).toEqual([0, 0]);
  expect(await unpublished('2026-10-01')).toEqual([1, 1]);
  expect(await unpublished('2027-01-01')).toEqual([4, 4]);
});

test('the villages that need a visit come first, and the reason is said in words', async () => {
  const browser = await world.browser(people.township);
  const page = await browser.get(`/regions/${townshipCode}`);
  expect(page.statusCode).toBe(200);
  expect(page.body.indexOf('杨树村')).toBeLessThan(page.body.indexOf('柳树村'));
  expect(page.body).toContain('货架空了');
  expect(page.body).toContain(`href="/villages/${willowCode}/desk"`);
  expect(page.body).toContain('合计');
});

test('the API answers the same figures', async () => {
  const token = await world.apiToken(people.county);
  const answer = await world.app.inject({
    url: `/api/v1/regions/${countyCode}/villages`,
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.statusCode).toBe(200);
  const { items } = answer.json<{ items: { code: string; risk: { level: string } }[] }>();
  const compared = await compareVillages(world.db.sql, countyId, villageDay(new Date()));
  expect(items.map(({ code, risk }) => [code, risk.level])).toEqual(
    compared.map(({ code, risk }) => [code, risk.level]),
  );
  expect(items.find(({ code }) => code === poplarCode)?.risk).toMatchObject({
    level: 'red',
    reasons: expect.arrayContaining([{ code: 'shelfEmpty', level: 'red' }]),
  });
});
