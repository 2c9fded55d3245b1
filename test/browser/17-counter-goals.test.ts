/**
 * G1, G6 and G14 at the counter: three goods in four scans and one press that says the amount and what is left, undone in two taps. Four
 * ways: as it is, without JavaScript, in the largest letters on a phone, and with the last press doubled. And what the pages weigh.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cards, people, willowCode } from '../support/cast.ts';
import { type OpenedChromium, openChromium } from '../support/chromium.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { openVisitor, signIn, type Visitor } from '../support/visitor.ts';
import { checkWorld } from '../support/world.ts';
import { fillWithPeople } from './crowded-village.ts';
import { WAYS } from './four-ways.ts';
import { type Hands, openHands, watchShifts } from './hands.ts';
import { weigh } from './weigh.ts';

const VILLAGE = `/villages/${willowCode}`;

let chromium: OpenedChromium;

beforeAll(async () => {
  chromium = await openChromium();
});

afterAll(() => chromium.close());

describe.each(WAYS)('%s', { timeout: 120_000 }, (way, { view, hasScript, isDoubled }) => {
  let served: ServedApp;
  let visitor: Visitor;
  let hands: Hands;
  const shifts: string[] = [];

  beforeAll(async () => {
    served = await serveApp();
    visitor = await openVisitor(chromium.browser, served.baseUrl, view);
    if (hasScript) await watchShifts(visitor.context, shifts);
    await signIn(visitor.page, people.manager);
  });

  afterAll(async () => {
    await checkWorld(served.database.ownerSql);
    await visitor.close();
    await served.close();
  });

  afterEach(({ task }) => {
    if (hands)
      console.log(`${task.name}, ${way}: ${JSON.stringify(hands.counted)}, median answer ${hands.medianMs()} ms`);
  });

  const page = () => visitor.page;
  const main = () => page().getByRole('main');

  async function countActs(type: string): Promise<number> {
    const [counted] = await served.database.ownerSql<{ count: number }[]>`
      select count(*)::integer as count from act where type = ${type}`;
    return counted?.count ?? 0;
  }

  async function barcodes(): Promise<string[]> {
    const rows = await served.database.ownerSql<{ barcode: string }[]>`
      select distinct goods.barcode
        from goods
        join stock_lot using (village_id, goods_id)
       where goods.barcode is not null
         and quantity_on_hand > 0
       order by goods.barcode
       limit 3`;
    return rows.map(({ barcode }) => barcode);
  }

  test('G1: three goods in four scans and one press', async () => {
    await page().goto(`${VILLAGE}/counter`);
    hands = openHands(page(), { hasScript });
    await hands.scan(cards.赵满仓);
    await hands.timed(() => page().locator('.person-name', { hasText: '赵满仓' }).waitFor());
    for (const [place, code] of (await barcodes()).entries()) {
      await hands.scan(code);
      await hands.timed(() => page().locator('.basket-line').nth(place).waitFor());
    }
    const button = main().getByRole('button', { name: /^确认兑换 \S+ 分，剩余 \S+ 分/ });
    await button.waitFor();
    if (!hasScript || view.width) await (isDoubled ? hands.tapTwice(button) : hands.tap(button));
    else await (isDoubled ? hands.pressTwice('F9') : hands.press('F9'));
    await hands.timed(() => page().waitForURL(/\/redemptions\/[A-Z2-9]{16}$/));
    expect(await countActs('points.redeem')).toBe(1);
    const { scans, keys, taps, pastes } = hands.counted;
    expect({ scans, pressed: keys + taps, pastes }).toEqual({ scans: 4, pressed: 1, pastes: 0 });
  });

  test('G6: undone in two taps, and the button says what is left', async () => {
    hands = openHands(page(), { hasScript });
    await served.database.ownerSql`update session set proved_at = now() - interval '1 hour'`;
    await hands.tap(main().getByText('撤销这一笔'));
    const button = main().getByRole('button', { name: /^撤销：\+\S+ 分，之后 100 分/ });
    await (isDoubled ? hands.tapTwice(button) : hands.tap(button));
    await hands.timed(() => page().waitForURL(/\/reversals\/[A-Z2-9]{16}$/));
    expect(hands.counted.taps).toBe(2);
    expect(await countActs('points.reverse')).toBe(1);
  });

  test('G1b: three goods without a scanner in 6 taps and 3 keys', async () => {
    await page().goto(`${VILLAGE}/counter`);
    await page().locator('#counter-code:focus').waitFor();
    hands = openHands(page(), { hasScript });
    await hands.type('zmc');
    await hands.tap(main().getByRole('button', { name: '查找' }));
    await hands.timed(() => page().locator('.person-name', { hasText: '赵满仓' }).waitFor());
    for (const [place, goods] of ['大米', '菜籽油', '洗洁精'].entries()) {
      await hands.tap(main().locator('button.goods', { hasText: goods }).first());
      await hands.timed(() => page().locator('.basket-line').nth(place).waitFor());
    }
    const button = main().getByRole('button', { name: /^确认兑换 \S+ 分，剩余 \S+ 分/ });
    await (isDoubled ? hands.tapTwice(button) : hands.tap(button));
    await hands.timed(() => page().waitForURL(/\/redemptions\/[A-Z2-9]{16}$/));
    const { taps, keys } = hands.counted;
    expect(taps).toBeLessThanOrEqual(6);
    expect(keys).toBe(3);
    expect(await countActs('points.redeem')).toBe(2);
  });

  test('met no fault on the way, and nothing jumped', () => {
    expect(visitor.faults).toEqual([]);
    expect(shifts).toEqual([]);
  });
});

test('counter and award stay within their bytes', { timeout: 120_000 }, async () => {
  const served = await serveApp();
  await fillWithPeople(served.db);
  const visitor = await openVisitor(chromium.browser, served.baseUrl);
  await signIn(visitor.page, people.manager);
  const kB = 1024;
  const home = await weigh(visitor.page, `${VILLAGE}/desk`);
  expect(home.html).toBeLessThanOrEqual(6 * kB);
  expect(home.html + home.css + home.js).toBeLessThanOrEqual(30 * kB);
  expect(home.nodes).toBeLessThanOrEqual(400);
  const counter = await weigh(visitor.page, `${VILLAGE}/counter`);
  expect(counter.nodes).toBeLessThanOrEqual(900);
  expect(counter.html).toBeLessThanOrEqual(8 * kB);
  expect(counter.js).toBeLessThanOrEqual(18 * kB);
  const award = await weigh(visitor.page, `${VILLAGE}/awards/new`);
  expect(award.html).toBeLessThanOrEqual(10 * kB);
  expect(award.nodes).toBeLessThanOrEqual(2_000);
  expect(award.js).toBeLessThanOrEqual(18 * kB);
  for (const { html, css, js } of [counter, award]) {
    expect(css).toBeLessThanOrEqual(8 * kB);
    expect(html + css + js).toBeLessThanOrEqual(40 * kB);
  }
  await visitor.close();
  const stranger = await openVisitor(chromium.browser, served.baseUrl);
  const entrance = await weigh(stranger.page, '/sign-in');
  expect(entrance.html).toBeLessThanOrEqual(4 * kB);
  expect(entrance.html + entrance.css + entrance.js).toBeLessThanOrEqual(26 * kB);
  expect(entrance.nodes).toBeLessThanOrEqual(200);
  await stranger.close();
  await served.close();
});
