/** The first secretary looks at everything, gives nothing, and publishes the month; a mistake found later makes a version two. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { cards, FOUNDED_ON, must, people, willowCode } from '../support/cast.ts';
import { type OpenedChromium, openChromium } from '../support/chromium.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { openVisitor, SCRIPTING, signIn, type Visitor } from '../support/visitor.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;
const MONTH = FOUNDED_ON.slice(0, 7);

let chromium: OpenedChromium;

beforeAll(async () => {
  chromium = await openChromium();
});

afterAll(() => chromium.close());

describe.each(SCRIPTING)('the first secretary %s', { timeout: 120_000 }, (_, javaScriptEnabled) => {
  let served: ServedApp;
  let visitor: Visitor;

  beforeAll(async () => {
    served = await serveApp();
    visitor = await openVisitor(chromium.browser, served.baseUrl, { javaScriptEnabled });
    const village = await findVillage(served.db.sql, willowCode);
    if (!village) throw new Error('no village');
    const by = { villageId: village.villageId, recordedBy: 1, today: FOUNDED_ON, occurredOn: FOUNDED_ON };
    const both = [cards.单小花, cards.赵满仓];
    await must(awardPoints(served.db, { ...by, idempotencyKey: 'labour', rule: 'AD-LAB-01', cards: both }));
  });

  afterAll(async () => {
    await visitor.close();
    await served.close();
  });

  const page = () => visitor.page;
  const main = () => page().getByRole('main');
  const follow = (name: string) =>
    page().getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name, exact: true }).click();

  test('sees the village, and no way to give or exchange points', async () => {
    await signIn(page(), people.supervisor);
    const links = await page().getByRole('link').evaluateAll(hrefs);
    expect(links).toContain(`${VILLAGE}/cards`);
    for (const forbidden of ['awards/new', 'counter', 'receipts/new', 'reversals/new']) {
      expect(links.filter((href) => href.includes(forbidden))).toEqual([]);
      const answer = await page().goto(`${VILLAGE}/${forbidden}`);
      expect(answer?.status()).toBe(403);
      expect(await main().getByRole('alert').innerText()).not.toBe('');
    }
    await page().goto(`${VILLAGE}/cards/${cards.赵满仓}`);
    expect(await main().locator('.balance').innerText()).toContain('103');
    expect(await main().getByRole('link', { name: '加分' }).count()).toBe(0);
  });

  test('reviews the month and publishes it', async () => {
    await follow('公示');
    await main()
      .getByRole('link', { name: /^核对.*9月/ })
      .click();
    await page().getByText('核对一致').waitFor();
    await page().waitForLoadState();
    expect(await main().innerText()).toContain('义务劳动半天');
    await main()
      .getByRole('button', { name: /^发布公示/ })
      .dblclick();
    await page().waitForURL(`**/publications/${MONTH}/1`);
    expect(await main().innerText()).toMatch(/第 1 版.*由第一书记孙书记发布/);
    expect(await main().innerText()).not.toContain('赵满仓');
    await checkWorld(served.database.ownerSql);
  });

  test('takes it along on paper and as a workbook', async () => {
    const published = page().url();
    const [download] = await Promise.all([
      page().waitForEvent('download'),
      main().getByRole('link', { name: '下载 Excel' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
    const workbook = await readFile(await download.path());
    expect(workbook.subarray(0, 2).toString()).toBe('PK');
    await page().goto(published);
    await main().getByRole('link', { name: '打印 A4 公示' }).click();
    await page().locator('.sheet-a4').waitFor();
    await page().waitForLoadState();
    expect(await main().innerText()).toContain('柳树村');
    await page().goto(published);
  });

  test('publishes a second version that lists what a later reversal changed', async () => {
    await reverseAsManager();
    await checkWorld(served.database.ownerSql);
    await follow('公示');
    await main()
      .getByRole('link', { name: /^核对.*9月/ })
      .click();
    await page().getByRole('heading', { name: '这一版改了什么' }).waitFor();
    await main()
      .getByRole('button', { name: /^发布公示/ })
      .click();
    await page().waitForURL(`**/publications/${MONTH}/2`);
    const changes = await main().locator('.change-list').innerText();
    expect(changes).toContain('撤销');
    expect(changes).toContain('义务劳动半天');
    await page().goto(`${VILLAGE}/publications/${MONTH}/1`);
    await page().getByText('已有更正').waitFor();
    await checkWorld(served.database.ownerSql);
  });

  test('met no fault on the way', () => expect(visitor.faults).toEqual([]));

  async function reverseAsManager(): Promise<void> {
    const manager = await openVisitor(chromium.browser, served.baseUrl, { javaScriptEnabled });
    await signIn(manager.page, people.manager);
    await manager.page.goto(`${VILLAGE}/cards/${cards.赵满仓}`);
    await manager.page
      .locator('.passbook-line', { hasText: '义务劳动半天' })
      .getByRole('link', { name: /^第 \d+ 号$/ })
      .click();
    await manager.page.getByRole('link', { name: '撤销这一笔' }).click();
    await manager.page.getByRole('radio', { name: '记错了人' }).check();
    await manager.page.getByRole('button', { name: '撤销：收回 3 分' }).click();
    await manager.page.waitForURL(/\/reversals\/(?!new)[^/]+$/);
    expect(manager.faults).toEqual([]);
    await manager.close();
  }
});

test('from home to the print dialog in five taps', { timeout: 90_000 }, async () => {
  const served = await serveApp();
  const { context, page, close } = await openVisitor(chromium.browser, served.baseUrl, { width: 360, height: 740 });
  await signIn(page, people.supervisor);
  let taps = 0;
  let isPrinting = false;
  await context.exposeFunction('countTap', () => {
    taps += 1;
  });
  await context.exposeFunction('printed', () => {
    isPrinting = true;
  });
  await context.addInitScript(
    `addEventListener('pointerdown', () => countTap(), true); window.print = () => printed();`,
  );
  await page.goto(`${VILLAGE}/desk`);
  const main = page.getByRole('main');
  await page.getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name: '公示', exact: true }).click();
  await main.getByRole('link', { name: /^核对.*9月/ }).click();
  await main.getByRole('button', { name: /^发布公示/ }).click();
  await page.waitForURL(`**/publications/${MONTH}/1`);
  expect(await page.locator('#wechat-text').inputValue()).toMatch(/柳树村.*公示期.*\/publications\/2026-09\/1$/);
  await main.getByRole('link', { name: '打印 A4 公示' }).click();
  await page.locator('[data-print]').click();
  await expect.poll(() => isPrinting).toBe(true);
  expect(taps).toBeLessThanOrEqual(5);
  await close();
  await served.close();
});

type Link = { getAttribute(name: string): string | null };

function hrefs(links: Link[]): string[] {
  return links.map((link) => link.getAttribute('href') ?? '');
}
