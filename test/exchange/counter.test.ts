import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cardByNumber, cardToken } from '../../src/cards/index.ts';
import { receiveGoods, shelf } from '../../src/goods/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, must, people, poplarCode, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const counter = `/villages/${willowCode}/counter`;
const today = villageDay(new Date());
const redemptions = `/villages/${willowCode}/redemptions`;
/** Soap at 3 points: twenty in the cast, without a use-by day. */
const SOAP = 'quantity.WA003';
/** The one kettle, 20 points. */
const KETTLE = 'quantity.AP001';

let world: TestApp;
let till: TestBrowser;
let otherTill: TestBrowser;
let villageId: number;

beforeAll(async () => {
  world = await createTestApp();
  till = await world.browser(people.manager);
  otherTill = await world.browser(people.manager);
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
});

afterAll(() => world.close());

/** What a browser without a script would ask for after a press in the form. */
function step(query: Record<string, string>): Promise<Awaited<ReturnType<TestBrowser['get']>>> {
  return till.get(`${counter}?${new URLSearchParams(query)}`);
}

/** The basket that the confirmation of this page would post. */
function confirmation(html: string): Record<string, string> {
  const form = /<form[^>]*id="confirmation"[\s\S]*?<\/form>/.exec(html)?.[0] ?? '';
  return Object.fromEntries(
    [...form.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
}

const balanceOf = async (number: string) => (await cardByNumber(world.db.sql, villageId, number))?.balanceCentipoints;

describe('choosing who and what', () => {
  test.each([
    ['the number of the card', cards.赵满仓],
    ['pinyin initials', 'zmc'],
    ['the name', '赵满仓'],
    ['the name with a space', '赵 满仓'],
    ['the end of the number', '0001'],
  ])('%s chooses a household, and the address holds it', async (_, code) => {
    const answer = await step({ code });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe(`${counter}?card=${cards.赵满仓}`);
  });

  test('a scanned card chooses its household, keeps the basket, and its token stays in no address', async () => {
    const token = await cardToken(world.db.sql, villageId, cards.赵满仓);
    const answer = await step({ code: `HTTPS://SHOP.EXAMPLE/C/${token}`, card: cards.单小花, [SOAP]: '2' });
    expect(answer.headers.location).toBe(`${counter}?card=${cards.赵满仓}&${SOAP}=2`);
  });

  test('namesakes are offered with their groups; the press chooses', async () => {
    const page = await step({ code: 'wjg', [SOAP]: '1' });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain(`name="pick" value="${cards.王建国}"`);
    expect(page.body).toContain(`name="pick" value="${cards.王建国二}"`);
    expect(findHtmlFaults(page.body)).toEqual([]);
    const answer = await step({ pick: cards.王建国二, code: '', [SOAP]: '1' });
    expect(answer.headers.location).toBe(`${counter}?card=${cards.王建国二}&${SOAP}=1`);
  });

  test.each([
    ['goods code', 'WA003', '3'],
    ['multiplied', '4*wa003', '6'],
    ['name', '洗洁精', '3'],
  ])('%s adds to the line that is there', async (_, code, quantity) => {
    expect((await step({ code, [SOAP]: '2' })).headers.location).toBe(`${counter}?${SOAP}=${quantity}`);
  });

  test('so does the barcode', async () => {
    const soap = (await shelf(world.db.sql, villageId, today)).find(({ code }) => code === 'WA003');
    expect((await step({ code: `3*${soap?.barcode}`, [SOAP]: '2' })).headers.location).toBe(`${counter}?${SOAP}=5`);
  });

  test('goods that sound alike are offered, with the number asked for', async () => {
    const page = await step({ code: '3*dm' });
    expect(page.body).toContain('name="pick" value="3*GR001"');
    expect(page.body).toContain('name="pick" value="3*GR002"');
  });

  test('plus, minus, a set number and a typed number, all by plain addresses', async () => {
    expect((await step({ step: '+WA003' })).headers.location).toBe(`${counter}?${SOAP}=1`);
    expect((await step({ step: '-WA003', [SOAP]: '1' })).headers.location).toBe(counter);
    expect((await step({ step: '=5*WA003', [SOAP]: '9' })).headers.location).toBe(`${counter}?${SOAP}=5`);
    expect((await step({ [SOAP]: '３', code: '' })).body).toContain('9 分');
  });

  test.each([
    ['nothing of that name', 'qqqq', '没有找到“qqqq”'],
    ['a card of another village', cards.周外村, '别的村的卡'],
    ['an unknown card', '0010019999', '没有卡号 0010019999'],
    ['a broken card', 'ABCDEFGHJKLMNPQRSTUVWXYZ23', '二维码不对'],
  ])('%s is said, and the basket stays', async (_, code, words) => {
    const page = await step({ code, card: cards.赵满仓, [SOAP]: '2' });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain(words);
    expect(page.body).toContain('赵满仓');
    expect(confirmation(page.body)).toMatchObject({ card: cards.赵满仓, [SOAP]: '2' });
  });

  test('the token of a card of another village chooses nobody', async () => {
    const poplar = await findVillage(world.db.sql, poplarCode);
    const token = await cardToken(world.db.sql, poplar?.villageId ?? 0, cards.周外村);
    const page = await step({ code: token ?? '' });
    expect(page.body).toContain('别的村的卡');
    expect(page.body).not.toContain('周外村');
  });

  test('a card that is not open can be looked at, not used', async () => {
    const page = await step({ card: cards.李未开, [SOAP]: '1' });
    expect(page.body).toContain('还没有开卡');
    expect(confirmation(page.body)).toEqual({});
  });

  test('htmx gets the region alone, with the address to show', async () => {
    const part = await till.get(`${counter}?code=${cards.赵满仓}&${SOAP}=1`, {
      'hx-request': 'true',
      'hx-request-type': 'partial',
    });
    expect(part.statusCode).toBe(200);
    expect(part.headers['hx-push-url']).toBe(`${counter}?card=${cards.赵满仓}&${SOAP}=1`);
    expect(part.headers.vary).toContain('HX-Request');
    expect(part.body).toMatch(/^<div class="counter" id="counter">/);
  });
});

describe('what does not fit', () => {
  test('the exact gap, and what could stay on the shelf', async () => {
    const page = await step({ card: cards.赵满仓, [SOAP]: '20', [KETTLE]: '1', 'quantity.GR001': '3' });
    expect(page.body).toContain('还差 8.5 分');
    expect(page.body).toContain('少换 洗洁精 3 瓶，或者少换 大米 1 袋，或者少换 电热水壶 1 台，就够了。');
    expect(confirmation(page.body)).toEqual({});
  });

  test('how many are left, and a press that takes those', async () => {
    const page = await step({ card: cards.赵满仓, [SOAP]: '21' });
    expect(page.body).toContain('只剩 20 瓶');
    expect(page.body).toContain('name="step" value="=20*WA003"');
    expect(confirmation(page.body)).toEqual({});
  });

  test('a number that is none comes back as it was typed', async () => {
    const page = await step({ card: cards.赵满仓, [SOAP]: '1.5' });
    expect(page.body).toContain('“1.5”不对');
    expect(page.body).toContain('value="1.5"');
    expect(confirmation(page.body)).toEqual({});
  });
});

describe('the press that counts', () => {
  test('says the amount and what is left, answers under its own address, twice the same', async () => {
    const page = await step({ card: cards.赵满仓, [SOAP]: '2', 'quantity.GR001': '1' });
    expect(page.body).toContain('确认兑换 15.5 分，剩余 84.5 分');
    const posted = confirmation(page.body);
    const [first, second] = await Promise.all([till.submit(redemptions, posted), till.submit(redemptions, posted)]);
    expect(first.statusCode).toBe(303);
    expect(second.headers.location).toBe(first.headers.location);
    expect(await balanceOf(cards.赵满仓)).toBe(8450);
    await checkWorld(world.database.ownerSql);

    const done = await till.get(first.headers.location ?? '');
    expect(done.body).toContain('赵满仓：洗洁精 2 瓶、大米 1 袋，用 15.5 分，剩 84.5 分');
    expect(done.body).toMatch(/公开账本第 \d+ 号/);
    expect(done.body).toContain(`/reversals/new?operation=${first.headers.location?.split('/').at(-1)}`);
    expect(done.body).toContain(`action="${counter}"`);
    expect(findHtmlFaults(done.body)).toEqual([]);
  });

  test('the same key for another basket is refused once, then the basket has a key of its own', async () => {
    const used = confirmation((await step({ card: cards.单小花, [SOAP]: '1' })).body);
    await till.submit(redemptions, used);
    const answer = await till.submit(redemptions, { ...used, [SOAP]: '2', quotedCentipoints: '600' });
    expect(answer.statusCode).toBe(422);
    const again = confirmation(answer.body);
    expect(again.idempotencyKey).not.toBe(used.idempotencyKey);
    expect((await till.submit(redemptions, again)).statusCode).toBe(303);
    expect(await balanceOf(cards.单小花)).toBe(9100);
    await checkWorld(world.database.ownerSql);
  });

  test('two tills and the last kettle: one goes out, the other keeps the basket and is told', async () => {
    const baskets = await Promise.all([
      step({ card: cards.曾有田, [KETTLE]: '1' }),
      otherTill.get(`${counter}?card=${cards.王建国}&${KETTLE}=1`),
    ]);
    const [mine = {}, theirs = {}] = baskets.map(({ body }) => confirmation(body));
    const answers = await Promise.all([till.submit(redemptions, mine), otherTill.submit(redemptions, theirs)]);
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([303, 409]));
    const refused = answers.find(({ statusCode }) => statusCode === 409);
    expect(refused?.body).toContain('电热水壶 1.8L 不够');
    expect(refused?.body).toContain(`name="${KETTLE}"`);
    expect(refused?.body).toContain('没有货了');
    await checkWorld(world.database.ownerSql);
  });

  test('a price that has changed since is shown before anything is taken', async () => {
    const { ownerSql } = world.database;
    const before = await balanceOf(cards.王建国二);
    const posted = confirmation((await step({ card: cards.王建国二, [SOAP]: '2' })).body);
    await ownerSql`update goods set price_centipoints = 350 where village_id = ${villageId} and code = 'WA003'`;
    const answer = await till.submit(redemptions, posted);
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('价格变了');
    expect(answer.body).toContain('确认兑换 7 分，剩余 93 分');
    expect(await balanceOf(cards.王建国二)).toBe(before);
    expect((await till.submit(redemptions, confirmation(answer.body))).statusCode).toBe(303);
    await ownerSql`update goods set price_centipoints = 300 where village_id = ${villageId} and code = 'WA003'`;
    await checkWorld(ownerSql);
  });

  test('points that another press has taken meanwhile are refused with the gap', async () => {
    const posted = confirmation((await step({ card: cards.王建国二, 'quantity.GR005': '3' })).body);
    await till.submit(redemptions, confirmation((await step({ card: cards.王建国二, 'quantity.GR001': '3' })).body));
    const answer = await till.submit(redemptions, posted);
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('积分不够');
    expect(answer.body).toContain('还差 7.5 分');
    await checkWorld(world.database.ownerSql);
  });

  test('goods past their day stay on the shelf', async () => {
    const { db, database } = world;
    const by = { villageId, recordedBy: 1, today: '2026-09-01', occurredOn: '2026-09-01' };
    await must(
      receiveGoods(db, {
        ...by,
        idempotencyKey: 'old milk',
        source: { kind: 'donation', name: '好人' },
        lines: [{ code: 'GR012', quantity: 5, useBy: '2026-09-02' }],
      }),
    );
    expect(today > '2026-09-02').toBe(true);
    const page = await step({ card: cards.单小花, 'quantity.GR012': '1' });
    expect(page.body).toContain('没有货了');
    const answer = await till.submit(redemptions, {
      idempotencyKey: 'expired',
      card: cards.单小花,
      quotedCentipoints: '150',
      'quantity.GR012': '1',
    });
    expect(answer.statusCode).toBe(409);
    await checkWorld(database.ownerSql);
  });

  test.each([
    ['nobody chosen', { [SOAP]: '1', quotedCentipoints: '300' }, '还没有选人'],
    ['nothing chosen', { card: cards.单小花, quotedCentipoints: '0' }, '篮子是空的'],
    ['a fraction', { card: cards.单小花, [SOAP]: '1.5', quotedCentipoints: '450' }, '没有填对'],
    ['less than nothing', { card: cards.单小花, [SOAP]: '-1', quotedCentipoints: '-300' }, '没有填对'],
    ['unknown goods', { card: cards.单小花, 'quantity.ZZ999': '1', quotedCentipoints: '1' }, '目录里没有'],
    ['a card of another village', { card: cards.周外村, [SOAP]: '1', quotedCentipoints: '300' }, '别的村的卡'],
  ])('%s is 422 and changes nothing', async (_, fields, words) => {
    const before = await balanceOf(cards.单小花);
    const answer = await till.submit(redemptions, { idempotencyKey: 'wrong', ...fields });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(words);
    expect(await balanceOf(cards.单小花)).toBe(before);
  });

  test('who may not hand out goods sees no counter and posts nothing', async () => {
    const supervisor = await world.browser(people.supervisor);
    expect((await supervisor.get(counter)).statusCode).toBe(403);
    const fields = { idempotencyKey: 'not mine', card: cards.单小花, [SOAP]: '1', quotedCentipoints: '300' };
    await supervisor.get(redemptions);
    expect((await supervisor.submit(redemptions, fields)).statusCode).toBe(403);
    const otherVillage = await world.browser(people.otherManager);
    expect((await otherVillage.get(counter)).statusCode).toBe(403);
  });
});

describe('where what a card starts with stays on it', () => {
  const village = `/villages/${willowCode}`;
  const card = cards.李未开;

  test('counter, card, the card’s own page and the API say what can be spent, and only that is taken', async () => {
    const authorization = `Bearer ${await world.apiToken(people.manager)}`;
    const api = (method: 'GET' | 'POST', path: string, payload?: object) =>
      world.app.inject({
        method,
        url: `/api/v1${village}${path}`,
        headers: { authorization },
        ...(payload && { payload }),
      });
    expect((await api('POST', '/openings', { cards: [card] })).statusCode).toBe(201);
    const settings = { settings: { baseStays: true }, reason: '村民代表会议' };
    expect((await api('POST', '/settings', settings)).statusCode).toBe(201);
    const award = { rule: 'AD-PUB-04', cards: [card] };
    expect((await api('POST', '/awards', award)).statusCode).toBe(201);
    expect((await api('GET', `/cards/${card}`)).json()).toMatchObject({
      balanceCentipoints: 13_000,
      spendableCentipoints: 3_000,
    });
    const short = await till.get(`${counter}?card=${card}&${SOAP}=11`);
    expect(short.body).toContain('能兑换 30 分');
    expect(short.body).not.toContain('id="confirmation"');
    expect(findHtmlFaults(short.body)).toEqual([]);
    expect((await till.get(`${village}/cards/${card}`)).body).toContain('能兑换 30 分');
    const own = await till.get(`/C/${await cardToken(world.db.sql, villageId, card)}`);
    expect(own.body).toContain('能兑换 30 分');
    const basket = (quantity: number) => ({ card, lines: [{ goods: 'WA003', quantity }] });
    const refused = await api('POST', '/redemptions', basket(11));
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([409, 'base_not_spendable']);
    const enough = confirmation((await till.get(`${counter}?card=${card}&${SOAP}=1`)).body);
    expect((await till.submit(redemptions, enough)).statusCode).toBe(303);
    expect(await balanceOf(card)).toBe(12_700);
    expect((await api('POST', '/settings', { ...settings, settings: { baseStays: false } })).statusCode).toBe(201);
    expect((await till.get(`${village}/cards/${card}`)).body).not.toContain('能兑换');
    await checkWorld(world.database.ownerSql);
  });
});

test('a basket of any size is kept for the household with one press', async () => {
  const by = { villageId, recordedBy: 1, today, occurredOn: today, idempotencyKey: 'more kinds' };
  const lines = [{ code: 'DA001', quantity: 5 }];
  await must(receiveGoods(world.db, { ...by, source: { kind: 'donation', name: '试验县好人公司' }, lines }));
  const basket = { 'quantity.DA001': '1', 'quantity.GR001': '1', 'quantity.GR005': '1', [SOAP]: '2' };
  const page = await step({ card: cards.曾有田, ...basket });
  expect(findHtmlFaults(page.body)).toEqual([]);
  expect(page.body).toMatch(/form="keep-goods"[^>]*>[\s\S]*?替这户留着，先用 \S+ 分/);
  const form = /<form[^>]*id="keep-goods"[\s\S]*?<\/form>/.exec(page.body)?.[0] ?? '';
  const valuesOf = (name: string) =>
    [...form.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].map(([, value = '']) => value);
  expect([valuesOf('goods').length, valuesOf('count').includes('2')]).toEqual([4, true]);
  const fields = { card: cards.曾有田, idempotencyKey: 'kept', goods: valuesOf('goods'), count: valuesOf('count') };
  const reservations = `/villages/${willowCode}/reservations`;
  const kept = await till.submit(reservations, fields);
  expect([kept.statusCode, kept.headers.location]).toEqual([303, expect.stringMatching(/\/reservations\/\d+$/)]);
  // Pressed twice it is kept once.
  expect((await till.submit(reservations, fields)).headers.location).toBe(kept.headers.location);
  // Refused, the form comes back whole.
  const none = await till.submit(reservations, { ...fields, idempotencyKey: 'other', count: ['1', '1', '1', '999'] });
  expect([none.statusCode, none.body.match(/<select/g)?.length]).toEqual([409, 4]);
  await checkWorld(world.database.ownerSql);
});
