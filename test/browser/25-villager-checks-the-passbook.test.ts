/** A phone works the passbook out again by itself: when everything is right, and when the page or the log is not what it was. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { fileClaim, HOUSEHOLD_ITSELF } from '../../src/claims/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { cards, FOUNDED_ON, must, willowCode } from '../support/cast.ts';
import { type OpenedChromium, openChromium } from '../support/chromium.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { openVisitor, sidewaysScroll, type Visitor } from '../support/visitor.ts';

let chromium: OpenedChromium;
let served: ServedApp;
let cardHref: string;

beforeAll(async () => {
  [chromium, served] = await Promise.all([openChromium(), serveApp()]);
  const { db, database } = served;
  const village = await findVillage(db.sql, willowCode);
  if (!village) throw new Error('no village');
  const by = () => ({
    villageId: village.villageId,
    recordedBy: 1,
    today: FOUNDED_ON,
    occurredOn: FOUNDED_ON,
    idempotencyKey: crypto.randomUUID(),
  });
  const award = await must(awardPoints(db, { ...by(), rule: 'AD-LAB-01', cards: [cards.赵满仓, cards.单小花] }));
  await must(redeemGoods(db, { ...by(), card: cards.赵满仓, lines: [{ code: 'GR001', quantity: 2 }] }));
  await must(reverseActs(db, { ...by(), which: { seq: award.acts[0]?.seq ?? 0 }, reason: '记错了户' }));
  // What waits stands above the passbook and is none of it.
  const asked = { number: cards.赵满仓, rule: 'AD-ENV-04', note: '扫了村口的路', filedBy: null, isByHousehold: true };
  await must(fileClaim(db, { ...by(), ...asked, recordedBy: HOUSEHOLD_ITSELF }));
  const [card] = await database.ownerSql<{ token: string }[]>`
    select token
      from card
     where number = ${cards.赵满仓}`;
  if (!card) throw new Error('no card');
  cardHref = `/C/${card.token}`;
});

afterAll(async () => {
  await chromium.close();
  await served.close();
});

const visit = (javaScriptEnabled = true) =>
  openVisitor(chromium.browser, served.baseUrl, { javaScriptEnabled, width: 360, height: 740 });

const lineOf = ({ page }: Visitor, name: string) => page.locator(`#passbook-check [data-line="${name}"]`);

/** The page as somebody between the server and the phone would have it, or a server that lies. */
async function openAltered(visitor: Visitor, alter: (html: string) => string): Promise<void> {
  await visitor.page.route(`**${cardHref}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: alter(await response.text()) });
  });
  await visitor.page.goto(cardHref);
  await lineOf(visitor, 'gap').waitFor();
}

test('an honest passbook is complete, adds up, and stands in the public log', async () => {
  const visitor = await visit();
  const { page } = visitor;
  await page.goto(cardHref);
  await expect.poll(() => lineOf(visitor, 'gap').innerText()).toContain('从第 1 笔到第 4 笔，一笔不少');
  expect(await lineOf(visitor, 'sum').innerText()).toContain('正好是 81 分');
  expect(await page.getByText('等村里审').isVisible()).toBe(true);
  expect(await lineOf(visitor, 'log').getAttribute('data-state')).toBe('open');
  await page.getByRole('button', { name: '到公开账本里核对' }).click();
  await expect.poll(() => lineOf(visitor, 'log').innerText()).toContain('4 笔都在公开账本里，账本的签名是真的');
  expect(await page.locator('#passbook-check [data-what-now]').isVisible()).toBe(false);
  expect(await sidewaysScroll(page)).toBe(0);
  expect(visitor.faults).toEqual([]);
  await visitor.close();
});

test('without JavaScript nothing is promised', async () => {
  const visitor = await visit(false);
  await visitor.page.goto(cardHref);
  expect(await visitor.page.locator('#passbook-check').isVisible()).toBe(false);
  await visitor.close();
});

const tampered: [string, (html: string) => string, string, string][] = [
  [
    'a balance at the top that is too small',
    (html) => html.replace(/(balance-number">)[\d.]+/, '$150'),
    'sum',
    '和上面的余额 50 分不一样',
  ],
  ['an amount', (html) => html.replace(/(<ol class="passbook">.*?)−19/s, '$1−9'), 'sum', '第 3 笔加不上'],
  [
    'an entry that is left out',
    (html) => html.replace(/<li class="passbook-line" value="?2"?>.*?<\/li>/s, ''),
    'gap',
    '第 3 笔前面少了',
  ],
];

test.each(tampered)('%s is seen by the phone', async (_, alter, line, words) => {
  const visitor = await visit();
  await openAltered(visitor, alter);
  expect(await lineOf(visitor, line).innerText()).toContain(words);
  expect(await lineOf(visitor, line).getAttribute('data-state')).toBe('bad');
  expect(await visitor.page.locator('#passbook-check [data-what-now]').isVisible()).toBe(true);
  await visitor.close();
});

test('a page that lies consistently is caught by the log', async () => {
  const visitor = await visit();
  // The opening is said to have been 90 and every balance 10 less: everything adds up, and nothing of it is true.
  await openAltered(visitor, (html) =>
    html
      .replace(/(balance-number">)([\d.]+)/, (_, start, value) => `${start}${Number(value) - 10}`)
      .replace(/(余额 )([\d.]+)/g, (_, start, value) => `${start}${Number(value) - 10}`)
      .replace(/(passbook-change"><span class="points points-add">)\+100/, '$1+90'),
  );
  expect(await lineOf(visitor, 'sum').getAttribute('data-state')).toBe('good');
  await visitor.page.getByRole('button', { name: '到公开账本里核对' }).click();
  await expect.poll(() => lineOf(visitor, 'log').innerText()).toContain('第 1 笔和公开账本里的不一样');
  await visitor.close();
});

test('a log with a false seal is not believed', async () => {
  const visitor = await visit();
  await visitor.page.route('**/receipt/*', async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    // Another signature of the same key and length.
    await route.fulfill({ response, body: text.replace(/(— \S+ \S{10})(\S{8})/, '$1AAAAAAAA') });
  });
  await visitor.page.goto(cardHref);
  await visitor.page.getByRole('button', { name: '到公开账本里核对' }).click();
  await expect.poll(() => lineOf(visitor, 'log').innerText()).toContain('签名不对');
  await visitor.close();
});

test('a network that fails says nothing about the log', async () => {
  const visitor = await visit();
  await visitor.page.route('**/receipt/*', (route) => route.abort());
  await visitor.page.goto(cardHref);
  await visitor.page.getByRole('button', { name: '到公开账本里核对' }).click();
  await expect.poll(() => lineOf(visitor, 'log').innerText()).toContain('没能取到公开账本');
  expect(await visitor.page.locator('#passbook-check [data-what-now]').isVisible()).toBe(false);
  await visitor.close();
});
