/**
 * The screenshots of the README, taken from a running demonstration: `npm run pictures -- http://127.0.0.1:3000`. Only looks;
 * nothing is posted but the sign-in.
 */
import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { villageDay } from '../../src/platform/clock.ts';
import { openChromium } from '../support/chromium.ts';
import { readQr } from '../support/read-qr.ts';

const FOLDER = '.pictures';
/** Of a page the task itself, as a phone shows it: its words can still be read where the picture is small. */
const SCREEN = { width: 480, height: 300 };

interface Accounts {
  accounts: { username: string; password: string; role: string; village: string | null }[];
}

const [address = 'http://127.0.0.1:3000'] = process.argv.slice(2);
const baseURL = address.replace(/\/$/, '');
const { accounts } = (await (await fetch(`${baseURL}/api/v1/demo`)).json()) as Accounts;
const manager = accounts.find(({ role }) => role === 'manager');
if (!manager?.village) throw new Error('the demonstration offers no manager of a village');
const village = `/villages/${manager.village}`;

await mkdir(FOLDER, { recursive: true });
const { browser, close } = await openChromium();
try {
  const desk = await openPage(browser, { width: 1280, height: 800 });
  await signIn(desk, manager);
  const number = await richCard(desk);
  await takeCounter(desk, number);
  const cardAddress = await scanCard(desk, number);
  await takeCard(await openPage(browser, { width: 390, height: 800 }), cardAddress);
  await takeRecord(await openPage(browser, { width: 1000, height: 1100 }));
  await takeScreens();
} finally {
  await close();
}

/** What the first steps and the help show of the pages to which they lead. */
async function takeScreens(): Promise<void> {
  const page = await openPage(browser, { ...SCREEN, height: 800 });
  if (!manager) return;
  await signIn(page, manager);
  for (const [name, path] of Object.entries({
    roster: '/roster',
    cards: '/cards',
    goods: '/receipts/new',
    award: '/awards/new',
    notice: '/publications',
    counter: '/counter',
    claims: '/claims',
  })) {
    await page.goto(`${village}${path}`);
    await takeScreen(page, name);
  }
  const card = await openPage(browser, { ...SCREEN, height: 800 });
  await card.goto(await scanCard(page, await richCard(page)));
  await takeScreen(card, 'card');
  const supervisor = accounts.find(({ role }) => role === 'supervisor');
  if (!supervisor) return;
  const other = await openPage(browser, { ...SCREEN, height: 800 });
  await signIn(other, supervisor);
  await takeScreen(other, 'people');
  const officer = accounts.find(({ role }) => role === 'township_officer');
  if (!officer) return;
  const office = await openPage(browser, { ...SCREEN, height: 800 });
  await signIn(office, officer, '**/regions/*');
  await takeScreen(office, 'office');
}

async function takeScreen(page: Page, name: string): Promise<void> {
  await page.evaluate('document.activeElement?.blur(); scrollTo(0, 0)');
  const top = (await page.getByRole('main').boundingBox())?.y ?? 0;
  const picture = sharp(await page.screenshot({ clip: { x: 0, y: top, ...SCREEN } }))
    .resize(640, 400)
    .webp({ quality: 60 });
  await picture.toFile(`views/assets/screen-${name}.webp`);
}

async function openPage(from: Browser, viewport: { width: number; height: number }): Promise<Page> {
  const context = await from.newContext({
    baseURL,
    viewport,
    locale: 'zh-CN',
    reducedMotion: 'reduce',
    // A finger has no keys: what only a keyboard needs is not in sight.
    ...(viewport.width === SCREEN.width && { deviceScaleFactor: 4 / 3, hasTouch: true, isMobile: true }),
  });
  return context.newPage();
}

async function signIn(
  page: Page,
  { username, password }: { username: string; password: string },
  lands = `**${village}/desk`,
): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('main').getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL(lands);
}

/** Somebody who can afford a basket. */
async function richCard(page: Page): Promise<string> {
  const balances = new Map<string, number>();
  await page.goto(`${village}/cards`);
  for (const line of await page.locator('#households .household').all()) {
    const number = (await line.getAttribute('href'))?.split('/').at(-1);
    const balance = Number.parseFloat(await line.locator('.household-balance').innerText());
    if (number && balance > 0) balances.set(number, balance);
  }
  const [richest] = [...balances].sort(([, left], [, right]) => right - left);
  if (!richest) throw new Error('nobody has points');
  return richest[0];
}

async function takeCounter(page: Page, number: string): Promise<void> {
  await page.goto(`${village}/counter?card=${number}`);
  for (const goods of ['大米', '食盐', '洗洁精']) {
    const tile = page.locator('button.goods:enabled', { hasText: goods }).first();
    await tile.click();
    await page.locator('.basket-line', { hasText: goods }).waitFor();
  }
  await page.evaluate('document.activeElement?.blur(); scrollTo(0, 0)');
  await page.screenshot({ path: `${FOLDER}/counter.png` });
}

/** As a phone does: from the picture on the printed card. */
async function scanCard(page: Page, number: string): Promise<string> {
  await page.goto(`${village}/cards/${number}/print`);
  const path = await page.locator('.qr-ink').first().getAttribute('d');
  return new URL(readQr(path ?? '')).pathname;
}

async function takeCard(page: Page, cardAddress: string): Promise<void> {
  await page.goto(cardAddress);
  await page.screenshot({ path: `${FOLDER}/card.png` });
}

/** The newest month that is over, in its last version, as it hangs on the board. */
async function takeRecord(page: Page): Promise<void> {
  await page.goto(`${village}/publications`);
  const hrefs: string[] = [];
  for (const link of await page.getByRole('main').locator('tbody a').all()) {
    hrefs.push((await link.getAttribute('href')) ?? '');
  }
  const running = villageDay(new Date()).slice(0, 7);
  const whole = hrefs.find((href) => !href.includes(`/${running}/`)) ?? hrefs[0];
  if (!whole) throw new Error('nothing has been published');
  await page.goto(`${whole}/print`);
  await page.screenshot({ path: `${FOLDER}/record.png` });
}
