/** The screen that faces the customer: follows its own till and no other, says only points, and keeps nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cards, people, willowCode } from '../support/cast.ts';
import { type OpenedChromium, openChromium } from '../support/chromium.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { openVisitor, sidewaysScroll, signIn, type Visitor } from '../support/visitor.ts';

const COUNTER = `/villages/${willowCode}/counter`;

let chromium: OpenedChromium;
let served: ServedApp;
const visitors: Visitor[] = [];

beforeAll(async () => {
  chromium = await openChromium();
  served = await serveApp();
});

afterAll(async () => {
  for (const visitor of visitors) await visitor.close();
  await served.close();
  await chromium.close();
});

/** A till with its display: two windows of one sign-in. */
async function openTill(options: { javaScriptEnabled?: boolean } = {}) {
  const visitor = await openVisitor(chromium.browser, served.baseUrl, options);
  visitors.push(visitor);
  await signIn(visitor.page, people.manager);
  const display = await visitor.context.newPage();
  await display.goto(`${COUNTER}/display`);
  await visitor.page.goto(COUNTER);
  const sheet = () => display.locator('.display-sheet');
  /** The display may be quicker than the till, whose field is drawn anew with the answer: the next one is entered after it. */
  const enter = async (code: string, line: string) => {
    await visitor.page.locator('#counter-code').fill(code);
    await visitor.page.getByRole('button', { name: '查找' }).click();
    await visitor.page.locator('.person-name, .basket-line', { hasText: line }).waitFor();
  };
  return { visitor, display, sheet, enter };
}

test('each of two tills has its own display, live, in figures of 72 px and more', { timeout: 60_000 }, async () => {
  const one = await openTill();
  const other = await openTill();
  await one.sheet().getByText('您好').waitFor();
  await one.enter(cards.赵满仓, '赵满仓');
  await one.sheet().getByText('赵*仓').waitFor();
  await other.enter(cards.单小花, '单小花');
  await other.sheet().getByText('单*花').waitFor();
  await one.enter('GR001', '大米');
  await one.sheet().getByText(/大米/).waitFor();
  expect(await other.sheet().innerText()).not.toContain('大米');
  const size = await one
    .sheet()
    .locator('.display-balance strong')
    .evaluate((figure) => Number.parseFloat(getComputedStyle(figure).fontSize));
  expect(size).toBeGreaterThanOrEqual(72);
  expect(await one.display.content()).not.toContain(cards.赵满仓);
  expect(await one.display.content()).not.toContain('赵满仓');

  await one.enter('9*GR005', '菜籽油');
  await one
    .sheet()
    .getByText(/还差 \S+ 分/)
    .waitFor();
  await one.display.setViewportSize({ width: 360, height: 740 });
  expect(await sidewaysScroll(one.display)).toBe(0);
  await one.visitor.page.goto(`${COUNTER}?card=${cards.赵满仓}&quantity.GR001=1`);
  await one.visitor.page.getByRole('button', { name: /^确认兑换/ }).click();
  await one.sheet().getByText('兑换好了').waitFor();
  expect(await one.sheet().getAttribute('data-say')).toMatch(/^用了 \S+ 分，还剩 \S+ 分$/);
  await expect.poll(() => one.sheet().getAttribute('data-kind'), { timeout: 25_000 }).toBe('idle');
  // Nor is it kept where nobody looks.
  const kept = () => served.database.ownerSql`select from till where shown ->> 'kind' = 'done'`;
  await expect.poll(async () => (await kept()).length).toBe(0);
  expect([...one.visitor.faults, ...other.visitor.faults]).toEqual([]);
});

test('reads aloud once somebody asked for it, and never a name', { timeout: 60_000 }, async () => {
  const till = await openTill();
  await till.display.evaluate(() => {
    const spoken: string[] = [];
    Object.assign(window, { spoken });
    speechSynthesis.speak = ({ text }) => void spoken.push(text);
  });
  await till.enter(cards.赵满仓, '赵满仓');
  await till.sheet().getByText('赵*仓').waitFor();
  await till.display.getByRole('button', { name: '念出来' }).click();
  await till.enter('GR001', '大米');
  await till.sheet().getByText(/大米/).waitFor();
  const spoken = () => till.display.evaluate('spoken.join("；")');
  await expect.poll(spoken).toMatch(/^现有 \S+ 分；一共 \S+ 分，还剩 \S+ 分$/);
});

test('without JavaScript it asks again by itself', { timeout: 60_000 }, async () => {
  const till = await openTill({ javaScriptEnabled: false });
  await till.enter(cards.单小花, '单小花');
  await till.sheet().getByText('单*花').waitFor();
  expect(await till.display.getByRole('button', { name: '念出来' }).count()).toBe(0);
});

test('ends with the sign-in', { timeout: 60_000 }, async () => {
  const till = await openTill();
  await till.enter(cards.单小花, '单小花');
  await till.sheet().getByText('单*花').waitFor();
  await till.visitor.page.getByRole('button', { name: '退出' }).click();
  await till.display.waitForURL(/\/sign-in/);
  expect(await till.display.content()).not.toContain('单*花');
});
