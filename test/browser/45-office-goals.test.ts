/**
 * G3, G4 and G7 to G13: the month published and printed, a household found, goods taken in and counted, a list of households read, a
 * sign-in by six digits, the county's worst villages, a wish, a new household with its card: each within its taps, keys and bytes. Four
 * ways: as it is, without JavaScript, in the largest letters on a phone, and with the last press doubled; and nothing jumps.
 */
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { findCards } from '../../src/cards/index.ts';
import { receiveGoods } from '../../src/goods/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { openStocktake } from '../../src/stocktakes/index.ts';
import { cards, countyCode, FOUNDED_ON, must, people, willowCode } from '../support/cast.ts';
import { type OpenedChromium, openChromium } from '../support/chromium.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { openVisitor, sidewaysScroll, signIn, type Visitor } from '../support/visitor.ts';
import { checkWorld } from '../support/world.ts';
import { type CrowdedHousehold, fillWithPeople, shortestWay } from './crowded-village.ts';
import { WAYS } from './four-ways.ts';
import { type Hands, openHands, watchShifts } from './hands.ts';
import { weigh } from './weigh.ts';

const VILLAGE = `/villages/${willowCode}`;
/** Less is what a busy machine draws before it has read a long page to its end. */
const LEAST_JUMP = 0.05;
const MONTH = FOUNDED_ON.slice(0, 7);
const PIN = '730528';
const KINDS_COUNTED = 40;
const kB = 1024;

let chromium: OpenedChromium;

beforeAll(async () => {
  chromium = await openChromium();
});

afterAll(() => chromium.close());

describe.each(WAYS)('%s', { timeout: 180_000 }, (way, { view, hasScript, isDoubled }) => {
  let served: ServedApp;
  let manager: Visitor;
  let hands: Hands;
  let crowd: CrowdedHousehold[];
  let villageId: number;
  const shifts: string[] = [];
  const faults: string[] = [];

  beforeAll(async () => {
    served = await serveApp();
    crowd = await fillWithPeople(served.db);
    villageId = (await findVillage(served.db.sql, willowCode))?.villageId ?? 0;
    const by = { villageId, recordedBy: 1, today: FOUNDED_ON, occurredOn: FOUNDED_ON, idempotencyKey: 'labour' };
    await must(awardPoints(served.db, { ...by, rule: 'AD-LAB-01', cards: [cards.赵满仓, cards.单小花] }));
    manager = await visit(people.manager);
  });

  afterAll(async () => {
    await checkWorld(served.database.ownerSql);
    await manager.close();
    await served.close();
  });

  afterEach(({ task }) => {
    if (hands) console.log(`${task.name}, ${way}: ${JSON.stringify(hands.counted)}, median ${hands.medianMs()} ms`);
  });

  /** Whoever it is sees no print dialog open: the page says that it would have. */
  async function visit(username?: string): Promise<Visitor> {
    const visitor = await openVisitor(chromium.browser, served.baseUrl, view);
    await visitor.context.addInitScript(`window.print = () => { document.documentElement.dataset.printed = ''; };`);
    if (hasScript) await watchShifts(visitor.context, shifts, LEAST_JUMP);
    if (username) await signIn(visitor.page, username);
    hands = openHands(visitor.page, { hasScript });
    return { ...visitor, faults, close: () => leave(visitor) };
  }

  async function leave(visitor: Visitor): Promise<void> {
    faults.push(...visitor.faults);
    await visitor.close();
  }

  const mainOf = (page: Page) => page.getByRole('main');
  const lastPress = (target: Locator) => (isDoubled ? hands.tapTwice(target) : hands.tap(target));

  async function countRows(table: string, where = 'true'): Promise<number> {
    const [counted] = await served.database.ownerSql.unsafe<{ count: number }[]>(
      `select count(*)::integer as count from ${table} where ${where}`,
    );
    return counted?.count ?? 0;
  }

  /** Without a script the browser's own menu prints. */
  async function print(page: Page): Promise<void> {
    if (!hasScript) return;
    await hands.tap(page.locator('[data-print]'));
    await page.locator('html[data-printed]').waitFor();
  }

  test('G3: the month checked, published and on its way to paper in 5 taps', async () => {
    const supervisor = await visit(people.supervisor);
    const { page } = supervisor;
    const main = mainOf(page);
    await hands.tap(
      page.getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name: '公示', exact: true }),
    );
    await hands.tap(main.getByRole('link', { name: /^核对.*9月/ }));
    await lastPress(main.getByRole('button', { name: /^发布公示/ }));
    await hands.timed(() => page.waitForURL(`**/publications/${MONTH}/1`));
    await hands.tap(main.getByRole('link', { name: '打印 A4 公示' }));
    await page.locator('.sheet-a4').waitFor();
    await print(page);
    expect(hands.counted).toMatchObject({ taps: hasScript ? 5 : 4, keys: 0 });
    expect(await countRows('publication')).toBe(1);
    const { html, css } = await weigh(page, `${VILLAGE}/publications/${MONTH}/1`);
    expect(html).toBeLessThanOrEqual(40 * kB);
    expect(css).toBeLessThanOrEqual(10 * kB);
    await supervisor.close();
  });

  test('G4: a household among 300 by at most 3 letters and Enter', async () => {
    const { page } = manager;
    const asked = await Promise.all(
      crowd.map(async (household) => {
        const { number } = household;
        const query = shortestWay(crowd, household);
        const [first, ...others] = await findCards(served.db.sql, villageId, { query, limit: 2 });
        const isFirst = query.length <= 3 && first?.number === number;
        return { number, query, isFirst, isAlone: isFirst && others.length === 0 };
      }),
    );
    const share = asked.filter(({ isFirst }) => isFirst).length / crowd.length;
    console.log(`the household that is meant stands first for ${(share * 100).toFixed(1)} % of the village`);
    expect(share).toBeGreaterThanOrEqual(0.95);

    const alone = asked.filter(({ query, isAlone }) => isAlone && query.length === 3);
    const byGroup = alone.filter(({ query }) => /\d$/.test(query));
    expect(byGroup.length).toBeGreaterThan(0);
    for (const { number, query } of [...alone.slice(0, 2), ...byGroup.slice(0, 2)]) {
      await page.goto(`${VILLAGE}/cards`);
      await page.locator('input[type=search]:focus').waitFor();
      hands = openHands(page, { hasScript });
      await hands.type(query);
      await (isDoubled ? hands.pressTwice('Enter') : hands.press('Enter'));
      await hands.timed(() => page.waitForURL(`**/cards/${number}`));
      expect(hands.counted).toMatchObject({ keys: 4, taps: 0 });
    }
  });

  test('G7: ten kinds of goods taken in by ten scans', async () => {
    const { page } = manager;
    const main = mainOf(page);
    const barcodes = await served.database.ownerSql<{ barcode: string }[]>`
      select barcode
        from goods
       where village_id = ${villageId}
         and barcode is not null
       order by code
       limit 10`;
    expect(barcodes).toHaveLength(10);
    await page.goto(`${VILLAGE}/receipts/new`);
    await page.getByLabel('捐赠人或商店').fill('县城好心粮油店');
    await page.getByLabel('货名或条码').first().focus();
    // The page has no script for the scanner: what it types stands in the field, and its Enter asks.
    hands = openHands(page, { hasScript: false });
    for (const [place, { barcode }] of barcodes.entries()) {
      await page.locator(`[name=goods]:focus`).waitFor();
      await hands.scan(barcode);
      await hands.timed(() =>
        main
          .locator('.receive-row', { hasText: /不填按/ })
          .nth(place)
          .waitFor(),
      );
    }
    await hands.tap(main.getByRole('button', { name: '下一步：核对' }));
    await lastPress(main.getByRole('button', { name: /^确认进货 10 件/ }));
    await page.waitForURL(/\/receipts\/[A-Z2-9]{16}$/);
    const { scans, keys, taps } = hands.counted;
    expect(scans).toBe(10);
    expect(keys + taps).toBeLessThanOrEqual(21);
    expect(await countRows('operation', `kind = 'receipt'`)).toBe(2);
  });

  test('G8: forty kinds of goods counted by 3 keys each', async () => {
    const { page } = manager;
    const main = mainOf(page);
    const today = villageDay(new Date());
    const fetched = await served.database.ownerSql<{ code: string }[]>`
      select code from goods where village_id = ${villageId} order by code limit ${KINDS_COUNTED}`;
    const lines = fetched.map(({ code }) => ({ code, quantity: 12 }));
    const by = { villageId, recordedBy: 1, today, occurredOn: today, idempotencyKey: 'forty' };
    await must(receiveGoods(served.db, { ...by, source: { kind: 'purchase', name: '试验县粮站' }, lines }));
    const opened = { villageId, personId: 1, kind: 'monthly', secondCounter: '李会计' } as const;
    const { stocktakeId } = await must(openStocktake(served.db.sql, opened));
    await page.goto(`${VILLAGE}/stocktakes/${stocktakeId}`);
    const fields = main.locator('input[name^="counted."]');
    const kinds = await fields.count();
    expect(kinds).toBeGreaterThanOrEqual(KINDS_COUNTED);
    await fields.first().focus();
    hands = openHands(page, { hasScript });
    for (let place = 0; place < kinds; place += 1) {
      await hands.type('12');
      await hands.press('Tab');
    }
    expect(hands.counted.keys).toBeLessThanOrEqual(kinds * 3);
    await lastPress(main.getByRole('button', { name: '数完了，看差数' }));
    await hands.timed(() => page.getByRole('heading', { level: 1, name: /对差数/ }).waitFor());
  });

  test('G9: a list of 300 households read row by row in 5 actions', async () => {
    const { page } = manager;
    const main = mainOf(page);
    const before = await countRows('household');
    const rows = Array.from({ length: 300 }, (_, place) => `${newName(place)},${place % 2 ? '东头组' : '西头组'},3`);
    await page.goto(`${VILLAGE}/cards`);
    hands = openHands(page, { hasScript });
    await hands.tap(main.getByRole('link', { name: '导入花名册' }));
    // The field opens the file chooser, in which the file is chosen.
    hands.counted.taps += 2;
    await page.getByLabel('花名册文件').setInputFiles({
      name: '花名册.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['户主姓名,小组,家庭人口', ...rows].join('\n')),
    });
    await hands.tap(main.getByRole('button', { name: '下一步：看清楚' }));
    const button = main.getByRole('button', { name: '登记这 300 户' });
    await hands.timed(() => button.waitFor());
    expect(hands.counted.taps).toBeLessThanOrEqual(5);
    expect(await countRows('household')).toBe(before);
    await lastPress(button);
    await page.getByText('登记了 300 户').waitFor();
    expect(await countRows('household')).toBe(before + 300);
  });

  test('G10: signed in by six digits and Enter where the device is known', async () => {
    const { page } = manager;
    await page.goto('/account/pin');
    await page.getByLabel('现在的密码').fill('a password for tests');
    await page.getByLabel('6 位数字', { exact: true }).fill(PIN);
    await page.getByLabel('再填一遍 6 位数字').fill(PIN);
    await page.getByRole('button', { name: '记住这台设备' }).click();
    await page.waitForURL('**/account?device=known');
    await page.getByRole('banner').getByRole('button', { name: '退出' }).click();
    await page.getByRole('banner').getByRole('link', { name: '登录' }).waitFor();
    await page.goto('/sign-in');
    await page.locator('input[name=pin]:focus').waitFor();
    hands = openHands(page, { hasScript });
    await hands.type(PIN);
    await (isDoubled ? hands.pressTwice('Enter') : hands.press('Enter'));
    await hands.timed(() => page.getByRole('banner').getByRole('button', { name: '退出' }).waitFor());
    expect(hands.counted).toMatchObject({ keys: 7, taps: 0 });
  });

  test('G11: the county sees its worst villages first, and the reason by one tap', async () => {
    const county = await visit(people.county);
    const { page } = county;
    expect(new URL(page.url()).pathname).toBe(`/regions/${countyCode}`);
    const levels = await mainOf(page).locator('tbody .risk .tag').allInnerTexts();
    const ranks = levels.map((level) => ['红', '黄', '蓝', '绿'].findIndex((word) => level.includes(word)));
    expect(ranks).toEqual(ranks.toSorted((left, right) => left - right));
    const reason = mainOf(page).locator('tbody .risk a').first();
    const words = (await reason.innerText()).split('；')[0] ?? '';
    hands = openHands(page, { hasScript });
    await lastPress(reason);
    await hands.timed(() => page.waitForURL('**/warnings'));
    expect(words).not.toBe('');
    expect(hands.counted.taps).toBe(1);
    const weight = await weigh(page, `/regions/${countyCode}`);
    expect(weight.html + weight.css + weight.js).toBeLessThanOrEqual(60 * kB);
    await county.close();
  });

  test('G12: a villager wishes in 3 taps and a few words', async () => {
    const villager = await visit();
    const { page } = villager;
    const [card] = await served.database.ownerSql<{ token: string }[]>`
      select token from card where number = ${cards.赵满仓}`;
    await page.goto(`/C/${card?.token}`);
    await hands.tap(mainOf(page).getByRole('link', { name: '许心愿' }));
    await hands.tap(page.getByLabel('心愿', { exact: true }));
    await hands.type('想要一床棉被');
    await lastPress(mainOf(page).getByRole('button', { name: '许下心愿' }));
    await hands.timed(() => page.getByText('想要一床棉被').waitFor());
    expect(hands.counted.taps).toBe(3);
    expect(await countRows('wish')).toBe(1);
    expect(await sidewaysScroll(page)).toBe(0);
    await villager.close();
  });

  test('G13: a new household and its printed card by at most 5 fields and one print', async () => {
    const { page } = manager;
    const main = mainOf(page);
    await page.goto(`${VILLAGE}/cards/new`);
    hands = openHands(page, { hasScript });
    let fields = 0;
    for (const [label, words] of [
      ['户主姓名', '欧阳春生'],
      ['家里几口人', '4'],
    ] as const) {
      await page.getByLabel(label).focus();
      await hands.type(words);
      fields += 1;
    }
    await page.getByLabel('小组').selectOption({ label: '西头组' });
    fields += 1;
    await lastPress(main.getByRole('button', { name: '登记这一户' }));
    await page.getByText('欧阳春生家的卡开好了，现有 100 分').waitFor();
    await hands.tap(main.getByRole('link', { name: '打印积分卡' }));
    await page.locator('.sheet-cards .qr').first().waitFor();
    await print(page);
    expect(fields).toBeLessThanOrEqual(5);
    expect(hands.counted.taps).toBe(hasScript ? 3 : 2);
    expect(await countRows('household', `head_name = '欧阳春生'`)).toBe(1);
  });

  test('met no fault on the way, and nothing jumped', () => {
    expect([...faults, ...manager.faults]).toEqual([]);
    expect(shifts).toEqual([]);
  });
});

/** Nobody of the crowd has such a surname. */
function newName(place: number): string {
  const given = [...'伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超兰霞'];
  const surname = [...'孟康秦邓'][Math.floor(place / 100)] ?? '尹';
  return `${surname}${given[Math.floor((place % 100) / 10)]}${given[10 + (place % 10)]}`;
}
