/**
 * G2, G6 and G14: points for a whole group, for 30 of 300 by taps, by initials, by a pasted list and by scanned cards, each within its
 * taps and keys; and all of it undone in two. Four ways: as it is, without JavaScript, in the largest letters on a phone, and with the
 * last press doubled.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { cards, FOUNDED_ON, must, people, willowCode } from '../support/cast.ts';
import { type OpenedChromium, openChromium } from '../support/chromium.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { openVisitor, sidewaysScroll, signIn, type Visitor } from '../support/visitor.ts';
import { checkWorld } from '../support/world.ts';
import { type CrowdedHousehold, fillWithPeople, shortestWay } from './crowded-village.ts';
import { WAYS } from './four-ways.ts';
import { type Hands, openHands, valuesOf, watchShifts } from './hands.ts';

const VILLAGE = `/villages/${willowCode}`;
/** Less is what a busy machine draws before it has read a long page to its end. */
const LEAST_JUMP = 0.1;

/** In the order in which they are offered: the one that was used last comes first. */
const RULES = ['AD-LAB-01', 'AD-ENV-02'];

let chromium: OpenedChromium;

beforeAll(async () => {
  chromium = await openChromium();
});

afterAll(() => chromium.close());

describe.each(WAYS)('%s', { timeout: 180_000 }, (way, { view, hasScript, isDoubled }) => {
  let served: ServedApp;
  let visitor: Visitor;
  let hands: Hands;
  let crowd: CrowdedHousehold[];
  let before: number;
  const shifts: string[] = [];

  beforeAll(async () => {
    served = await serveApp();
    crowd = await fillWithPeople(served.db);
    visitor = await openVisitor(chromium.browser, served.baseUrl, view);
    if (hasScript) await watchShifts(visitor.context, shifts, LEAST_JUMP);
    await signIn(visitor.page, people.manager);
    await useRules();
  });

  /** Rules that were used lately are buttons. Each test has households of its own, so that nobody has a rule twice on one day. */
  async function useRules(): Promise<void> {
    const village = await findVillage(served.db.sql, willowCode);
    for (const rule of [...RULES].reverse()) {
      const day = { today: FOUNDED_ON, occurredOn: FOUNDED_ON, recordedBy: 1, idempotencyKey: rule };
      await must(awardPoints(served.db, { ...day, villageId: village?.villageId ?? 0, rule, cards: [cards.曾有田] }));
    }
  }

  afterAll(async () => {
    await checkWorld(served.database.ownerSql);
    await visitor.close();
    await served.close();
  });

  beforeEach(async () => {
    before = await operations();
    await page().goto(`${VILLAGE}/awards/new`);
    // What is pressed before the script listens is lost, to a person too; who sees the page has seconds.
    if (hasScript) await page().locator('#award-form[data-ready]').waitFor();
    hands = openHands(page(), { hasScript });
  });

  afterEach(({ task }) => {
    console.log(`${task.name}, ${way}: ${JSON.stringify(hands.counted)}, median answer ${hands.medianMs()} ms`);
  });

  const page = () => visitor.page;
  const main = () => page().getByRole('main');
  const recentRule = (place = 0) => main().locator('#rule-choices input[name=rule]').nth(place);
  const ready = () => page().locator('#award-bar[data-state="ready"]').waitFor();
  /** Without a script the page comes back with one more of them ticked. */
  const chosen = (count: number) =>
    (hasScript ? page().locator('#award-chips') : main())
      .getByText(`已选 ${count} 户`, { exact: true })
      .first()
      .waitFor();
  const undecided = (count: number) => page().getByText(`还有 ${count} 处要您定一下`).waitFor();
  const ruleNext = (place: number) => main().locator('button[name=nextRule]').nth(place);

  async function operations(): Promise<number> {
    const [counted] = await served.database.ownerSql<{ count: number }[]>`
      select count(*)::integer as count from operation where kind in ('award', 'reversal')`;
    return counted?.count ?? 0;
  }

  /** The press that records, after the page has said the amount and every balance; at most one row comes of it. */
  async function confirm(count: number, by: 'tap' | 'key' = 'tap'): Promise<void> {
    if (hasScript) await hands.timed(ready);
    const button = main().getByRole('button', { name: new RegExp(`^给 ${count} 户各 \\+\\S+ 分，共 \\S+ 分`) });
    await button.waitFor();
    expect(await main().innerText()).toMatch(/100\s*→[^0-9]*10[23]/);
    if (by === 'key' && !hasScript) await hands.alt('9');
    else if (by === 'key') await (isDoubled ? hands.pressTwice('F9') : hands.press('F9'));
    else await (isDoubled ? hands.tapTwice(button) : hands.tap(button));
    await hands.timed(() => page().waitForURL(/\/awards\/[A-Z2-9]{16}$/));
    await main()
      .getByText(new RegExp(`给 ${count} 户各`))
      .first()
      .waitFor();
    expect(await operations()).toBe(before + 1);
  }

  test('G2a: a whole group in at most 4 taps', async () => {
    await hands.tap(recentRule());
    await hands.tap(page().getByRole('checkbox', { name: /^东头组/ }));
    await goOn();
    await confirm(53);
    expect(hands.counted.taps).toBeLessThanOrEqual(4);
    expect(hands.counted.keys).toBe(0);
  });

  test('G6: all of it undone in 2 taps, without proving anew who it is', async () => {
    await page().goto(`${VILLAGE}/awards`);
    await main().locator('a.household').first().click();
    await served.database.ownerSql`update session set proved_at = now() - interval '1 hour'`;
    await hands.tap(main().getByText('撤销整批'));
    const button = main().getByRole('button', { name: /^撤销 53 户，共 −\S+ 分/ });
    expect(await main().innerText()).toMatch(/10\d → 10\d 分/);
    await (isDoubled ? hands.tapTwice(button) : hands.tap(button));
    await hands.timed(() => page().waitForURL(/\/reversals\/[A-Z2-9]{16}$/));
    expect(await operations()).toBe(before + 1);
    expect(hands.counted.taps).toBe(2);
  });

  test('G2b: 30 of 300 by list in at most 33 taps and no change of page', async () => {
    await hands.tap(recentRule());
    // Without a script the list stands open.
    if (hasScript) await hands.tap(page().getByText('一户一户地勾'));
    for (const { number } of crowd.slice(100, 130)) {
      await hands.tap(page().locator(`input[name=cards][value="${number}"]`));
    }
    if (hasScript) await chosen(30);
    expect(new URL(page().url()).pathname).toBe(`${VILLAGE}/awards/new`);
    await goOn();
    await confirm(30);
    expect(hands.counted.taps).toBeLessThanOrEqual(33);
  });

  /** Without a script everything is seen on the next page. */
  async function goOn(): Promise<void> {
    if (!hasScript) await hands.tap(main().getByRole('button', { name: '下一步：看清楚' }));
  }

  test('G2c: 30 of 300 by initials in at most 130 keys and no mouse', async () => {
    const wanted = crowd.slice(0, 90).filter((_, place) => place % 3 === 0);
    let wasFirst = 0;
    if (hasScript) {
      await hands.press('F2');
      await hands.type('ywld');
      await hands.press('Enter');
      await page().locator('input[name=rule]:focus, #household-code:focus').waitFor();
      if ((await page().locator('#household-code:focus').count()) === 0) await hands.press('Enter');
    } else {
      await page().locator('#rule-query:focus').waitFor();
      await hands.type('ldb');
      await hands.press('Enter');
    }
    for (const [place, household] of wanted.entries()) {
      const { number, headName } = household;
      await page().locator('#household-code:focus').waitFor();
      await hands.type(shortestWay(crowd, household));
      wasFirst += await (hasScript ? chooseOffered(number, headName) : chooseAsked(number, place + 1));
      if (place % 10 === 9) await hands.timed(() => chosen(place + 1));
    }
    console.log(`the one that was meant stood first ${wasFirst} times of ${wanted.length}`);
    await confirm(30, 'key');
    expect(hands.counted.keys).toBeLessThanOrEqual(130);
    expect(hands.counted.taps).toBe(0);
  });

  /** Enter takes the one with the arrow; further down it is reached by the arrow keys. Answers 1 where the first was meant. */
  async function chooseOffered(number: string, headName: string): Promise<number> {
    const offered = await page().locator('#household-candidates button').allInnerTexts();
    const place = offered.findIndex((words) => words.includes(headName) && words.endsWith(number.slice(-4)));
    expect(place, `${headName} among ${offered.join(' | ')}`).toBeGreaterThanOrEqual(0);
    for (let step = 0; step < place; step += 1) await hands.press('ArrowDown');
    await hands.press('Enter');
    return place === 0 ? 1 : 0;
  }

  /** Enter asks the server, which ticks the one that is meant, or asks back with the cursor on the first that fits. */
  async function chooseAsked(number: string, count: number): Promise<number> {
    await hands.press('Enter');
    const offered = page().locator('#household-candidates button');
    await offered
      .or(main().getByText(`已选 ${count} 户`, { exact: true }))
      .first()
      .waitFor();
    if ((await offered.count()) === 0) return 1;
    const values = await valuesOf(offered);
    expect(values).toContain(number);
    await page().locator('#household-candidates button:focus').waitFor();
    for (let step = 0; step < values.indexOf(number); step += 1) await hands.press('Tab');
    await hands.press('Enter');
    await chosen(count);
    return values[0] === number ? 1 : 0;
  }

  test('G2d: a pasted 接龙 or column in 3 actions and one for each name that is not clear', async () => {
    const named = crowd.slice(200, 228).map(({ headName }, place) => `${place + 1}. ${headName}`);
    const list = ['#接龙', '周六清理水渠', ...named, '29. 王建国', '30. 胡不在'].join('\n');
    if (hasScript) {
      await hands.tap(recentRule());
      await hands.paste(page().locator('#household-code'), list);
    } else {
      await hands.paste(page().getByRole('textbox', { name: '粘贴名单' }), list);
      await hands.tap(ruleNext(0));
    }
    await undecided(2);
    // What only a person can decide stands before everything else.
    const asked = main().locator('fieldset', { has: page().locator('[data-answer]') });
    expect(await asked.allInnerTexts()).toEqual([expect.stringContaining('王建国'), expect.stringContaining('胡不在')]);
    await hands.tap(asked.nth(0).getByRole('button').first());
    await undecided(1);
    await hands.tap(asked.nth(0).getByRole('button', { name: '这一行不记' }));
    await confirm(29);
    const { taps, pastes, keys } = hands.counted;
    expect(taps + pastes + keys).toBe(3 + 2);
  });

  test('G2e: 30 scanned cards, then one press', async () => {
    const scanned = crowd.slice(240, 270);
    // From what was recorded last, by the same rule, straight to the field for scanning.
    await page().goto(`${VILLAGE}/awards`);
    await main().locator('a.household').first().click();
    await main().getByRole('link', { name: '按这一条再记' }).click();
    if (hasScript) await page().locator('#award-form[data-ready]').waitFor();
    await page().locator('#household-code:focus').waitFor();
    for (const [place, { number }] of scanned.entries()) {
      await hands.scan(place % 2 === 0 ? number : await linkOf(number));
      if (!hasScript || place % 5 === 4) await hands.timed(() => chosen(place + 1));
    }
    await confirm(30, hasScript ? 'key' : 'tap');
    const { scans, keys, taps } = hands.counted;
    expect({ scans, pressed: keys + taps }).toEqual({ scans: 30, pressed: 1 });
  });

  async function linkOf(number: string): Promise<string> {
    const [card] = await served.database.ownerSql<{ token: string }[]>`select token from card where number = ${number}`;
    return `${served.baseUrl}/C/${card?.token}`.toUpperCase();
  }

  test('a single household is told what it has afterwards, in the button itself', async () => {
    await hands.tap(recentRule());
    if (hasScript) await hands.tap(page().getByText('一户一户地勾'));
    await hands.tap(page().locator(`input[name=cards][value="${crowd[290]?.number}"]`));
    if (hasScript) await ready();
    await goOn();
    await main()
      .getByRole('button', { name: new RegExp(`^给${crowd[290]?.headName} \\+\\S+ 分，之后 10\\d(\\.5)? 分`) })
      .waitFor();
    if (!view.javaScriptEnabled) expect(await sidewaysScroll(page())).toBe(0);
  });

  // The last of them, for nearly everybody of that group has points by its rule afterwards.
  test('G2a: a whole group of which one has no card yet, and it is still 4 taps', async () => {
    if (hasScript) await hands.tap(recentRule(1));
    await hands.tap(page().getByRole('checkbox', { name: /^西头组/ }));
    if (!hasScript) await hands.tap(ruleNext(1));
    await main().getByText('还没有开卡').waitFor();
    await hands.tap(main().getByRole('button', { name: '这 1 户不记，其余的照记' }));
    await confirm(52);
    expect(hands.counted).toMatchObject({ taps: 4, keys: 0 });
  });

  test.runIf(hasScript)(
    'what was left is offered where nothing has to make room for it, on a slow machine, too',
    async () => {
      await hands.tap(recentRule());
      await page().locator('input[name=note]').fill('清水渠');
      const slow = await visitor.context.newCDPSession(page());
      await slow.send('Emulation.setCPUThrottlingRate', { rate: 6 });
      for (let time = 0; time < 3; time += 1) {
        await page().goto(`${VILLAGE}/awards/new`);
        await page().locator('#award-form[data-ready]').waitFor();
        expect(await page().getByRole('button', { name: '接着填' }).isVisible()).toBe(true);
      }
      await slow.detach();
      await page().getByRole('button', { name: '不要了' }).click();
      expect(await page().getByRole('button', { name: '接着填' }).isVisible()).toBe(false);
    },
  );

  test('met no fault on the way, and nothing jumped', () => {
    expect(visitor.faults).toEqual([]);
    expect(shifts).toEqual([]);
  });
});
