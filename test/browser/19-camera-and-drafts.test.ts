/** What a phone does for the counter, and what is typed is not lost: a camera that is fetched when it is used, drafts, a press again. */
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cards, people, willowCode } from '../support/cast.ts';
import { type OpenedChromium, openChromium } from '../support/chromium.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { openVisitor, signIn, type Visitor } from '../support/visitor.ts';

const VILLAGE = `/villages/${willowCode}`;

let chromium: OpenedChromium;
let served: ServedApp;
let visitor: Visitor;
let asked: string[];

beforeAll(async () => {
  chromium = await openChromium();
  served = await serveApp();
});

afterAll(async () => {
  await served.close();
  await chromium.close();
});

beforeEach(async () => {
  visitor = await openVisitor(chromium.browser, served.baseUrl);
  asked = [];
  visitor.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await signIn(visitor.page, people.manager);
  return () => visitor.close();
});

const page = () => visitor.page;

test('a browser that reads codes scans with its camera, and nothing of it is fetched before', {
  timeout: 60_000,
}, async () => {
  await visitor.context.addInitScript((code) => {
    const seen = [code];
    class Detector {
      detect() {
        return Promise.resolve(seen.splice(0).map((rawValue) => ({ rawValue })));
      }
    }
    Object.assign(window, { BarcodeDetector: Detector });
    // A picture that moves stands in for the camera that this machine lacks.
    Object.defineProperty(navigator, 'mediaDevices', {
      value: { getUserMedia: () => Promise.resolve(document.createElement('canvas').captureStream()) },
    });
  }, cards.赵满仓);
  await page().goto(`${VILLAGE}/counter`, { waitUntil: 'networkidle' });
  expect(asked.filter((path) => path.includes('camera'))).toEqual([]);
  await page().getByRole('button', { name: '用摄像头扫码' }).click();
  await page().locator('.person-name', { hasText: '赵满仓' }).waitFor();
  expect(asked.filter((path) => path.includes('camera'))).toHaveLength(1);
  expect(visitor.faults).toEqual([]);
});

test('a browser that reads no codes has no such button', async () => {
  await page().goto(`${VILLAGE}/counter`);
  expect(await page().getByRole('button', { name: '用摄像头扫码' }).isVisible()).toBe(false);
});

test('a half-filled award outlives its tab and goes with the sign-out', { timeout: 60_000 }, async () => {
  await page().goto(`${VILLAGE}/awards/new`);
  await page().locator('#household-code').fill('zmc');
  await page().keyboard.press('Enter');
  await page().getByLabel('说明').fill('清水渠');
  await page().locator('#award-chips').getByText('已选 1 户').waitFor();
  await page().close();
  visitor.page = await visitor.context.newPage();
  await page().goto(`${VILLAGE}/awards/new`);
  await page().getByRole('button', { name: '接着填' }).click();
  await page().locator('#award-chips').getByText('已选 1 户').waitFor();
  expect(await page().getByLabel('说明').inputValue()).toBe('清水渠');
  expect(await page().locator(`input[value="${cards.赵满仓}"]`).isChecked()).toBe(true);
  await page().getByRole('button', { name: '退出' }).click();
  await page().waitForURL((url) => !url.pathname.includes('/awards'));
  await signIn(page(), people.manager);
  await page().goto(`${VILLAGE}/awards/new`);
  await page().locator('#award-bar').waitFor();
  expect(await page().getByRole('button', { name: '接着填' }).isVisible()).toBe(false);
});

test('a basket outlives its tab until it is exchanged, thrown away, of yesterday, or its person signs out', {
  timeout: 120_000,
}, async () => {
  const goOn = () => page().getByRole('link', { name: /^接着办：/ });
  const line = () => page().locator('.basket-line');
  const openAnew = async () => {
    await page().close();
    visitor.page = await visitor.context.newPage();
    await page().goto(`${VILLAGE}/counter`);
  };
  const fill = async () => {
    await page().goto(`${VILLAGE}/counter`);
    await page().locator('#counter-code').fill('GR001');
    await page().getByRole('button', { name: '查找' }).click();
    await line().waitFor();
  };
  await page().goto(`${VILLAGE}/counter?card=${cards.曾有田}&quantity.GR001=2`);
  await openAnew();
  await goOn().click();
  await page().locator('.person-name', { hasText: '曾有田' }).waitFor();
  expect(await line().count()).toBe(1);
  await page()
    .getByRole('button', { name: /^确认兑换/ })
    .click();
  await page().waitForURL(/\/redemptions\/[A-Z2-9]{16}$/);
  await openAnew();
  expect(await goOn().count()).toBe(0);

  // By the part that is swapped, and thrown away.
  await fill();
  await openAnew();
  await goOn().waitFor();
  await page().getByRole('button', { name: '不要了' }).click();
  await openAnew();
  expect(await goOn().count()).toBe(0);

  await fill();
  await page().evaluate(`for (const name of Object.keys(localStorage)) {
    const left = JSON.parse(localStorage.getItem(name));
    localStorage.setItem(name, JSON.stringify({ ...left, day: '2026-01-01' }));
  }`);
  await openAnew();
  expect(await goOn().count()).toBe(0);
  expect(await page().evaluate('localStorage.length')).toBe(0);

  await fill();
  await page().getByRole('button', { name: '退出' }).click();
  await page().waitForURL((url) => !url.pathname.includes('/counter'));
  expect(await page().evaluate('localStorage.length')).toBe(0);
  expect(visitor.faults).toEqual([]);
});

test('a lost connection leaves the basket, says so, and the next press is the same exchange', {
  timeout: 60_000,
}, async () => {
  const exchanges = async () => (await served.database.ownerSql`select from act where type = 'points.redeem'`).length;
  const before = await exchanges();
  await page().goto(`${VILLAGE}/counter?card=${cards.单小花}&quantity.GR001=1`, { waitUntil: 'networkidle' });
  // It arrives, and its answer is lost on the way.
  await page().route('**/redemptions', async (route) => {
    await route.fetch({ maxRedirects: 0 });
    await route.abort('connectionreset');
  });
  const confirm = page().getByRole('button', { name: /^确认兑换/ });
  await confirm.click();
  await page().getByText('没有保存，请再按一次').waitFor();
  expect(await exchanges()).toBe(before + 1);
  await page().unroute('**/redemptions');
  await confirm.click();
  await page().waitForURL(/\/redemptions\/[A-Z2-9]{16}$/);
  expect(await exchanges()).toBe(before + 1);
});

test('a photo of a phone is shrunk to 1,600 pixels and 300 kB before it is sent', { timeout: 60_000 }, async () => {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const photo = await sharp({ create: { width: 3000, height: 2000, channels: 3, background: '#777', noise } })
    .jpeg({ quality: 90 })
    .toBuffer();
  expect(photo.length).toBeGreaterThan(1_000_000);
  await page().goto(`${VILLAGE}/problems/new`);
  const field = page().locator('input[type=file]').first();
  await field.setInputFiles({ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: photo });
  await expect
    .poll(() => field.evaluate((input) => (input as HTMLInputElement).files?.[0]?.size ?? 0), { timeout: 20_000 })
    .toBeLessThanOrEqual(300_000);
  const longest = await field.evaluate(async (input) => {
    const [file] = (input as HTMLInputElement).files ?? [];
    const picture = file && (await createImageBitmap(file));
    return picture ? Math.max(picture.width, picture.height) : 0;
  });
  expect(longest).toBeGreaterThan(600);
  expect(longest).toBeLessThanOrEqual(1600);
});
