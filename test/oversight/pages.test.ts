import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { keepDonor, recordGift } from '../../src/donations/index.ts';
import { proposeChange } from '../../src/goods/index.ts';
import { closeRound, nominate, openRound } from '../../src/honours/index.ts';
import { deskState } from '../../src/oversight/desk.ts';
import { secondLooks } from '../../src/oversight/second-looks.ts';
import { findVillage } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { publishRecord } from '../../src/publication/index.ts';
import { openStocktake } from '../../src/stocktakes/index.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, townshipCode, willowCode } from '../support/cast.ts';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

const village = `/villages/${willowCode}`;

test('the front page lists every village by township without a sign-in', async () => {
  const browser = await world.browser();
  const { body, statusCode } = await browser.get('/');
  expect(statusCode).toBe(200);
  expect(body).toContain('试验县爱心超市');
  expect(body).toContain('试验乡');
  expect(body).toMatch(/6 户 · 货架 \d 种 · 还没公示/);
  expect(body).toContain(`href="${village}"`);
  expect(findHtmlFaults(body)).toEqual([]);
});

test('a village’s public page names no household and no person', async () => {
  const browser = await world.browser();
  const { body, statusCode } = await browser.get(village);
  expect(statusCode).toBe(200);
  expect(body).toContain('6 户，已开卡 5 户');
  for (const link of ['rules', 'shelf', 'publications', 'acts']) expect(body).toContain(`href="${village}/${link}"`);
  for (const name of [...Object.keys(cards), '钱管理', '孙书记']) expect(body).not.toContain(name);
  expect(findHtmlFaults(body)).toEqual([]);
});

test('the manager’s desk opens four doors, says what waits, and undoes what was done last', async () => {
  const today = villageDay(new Date());
  const villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  const award = { villageId, recordedBy: 1, today, occurredOn: today, idempotencyKey: 'desk', rule: 'AD-LAB-01' };
  const { operationId } = await must(awardPoints(world.db, { ...award, cards: [cards.单小花, cards.曾有田] }));
  const browser = await world.browser(people.manager);
  const { body } = await browser.get(`${village}/desk`);
  for (const door of ['awards/new', 'counter', 'receipts/new', 'cards'])
    expect(body).toContain(`href="${village}/${door}"`);
  expect(body).toContain('1 户还没开卡');
  expect(body).toContain('1 种东西快没了');
  expect(body).toContain(`href="${village}/reversals/new?operation=${operationId}"`);
  expect(body).toMatch(/2 户 [^<]+ <span class="points points-add">\+6/);
  expect(body).not.toContain('publications/new');
  expect(findHtmlFaults(body)).toEqual([]);
});

test('the supervisor’s desk shows the month that waits and the books checked, and posts nothing', async () => {
  const browser = await world.browser(people.supervisor);
  const { body } = await browser.get(`${village}/desk`);
  expect(body).toContain('2026年9月的账');
  expect(body).toContain(`href="${village}/publications/new?month=2026-09"`);
  expect(body.match(/一致/g)?.length).toBe(3);
  expect(body.indexOf('2026年9月的账')).toBeLessThan(body.indexOf('今天要做'));
  for (const door of ['awards/new', 'counter', 'receipts/new', 'reversals/new'])
    expect(body).not.toContain(`${village}/${door}`);
  expect(findHtmlFaults(body)).toEqual([]);
});

test('who may be the second person is told at once what waits for one, and whoever did it is not', async () => {
  const { db } = world;
  const { villageId = 0 } = (await findVillage(db.sql, willowCode)) ?? {};
  const today = villageDay(new Date());
  const [manager] = await db.sql<{ personId: number }[]>`
    select person_id as "personId" from person where username = ${people.manager}`;
  const { personId = 0 } = manager ?? {};
  const asker = { villageId, personId };
  await must(openStocktake(db.sql, { ...asker, kind: 'monthly', secondCounter: '张会计' }));
  await db.sql`update stocktake set state = 'reviewing' where village_id = ${villageId}`;
  const change = { kind: 'price', code: 'GR001', priceCentipoints: 1_000, reason: '两委商量' } as const;
  await must(proposeChange(db.sql, { ...asker, today, change }));
  const person = { name: '郑好心', kind: 'person', appears: 'named', contact: null, username: null, today } as const;
  const { publicId: donor } = await must(keepDonor(db.sql, villageId, person));
  const gift = { step: 'announce', donor, fund: 'donation', wish: '', isThere: true } as const;
  const step = { ...gift, kind: 'money', lines: [], fen: 5_000 } as const;
  await must(recordGift(db, { villageId, recordedBy: personId, today, idempotencyKey: 'money', step }));
  const words = ['1 次盘点数完了，等人记账', '1 件定价或报损等人同意', '1 笔捐赠等第二人验收'];
  for (const [who, sees] of [
    [people.supervisor, true],
    [people.manager, false],
    [people.township, false],
  ] as const) {
    const browser = await world.browser(who);
    const { body } = await browser.get(`${village}/desk`);
    expect([who, findHtmlFaults(body), words.map((word) => body.includes(word))]).toEqual([
      who,
      [],
      words.map(() => sees),
    ]);
  }
  // Who counted along is no second person of that count, and whose appointments let nobody look is told of nothing.
  const [supervisor] = await db.sql<{ personId: number }[]>`
    select person_id as "personId" from person where username = ${people.supervisor}`;
  const looker = { villageId, personId: supervisor?.personId ?? 0 };
  const all = { proposals: true, receipts: true, counts: true, gifts: true };
  expect(await secondLooks(db.sql, { ...looker, may: all })).toMatchObject({ proposals: 1, counts: 1, gifts: 1 });
  await db.sql`
    insert into stocktake_line (village_id, stocktake_id, goods_id, counted, cursor, counted_by)
    select village_id, stocktake_id, (select min(goods_id) from goods where village_id = ${villageId}), 1, 1, ${looker.personId}
      from stocktake
     where village_id = ${villageId}`;
  expect(await secondLooks(db.sql, { ...looker, may: all })).toMatchObject({ proposals: 1, counts: 0, gifts: 1 });
  const none = { proposals: false, receipts: false, counts: false, gifts: false };
  expect(await secondLooks(db.sql, { ...looker, may: none })).toEqual({
    proposals: 0,
    receipts: 0,
    counts: 0,
    gifts: 0,
  });
  await db.sql`update stocktake set state = 'abandoned', closed_by = 1, closed_at = now()`;
});

test('an honour’s own points are no part of what was given to be spent', async () => {
  const { db } = world;
  const { villageId = 0 } = (await findVillage(db.sql, willowCode)) ?? {};
  const today = villageDay(new Date());
  const by = (recordedBy: number, idempotencyKey: string) => ({ villageId, recordedBy, today, idempotencyKey });
  const opening = { kind: 'five_good_family', rule: 'AD-FAM-02', closes: today } as const;
  const round = (await must(openRound(db, { ...by(2, 'round'), ...opening }))).acts[0]?.seq ?? 0;
  const who = { round, number: cards.单小花, member: '', reason: '邻里和睦' };
  const chosen = [(await must(nominate(db, { ...by(1, 'nominated'), ...who }))).acts[0]?.seq ?? 0];
  await must(closeRound(db, { ...by(2, 'chosen'), round, chosen, meeting: '代表会议', mayHandOut: false }));
  const browser = await world.browser(people.supervisor);
  const { body } = await browser.get(`${village}/desk`);
  expect(body).toMatch(/评先进、授荣誉 <span class="points points-add">\+20/);
});

test('an office above reads the desk and is offered nothing that it may not do', async () => {
  const browser = await world.browser(people.township);
  expect((await browser.get(`/regions/${willowCode}`)).statusCode).toBe(303);
  const { body } = await browser.get(`${village}/desk`);
  expect(body).toContain('请提醒第一书记核对、发布');
  for (const act of ['publications/new', 'awards/new', 'reversals/new']) expect(body).not.toContain(act);
});

test('books that disagree are not offered for publication', async () => {
  const { ownerSql } = world.database;
  await ownerSql`update log_head set size = size + 1`;
  const browser = await world.browser(people.supervisor);
  const { body } = await browser.get(`${village}/desk`);
  await ownerSql`update log_head set size = size - 1`;
  expect(body).toContain('公开账本缺了 1 个编号');
  expect(body).toContain('先不要公示');
  expect(body).not.toContain('核对并公示');
});

test('each page speaks three languages', async () => {
  for (const [locale, word] of [
    ['zh-TW', '愛心超市'],
    ['en', 'Love supermarkets of'],
  ] as const) {
    const browser = await world.browser();
    const { body } = await browser.get('/', { 'accept-language': locale });
    expect(body).toContain(`<html lang="${locale}"`);
    expect(body).toContain(word);
  }
  const browser = await world.browser(people.township);
  const { body } = await browser.get(`/regions/${townshipCode}`, { 'accept-language': 'en' });
  expect(body).toContain('shelf empty');
});

test('a month that is still running stands below what today asks for', async () => {
  const { db } = world;
  const { villageId = 0 } = (await findVillage(db.sql, willowCode)) ?? {};
  const today = villageDay(new Date());
  const by = { village: { villageId, code: willowCode, name: '柳树村' }, recordedBy: 2, today };
  for (const month of (await deskState(db.sql, villageId, today)).unpublishedMonths)
    await must(publishRecord(db, { ...by, month, idempotencyKey: `publish-${month}` }));
  const { body } = await (await world.browser(people.supervisor)).get(`${village}/desk`);
  expect(body).toContain('没到月底');
  expect(body.indexOf('今天要做')).toBeLessThan(body.indexOf('没到月底'));
});
