/** The network goes while somebody works: pages are read from copies, awards wait and are recorded once, and nobody sees another's. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cardToken } from '../../src/cards/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { cards, people, willowCode } from '../support/cast.ts';
import { type OpenedChromium, openChromium } from '../support/chromium.ts';
import { phonePhoto } from '../support/pictures.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { openVisitor, sidewaysScroll, signIn, type Visitor } from '../support/visitor.ts';
import { openWeakLine } from '../support/weak-line.ts';
import { checkWorld } from '../support/world.ts';

/** Machines that run many tests are slow; what is waited for comes at once elsewhere. */
const SOON = { timeout: 20_000 };

const VILLAGE = `/villages/${willowCode}`;

let chromium: OpenedChromium;
let served: ServedApp;
let line: Awaited<ReturnType<typeof openWeakLine>>;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  chromium = await openChromium();
});

afterAll(() => chromium.close());

beforeEach(async () => {
  served = await serveApp();
  line = await openWeakLine(served.baseUrl);
  visitor = await openVisitor(chromium.browser, line.baseUrl, { width: 360, height: 740, keepsPages: true });
  ({ page } = visitor);
  await signIn(page, people.manager);
  await isReady(page);
});

afterEach(async () => {
  await visitor.close();
  await line.close();
  await served.close();
});

/** The worker has what it needs: form, desk and households. */
async function isReady(one: Page): Promise<void> {
  await one.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await expect
    .poll(async () => (await keptPages(one)).filter((path) => /\/(book|awards\/new|desk)$/.test(path)).length, SOON)
    .toBe(3);
}

async function cut(): Promise<void> {
  line.cut();
  await visitor.context.setOffline(true);
}

async function mend(): Promise<void> {
  line.mend();
  await visitor.context.setOffline(false);
}

function keptPages(one: Page): Promise<string[]> {
  return one.evaluate(`(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('copies-'));
    const kept = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)));
    return kept.flat();
  })()`);
}

/** Every text and address in every cache. */
function everythingKept(one: Page): Promise<string> {
  return one.evaluate(`(async () => {
    const texts = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) texts.push(request.url, await (await cache.match(request)).text());
    }
    return texts.join(' ');
  })()`);
}

async function countAwards(): Promise<number> {
  const [counted] = await served.database.ownerSql<{ count: number }[]>`
    select count(*)::integer as count
      from act
     where type = 'points.award'`;
  return counted?.count ?? 0;
}

/** As if the village had frozen it meanwhile. */
async function freeze(number: string): Promise<void> {
  await served.database.ownerSql`
    update account
       set status = 'frozen'
      from card
     where card.village_id = account.village_id
       and card.household_id = account.holder_id
       and card.number = ${number}`;
}

const main = () => page.getByRole('main');
const list = () => page.locator('#upload-list > li');

/** Enters an award at the form that needs no network. */
async function enterAward(names: string): Promise<void> {
  await page.goto('/uploads/award');
  await page.getByLabel('哪一条细则').selectOption({ label: '义务劳动半天 +3' });
  await page.getByLabel('给谁').fill(names);
  await page.getByRole('button', { name: /^存下，/ }).click();
  await page.waitForURL(/\/uploads$/);
}

describe('without network', { timeout: 90_000 }, () => {
  test('a page that was seen is shown with its time, and others say what still works', async () => {
    await page.goto(`${VILLAGE}/cards`);
    await expect.poll(() => keptPages(page), SOON).toContain(`${VILLAGE}/cards`);
    await cut();
    await page.goto(`${VILLAGE}/cards`);
    expect(await page.locator('#copy-strip').innerText()).toMatch(/没有网络，这一页截至 \d\d:\d\d/);
    expect(await main().innerText()).toContain('赵满仓');
    await page.goto(`${VILLAGE}/stocktakes`);
    await page.getByRole('heading', { name: '没有网络', level: 1 }).waitFor();
    expect(await main().innerText()).toContain('兑换要联网');
    expect(await sidewaysScroll(page)).toBe(0);
    await mend();
    // A server that takes longer than the worker's patience is answered for by the copy once more.
    const isCopy = async () => {
      await page.goto(`${VILLAGE}/cards`);
      return page.locator('#copy-strip').isVisible();
    };
    await expect.poll(isCopy, SOON).toBe(false);
  });

  test('an award that was being prepared goes on, waits in sight, and is recorded once when the network is back', async () => {
    await page.goto(`${VILLAGE}/awards/new`);
    await cut();
    await page
      .getByRole('radio', { name: /^义务劳动半天/ })
      .first()
      .check();
    await page.getByRole('checkbox', { name: '东头组' }).check();
    const photo = { name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: await phonePhoto({ width: 400, height: 300 }) };
    await page.locator('input[type=file]').setInputFiles(photo);
    await page.getByRole('button', { name: '下一步：看清楚' }).first().click();
    await page.waitForURL(/\/uploads\/award\?draft=/);
    await page.getByText('给 3 户各 +3 分，共 9 分').waitFor();
    await page.getByRole('button', { name: '存下，3 户共 9 分' }).click();
    await page.waitForURL(/\/uploads$/);
    await expect.poll(() => list().count(), SOON).toBe(1);
    expect(await list().innerText()).toContain('等待上传');
    await page.goto(`${VILLAGE}/desk`);
    await page.locator('#connection').getByText('待上传 1 条').waitFor();
    await page.goto('/uploads');
    expect(await countAwards()).toBe(0);
    await mend();
    await expect.poll(countAwards, SOON).toBe(3);
    await expect.poll(() => list().count(), SOON).toBe(0);
    expect(await served.database.ownerSql`select from act where facts ? 'photos'`).toHaveLength(3);
    await checkWorld(served.database.ownerSql);
  });

  test('an award is sent soon, too, where the browser says that it is online before the way to the server is open', async () => {
    await cut();
    await enterAward('赵满仓');
    await expect.poll(() => list().count(), SOON).toBe(1);
    await visitor.context.setOffline(false);
    const before = line.turnedAway();
    await expect.poll(() => line.turnedAway(), SOON).toBeGreaterThan(before);
    line.mend();
    await expect.poll(countAwards, SOON).toBe(1);
    await expect.poll(() => list().count(), SOON).toBe(0);
  });

  test('an award whose answer was lost after it was recorded is sent again and stands once', async () => {
    await page.goto(`${VILLAGE}/awards/new?card=${cards.赵满仓}&rule=AD-LAB-01`);
    await page.getByRole('button', { name: '下一步：看清楚' }).first().click();
    line.loseAnswerTo('POST', `${VILLAGE}/awards`);
    await main()
      .getByRole('button', { name: /\+3 分/ })
      .last()
      .click();
    await page.waitForURL(/\/uploads$/);
    await expect.poll(() => list().count(), SOON).toBe(1);
    expect(await countAwards()).toBe(1);
    await mend();
    await page.getByRole('button', { name: '现在上传' }).click();
    await expect.poll(() => list().count(), SOON).toBe(0);
    expect(await countAwards()).toBe(1);
    await checkWorld(served.database.ownerSql);
  });

  test('two pages that send at once record each award once, in the order in which they were entered', async () => {
    await cut();
    await enterAward('赵满仓');
    await enterAward('单小花');
    const second = await visitor.context.newPage();
    await second.goto('/uploads');
    await mend();
    await Promise.all([page, second].map((one) => one.evaluate(`window.dispatchEvent(new Event('online'))`)));
    await expect.poll(countAwards, SOON).toBe(2);
    await expect.poll(() => list().count(), SOON).toBe(0);
    const order = await served.database.ownerSql<{ number: string }[]>`
      select card.number
        from act
        join entry using (village_id, seq)
        join account using (village_id, account_id)
        join card
          on card.village_id = account.village_id
         and card.household_id = account.holder_id
       where act.type = 'points.award'
       order by seq`;
    expect(order.map(({ number }) => number)).toEqual([cards.赵满仓, cards.单小花]);
  });

  test('what the village refuses stays with its reason, is corrected with its photo, and is gone once it is recorded', async () => {
    await page.goto(`${VILLAGE}/awards/new?card=${cards.赵满仓}&rule=AD-ENV-06&times=4`);
    await cut();
    const photo = { name: 'IMG_2.jpg', mimeType: 'image/jpeg', buffer: await phonePhoto({ width: 400, height: 300 }) };
    await page.locator('input[type=file]').setInputFiles(photo);
    await page.getByRole('button', { name: '下一步：看清楚' }).first().click();
    await page.waitForURL(/\/uploads\/award\?draft=/);
    await page.getByRole('button', { name: '存下，1 户共 2 分' }).click();
    await page.waitForURL(/\/uploads$/);
    await freeze(cards.赵满仓);
    await mend();
    await page.goto('/uploads');
    await list()
      .getByText(/^没有记上：/)
      .waitFor();
    expect(await countAwards()).toBe(0);
    await served.database.ownerSql`update account set status = 'active' where status = 'frozen'`;
    await list().getByRole('button', { name: '改一改再记' }).click();
    await page.waitForURL(/award-previews$/);
    expect(await page.locator('input[name=photoIds]').count()).toBe(1);
    await page.getByRole('button', { name: '下一步：看清楚' }).first().click();
    await main()
      .getByRole('button', { name: /\+2 分/ })
      .last()
      .click();
    await page.waitForURL(/\/awards\/[A-Z2-9]{16}$/);
    expect(await countAwards()).toBe(1);
    expect(
      await served.database.ownerSql`select from act where facts ? 'photos' and facts ->> 'times' = '4'`,
    ).toHaveLength(1);
    await page.goto('/uploads');
    await page.getByText('没有待上传的').waitFor();
  });

  test('when the sign-in has ended what waits is kept, and is sent after the same person signs in', async () => {
    await cut();
    await enterAward('赵满仓');
    await served.database.ownerSql`update session set ended_at = now()`;
    await mend();
    await page.goto('/uploads');
    await page.getByText('登录已过期').waitFor();
    expect(await countAwards()).toBe(0);
    await signIn(page, people.manager);
    await expect.poll(countAwards, SOON).toBe(1);
  });

  test('another person on the same machine sees neither pages nor awards, and sends none of them', async () => {
    await page.goto(`${VILLAGE}/cards`);
    await cut();
    await enterAward('赵满仓');
    await served.database.ownerSql`update session set ended_at = now()`;
    await mend();
    await signIn(page, people.supervisor);
    await page.goto('/uploads');
    await page.getByText('另有 1 条是别人记的').waitFor();
    expect(await main().innerText()).not.toContain('赵满仓');
    expect(await countAwards()).toBe(0);
    await cut();
    await page.goto(`${VILLAGE}/cards`);
    await page.getByRole('heading', { name: '没有网络', level: 1 }).waitFor();
    await mend();
    await page.goto(`${VILLAGE}/desk`);
    await page.getByRole('button', { name: '退出' }).click();
    await page.waitForURL('/');
    await signIn(page, people.manager);
    await expect.poll(countAwards, SOON).toBe(1);
  });

  test('nobody signs out while something waits; deleting it is the way out, and then nothing is left', async () => {
    await cut();
    await enterAward('赵满仓');
    await freeze(cards.赵满仓);
    await mend();
    await page.goto(`${VILLAGE}/desk`);
    await page.locator('#connection').getByText('待上传 1 条').waitFor();
    await page.getByRole('button', { name: '退出' }).click();
    await page.waitForURL(/\/uploads\?leaving/);
    await page.getByText('先上传再退出').waitFor();
    await list().getByRole('button', { name: '删掉这一条' }).click();
    await list().getByRole('button', { name: '真的删掉？再按一次' }).click();
    await page.getByText('没有待上传的').waitFor();
    await page.getByRole('button', { name: '退出' }).click();
    await page.waitForURL('/');
    expect(await keptPages(page)).toEqual([]);
  });

  test('signing out leaves no page behind, and what a card’s code opens is never kept', async () => {
    await page.goto(`${VILLAGE}/cards`);
    await expect.poll(() => keptPages(page), SOON).toContain(`${VILLAGE}/cards`);
    const village = await findVillage(served.db.sql, willowCode);
    const token = await cardToken(served.db.sql, village?.villageId ?? 0, cards.赵满仓);
    await page.goto(`/C/${token}`);
    await page.goto(`${VILLAGE}/cards/${cards.赵满仓}`);
    await expect.poll(() => keptPages(page), SOON).toContain(`${VILLAGE}/cards/${cards.赵满仓}`);
    expect(await everythingKept(page)).not.toContain(token);
    await page.getByRole('button', { name: '退出' }).click();
    await page.waitForURL('/');
    expect(await keptPages(page)).toEqual([]);
    expect(await everythingKept(page)).not.toContain('赵满仓');
    await cut();
    await page.goto(`${VILLAGE}/cards`);
    await page.getByRole('heading', { name: '没有网络', level: 1 }).waitFor();
  });

  test('whoever has no worker, or no script, is told what to do instead', async () => {
    const bare = await openVisitor(chromium.browser, served.baseUrl, { width: 360 });
    for (const address of ['/uploads/award', '/uploads']) {
      await bare.page.goto(address);
      const told = bare.page.getByText('这个浏览器在这里存不下名单');
      await told.waitFor();
      expect(await told.innerText()).toContain('到工作台点“加分”来记');
      await bare.page.getByRole('link', { name: '打开首页' }).waitFor();
      // The browser of the tests draws no <noscript>, so it is read as it was sent.
      const sent = await (
        await fetch(`${served.baseUrl}${address}`, { headers: { 'accept-language': 'zh-CN' } })
      ).text();
      expect(/<noscript>(.+?)<\/noscript>/s.exec(sent)?.[1]).toContain('到工作台点“加分”来记');
    }
    expect(bare.faults).toEqual([]);
    await bare.close();
  });
});
