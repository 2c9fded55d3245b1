/**
 * Each part of a page that htmx puts in place of the last: after every swap the cursor stands where somebody goes on, and what has changed
 * is said to whoever does not see it. A server that is broken or gone changes nothing but the strip above the page.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findVillage } from '../../src/people/index.ts';
import { cards, people, willowCode } from '../support/cast.ts';
import { type OpenedChromium, openChromium } from '../support/chromium.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { openVisitor, signIn, type Visitor } from '../support/visitor.ts';
import { burst } from './hands.ts';

const VILLAGE = `/villages/${willowCode}`;

let chromium: OpenedChromium;
let served: ServedApp;
let visitor: Visitor;

beforeAll(async () => {
  [chromium, served] = await Promise.all([openChromium(), serveApp()]);
});

afterAll(async () => {
  await served.close();
  await chromium.close();
});

beforeEach(async () => {
  visitor = await openVisitor(chromium.browser, served.baseUrl);
  await signIn(visitor.page, people.manager);
  return () => visitor.close();
});

const page = () => visitor.page;
const focused = () =>
  page().evaluate<string>(`(document.activeElement?.id || document.activeElement?.innerText) ?? ''`);
/** Not loaded anew: what was put into its window is still there. */
const mark = () => page().evaluate('window.mark = true');
const isMarked = () => page().evaluate<boolean>('window.mark === true');

test('the counter: the cursor is back in the field, and the number of pieces is a status', async () => {
  await page().goto(`${VILLAGE}/counter`, { waitUntil: 'networkidle' });
  await mark();
  const status = page().locator('#counter [role=status]').filter({ hasText: '已选' });
  expect(await status.innerText()).toBe('已选 0 件');
  await burst(page(), 'GR001X');
  await page().getByRole('alert').filter({ visible: true }).first().waitFor();
  await expect.poll(focused).toBe('counter-code');
  for (const count of [1, 2]) {
    await page().locator('button.goods', { hasText: '大米' }).click();
    await expect.poll(() => status.innerText()).toBe(`已选 ${count} 件`);
    await expect.poll(focused).toBe('counter-code');
  }
  await burst(page(), cards.赵满仓);
  await page().locator('.person-name', { hasText: '赵满仓' }).waitFor();
  await expect.poll(focused).toBe('counter-code');
  expect(await isMarked()).toBe(true);
  expect(visitor.faults).toEqual([]);
});

test.each([
  ['households', 'cards', '#households', 'zmc', '找到 1 户'],
  ['goods', 'goods', '#stock', '菜籽油', '找到 2 种'],
])('searching %s: the cursor stays, and how many were found is a status', async (_, path, region, letters, said) => {
  await page().goto(`${VILLAGE}/${path}`, { waitUntil: 'networkidle' });
  await mark();
  const field = page().locator('input[type=search]');
  await field.focus();
  await page().keyboard.type(letters);
  await expect.poll(() => page().locator(`${region} [role=status]`).innerText()).toContain(said);
  expect(await field.evaluate((one) => one === document.activeElement)).toBe(true);
  expect(await field.inputValue()).toBe(letters);
  expect(await isMarked()).toBe(true);
});

test('the progress of an import: live, where the cursor stands, after a reload, and what came of it has the cursor', {
  timeout: 90_000,
}, async () => {
  const { ownerSql } = served.database;
  const villageId = (await findVillage(served.db.sql, willowCode))?.villageId ?? 0;
  await ownerSql`
    insert into import_run (village_id, import_id, kind, import_key, started_by, state, rows_done, rows_in_all, outcome, heard_of_at)
    select ${villageId}, 'FOLLOWED', 'households', 'followed', person_id, 'running', 120, 300, null, now() + interval '1 hour'
      from person
     where username = ${people.manager}`;
  const reach = (rows: number) => ownerSql`update import_run set rows_done = ${rows} where import_id = 'FOLLOWED'`;
  await page().goto(`${VILLAGE}/imports/FOLLOWED`);
  await mark();
  await page().getByText('第 120 户，共 300 户').waitFor();
  expect(await page().locator('#import-state [role=status]').innerText()).not.toBe('');
  const cancel = page().getByRole('button', { name: '取消，都不记' });
  await cancel.focus();
  await reach(240);
  await page().getByText('第 240 户，共 300 户').waitFor();
  expect(Number(await page().locator('progress').getAttribute('value'))).toBe(240);
  expect(await cancel.evaluate((one) => one === document.activeElement)).toBe(true);
  expect(await isMarked()).toBe(true);
  await page().reload();
  await page().getByText('第 240 户，共 300 户').waitFor();
  await mark();
  await ownerSql`
    update import_run
       set state = 'done', rows_done = 300, outcome = '{"imported":300}'
     where import_id = 'FOLLOWED'`;
  await page().locator('#import-state [role=status]', { hasText: '登记了 300 户' }).waitFor();
  await expect.poll(focused).toContain('登记了 300 户');
  expect(await isMarked()).toBe(true);
  expect(visitor.faults).toEqual([]);
});

test('checking the books: what was found has the cursor', { timeout: 60_000 }, async () => {
  await page().goto(`${VILLAGE}/verify`);
  await page().getByRole('main').getByRole('button').last().click();
  await page().locator('#check-state .notice').waitFor();
  const said = await page().locator('#check-state').getByRole('status').or(page().getByRole('alert')).allInnerTexts();
  expect(said.join('')).not.toBe('');
});

test('an award: how many are chosen is a status, and the cursor stays in the field', async () => {
  await page().goto(`${VILLAGE}/awards/new`);
  await page().locator('#award-form[data-ready]').waitFor();
  await page().locator('#household-code').focus();
  for (const [letters, said] of [
    ['zmc', '已选 1 户'],
    ['sxh', '已选 2 户'],
  ] as const) {
    await page().keyboard.type(letters);
    await page().keyboard.press('Enter');
    await page().locator('[role=status], [aria-live]', { hasText: said }).first().waitFor();
    expect(await focused()).toBe('household-code');
  }
});

test.each([
  [
    'a proxy that finds no server',
    { status: 502, contentType: 'text/html', body: '<title>502</title><h1>Bad Gateway</h1>' },
  ],
  ['a server that is too busy', { status: 503, contentType: 'text/plain', body: 'later' }],
  ['a connection that is cut', null],
])('%s: the counter stays as it is, with the strip above it, and the next scan takes it away', async (_, broken) => {
  await page().goto(`${VILLAGE}/counter`, { waitUntil: 'networkidle' });
  await page().locator('button.goods', { hasText: '大米' }).click();
  const line = page().locator('.basket-line');
  await line.waitFor();
  const title = await page().title();
  const strip = page().locator('#error-strip');
  expect(await strip.isVisible()).toBe(false);
  await page().route(`**${VILLAGE}/counter?*`, (route) => (broken ? route.fulfill(broken) : route.abort()));
  await burst(page(), cards.赵满仓);
  await strip.getByText('没有保存，请再按一次').waitFor();
  expect(await line.count()).toBe(1);
  expect(await page().title()).toBe(title);
  expect(await page().content()).not.toContain('Bad Gateway');
  await page().unroute(`**${VILLAGE}/counter?*`);
  await burst(page(), cards.赵满仓);
  await page().locator('.person-name', { hasText: '赵满仓' }).waitFor();
  expect(await strip.isVisible()).toBe(false);
  expect(await line.count()).toBe(1);
});

test('a press that moves points and meets a broken server leaves the form, and pressed again it is done once', async () => {
  const count = async () => (await served.database.ownerSql`select from act where type = 'points.redeem'`).length;
  const before = await count();
  await page().goto(`${VILLAGE}/counter?card=${cards.单小花}&quantity.GR001=1`, { waitUntil: 'networkidle' });
  await page().route('**/redemptions', (route) =>
    route.fulfill({ status: 500, contentType: 'text/html', body: '<h1>500</h1>' }),
  );
  const confirm = page().getByRole('button', { name: /^确认兑换/ });
  await confirm.click();
  await page().locator('#error-strip').getByText('没有保存，请再按一次').waitFor();
  await page().unroute('**/redemptions');
  await confirm.click();
  await page().waitForURL(/\/redemptions\/[A-Z2-9]{16}$/);
  expect(await count()).toBe(before + 1);
});

test.each([
  ['without a worker', false],
  ['with the worker', true],
])(
  'whatever is typed stays in its form when the network goes, and the next press sends it: %s',
  async (_, keepsPages) => {
    const other = await openVisitor(chromium.browser, served.baseUrl, { keepsPages });
    await signIn(other.page, people.manager);
    if (keepsPages) await other.page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await other.page.goto(`${VILLAGE}/cards/new`, { waitUntil: 'networkidle' });
    const name = `孟${keepsPages ? '有' : '无'}网`;
    await other.page.getByLabel('户主姓名').fill(name);
    await other.page.getByLabel('家里几口人').fill('4');
    await other.page.getByLabel('小组').selectOption({ label: '西头组' });
    await other.context.setOffline(true);
    const press = other.page.getByRole('main').getByRole('button', { name: '登记这一户' });
    await press.click();
    await other.page.locator('#error-strip').getByText('没有保存，请再按一次').waitFor();
    expect(new URL(other.page.url()).pathname).toBe(`${VILLAGE}/cards/new`);
    expect(await other.page.getByLabel('户主姓名').inputValue()).toBe(name);
    await other.context.setOffline(false);
    await press.click();
    await other.page.getByText(`${name}家的卡开好了`).waitFor();
    expect(await served.database.ownerSql`select from household where head_name = ${name}`).toHaveLength(1);
    await other.close();
  },
);
