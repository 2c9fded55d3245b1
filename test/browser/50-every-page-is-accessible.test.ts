/**
 * Every page that the server has before axe: on a phone in the largest letters, at a desk, and in the two other languages, in large
 * letters and on a tablet. At the desk html-validate reads what was sent, and each form has a button that needs no script. Nowhere does
 * anything jump, hang over the edge, or the way to the help stand in another place. EVERY_VIEW=1 for each language in each size of
 * letters.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { cardToken, changeHousehold, expirePoints } from '../../src/cards/index.ts';
import { claimsOfOperation, fileObjection, passClaims, postSheet, returnClaim } from '../../src/claims/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { approveProposal, proposeChange, receiveGoods } from '../../src/goods/index.ts';
import { planVisits, recordInspection } from '../../src/inspections/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { LOCALES, type Locale } from '../../src/platform/i18n/locale.ts';
import { recordFinding } from '../../src/problems/index.ts';
import { publishRecord } from '../../src/publication/index.ts';
import { giveReminder } from '../../src/reminders/index.ts';
import { publishSeed } from '../../src/samples/index.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { moveOn, openStocktake, saveCounts } from '../../src/stocktakes/index.ts';
import { TEXT_SIZES, type TextSize } from '../../views/shared/page-context.ts';
import { cards, countyCode, FOUNDED_ON, must, people, poplarCode, townshipCode, willowCode } from '../support/cast.ts';
import { type OpenedChromium, openChromium } from '../support/chromium.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { invalidHtml } from '../support/valid-html.ts';
import { openVisitor, sidewaysScroll, signIn, type Visitor } from '../support/visitor.ts';
import { DONOR, giveAndWish } from './giving-scene.ts';
import { watchShifts } from './hands.ts';
import { honourAndMeet } from './honour-scene.ts';
import { changeHands, keepGoods } from './shop-scene.ts';

const VILLAGE = `/villages/${willowCode}`;
const MONTH = FOUNDED_ON.slice(0, 7);

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const RUN_AXE = `axe.run(document, { runOnly: ${JSON.stringify(TAGS)}, resultTypes: ['violations'] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')))`;

let chromium: OpenedChromium;
let served: ServedApp;
/** Addresses by who looks at them. */
let pages: Record<Looker, string[]>;

type Looker = 'anybody' | 'manager' | 'otherManager' | 'supervisor' | 'township' | 'administrator' | 'donor';

beforeAll(async () => {
  [chromium, served] = await Promise.all([openChromium(), serveApp()]);
  pages = await liveThroughSeptember(served);
});

afterAll(async () => {
  await chromium.close();
  await served.close();
});

const WHO = { anybody: null, ...people, donor: DONOR } as const;

/** Less is what a busy machine draws before it has read a long page to its end. */
const LEAST_JUMP = 0.1;

/** What the server answers that is no page: files, pictures, what programs ask for, what never ends. */
const NO_PAGE =
  /^\/(api|assets|log)\/|^\/(healthz|readyz|sw\.js|manifest\.webmanifest|favicon\.ico|icon-.*|robots\.txt)$|\/(lists|photos|pictures|charts)\/|\.(xlsx|json|txt)$|\/events$|\/awards\/(book|uploads)$/;

test('no page of the server is left out', () => {
  const looked = Object.values(pages).flat();
  // What stands for a place in an address has a figure or a capital in it; of changes the kind is named.
  const asPattern = (url: string) =>
    new RegExp(`^${url.replaceAll(':change', '[a-z]+').replaceAll(/:\w+/g, '[^/?]*[0-9A-Z][^/?]*')}(\\?|$)`);
  const forgotten = served.accessTable
    .filter(({ method, url }) => method === 'GET' && !NO_PAGE.test(url))
    .filter(({ url }) => !looked.some((path) => asPattern(url).test(path)));
  expect(forgotten.map(({ url }) => url)).toEqual([]);
});

type View = [name: string, view: { width: number; height: number; textSize?: TextSize }, locale: Locale];

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };

const VIEWS: View[] = [
  ['on a phone in the largest letters', { ...PHONE, textSize: 'largest' }, 'zh-CN'],
  ['at a desk', DESK, 'zh-CN'],
  ['on a phone in large letters and English', { ...PHONE, textSize: 'large' }, 'en'],
  ['on a tablet in traditional characters', { width: 768, height: 1024 }, 'zh-TW'],
];

/** Each language in each size of letters, on a phone and at a desk: half an hour. */
const EVERY_VIEW = LOCALES.flatMap((locale) =>
  TEXT_SIZES.flatMap((textSize) =>
    [PHONE, DESK].map((room): View => [`${room.width} ${textSize} ${locale}`, { ...room, textSize }, locale]),
  ),
);

describe.each(process.env.EVERY_VIEW ? EVERY_VIEW : VIEWS)('%s', (_, view, locale) => {
  test.each(['anybody', 'manager', 'otherManager', 'supervisor', 'township', 'administrator', 'donor'] as const)(
    'for %s',
    { timeout: 900_000 },
    async (who) => {
      const visitor = await openVisitor(chromium.browser, served.baseUrl, view);
      const shifts: string[] = [];
      await watchShifts(visitor.context, shifts, LEAST_JUMP);
      const username = WHO[who];
      if (username) await signIn(visitor.page, username);
      await visitor.context.addCookies([{ name: 'locale', value: locale, url: served.baseUrl }]);
      const wrong: string[] = [];
      for (const path of pages[who]) {
        for (const fault of await faultsOf(visitor, path, { isAtDesk: view.width > 1000, locale })) {
          wrong.push(`${path} ${fault}`);
        }
      }
      await visitor.close();
      expect([...wrong, ...visitor.faults, ...shifts]).toEqual([]);
    },
  );
});

/** In the page as it was sent: forms that nobody can send without a script. */
const FIND_MUTE_FORMS = `(html) => {
  const sent = new DOMParser().parseFromString(html, 'text/html');
  const sends = 'button:not([type=button]):not([hidden]), input[type=submit]';
  return [...sent.forms]
    .filter((form) => !form.querySelector(sends) && !(form.id && sent.querySelector('button[form="' + form.id + '"]')))
    .map((form) => 'cannot be sent without a script: ' + form.outerHTML.slice(0, 120));
}`;

async function faultsOf(
  { page }: Visitor,
  path: string,
  { isAtDesk, locale }: { isAtDesk: boolean; locale: string },
): Promise<string[]> {
  const answer = await page.goto(path);
  // The policy forbids scripts in the page, not those of the browser's own tools.
  await page.evaluate(axeSource);
  const violations = await page.evaluate<string[]>(RUN_AXE);
  const beyond = await sidewaysScroll(page);
  const spoken = await page.locator('html').getAttribute('lang');
  const helpLinks = await page.locator('header a[href^="/help"]').count();
  // What faces the customer has nothing to press but the voice.
  const isDisplay = path.endsWith('/counter/display');
  const sent = isAtDesk ? ((await answer?.text()) ?? '') : '';
  return [
    ...violations,
    ...(beyond > 0 ? [`can be pushed ${beyond} px sideways`] : []),
    ...(spoken === locale ? [] : [`speaks ${spoken}`]),
    ...(helpLinks === 1 || isDisplay ? [] : [`leads to the help ${helpLinks} times`]),
    ...(isAtDesk ? await invalidHtml(sent) : []),
    ...(isAtDesk ? await page.evaluate<string[]>(`(${FIND_MUTE_FORMS})(${JSON.stringify(sent)})`) : []),
  ];
}

async function liveThroughSeptember({ db, database }: ServedApp): Promise<typeof pages> {
  const village = await findVillage(db.sql, willowCode);
  if (!village) throw new Error('no village');
  const day = { recordedBy: 1, today: FOUNDED_ON, occurredOn: FOUNDED_ON };
  const by = () => ({ ...day, villageId: village.villageId, idempotencyKey: crypto.randomUUID() });
  const award = await must(
    awardPoints(db, { ...by(), rule: 'AD-LAB-01', cards: [cards.赵满仓, cards.单小花, cards.王建国] }),
  );
  await must(awardPoints(db, { ...by(), rule: 'AD-ENV-08', cards: [cards.曾有田] }));
  const lines = [
    { code: 'GR001', quantity: 2 },
    { code: 'WA003', quantity: 1 },
  ];
  const redemption = await must(redeemGoods(db, { ...by(), card: cards.赵满仓, lines }));
  const receipt = await must(
    receiveGoods(db, {
      ...by(),
      source: { kind: 'purchase', name: '试验县粮站' },
      lines: [{ code: 'DA001', quantity: 4 }],
    }),
  );
  const unchecked = await must(
    receiveGoods(db, {
      ...by(),
      source: { kind: 'donation', name: '县慈善会' },
      voucher: 12,
      isCheckedLater: true,
      lines: [{ code: 'DA001', quantity: 4 }],
    }),
  );
  const changing = [...(await keepGoods(db, village.villageId)), ...(await changeHands(db, village.villageId))];
  await goOnInTheShop(db, village.villageId);
  const reminders = await remindSomebody(db, village.villageId);
  await must(publishRecord(db, { village, idempotencyKey: 'first', recordedBy: 1, month: MONTH, today: FOUNDED_ON }));
  const reversal = await must(
    reverseActs(db, { ...by(), which: { operationId: redemption.operationId }, reason: '拿错了货' }),
  );
  await must(publishRecord(db, { village, idempotencyKey: 'second', recordedBy: 1, month: MONTH, today: FOUNDED_ON }));
  const proxy = { relation: 'cadre', name: '周干部' } as const;
  const fetched = { proxy, confirmedBy: ['周一', '周二'] };
  const again = await must(redeemGoods(db, { ...by(), today: '2026-10-02', card: cards.赵满仓, lines, ...fetched }));
  await database.ownerSql`
    insert into card_pin (village_id, household_id, pin_hash, wrong_count, wrong_on)
    select village_id, household_id, '', 5, (now() at time zone 'Asia/Shanghai')::date
      from card
     where number = ${cards.王建国}`;
  // The one that goes on says for an hour that it is alive.
  await database.ownerSql`
    insert into import_run (village_id, import_id, kind, import_key, started_by, state, rows_done, rows_in_all, outcome, heard_of_at)
    values (${village.villageId}, 'RUNNING', 'households', 'a', 1, 'running', 120, 300, null, now() + interval '1 hour'),
           (${village.villageId}, 'DONE', 'goods', 'b', 1, 'done', 3, 3, '{"added":2,"limits":1}', now()),
           (${village.villageId}, 'CANCELLED', 'rules', 'c', 1, 'cancelled', 0, 3, null, now()),
           (${village.villageId}, 'REFUSED', 'rules', 'd', 1, 'refused', 0, 3, '{"refused":"rules_import_changed"}', now())`;
  const [card] = await database.ownerSql<{ token: string }[]>`
    select token
      from card
     where number = ${cards.赵满仓}`;
  const replaced = (await cardToken(db.sql, village.villageId, cards.王建国二)) ?? '';
  const change = { kind: 'replacement', card: cards.王建国二, reason: '折断了' } as const;
  const replacement = await must(changeHousehold(db, { ...by(), change }));
  await must(recordFinding(db, { ...by(), what: '仓库的锁坏了', card: cards.赵满仓 }));
  const visit = { cards: [cards.赵满仓, cards.单小花], people: ['甲', '乙', '丙', '丁'], isDrawn: true };
  await must(planVisits(db, { ...by(), ...visit, due: FOUNDED_ON }));
  const marks = [1, 2, 3].map(() => [2, 2, 2, 0, 1, 1]);
  await must(recordInspection(db, { ...by(), revisit: '2099-01-01', lines: [{ card: cards.赵满仓, marks }] }));
  await must(publishSeed(db, { ...by(), today: '2026-10-02', month: MONTH }));
  const at = (path: string) => `${VILLAGE}${path}`;
  const together = await honourAndMeet(db, village.villageId);
  const claims = await claimInEveryWay(db, village.villageId);
  const giving = await giveAndWish(db, village.villageId);
  const [opening] = await database.ownerSql<{ operationId: string }[]>`
    select operation_id as "operationId"
      from operation
     where village_id = ${village.villageId}
       and kind = 'opening'`;
  return {
    donor: giving.donor,
    otherManager: await endTheYear(db),
    township: ['', '/charts', '/problems'].map((path) => `/regions/${townshipCode}${path}`).concat(at('/waivers')),
    anybody: [
      ...giving.anybody,
      `/regions/${countyCode}/log`,
      '/',
      '/villages',
      '/set-up',
      '/sign-in',
      '/offline',
      '/uploads',
      '/uploads/award',
      '/help',
      `/C/${card?.token}`,
      `/C/${card?.token}/statement`,
      ...['r', 'R'].map((short) => `/${short}/${award.acts[0]?.id}`),
      `/C/${card?.token}/claims/new`,
      `/C/${card?.token}/reservations`,
      `/C/${card?.token}/number`,
      `/C/${card?.token}/objections/new`,
      at('/board'),
      at('/honours'),
      '/C/BROKEN',
      `/C/${replaced}`,
      VILLAGE,
      ...[
        '/settings',
        '/rate',
        '/rules',
        '/rules/check',
        '/rules/AD-LAB-01',
        '/shelf',
        '/shelf/GR001',
        `/publications/${MONTH}/2`,
        `/publications/${MONTH}/2/print`,
        '/acts',
        '/acts/4',
        '/log',
      ].map(at),
    ],
    manager: [
      ...giving.manager,
      ...together.manager.map(at),
      ...['/desk', '/cards', `/cards/${cards.赵满仓}`, '/cards/new', '/awards/new'].map(at),
      '/uploads',
      at('/paper-slips/new'),
      ...['/first-steps', '/awards', '/redemptions', '/reversals', '/receipts/check'].map(at),
      ...['/cards/openings/new', `/cards/openings/${opening?.operationId}`, '/cards/print'].map(at),
      ...['print', 'erasure'].map((part) => at(`/cards/${cards.赵满仓}/${part}`)),
      ...['', '?view=waiting', '?view=posted', '?view=returned', '/new', ...claims].map((path) => at(`/claims${path}`)),
      ...[
        '/settings/change',
        '/settings/change?preset=standard',
        '/rate/change?yuan=1',
        '/roster',
        ...['RUNNING', 'DONE', 'CANCELLED', 'REFUSED'].map((id) => `/imports/${id}`),
      ].map(at),
      ...['/rules', '/rules/new', '/rules/AD-LAB-01/change', '/rule-imports/new'].map(at),
      ...['', '/sheet'].map((part) =>
        at(`/rules/trial${part}?period=${MONTH}&how.AD-LAB-01=change&points.AD-LAB-01=1`),
      ),
      at('/rules/trial?how.AD-LAB-01=change&points.AD-LAB-01=x'),
      ...[`/cards/${cards.单小花}/pin`, `/cards/${cards.王建国}/pin`, '/names'].map(at),
      ...['freezing', 'split', 'merger', 'departure', 'naming', 'correction'].map((kind) =>
        at(`/cards/${cards.赵满仓}/changes/${kind}`),
      ),
      ...[`/household-changes/${replacement.operationId}`, '/expiries/new'].map(at),
      ...[`/cards/${cards.赵满仓}/statement`, `/cards/${cards.赵满仓}/copy`, `/awards/${award.operationId}/slips`].map(
        at,
      ),
      ...[
        `/awards/${award.operationId}`,
        '/goods',
        '/wants',
        '/charts',
        `/years/2026`,
        '/warnings',
        '/receipts/new',
        `/receipts/${receipt.operationId}`,
      ].map(at),
      ...['/receipts', '/goods/GR001', '/goods-proposals', '/stocktakes', '/stocktakes/2', '/stocktakes/2/sheet'].map(
        at,
      ),
      ...[`/counter?card=${cards.王建国}&quantity.GR001=1`, `/counter?card=${cards.单小花}&quantity.GR001=1`].map(at),
      ...[`/counter?card=${cards.曾有田}&quantity.GR001=1`, `/counter?card=${cards.单小花}&quantity.GR005=5`].map(at),
      ...['/counter/display', '/exchange-days/2026-10-02'].map(at),
      ...[`/redemptions/${again.operationId}`, `/redemptions/${again.operationId}/slip`].map(at),
      ...[`/reversals/new?operation=${again.operationId}`, `/reversals/${reversal.operationId}`].map(at),
      ...changing.map(at),
      at('/goods/new'),
      at('/goods-imports/new'),
      ...['/reminders', '/reminders/new', ...reminders].map(at),
      ...['/problems?state=all', '/problems/new', '/inspections', '/inspections/new'].map(at),
      ...[`/inspections/${cards.赵满仓}`, '/inspections/sheets', `/inspections/ratings?month=${MONTH}`].map(at),
    ],
    supervisor: [
      ...together.supervisor.map(at),
      ...['/claims', ...claims.map((path) => `/claims${path}`), '/sheets/new', '/kin'].map(at),
      '/account',
      '/account/pin',
      '/password',
      '/password/changed',
      '/reset',
      '/second-factor',
      ...['/problems/1', '/samples', `/samples/${MONTH}`, `/samples/${MONTH}/sheet`].map(at),
      ...['/desk', '/publications', '/publications/new?month=2026-10', '/verify', '/warnings', '/log'].map(at),
      ...['/goods-proposals', '/first-prices', '/stocktakes/3', `/receipts/${unchecked.operationId}`].map(at),
      ...[`/cards/${cards.赵满仓}/statement?asOf=${FOUNDED_ON}`, `/earned?month=${MONTH}`, '/balances', '/debts'].map(
        at,
      ),
    ],
    administrator: [
      '/charts',
      '/years/2026',
      '',
      '/administration',
      '/problems',
      '/administration/access-settings',
      '/administration/names',
      '/administration/people/1',
      '/administration/people/1/appointments/new',
      '/administration/people/new',
      '/administration/townships/new',
      '/administration/villages/new',
      '/security',
      '/staff',
      '/staff/2',
    ].map((path) => `/regions/${countyCode}${path}`),
  };
}

/** In the other village, where hardly anything has happened, what was not used went with the year. */
async function endTheYear(db: ServedApp['db']): Promise<string[]> {
  const villageId = (await findVillage(db.sql, poplarCode))?.villageId ?? 0;
  const by = (today: string) => ({ villageId, recordedBy: 1, today, idempotencyKey: `year ${today}` });
  await must(changeSettings(db, { ...by('2026-10-02'), wanted: { yearEndExpiry: true }, reason: '代表会议' }));
  const expiry = await must(expirePoints(db, { ...by('2027-01-02'), occurredOn: '2026-12-31' }));
  return [`/expiries/${expiry.operationId}`, '/desk', '/awards', '/redemptions', '/goods', '/problems'].map(
    (path) => `/villages/${poplarCode}${path}`,
  );
}

/** A price that was agreed to and one that waits, a count that was abandoned and one under review. */
async function goOnInTheShop(db: ServedApp['db'], villageId: number): Promise<void> {
  const asker = { villageId, personId: 1 };
  const change = { kind: 'price', code: 'GR001', priceCentipoints: 900, reason: '两委商量' } as const;
  const { proposalId } = await must(proposeChange(db.sql, { ...asker, today: FOUNDED_ON, change }));
  await must(approveProposal(db, { villageId, proposalId, recordedBy: 2, today: FOUNDED_ON }));
  await must(proposeChange(db.sql, { ...asker, today: FOUNDED_ON, change: { ...change, code: 'WA003' } }));
  const open = () => openStocktake(db.sql, { ...asker, kind: 'monthly', secondCounter: '李会计' });
  const first = await must(open());
  await must(moveOn(db.sql, { ...asker, ...first }, 'abandon'));
  const second = await must(open());
  const counts = await db.sql<{ code: string; counted: number }[]>`
    select code,
           sum(quantity_on_hand)::integer + 1 as counted
      from stock_lot
      join goods using (village_id, goods_id)
     where village_id = ${villageId}
     group by code`;
  await must(saveCounts(db.sql, { ...asker, ...second, counts: [...counts] }));
  await must(moveOn(db.sql, { ...asker, ...second }, 'review'));
}

/** A reminder that stands: its page and its slip. */
async function remindSomebody(db: ServedApp['db'], villageId: number): Promise<string[]> {
  const by = () => ({ villageId, recordedBy: 1, today: villageDay(new Date()), idempotencyKey: crypto.randomUUID() });
  await must(changeSettings(db, { ...by(), wanted: { reminderDays: 7 }, reason: '代表会议' }));
  const reminder = { number: cards.赵满仓, rule: 'AD-ENV-08', note: '把门口清干净' };
  const { acts } = await must(giveReminder(db, { ...by(), ...reminder }));
  return ['', '/slip'].map((path) => `/reminders/${acts[0]?.seq}${path}`);
}

/** A line that waits, one that hangs on the board and is doubted, one to be posted, and one that was returned. */
async function claimInEveryWay(db: ServedApp['db'], villageId: number): Promise<string[]> {
  const today = villageDay(new Date());
  const by = () => ({ villageId, today, idempotencyKey: crypto.randomUUID() });
  await must(changeSettings(db, { ...by(), wanted: { reviewsEachAward: true }, reason: '代表会议', recordedBy: 1 }));
  const awarded = { rule: 'AD-LAB-01', occurredOn: today, note: '清水渠', recordedBy: 1 };
  const numbers = [cards.赵满仓, cards.单小花, cards.曾有田, cards.王建国];
  const { operationId } = await must(awardPoints(db, { ...by(), ...awarded, cards: numbers }));
  const ids = (await claimsOfOperation(db.sql, villageId, operationId)).map(({ claimId }) => claimId);
  const [posted = '', returned = '', ready = ''] = ids;
  const word = { personName: '周评议', mayHandOut: false };
  const agree = (claimIds: string[], step: 'group' | 'committee', personId: number) =>
    must(passClaims(db, { ...by(), ...word, claimIds, step, personId }));
  await agree([posted, ready], 'group', 2);
  await agree([posted], 'committee', 3);
  await must(postSheet(db, { ...by(), claimIds: [posted], personId: 4 }));
  await must(fileObjection(db, { ...by(), claimId: posted, reason: '那天没来', recordedBy: 1 }));
  await agree([ready], 'committee', 3);
  await must(returnClaim(db, { ...by(), claimId: returned, reason: '说明不清', steps: ['group'], personId: 2 }));
  return ids.map((id) => `/${id}`);
}
