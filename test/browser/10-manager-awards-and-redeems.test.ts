/** The manager's day: a new household, points for a group and for a pasted list, an exchange, a delivery, a mistake undone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cards, people, willowCode } from '../support/cast.ts';
import { type OpenedChromium, openChromium } from '../support/chromium.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { openVisitor, SCRIPTING, signIn, typeInto, type Visitor } from '../support/visitor.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;

let chromium: OpenedChromium;

beforeAll(async () => {
  chromium = await openChromium();
});

afterAll(() => chromium.close());

describe.each(SCRIPTING)('the manager %s', { timeout: 120_000 }, (_, javaScriptEnabled) => {
  let served: ServedApp;
  let visitor: Visitor;

  beforeAll(async () => {
    served = await serveApp();
    visitor = await openVisitor(chromium.browser, served.baseUrl, { javaScriptEnabled });
  });

  afterAll(async () => {
    await visitor.close();
    await served.close();
  });

  const page = () => visitor.page;
  const main = () => page().getByRole('main');
  const button = (name: string | RegExp) => main().getByRole('button', { name });
  const follow = (name: string) =>
    page().getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name, exact: true }).click();

  async function countActs(type: string): Promise<number> {
    const [counted] = await served.database.ownerSql<{ count: number }[]>`
      select count(*)::integer as count
        from act
       where type = ${type}`;
    return counted?.count ?? 0;
  }

  async function balanceOf(number: string): Promise<string> {
    await page().goto(`${VILLAGE}/cards/${number}`);
    return (await main().locator('.balance').innerText()).replaceAll(/\s/g, '');
  }

  async function chooseRule(words: string, rule: RegExp): Promise<void> {
    await typeInto(page(), '找细则', words);
    if (!javaScriptEnabled) await button('查找').click();
    // The rules that were found replace the whole list, and with it whatever was ticked there a moment too early.
    await page().locator('#rule-choices').getByRole('status').waitFor();
    await page().getByRole('radio', { name: rule }).check();
  }

  test('signs in, and finds a household by two letters', async () => {
    await signIn(page(), people.manager);
    expect(new URL(page().url()).pathname).toBe(`${VILLAGE}/desk`);
    await follow('住户');
    await typeInto(page(), '查找住户', 'zmc');
    if (javaScriptEnabled) {
      await page().getByText('找到 1 户').waitFor();
      await page().locator('#households').getByRole('link', { name: '赵满仓' }).click();
    } else {
      // The one household that is meant opens at once.
      await button('查找').click();
    }
    await expect.poll(() => page().title()).toContain('赵满仓家');
    expect(await main().locator('.balance').innerText()).toContain('100');
  });

  test('registers a household, and its card is open', async () => {
    await follow('住户');
    await main().getByRole('link', { name: '登记新户' }).click();
    await page().getByLabel('户主姓名').fill('孟新来');
    await button('登记这一户').click();
    await page().getByRole('link', { name: '请选这户在哪个小组' }).waitFor();
    expect(await page().getByLabel('户主姓名').inputValue()).toBe('孟新来');
    await page().getByLabel('小组').selectOption({ label: '西头组' });
    await page().getByLabel('家里几口人').fill('4');
    await button('登记这一户').dblclick();
    await page().getByText('孟新来家的卡开好了，现有 100 分').waitFor();
    expect(await countActs('points.open')).toBe(7);
    await checkWorld(served.database.ownerSql);
  });

  test('gives points to a whole group, after seeing every balance', async () => {
    await follow('加分');
    await chooseRule('ywld', /^义务劳动半天/);
    await page().getByRole('checkbox', { name: '东头组' }).check();
    await button('下一步：看清楚').click();
    const list = main().locator('.household');
    await expect.poll(() => list.count()).toBe(3);
    expect(await list.filter({ hasText: '赵满仓' }).innerText()).toMatch(/100[\s\S]*103/);
    expect(await countActs('points.award')).toBe(0);
    await button('给 3 户各 +3 分，共 9 分').dblclick();
    await page().getByText('给 3 户各 +3 分，共 9 分。分马上能用。').waitFor();
    expect(page().url()).toMatch(/\/awards\/[^/]+$/);
    expect(await countActs('points.award')).toBe(3);
    await checkWorld(served.database.ownerSql);
  });

  test('pastes a list of names, and says who is meant where it is not clear', async () => {
    await main().getByRole('link', { name: '再记一笔' }).click();
    await chooseRule('qs', /集中清扫/);
    if (javaScriptEnabled) await main().getByText('粘贴名单').first().click();
    await page().getByRole('textbox', { name: '粘贴名单' }).fill('1. 赵满仓\n2. 王建国\n3. 胡不在\n4、单小花 ');
    await button('下一步：看清楚').click();
    await page().getByText('还有 2 处要您定一下').waitFor();
    await page()
      .getByRole('group', { name: '“王建国”有 2 户，是哪一户？' })
      .getByRole('button', { name: cards.王建国二 })
      .click();
    await page().getByRole('group', { name: '“胡不在”没有对上' }).getByRole('button', { name: '这一行不记' }).click();
    await button('给 3 户各 +2 分，共 6 分').click();
    await page().getByText('给 3 户各 +2 分，共 6 分。').waitFor();
    expect(await countActs('points.award')).toBe(6);
    await checkWorld(served.database.ownerSql);
    expect(await balanceOf(cards.王建国二)).toContain('102');
    expect(await balanceOf(cards.王建国)).toContain('100');
  });

  test('exchanges goods at the counter once, however often the button is pressed', async () => {
    const enter = async (code: string) => {
      await typeInto(page(), '扫卡、扫货', code);
      await button('查找').click();
    };
    await follow('兑换');
    await enter(cards.赵满仓);
    await main().locator('.person').getByText('105').waitFor();
    await enter('GR001');
    await main().locator('.basket-line', { hasText: '大米' }).waitFor();
    await main().locator('button.goods', { hasText: '洗洁精' }).click();
    await main().locator('.basket-line', { hasText: '洗洁精' }).waitFor();
    await enter('4*GR005');
    await page().getByText('还差 3.5 分').first().waitFor();
    expect(await button(/^确认兑换/).count()).toBe(0);
    await main()
      .getByRole('button', { name: /菜籽油.*减|减.*菜籽油/ })
      .click();
    await button('确认兑换 84.5 分，剩余 20.5 分').dblclick();
    await page()
      .getByText(/^赵满仓：.*用 84.5 分，剩 20.5 分/)
      .waitFor();
    expect(page().url()).toMatch(/\/redemptions\/[^/]+$/);
    expect(await countActs('points.redeem')).toBe(1);
    await checkWorld(served.database.ownerSql);
  });

  test('prints the slip, and takes the exchange back with a reason', async () => {
    const receipt = page().url();
    await main().getByRole('link', { name: '打印小票' }).click();
    await page().getByRole('heading', { name: '柳树村爱心超市' }).waitFor();
    await page().waitForLoadState();
    expect(await main().innerText()).toContain('84.5');
    await page().goto(receipt);
    await main().getByText('撤销这一笔').click();
    await main().getByRole('link', { name: '写明原因再撤销' }).click();
    await page().getByRole('radio', { name: '拿错了货' }).check();
    await button('撤销：退回 84.5 分').dblclick();
    await page().waitForURL(/\/reversals\/(?!new)[^/]+$/);
    expect(await countActs('points.reverse')).toBe(1);
    await checkWorld(served.database.ownerSql);
    expect(await balanceOf(cards.赵满仓)).toContain('105');
  });

  test('takes in goods, after comparing with the paper slip', async () => {
    await follow('货架');
    await main().getByRole('link', { name: '进货', exact: true }).click();
    await page().getByRole('radio', { name: '捐赠' }).check();
    await page().getByLabel('捐赠人或商店').fill('县城好心粮油店');
    const row = page().getByRole('group', { name: '第 1 样' });
    await row.getByLabel('货名或条码').fill('GR001');
    await row.getByLabel('数量').fill('6');
    await button('下一步：核对').click();
    expect(await main().getByRole('row', { name: /大米/ }).innerText()).toMatch(/10 袋[\s\S]*\+6[\s\S]*16 袋/);
    await button('确认进货 6 件，168 元').dblclick();
    await page().getByText('县城好心粮油店：').waitFor();
    expect(page().url()).toMatch(/\/receipts\/[^/]+$/);
    expect(await countActs('stock.in')).toBe(2);
    await checkWorld(served.database.ownerSql);
  });

  test('met no fault on the way', () => expect(visitor.faults).toEqual([]));
});
