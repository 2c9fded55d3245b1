/**
 * 图表和年报: the figures of pictures and sheets are those of the ledger, each picture stands beside its table, and each figure leads to its
 * lines.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { compareVillages } from '../../src/oversight/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, countyCode, must, people, poplarCode, townshipCode, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const base = `/villages/${willowCode}`;

let world: TestApp;
let villageId: number;

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  const by = (today: string) => ({ villageId, recordedBy: 1, today, idempotencyKey: crypto.randomUUID() });
  const award = (on: string) =>
    must(awardPoints(world.db, { ...by(on), rule: 'AD-LAB-01', occurredOn: on, cards: [cards.单小花, cards.曾有田] }));
  await award('2026-09-20');
  await award('2026-10-05');
  const mistake = await award('2026-10-12');
  const wrong = { ...by('2026-10-20'), which: { operationId: mistake.operationId }, reason: '记错' };
  await must(reverseActs(world.db, wrong));
  const exchange = (on: string) => ({ ...by(on), card: cards.赵满仓, lines: [{ code: 'GR001', quantity: 2 }] });
  await must(redeemGoods(world.db, exchange('2026-10-15')));
  const back = await must(redeemGoods(world.db, exchange('2026-10-16')));
  const taken = { ...by('2026-10-16'), which: { operationId: back.operationId }, reason: '拿错' };
  await must(reverseActs(world.db, taken));
});

afterAll(() => world.close());

const api = async (path: string, username: string = people.county) =>
  world.app.inject({
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${await world.apiToken(username)}` },
  });

describe('the months of a village', () => {
  test('are sums over its ledger, reversals taken off; what stands today is what the comparison says', async () => {
    const answer = await api(`${base}/months`);
    const items = answer.json<{ items: Record<string, number | string>[] }>().items;
    expect(items.slice(0, 2)).toMatchObject([
      { month: '2026-09', givenCentipoints: expect.any(Number), exchangedCentipoints: 0, exchanges: 0 },
      { month: '2026-10', exchanges: 1, exchangedCentipoints: 1_900 },
    ]);
    // Two households once in each of the two months; the third time was taken back.
    expect(items[0]?.['givenCentipoints']).toBe(items[1]?.['givenCentipoints']);
    const [compared] = await compareVillages(world.db.sql, villageId, '2099-01-01');
    expect(items.at(-1)).toMatchObject({
      promisedFen: compared?.promisedFen,
      stockFen: compared?.stockValueFen,
      moneyFen: 0,
    });
    await checkWorld(world.database.ownerSql);
  });

  test('are four pictures, each at its own address and with its table and a text', async () => {
    const browser = await world.browser(people.supervisor);
    const page = await browser.get(`${base}/charts`);
    expect(page.statusCode).toBe(200);
    expect(findHtmlFaults(page.body)).toEqual([]);
    const images = [...page.body.matchAll(/<img[^>]*alt="([^"]+)"[^>]*src="([^"]+)"/g)];
    expect(images).toHaveLength(4);
    expect(page.body.match(/<table/g)).toHaveLength(4);
    for (const [, alt, src = ''] of images) {
      expect(alt?.length).toBeGreaterThan(10);
      const picture = await browser.get(src.replaceAll('&amp;', '&'));
      expect([picture.statusCode, picture.headers['content-type']]).toEqual([200, 'image/svg+xml']);
      expect(picture.body).toMatch(/^<svg/);
      expect(picture.headers).toMatchObject({
        'cache-control': 'private, max-age=86400',
        'content-security-policy': expect.stringContaining('sandbox'),
        'x-content-type-options': 'nosniff',
      });
      // Without the hash, or with another one, nobody keeps it.
      expect((await browser.get(src.replace(/\?.*/, ''))).headers['cache-control']).toBe('no-store');
    }
    expect((await browser.get(`${base}/charts/nothing.svg`)).statusCode).toBe(404);
    expect((await (await world.browser()).get(`${base}/charts/points.svg`)).statusCode).toBe(303);
    expect((await (await world.browser(people.otherManager)).get(`${base}/charts`)).statusCode).toBe(403);
  });

  test('have another address when the figures are others', async () => {
    const browser = await world.browser(people.supervisor);
    const addressOf = async () =>
      /charts\/points\.svg\?v=([\w-]+)/.exec((await browser.get(`${base}/charts`)).body)?.[1];
    const before = await addressOf();
    expect(await addressOf()).toBe(before);
    await must(
      awardPoints(world.db, {
        villageId,
        recordedBy: 1,
        today: '2026-10-21',
        idempotencyKey: 'one-more',
        rule: 'AD-LAB-01',
        occurredOn: '2026-10-21',
        cards: [cards.赵满仓],
      }),
    );
    expect(await addressOf()).not.toBe(before);
  });
});

test('villages beside each other: three pictures, and every row leads to the village', async () => {
  const manager = await world.browser(people.manager);
  await manager.get(`${base}/problems/new`);
  await manager.upload(`${base}/problems`, { what: '门锁坏了', card: '', idempotencyKey: 'lock' }, []);
  const browser = await world.browser(people.township);
  const page = await browser.get(`/regions/${townshipCode}/charts`);
  expect(findHtmlFaults(page.body)).toEqual([]);
  expect(page.body.match(/<img/g)).toHaveLength(3);
  expect(page.body).toContain(`/villages/${poplarCode}/charts`);
  const [, src = ''] = /src="([^"]+solvency\.svg[^"]+)"/.exec(page.body) ?? [];
  expect((await browser.get(src)).body).toContain('杨树村');
  // Of the problems the villages that have some, so that rows of nothing do not hide them.
  const [, ofProblems = ''] = /src="([^"]+problems\.svg[^"]+)"/.exec(page.body) ?? [];
  const problems = (await browser.get(ofProblems)).body;
  expect([problems.includes('柳树村'), problems.includes('杨树村')]).toEqual([true, false]);
  // For a phone the same picture is drawn again, narrow, instead of being shrunk.
  const [, narrow = ''] = /srcset="([^"]+solvency\.svg[^"]+)"/.exec(page.body) ?? [];
  const drawn = await browser.get(narrow.replaceAll('&amp;', '&'));
  expect(drawn.body).toMatch(/^<svg width="300"/);
  expect(drawn.headers['cache-control']).toBe('private, max-age=86400');
});

describe('a year', () => {
  test('of a village is a sheet whose figures lead to their lines', async () => {
    const browser = await world.browser(people.supervisor);
    const page = await browser.get(`${base}/years/2026`);
    expect(findHtmlFaults(page.body)).toEqual([]);
    expect(page.body).toContain('柳树村爱心超市 2026 年年报');
    const links = [...page.body.matchAll(/href="(\/villages\/[^"]+)"/g)].map(([, to = '']) =>
      to.replaceAll('&amp;', '&'),
    );
    for (const to of new Set(links)) expect([to, (await browser.get(to)).statusCode]).toEqual([to, 200]);
    const lines = await browser.get(`${base}/acts?kind=redemption&year=2026`);
    expect(lines.body).toContain('大米');
    expect((await browser.get(`${base}/acts?kind=redemption&year=2025`)).body).not.toContain('大米');
    expect((await browser.get(`${base}/years/next`)).statusCode).toBe(422);
  });

  test('of a county is the sum of its villages, and both say what the ledger says', async () => {
    const { items } = (await api(`/regions/${countyCode}/years/2026`)).json<{ items: Record<string, number>[] }>();
    const [ledger] = await world.database.ownerSql<{ opened: number; exchanged: number; donated: number }[]>`
      select (
               select sum(amount_centipoints)::bigint
                 from entry
                 join act using (village_id, seq)
                where type = 'points.open'
             ) as opened,
             (
               select -sum(amount_centipoints)::bigint
                 from entry
                 join act using (village_id, seq)
                where type = 'points.redeem'
                  and not exists (
                    select
                      from act as reversal
                     where reversal.village_id = act.village_id
                       and reversal.reverses_seq = act.seq
                  )
             ) as exchanged,
             (
               select sum(quantity * unit_value_fen)::bigint
                 from stock_move
                 join stock_lot using (village_id, lot_id)
                 join act using (village_id, seq)
                where type = 'stock.in'
             ) as donated`;
    const sum = (figure: string) => items.reduce((all, village) => all + (village[figure] ?? 0), 0);
    expect({
      opened: sum('openedCentipoints'),
      exchanged: sum('exchangedCentipoints'),
      donated: sum('donatedFen'),
    }).toEqual(ledger);
    expect(items.find(({ code }) => String(code) === willowCode)).toMatchObject({ exchanges: 1, households: 6 });
    const { items: before } = (await api(`/regions/${countyCode}/years/2025`)).json<{
      items: { exchanges: number }[];
    }>();
    expect(before.map(({ exchanges }) => exchanges)).toEqual([0, 0]);
    const page = await (await world.browser(people.county)).get(`/regions/${countyCode}/years/2026`);
    expect(findHtmlFaults(page.body)).toEqual([]);
    expect(page.body).toContain('合计');
  });
});

test('the desk shows what its reader did, and of the rest one of each kind', async () => {
  const manager = await world.browser(people.manager);
  for (const what of ['货架歪了', '门口积水', '灯坏了', '窗破了', '秤不准', '锁坏了']) {
    await manager.get(`${base}/problems/new`);
    await manager.upload(`${base}/problems`, { what, card: '', idempotencyKey: what }, []);
  }
  const supervisor = await world.browser(people.supervisor);
  const desk = (await supervisor.get(`${base}/desk`)).body;
  expect(desk.match(/办问题台账/g)).toHaveLength(1);
  expect(desk).toContain('兑换');
  const own = (await manager.get(`${base}/desk`)).body;
  expect(own.match(/办问题台账/g)).toHaveLength(2);
});
