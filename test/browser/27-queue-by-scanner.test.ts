/** 取号: a card is scanned and its household has the next number; with a script wherever the cursor stands, without one where the page puts it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardToken } from '../../src/cards/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { type OpenedChromium, openChromium } from '../support/chromium.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { openVisitor, SCRIPTING, signIn } from '../support/visitor.ts';
import { openHands } from './hands.ts';

let chromium: OpenedChromium;

beforeAll(async () => {
  chromium = await openChromium();
});

afterAll(() => chromium.close());

/** A village that gives numbers, and what the QR of 赵满仓's card says. */
async function openVillage(): Promise<{ served: ServedApp; link: string }> {
  const served = await serveApp();
  const villageId = (await findVillage(served.db.sql, willowCode))?.villageId ?? 0;
  const by = { villageId, recordedBy: 1, today: villageDay(new Date()), reason: '代表会议', idempotencyKey: 'on' };
  await must(changeSettings(served.db, { ...by, wanted: { queueNumbers: true } }));
  const token = await cardToken(served.db.sql, villageId, cards.赵满仓);
  return { served, link: `${served.baseUrl}/C/${token}`.toUpperCase() };
}

test.each(SCRIPTING)('%s each scanned card has its number', { timeout: 60_000 }, async (_, javaScriptEnabled) => {
  const { served, link } = await openVillage();
  const visitor = await openVisitor(chromium.browser, served.baseUrl, { javaScriptEnabled });
  const { page } = visitor;
  await signIn(page, people.manager);
  await page.goto(`/villages/${willowCode}/queue`);
  await page.getByRole('button', { name: '今天开始发号' }).click();
  const hands = openHands(page, { hasScript: javaScriptEnabled });
  await page.getByRole('button', { name: '给这户发号' }).waitFor();
  await hands.scan(cards.单小花);
  await page.getByText('发了 1 号').waitFor();
  await page.locator('.queue-line', { hasText: '单小花' }).waitFor();
  // What came of the last press has been read first: without a script the field is one tap away.
  if (!javaScriptEnabled) await page.getByLabel('扫卡，或输入姓名').click();
  await hands.scan(link);
  await page.getByText('发了 2 号').waitFor();
  await page.locator('.queue-line', { hasText: '赵满仓' }).waitFor();
  expect(await page.locator('.queue-line').count()).toBe(2);
  expect(visitor.faults).toEqual([]);
  await visitor.close();
  await served.close();
});
