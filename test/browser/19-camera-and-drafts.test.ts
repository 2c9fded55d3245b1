/** What a phone does for the counter, and what is typed is not lost: a camera that is fetched when it is used, drafts, a press again. */
import sharp from 'sharp';
import { encode } from 'uqr';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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
      static getSupportedFormats() {
        return Promise.resolve(['qr_code', 'ean_13']);
      }
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

test('a browser that reads no codes is brought a reader with the first press, for the QR of cards and the barcodes of goods', {
  timeout: 60_000,
}, async () => {
  const [card] = await served.database.ownerSql<{ token: string }[]>`
    select token from card where number = ${cards.赵满仓}`;
  const [goods] = await served.database.ownerSql<{ barcode: string; name: string }[]>`
    select barcode, name from goods join stock_lot using (village_id, goods_id)
     where barcode ~ '^[0-9]{13}$' and quantity_on_hand > 0 order by code limit 1`;
  const shown = [qrSquares(`${served.baseUrl}/C/${card?.token}`.toUpperCase()), ean13Bars(goods?.barcode ?? '')];
  await visitor.context.addInitScript((pictures) => {
    Reflect.deleteProperty(window, 'BarcodeDetector');
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
    const context = canvas.getContext('2d');
    const hold = ({ at }: { at: number }) => {
      const rows = pictures[at] ?? [];
      if (!context) return;
      // Each picture is a new one, as a camera's are.
      context.fillStyle = `rgb(240, 240, ${230 + Math.floor(Math.random() * 20)})`;
      context.fillRect(0, 0, 640, 480);
      context.fillStyle = '#222';
      const side = rows.length > 1 ? 6 : 3;
      const top = rows.length > 1 ? side : 200;
      rows.forEach((row, y) => {
        [...row].forEach((square, x) => {
          if (square === '1') context.fillRect(120 + x * side, 60 + y * top, side, top);
        });
      });
    };
    const held = { at: 0 };
    setInterval(() => hold(held), 50);
    Object.assign(window, { held });
    Object.defineProperty(navigator, 'mediaDevices', {
      value: { getUserMedia: () => Promise.resolve(canvas.captureStream()) },
    });
  }, shown);
  await page().goto(`${VILLAGE}/counter`, { waitUntil: 'networkidle' });
  expect(asked.filter((path) => path.includes('camera'))).toEqual([]);
  await page().getByRole('button', { name: '用摄像头扫码' }).click();
  await page().locator('.person-name', { hasText: '赵满仓' }).waitFor();
  await page().evaluate('held.at = 1');
  await page()
    .locator('.basket-line', { hasText: goods?.name ?? '' })
    .waitFor();
  expect(asked.filter((path) => path.includes('camera-reader'))).toHaveLength(1);
  expect(visitor.faults).toEqual([]);
});

test('a browser that gives no camera has no such button', async () => {
  await visitor.context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'mediaDevices'));
  await page().goto(`${VILLAGE}/counter`);
  expect(await page().getByRole('button', { name: '用摄像头扫码' }).isVisible()).toBe(false);
});

/** Row by row, a dark square is 1. */
function qrSquares(text: string): string[] {
  return encode(text, { ecc: 'M', border: 0 }).data.map((row) => row.map(Number).join(''));
}

/** ISO/IEC 15420: one row of bars, a dark module is 1. */
function ean13Bars(digits: string): string[] {
  const odd = [
    '0001101',
    '0011001',
    '0010011',
    '0111101',
    '0100011',
    '0110001',
    '0101111',
    '0111011',
    '0110111',
    '0001011',
  ];
  const parities = ['OOOOOO', 'OOEOEE', 'OOEEOE', 'OOEEEO', 'OEOOEE', 'OEEOOE', 'OEEEOO', 'OEOEOE', 'OEOEEO', 'OEEOEO'];
  const turned = (bars: string) => bars.replace(/\d/g, (bar) => String(1 - Number(bar)));
  const [first = 0, ...others] = [...digits].map(Number);
  const bars = others.map((digit, at) => {
    const bar = odd[digit] ?? '';
    if (at >= 6) return turned(bar);
    return parities[first]?.[at] === 'E' ? [...turned(bar)].reverse().join('') : bar;
  });
  return [`101${bars.slice(0, 6).join('')}01010${bars.slice(6).join('')}101`];
}

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

describe('what is typed into any other form', () => {
  const words = () => page().getByLabel('什么问题');
  const note = () => page().getByRole('status').filter({ hasText: '已经接着填上' });
  const press = () => page().getByRole('button', { name: '记进问题台账' }).click();
  const openAnew = async () => {
    await page().close();
    visitor.page = await visitor.context.newPage();
    await page().goto(`${VILLAGE}/problems/new`);
  };
  const found = async () => {
    const [row] = await served.db.sql<{ count: number }[]>`
      select count(*)::integer as count from act where type = 'problem.find'`;
    return row?.count ?? 0;
  };

  beforeEach(async () => {
    await page().goto(`${VILLAGE}/problems/new`);
    await words().fill('后门的锁坏了');
  });

  test('outlives its tab, may be thrown away, and is gone once it was recorded', async () => {
    await openAnew();
    expect(await words().inputValue()).toBe('后门的锁坏了');
    await note().getByRole('button', { name: '不要了，重新填' }).click();
    expect(await words().inputValue()).toBe('');
    await openAnew();
    expect([await words().inputValue(), await note().count()]).toEqual(['', 0]);
    await words().fill('屋顶漏雨');
    await press();
    await page().getByText('屋顶漏雨').first().waitFor();
    await openAnew();
    expect([await words().inputValue(), await note().count()]).toEqual(['', 0]);
  });

  test('stays with a dead line behind a good signal, and what did arrive is not recorded twice', async () => {
    const before = await found();
    // It arrives, and nothing of the answer comes back.
    await page().route('**/problems', async (route) => {
      const { 'content-length': _, ...headers } = await route.request().allHeaders();
      const body = new Uint8Array(route.request().postDataBuffer() ?? []);
      await fetch(route.request().url(), { method: 'POST', headers, body, redirect: 'manual' });
      await route.abort();
    });
    await press();
    await expect.poll(found).toBe(before + 1);
    await openAnew();
    expect(await words().inputValue()).toBe('后门的锁坏了');
    await press();
    await page().getByText('后门的锁坏了').first().waitFor();
    expect(await found()).toBe(before + 1);
  });

  test('is kept as the server has read it, through the look at it before it is recorded', {
    timeout: 60_000,
  }, async () => {
    const main = () => page().getByRole('main');
    const rows = () => main().locator('.receive-row', { hasText: /不填按/ });
    const openReceipt = async () => {
      await page().close();
      visitor.page = await visitor.context.newPage();
      await page().goto(`${VILLAGE}/receipts/new`);
    };
    await openReceipt();
    await page().getByLabel('捐赠人或商店').fill('县城好心粮油店');
    await page().getByLabel('货名或条码').first().fill('WA003');
    await page().keyboard.press('Enter');
    await rows().first().waitFor();
    await rows().first().getByLabel('数量').fill('6');
    await openReceipt();
    expect(await page().getByLabel('捐赠人或商店').inputValue()).toBe('县城好心粮油店');
    expect(await page().locator('input[name=quantity]').first().inputValue()).toBe('6');
    await main().getByRole('button', { name: '下一步：核对' }).click();
    await main()
      .getByRole('button', { name: /^确认进货/ })
      .click();
    await page().waitForURL(/\/receipts\/[A-Z2-9]{16}$/);
    await openReceipt();
    expect([await page().getByLabel('捐赠人或商店').inputValue(), await note().count()]).toEqual(['', 0]);
  });

  test('is not for another person, and goes with the sign-out', async () => {
    await page().goto(`${VILLAGE}/desk`);
    await page().getByRole('button', { name: '退出' }).click();
    await page().waitForURL((url) => !url.pathname.endsWith('/desk'));
    expect(await page().evaluate('Object.keys(localStorage).filter((name) => name.startsWith("draft "))')).toEqual([]);
    await signIn(page(), people.supervisor);
    await openAnew();
    expect([await words().inputValue(), await note().count()]).toEqual(['', 0]);
  });
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
    await expect.poll(() => page().evaluate('localStorage.length')).toBe(1);
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
