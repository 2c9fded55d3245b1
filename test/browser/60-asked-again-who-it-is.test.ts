/** Somebody comes back to an open page after a while and presses: asked who it is, nothing is typed twice. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { cards, FOUNDED_ON, must, PASSWORD, people, willowCode } from '../support/cast.ts';
import { type OpenedChromium, openChromium } from '../support/chromium.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { openVisitor, SCRIPTING, sidewaysScroll, signIn } from '../support/visitor.ts';

let chromium: OpenedChromium;
let served: ServedApp;

beforeAll(async () => {
  [chromium, served] = await Promise.all([openChromium(), serveApp()]);
});

afterAll(async () => {
  await chromium.close();
  await served.close();
});

describe.each(SCRIPTING)('%s', (_, javaScriptEnabled) => {
  test('a reversal waits for the password and goes on with the same press', { timeout: 60_000 }, async () => {
    const { db, database } = served;
    const village = await findVillage(db.sql, willowCode);
    const award = await must(
      awardPoints(db, {
        villageId: village?.villageId ?? 0,
        recordedBy: 1,
        today: FOUNDED_ON,
        occurredOn: FOUNDED_ON,
        idempotencyKey: crypto.randomUUID(),
        rule: 'AD-LAB-01',
        cards: [javaScriptEnabled ? cards.单小花 : cards.王建国],
      }),
    );
    const visitor = await openVisitor(chromium.browser, served.baseUrl, { javaScriptEnabled, width: 360, height: 740 });
    const { page } = visitor;
    await signIn(page, people.manager);
    await page.goto(`/villages/${willowCode}/reversals/new?seq=${award.acts[0]?.seq}`);
    await page.getByLabel('其他', { exact: true }).check();
    await page.locator('input[name=otherReason], textarea[name=otherReason]').fill('对错了人');
    await database.ownerSql`update session set proved_at = now() - interval '1 hour'`;
    await page.locator('main form[action$="/reversals"] button[type=submit]').last().click();

    await page.getByRole('heading', { name: '请再证明一次是您本人' }).waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
    await page.getByLabel('您的密码').fill('not my password');
    await page.getByRole('button', { name: '确认是我，接着办' }).click();
    await page.getByText('还可以再试').first().waitFor();
    await page.getByLabel('您的密码').fill(PASSWORD);
    await page.getByRole('button', { name: '确认是我，接着办' }).click();
    await page.waitForURL(/\/reversals\/[A-Z2-9]{16}$/);
    const kept = await database.ownerSql`select from disclosure where openings::text like '%对错了人%'`;
    expect(kept).toHaveLength(javaScriptEnabled ? 1 : 2);
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });
});
