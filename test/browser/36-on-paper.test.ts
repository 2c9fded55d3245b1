/** What comes out of the printer, read back from the sheets: the notice for the board, ten cards to a sheet, the slip, the passbook. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { publishRecord } from '../../src/publication/index.ts';
import { cards, FOUNDED_ON, must, people, willowCode } from '../support/cast.ts';
import { type OpenedChromium, openChromium } from '../support/chromium.ts';
import { type PdfSheet, readPdf } from '../support/read-pdf.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { openVisitor, signIn, type Visitor } from '../support/visitor.ts';
import { fillWithPeople } from './crowded-village.ts';

const VILLAGE = `/villages/${willowCode}`;
const MONTH = FOUNDED_ON.slice(0, 7);
const A4 = { width: 210, height: 297 };
/** A browser prints in pixels of its own. */
const ABOUT_MM = 0.5;

let chromium: OpenedChromium;
let served: ServedApp;
let visitor: Visitor;
let redemption: { operationId: string };

beforeAll(async () => {
  [chromium, served] = await Promise.all([openChromium(), serveApp()]);
  const { db } = served;
  await fillWithPeople(db);
  const village = await findVillage(db.sql, willowCode);
  if (!village) throw new Error('no village');
  const day = { villageId: village.villageId, recordedBy: 1, today: FOUNDED_ON, occurredOn: FOUNDED_ON };
  const awarded = [cards.赵满仓, cards.单小花];
  await must(awardPoints(db, { ...day, idempotencyKey: 'labour', rule: 'AD-LAB-01', cards: awarded }));
  const lines = [
    { code: 'GR001', quantity: 2 },
    { code: 'WA003', quantity: 1 },
  ];
  redemption = await must(redeemGoods(db, { ...day, idempotencyKey: 'exchange', card: cards.赵满仓, lines }));
  await must(publishRecord(db, { village, idempotencyKey: 'month', recordedBy: 1, month: MONTH, today: FOUNDED_ON }));
  visitor = await openVisitor(chromium.browser, served.baseUrl);
  await signIn(visitor.page, people.manager);
});

afterAll(async () => {
  await visitor.close();
  await served.close();
  await chromium.close();
});

const page = () => visitor.page;
const print = async (of: Page) => readPdf(await of.pdf({ preferCSSPageSize: true }));

function expectSize(sheets: readonly PdfSheet[], { width, height }: { width: number; height: number }): void {
  for (const sheet of sheets) {
    expect(Math.abs(sheet.width - width)).toBeLessThan(ABOUT_MM);
    expect(Math.abs(sheet.height - height)).toBeLessThan(ABOUT_MM);
  }
}

/** In millimetres, as it will lie on the paper. */
async function sizesOf(of: Page, selector: string): Promise<{ width: number; height: number }[]> {
  await of.emulateMedia({ media: 'print' });
  const sizes = await of.locator(selector).evaluateAll((all) =>
    all.map((one) => {
      const { width, height } = one.getBoundingClientRect();
      return { width: (width * 25.4) / 96, height: (height * 25.4) / 96 };
    }),
  );
  await of.emulateMedia({ media: null });
  return sizes;
}

/** The letters that stand on one line, from above to below. */
function linesOf({ runs }: PdfSheet): { y: number; text: string }[] {
  const lines = new Map<number, string>();
  for (const { y, text } of runs) lines.set(Math.round(y), (lines.get(Math.round(y)) ?? '') + text);
  return [...lines].map(([y, text]) => ({ y, text: text.replaceAll(/\s/g, '') })).sort((one, other) => one.y - other.y);
}

describe('the notice for the board', { timeout: 180_000 }, () => {
  const SEAL = '村委会盖章';

  beforeAll(async () => {
    await page().goto(`${VILLAGE}/publications/${MONTH}/1/print`);
  });

  test('says on each sheet which of how many it is, and repeats its heads', async () => {
    const sheets = await print(page());
    expectSize(sheets, A4);
    expect(sheets.length).toBeGreaterThan(2);
    for (const [place, { text }] of sheets.entries()) {
      expect(text).toContain(`第${place + 1}页共${sheets.length}页`);
      // Two hundred households and more go on from sheet to sheet, each time below their heads and the notice's own name.
      if (place > 0 && (text.match(/组/g) ?? []).length > 12) {
        expect(text).toContain('户主');
        expect(text).toMatch(/柳树村·2026年9月.*·第1版/);
      }
    }
  });

  test('has the place for the seal on a sheet with rows, wherever the last table ends', async () => {
    const longest = page()
      .locator('.record-table tbody')
      .filter({ has: page().locator('tr:nth-child(100)') });
    expect(await longest.count()).toBe(1);
    for (let step = 0; step < 14; step += 1) {
      const sealed = (await print(page())).filter(({ text }) => text.includes(SEAL));
      expect(sealed).toHaveLength(1);
      const lines = sealed.flatMap(linesOf).map(({ text }) => text);
      const above = lines.slice(
        0,
        lines.findIndex((text) => text.includes('有不同意见')),
      );
      // Two lines of heads, and the last three rows.
      expect(above.length, lines.join('\n')).toBeGreaterThanOrEqual(5);
      await longest.evaluate((body) => {
        for (let count = 0; count < 3; count += 1) body.querySelector('tr:nth-child(2)')?.remove();
      });
    }
  });

  test('has a seal of 42 mm and a code of the checkpoint of 40 mm and more', async () => {
    const [seal] = await sizesOf(page(), '.seal-place');
    expect(seal?.width).toBeCloseTo(42, 0);
    const [checkpoint] = await sizesOf(page(), '.notice-qr-large .qr');
    expect(checkpoint?.width).toBeGreaterThanOrEqual(40);
  });

  test('names its day by the old calendar, too', async () => {
    expect((await print(page())).at(-1)?.text).toMatch(/月\d{1,2}日周[一二三四五六日]农历闰?.{1,2}月[初十廿三]./);
  });
});

test('ten cards to an A4 sheet, in batch, each with its size and a code that a phone reads', {
  timeout: 120_000,
}, async () => {
  await page().goto(`${VILLAGE}/cards/print`);
  const count = await page().locator('.paper-card').count();
  expect(count).toBeGreaterThan(300);
  const sheets = await print(page());
  expectSize(sheets, A4);
  expect(sheets).toHaveLength(Math.ceil(count / 10));
  const numbers = sheets.map(({ text }) => text.match(/\d{10}/g) ?? []);
  expect(numbers.slice(0, -1).every((ten) => ten.length === 10)).toBe(true);
  expect(new Set(numbers.flat()).size).toBe(count);
  for (const { width, height } of (await sizesOf(page(), '.paper-card')).slice(0, 20)) {
    expect(Math.abs(width - 85.6)).toBeLessThan(ABOUT_MM);
    expect(Math.abs(height - 54)).toBeLessThan(ABOUT_MM);
  }
  for (const { width } of (await sizesOf(page(), '.paper-card .qr')).slice(0, 20)) {
    expect(width).toBeGreaterThanOrEqual(20);
  }
});

test('the slip of an exchange is one piece of a 58 mm roll, and F10 leads to it', { timeout: 60_000 }, async () => {
  await page().goto(`${VILLAGE}/redemptions/${redemption.operationId}`);
  await page().waitForLoadState();
  await page().keyboard.press('F10');
  await page().waitForURL(/\/slip$/);
  const sheets = await print(page());
  expect(sheets).toHaveLength(1);
  expect(Math.abs((sheets[0]?.width ?? 0) - 58)).toBeLessThan(ABOUT_MM);
  expect(sheets[0]?.text).toContain('赵满仓');
  for (const { x } of sheets[0]?.runs ?? []) expect(x).toBeLessThan(58);
});

test('the passbook is printed on A4 without what only a screen needs', { timeout: 60_000 }, async () => {
  const [card] = await served.database.ownerSql<{ token: string }[]>`
    select token from card where number = ${cards.赵满仓}`;
  for (const path of [`/C/${card?.token}/statement`, `${VILLAGE}/cards/${cards.赵满仓}/statement`]) {
    await page().goto(path);
    const sheets = await print(page());
    expectSize(sheets, A4);
    const text = sheets.map((sheet) => sheet.text).join('');
    for (const words of ['积分对账单', '义务劳动半天', '大米', '开卡']) expect(text).toContain(words);
    for (const words of ['退出', '特大', '帮助']) expect(text).not.toContain(words);
  }
});
