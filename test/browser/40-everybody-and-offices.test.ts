/** Whoever passes by reads all that is public; the offices above compare their villages; an empty installation is set up once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { provideSetUpCode } from '../../src/people/index.ts';
import { countyCode, PASSWORD, people, townshipCode, willowCode } from '../support/cast.ts';
import { type OpenedChromium, openChromium } from '../support/chromium.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { openVisitor, SCRIPTING, sidewaysScroll, signIn } from '../support/visitor.ts';

const VILLAGE = `/villages/${willowCode}`;

let chromium: OpenedChromium;
let served: ServedApp;

beforeAll(async () => {
  [chromium, served] = await Promise.all([openChromium(), serveApp()]);
});

afterAll(async () => {
  await chromium.close();
  await served.close();
});

describe.each(SCRIPTING)('everybody %s', { timeout: 120_000 }, (_, javaScriptEnabled) => {
  const visit = (width = 1280) => openVisitor(chromium.browser, served.baseUrl, { javaScriptEnabled, width });

  test('reads rules, shelf, records and the log of a village without signing in', async () => {
    const { page, faults, close } = await visit();
    const main = page.getByRole('main');
    await page.goto('/');
    await main.getByRole('link', { name: /柳树村/ }).click();
    await page.getByRole('heading', { level: 1, name: '柳树村爱心超市' }).waitFor();
    for (const [path, words] of [
      ['rules', '义务劳动半天'],
      ['shelf', '大米'],
      ['publications', '还没有公示'],
    ] as const) {
      await main.locator(`a[href="${VILLAGE}/${path}"]`).first().click();
      await page.waitForURL(`**/${path}`);
      expect(await main.innerText()).toContain(words);
      await page.goBack();
    }
    await main.locator(`a[href="${VILLAGE}/acts"]`).first().click();
    await page.waitForURL('**/acts');
    const log = await main.innerText();
    expect(log).toContain('赵*仓家开卡');
    expect(log).not.toContain('赵满仓');
    const named = await main.getByRole('link', { name: /^第 \d+ 号$/ }).allInnerTexts();
    const numbers = named.map((words) => Number(/\d+/.exec(words)?.[0]));
    expect(numbers.length).toBeGreaterThan(5);
    expect(numbers).toEqual([...numbers].sort((left, right) => right - left));
    await main.getByRole('link', { name: '第 0 号' }).click();
    await page.getByText('爱心超市开张').first().waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test('chooses language and large letters, and nothing hangs over the edge of a phone', async () => {
    const { page, faults, close } = await visit(360);
    await page.goto(`${VILLAGE}/shelf`);
    await page.getByRole('button', { name: '特大' }).click();
    await page.locator('html[data-text-size=largest]').waitFor();
    for (const [language, locale, shelf] of [
      ['English', 'en', 'Sign in'],
      ['繁體中文', 'zh-TW', '登入'],
    ] as const) {
      await page.getByRole('button', { name: language }).click();
      await page.locator(`html[lang=${locale}]`).waitFor();
      await page.waitForLoadState();
      expect(new URL(page.url()).pathname).toBe(`${VILLAGE}/shelf`);
      expect(await page.getByRole('banner').innerText()).toContain(shelf);
      for (const path of [
        '/',
        VILLAGE,
        `${VILLAGE}/shelf`,
        `${VILLAGE}/rules`,
        `${VILLAGE}/acts`,
        '/help',
        '/sign-in',
      ]) {
        await page.goto(path);
        expect(await sidewaysScroll(page), path).toBe(0);
      }
      await page.goto(`${VILLAGE}/shelf`);
    }
    expect(faults).toEqual([]);
    await close();
  });

  test.each([
    ['township', people.township, townshipCode],
    ['county', people.county, countyCode],
  ])('the %s compares its villages and looks into one', async (_office, username, region) => {
    const { page, faults, close } = await visit();
    await signIn(page, username);
    expect(new URL(page.url()).pathname).toBe(`/regions/${region}`);
    const table = page.getByRole('table');
    expect(await table.getByRole('row', { name: /柳树村/ }).innerText()).toContain('5/6');
    expect(await table.getByRole('row', { name: /杨树村/ }).innerText()).toContain('1/1');
    await table.getByRole('link', { name: /柳树村/ }).click();
    await page.waitForURL(`**${VILLAGE}/desk`);
    const answer = await page.goto(`${VILLAGE}/awards/new`);
    expect(answer?.status()).toBe(403);
    expect(faults).toEqual([]);
    await close();
  });

  test('an empty installation is set up once, by whoever can read the terminal', async () => {
    const empty = await serveApp({ template: 'migrated' });
    const code = provideSetUpCode(empty.dataDir);
    const { page, faults, close } = await openVisitor(chromium.browser, empty.baseUrl, { javaScriptEnabled });
    const main = page.getByRole('main');
    await page.goto('/');
    expect(new URL(page.url()).pathname).toBe('/set-up');
    await page.getByLabel('一次性代码').fill('AAAA-AAAA');
    await page.getByLabel('县名').fill('试验县');
    await page.getByLabel('县的区划代码').fill('990100');
    await page.getByLabel('姓名').fill('高县管');
    await page.getByLabel('用户名').fill('first-admin');
    await page.getByLabel('密码').fill(PASSWORD);
    await main.getByRole('button', { name: '建好，开始使用' }).click();
    await main.getByRole('alert').getByRole('link', { name: /代码/ }).waitFor();
    expect(await page.getByLabel('县名').inputValue()).toBe('试验县');

    await page.getByLabel('一次性代码').fill(code);
    await page.getByLabel('密码').fill(PASSWORD);
    await main.getByRole('button', { name: '建好，开始使用' }).click();
    await page.waitForURL(`**/regions/${countyCode}/administration`);
    expect(await page.getByRole('banner').innerText()).toContain('高县管');
    const again = await page.goto('/set-up');
    expect(again?.status()).toBeGreaterThanOrEqual(400);
    expect(faults).toEqual([]);
    await close();
    await empty.close();
  });
});
