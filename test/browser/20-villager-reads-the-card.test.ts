/** A villager scans the QR of the card: no account, no script, a small page, and nobody else learns the name. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { cards, FOUNDED_ON, must, willowCode } from '../support/cast.ts';
import { type OpenedChromium, openChromium } from '../support/chromium.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { openVisitor, SCRIPTING, sidewaysScroll } from '../support/visitor.ts';
import { watchShifts } from './hands.ts';

/** Everything that a phone which has never been here has to load. */
const MOST_BYTES = 20_000;

/** 400 kbit/s and 400 ms: names, connection and TLS come on top in use. */
const SLOW_3G = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

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
  await must(awardPoints(db, { ...by(), rule: 'AD-LAB-01', cards: [cards.赵满仓] }));
  await must(redeemGoods(db, { ...by(), card: cards.赵满仓, lines: [{ code: 'GR001', quantity: 2 }] }));
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

describe.each(SCRIPTING)('a villager %s', { timeout: 120_000 }, (way, javaScriptEnabled) => {
  const visit = () => openVisitor(chromium.browser, served.baseUrl, { javaScriptEnabled, width: 360, height: 740 });

  test('reads balance, entries and what can be had, in 20 kB', async () => {
    const { page, context, faults, close } = await visit();
    const shifts: string[] = [];
    if (javaScriptEnabled) await watchShifts(context, shifts);
    const network = await context.newCDPSession(page);
    await network.send('Network.enable');
    await network.send('Network.emulateNetworkConditions', SLOW_3G);
    let bytes = 0;
    network.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    const startedAt = performance.now();
    await page.goto(cardHref, { waitUntil: 'commit' });
    await page.locator('#card-face', { hasText: '84' }).waitFor();
    console.log(`balance ${way} on emulated slow 3G: ${Math.round(performance.now() - startedAt)} ms`);
    await page.waitForLoadState('networkidle');

    const face = await page.locator('#card-face').innerText();
    expect(face).toContain('赵*仓家');
    expect(face).toMatch(/现在能用[\s\S]*84/);
    expect((await page.getByRole('main').innerText()).trim().startsWith('赵*仓家')).toBe(true);
    const entries = await page.locator('.passbook-line').allInnerTexts();
    expect(entries).toHaveLength(3);
    expect(entries[0]).toMatch(/兑换 大米 2 袋[\s\S]*余额 84/);
    expect(entries[1]).toMatch(/义务劳动半天[\s\S]*余额 103/);
    expect(entries[2]).toMatch(/开卡[\s\S]*余额 100/);

    // On request in words, where nobody needs a script for it.
    expect(await page.getByText('八十四分').isVisible()).toBe(false);
    await page.getByText('把数字写成汉字').click();
    expect(await page.getByText('现在能用：八十四分').isVisible()).toBe(true);

    expect(await page.getByRole('heading', { name: '现在能换的' }).count()).toBe(1);
    await page.getByText('洗化区').click();
    expect(await page.locator('.can-have li', { hasText: '洗洁精' }).isVisible()).toBe(true);

    const html = await page.content();
    expect(html).not.toContain('满仓');
    expect(html).not.toContain('赵满');
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await page.locator('html').getAttribute('data-text-size')).toBe('largest');
    expect(bytes).toBeGreaterThan(1000);
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
    expect(faults).toEqual([]);
    expect(shifts).toEqual([]);
    await close();
  });

  test('is told what to do when the code is broken', async () => {
    const { page, faults, close } = await visit();
    const answer = await page.goto(`${cardHref.slice(0, -3)}ZZZ`);
    expect(answer?.status()).toBe(404);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('打不开这张卡');
    expect(await page.getByText('卡上的积分不会丢。').isVisible()).toBe(true);
    expect(await sidewaysScroll(page)).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });
});

test('the card is read aloud on request, stops at the second press, and has no such button where nothing speaks', async () => {
  const open = async (prepare: string) => {
    const visitor = await openVisitor(chromium.browser, served.baseUrl, { width: 360, height: 740 });
    await visitor.context.addInitScript(prepare);
    await visitor.page.goto(cardHref);
    return { ...visitor, button: visitor.page.getByRole('button', { name: '念给我听' }) };
  };
  const speaking = await open(`window.spoken = [];
    Object.defineProperty(window, 'speechSynthesis', { value: {
      speaking: false,
      speak({ text, lang }) { spoken.push(lang + ' ' + text); this.speaking = true; },
      cancel() { spoken.push('silence'); this.speaking = false; },
    } });`);
  await speaking.button.click();
  await speaking.button.click();
  const [said, then] = await speaking.page.evaluate<string[]>('spoken');
  expect(said).toMatch(/^zh-CN [\s\S]*赵\*仓[\s\S]*现在能用[\s\S]*84/);
  expect(then).toBe('silence');
  expect(speaking.faults).toEqual([]);
  await speaking.close();
  const mute = await open('delete window.speechSynthesis');
  expect(await mute.button.isVisible()).toBe(false);
  await mute.close();
});
