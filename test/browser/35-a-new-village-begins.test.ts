/** A village that was founded this morning: from the office's list to the first points, led by the box on the desk. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { firstSteps, foundVillage } from '../../src/oversight/index.ts';
import { appoint, findRegion, findVillage, hashPassword } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { publishRecord } from '../../src/publication/index.ts';
import { cards, FOUNDED_ON, must, PASSWORD, people, townshipCode, willowCode } from '../support/cast.ts';
import { type OpenedChromium, openChromium } from '../support/chromium.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { openVisitor, sidewaysScroll, signIn } from '../support/visitor.ts';
import { checkWorld } from '../support/world.ts';

const CODE = '990100001077';
const VILLAGE = `/villages/${CODE}`;

let chromium: OpenedChromium;
let served: ServedApp;

beforeAll(async () => {
  [chromium, served] = await Promise.all([openChromium(), serveApp()]);
});

afterAll(async () => {
  await chromium.close();
  await served.close();
});

const today = villageDay(new Date());

async function found(): Promise<number> {
  const township = await findRegion(served.db.sql, townshipCode);
  const passwordHash = await hashPassword(PASSWORD);
  const [terms] = await served.database.ownerSql<{ opening: number; rate: number }[]>`
    select opening_centipoints as opening,
           fen_per_point as rate
      from village_terms
     limit 1`;
  return served.db.sql.begin(async (tx) => {
    const village = await foundVillage(tx, {
      code: CODE,
      name: '新开村',
      townshipId: township?.regionId ?? 0,
      isMadeUp: true,
      groups: ['上组', '下组'],
      terms: { openingCentipoints: terms?.opening ?? 0, fenPerPoint: terms?.rate ?? 0 },
      recordedBy: 1,
      foundedOn: today,
    });
    if ('refused' in village) throw new Error(village.refused);
    const { villageId } = village;
    const draft = { displayName: '何管理', role: 'manager', regionId: villageId, startsOn: today } as const;
    await appoint(tx, { ...draft, username: 'beginner', mustChangePassword: false }, passwordHash);
    return villageId;
  });
}

async function appointSecond(regionId: number): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD);
  const draft = { displayName: '田书记', role: 'supervisor', regionId, startsOn: today } as const;
  await served.db.sql.begin((tx) =>
    appoint(tx, { ...draft, username: 'beginner-second', mustChangePassword: false }, passwordHash),
  );
}

test('the box leads from the list to the first points, and folds away where all is done', {
  timeout: 120_000,
}, async () => {
  const villageId = await found();
  const visitor = await openVisitor(chromium.browser, served.baseUrl, { width: 360, height: 740 });
  const { page } = visitor;
  await signIn(page, 'beginner');
  const box = page.locator('.panel', { hasText: '开张六步' });
  const main = page.getByRole('main');
  const next = async (name: string) => {
    await page.goto(`${VILLAGE}/desk`);
    await box.getByRole('link', { name, exact: true }).click();
    await page.waitForLoadState();
  };

  expect(await box.innerText()).toContain('做好 0 步，共 6 步');
  await box.getByRole('link', { name: '看全部六步' }).click();
  await page.waitForLoadState();
  expect(await main.locator('img').count()).toBe(6);
  expect(await sidewaysScroll(page)).toBe(0);

  await next('导入花名册');
  const roster = '户主姓名,小组,家庭人口\n何一,上组,3\n何二,上组,2\n何三,下组,4\n';
  await page.getByLabel('花名册文件').setInputFiles({
    name: '花名册.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(roster),
  });
  await main.getByRole('button', { name: '下一步：看清楚' }).click();
  await main.getByRole('button', { name: '登记这 3 户' }).click();
  await page.getByText('登记了 3 户').waitFor();

  await next('给住户开卡');
  for (const box of await main.getByRole('checkbox').all()) await box.check();
  await main.getByRole('button', { name: '下一步：核对' }).click();
  await main.getByRole('button', { name: /^给 3 户各/ }).click();
  await page.waitForURL(/\/cards\/openings\/[A-Z2-9]{16}$/);

  await next('进货');
  await page.getByRole('radio', { name: '捐赠' }).check();
  await page.getByLabel('捐赠人或商店').fill('县城好心粮油店');
  const row = page.getByRole('group', { name: '第 1 样' });
  await row.getByLabel('货名或条码').fill('WA003');
  await row.getByLabel('数量').fill('6');
  await main.getByRole('button', { name: '下一步：核对' }).click();
  await main.getByRole('button', { name: /^确认进货/ }).click();
  await page.waitForURL(/\/receipts\/[A-Z2-9]{16}$/);

  await next('怎么请第二个人');
  expect(await main.innerText()).toContain('给第一书记或监督员开账号');
  await appointSecond(villageId);

  await next('加分');
  await page.getByRole('radio', { name: /^义务劳动半天/ }).check();
  await page.getByRole('checkbox', { name: '上组' }).check();
  await main.getByRole('button', { name: '下一步：看清楚' }).first().click();
  await main
    .getByRole('button', { name: /^给 2 户各/ })
    .last()
    .click();
  await page.waitForURL(/\/awards\/[A-Z2-9]{16}$/);

  await page.goto(`${VILLAGE}/desk`);
  expect(await box.innerText()).toContain('做好 5 步，共 6 步');
  await checkWorld(served.database.ownerSql);
  expect(visitor.faults).toEqual([]);
  await visitor.close();
});

test('a village that has done everything sees no box', { timeout: 60_000 }, async () => {
  const willow = await findVillage(served.db.sql, willowCode);
  const villageId = willow?.villageId ?? 0;
  const by = { villageId, recordedBy: 1, today: FOUNDED_ON };
  await must(
    awardPoints(served.db, {
      ...by,
      idempotencyKey: 'first',
      occurredOn: FOUNDED_ON,
      rule: 'AD-LAB-01',
      cards: [cards.赵满仓],
    }),
  );
  expect(await firstSteps(served.db.sql, villageId, FOUNDED_ON)).toMatchObject({ award: true, notice: false });
  if (!willow) throw new Error('no village');
  const month = FOUNDED_ON.slice(0, 7);
  await must(
    publishRecord(served.db, { village: willow, idempotencyKey: 'n', recordedBy: 2, month, today: FOUNDED_ON }),
  );
  expect(await firstSteps(served.db.sql, villageId, FOUNDED_ON)).toBeNull();
  const visitor = await openVisitor(chromium.browser, served.baseUrl);
  await signIn(visitor.page, people.manager);
  expect(await visitor.page.locator('.panel', { hasText: '开张六步' }).count()).toBe(0);
  await visitor.close();
});
