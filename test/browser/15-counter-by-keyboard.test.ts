/** G1: three goods with a scanner in four scans and one key, wherever the cursor stands and whatever input method is on. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cards, people, willowCode } from '../support/cast.ts';
import { type OpenedChromium, openChromium } from '../support/chromium.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { openVisitor, signIn, type Visitor } from '../support/visitor.ts';
import { checkWorld } from '../support/world.ts';
import { burst } from './hands.ts';

const COUNTER = `/villages/${willowCode}/counter`;

let chromium: OpenedChromium;
let served: ServedApp;
let visitor: Visitor;

beforeAll(async () => {
  chromium = await openChromium();
  served = await serveApp();
  visitor = await openVisitor(chromium.browser, served.baseUrl);
  await signIn(visitor.page, people.manager);
});

afterAll(async () => {
  await visitor.close();
  await served.close();
  await chromium.close();
});

beforeEach(() => visitor.page.goto(COUNTER).then(() => undefined));

const page = () => visitor.page;
const basket = () => page().locator('.basket-line');
const person = () => page().locator('.person-name');

const scan = (code: string, how: Parameters<typeof burst>[2] = {}) => burst(page(), code, how);

async function countExchanges(): Promise<number> {
  const [counted] = await served.database.ownerSql<{ count: number }[]>`
    select count(*)::integer as count from act where type = 'points.redeem'`;
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

test.each([
  ['as it is', false],
  ['with a Chinese input method on', true],
])('four scans and F9 are one exchange, %s', async (_, isComposing) => {
  const before = await countExchanges();
  const codes = await barcodes();
  expect(codes).toHaveLength(3);
  // Goods first and the card last is as good as the other way round.
  for (const [index, code] of codes.entries()) {
    await scan(code, { isComposing });
    await expect.poll(() => basket().count()).toBe(index + 1);
  }
  await scan(cards.赵满仓, { isComposing });
  await expect.poll(() => person().innerText()).toBe('赵满仓');
  await page().keyboard.press('F9');
  await page().waitForURL(/\/redemptions\/[^/]+$/);
  expect(await countExchanges()).toBe(before + 1);
  // The next scan starts the next person.
  await scan(cards.王建国, { isComposing });
  await expect.poll(() => person().innerText()).toBe('王建国');
  await checkWorld(served.database.ownerSql);
});

test('what is scanned faster than the server answers is all in the basket', async () => {
  await page().route(`**${COUNTER}?*`, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  for (const code of await barcodes()) await scan(code);
  await expect.poll(() => basket().count()).toBe(3);
  await page().unroute(`**${COUNTER}?*`);
});

test('a scan while the cursor stands in a quantity changes nothing there', async () => {
  const [first = '', second = ''] = await barcodes();
  await scan(first);
  await expect.poll(() => basket().count()).toBe(1);
  await basket().locator('input').first().focus();
  await scan(second);
  await expect.poll(() => basket().count()).toBe(2);
  expect(await basket().locator('input').first().inputValue()).toBe('1');
});

test('what was typed before a scan multiplies it; what is typed by hand is left alone', async () => {
  const [first = ''] = await barcodes();
  const field = page().locator('input[data-scan]');
  await field.fill('3*');
  await scan(first);
  await expect.poll(() => basket().locator('input').first().inputValue()).toBe('3');
  await field.focus();
  await scan('GR', { gapMs: 80 });
  expect(await basket().count()).toBe(1);
});

test('F8 puts a basket aside and the list brings it back; Esc empties the field; F1 shows the keys', async () => {
  const [first = ''] = await barcodes();
  await scan(first);
  await expect.poll(() => basket().count()).toBe(1);
  await page().keyboard.press('F8');
  // The script draws the link, so it listens to the next scan, too.
  const kept = page().getByRole('link', { name: /放下的篮子，1 件/ });
  await kept.waitFor();
  expect(await basket().count()).toBe(0);
  await scan(cards.王建国);
  await expect.poll(() => person().innerText()).toBe('王建国');
  await kept.click();
  await page().waitForLoadState();
  await expect.poll(() => basket().count()).toBe(1);
  expect(await kept.count()).toBe(0);
  const field = page().locator('input[data-scan]');
  await field.fill('abc');
  await page().keyboard.press('Escape');
  expect(await field.inputValue()).toBe('');
  await page().keyboard.press('F1');
  await page().getByText('篮子先放一放，换下一位').waitFor();
});

describe('letters with a Chinese input method on', () => {
  /** What an input method holds back, and then leaves in the field; `key` is what the page is told of its Enter. */
  async function compose(shown: string, left: string, { byEnter = false } = {}): Promise<void> {
    const session = await visitor.context.newCDPSession(page());
    for (let end = 1; end <= shown.length; end += 1) {
      const text = shown.slice(0, end);
      await session.send('Input.imeSetComposition', { text, selectionStart: end, selectionEnd: end });
    }
    const enter = { key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 };
    if (byEnter) await session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...enter });
    await session.send('Input.insertText', { text: left });
    if (byEnter) await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
    await session.detach();
  }

  test.each([
    ['initials that stay letters', 'zmc', 'zmc'],
    ['letters of full width', 'ｚｍｃ', 'ｚｍｃ'],
    ['the name itself', "zhao'man'cang", '赵满仓'],
  ])('at the counter: %s', async (_, shown, left) => {
    await page().locator('input[data-scan]').focus();
    await compose(shown, left);
    await page().keyboard.press('Enter');
    await expect.poll(() => person().innerText()).toBe('赵满仓');
  });

  test.each([
    ['initials that stay letters', 'zmc', 'zmc', true],
    ['letters of full width', 'ｚｍｃ', 'ｚｍｃ', false],
    ['the name itself', "zhao'man'cang", '赵满仓', false],
  ])('at the award: %s', async (_, shown, left, byEnter) => {
    await page().goto(`/villages/${willowCode}/awards/new`);
    await page().locator('#award-form[data-ready]').waitFor();
    await page().keyboard.press('F3');
    await compose(shown, left, { byEnter });
    if (!byEnter) await page().keyboard.press('Enter');
    await page().locator('#award-chips').getByText('已选 1 户').waitFor();
    expect(await page().locator(`input[name=cards][value="${cards.赵满仓}"]`).isChecked()).toBe(true);
  });

  test('at the award: a name that was shortened in another way than to its initials', async () => {
    await page().goto(`/villages/${willowCode}/awards/new`);
    await page().locator('#award-form[data-ready]').waitFor();
    await page().keyboard.press('F3');
    await page().keyboard.type('shanxh');
    await page().keyboard.press('Enter');
    const chips = page().locator('#award-chips');
    await chips.getByText('已选 1 户').waitFor();
    expect(await chips.getByRole('button').allInnerTexts()).toEqual([expect.stringContaining('单小花')]);
  });

  test('at the award: a rule by its initials, with the Enter that leaves the letters as they are', async () => {
    await page().goto(`/villages/${willowCode}/awards/new`);
    await page().locator('#award-form[data-ready]').waitFor();
    await page().keyboard.press('F2');
    await compose('ywldbt', 'ywldbt', { byEnter: true });
    await page().locator('input[name=rule]:focus, #household-code:focus').waitFor();
    expect(await page().locator('input[name=rule]:checked').count()).toBe(1);
  });

  test('at the award: a scanned card', async () => {
    await page().goto(`/villages/${willowCode}/awards/new`);
    await page().locator('#award-form[data-ready]').waitFor();
    await page().keyboard.press('F3');
    await scan(cards.单小花, { isComposing: true });
    await page().locator('#award-chips').getByText('已选 1 户').waitFor();
    expect(await page().locator(`input[name=cards][value="${cards.单小花}"]`).isChecked()).toBe(true);
  });
});

test('met no fault on the way', () => expect(visitor.faults).toEqual([]));
