/** 取号叫号: a number moves through its states, is given and called once however many ask at a time, and says nobody's name aloud. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cardByNumber, cardToken } from '../../src/cards/index.ts';
import { callNext, moveNumber } from '../../src/exchange/call-number.ts';
import { decideNumber, NUMBER_EVENTS, type NumberEvent, type NumberState } from '../../src/exchange/decide-number.ts';
import { countNumbers, ownNumber, publicQueue, queueOn } from '../../src/exchange/queue.ts';
import { closeQueue, openQueue } from '../../src/exchange/queue-day.ts';
import { takeNumber } from '../../src/exchange/take-number.ts';
import { findVillage } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;
const QUEUE = `${VILLAGE}/queue`;
const NO = null;

const STATES: Record<NumberState, Record<NumberEvent, NumberState | null>> = {
  waiting: { call: 'called', again: NO, finish: NO, miss: NO, return: NO, leave: 'left' },
  called: { call: NO, again: 'called', finish: 'served', miss: 'missed', return: 'waiting', leave: 'left' },
  missed: { call: 'called', again: NO, finish: NO, miss: NO, return: 'waiting', leave: 'left' },
  served: { call: NO, again: NO, finish: NO, miss: NO, return: 'waiting', leave: NO },
  left: { call: NO, again: NO, finish: NO, miss: NO, return: NO, leave: NO },
};

describe('every state of a number and everything that may happen to it', () => {
  const cases = Object.entries(STATES).flatMap(([state, events]) =>
    NUMBER_EVENTS.map((event) => [state, event, events[event]] as const),
  );
  test.each(cases)('%s, %s: %s', (state, event, next) => {
    expect(decideNumber(state as NumberState, event)).toBe(next);
  });
});

let world: TestApp;
let manager: TestBrowser;
let villageId: number;
let sessions: string[];
let beforeSwitchedOn: unknown;
const today = villageDay(new Date());
const place = () => ({ villageId, day: today });

beforeAll(async () => {
  world = await createTestApp();
  manager = await world.browser(people.manager);
  await world.browser(people.manager);
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  const rows = await world.db.sql<{ sessionId: string }[]>`select session_id as "sessionId" from session`;
  sessions = rows.map(({ sessionId }) => sessionId);
  const by = { villageId, recordedBy: 1, today, reason: '代表会议', idempotencyKey: 'on' };
  beforeSwitchedOn = await open();
  await must(changeSettings(world.db, { ...by, wanted: { queueNumbers: true } }));
});

afterAll(async () => {
  await checkWorld(world.database.ownerSql);
  await world.close();
});

beforeEach(async () => {
  await world.database.ownerSql`delete from queue_number`;
  await world.database.ownerSql`delete from queue_day`;
});

const open = (day = today) => world.db.sql.begin((tx) => openQueue(tx, { villageId, day, personId: 1 }));
const take = async (name: keyof typeof cards | null, key: string = crypto.randomUUID()) => {
  const card = name && (await cardByNumber(world.db.sql, villageId, cards[name]));
  const householdId = card ? card.householdId : null;
  return world.db.sql.begin((tx) => takeNumber(tx, { ...place(), householdId, idempotencyKey: key }));
};
const call = (counter: number, after: number | null, hasCome = true) =>
  world.db.sql.begin((tx) => callNext(tx, { ...place(), sessionId: sessions[counter] ?? '', after, hasCome }));
const move = (number: number, event: NumberEvent) =>
  world.db.sql.begin((tx) => moveNumber(tx, { ...place(), sessionId: sessions[0] ?? '', number, event }));
const stateOf = async () =>
  Object.fromEntries((await queueOn(world.db.sql, place()))?.numbers.map(({ number, state }) => [number, state]) ?? []);
const addressOf = async (number: string) => `/C/${await cardToken(world.db.sql, villageId, number)}/number`;

test('a village that did not decide for numbers opens none', () => {
  expect(beforeSwitchedOn).toEqual({ refused: 'queue_switched_off' });
});

test('a household has one number at a time, a press twice is one number, and a closed day gives none', async () => {
  expect(await take('赵满仓')).toEqual({ refused: 'queue_not_open' });
  await open();
  expect(await take('赵满仓')).toEqual({ number: 1, isNew: true });
  expect(await take('赵满仓')).toEqual({ number: 1, isNew: false });
  expect(await take(null, 'form')).toEqual({ number: 2, isNew: true });
  expect(await take(null, 'form')).toEqual({ number: 2, isNew: false });
  // The same form, gone back to and filled in for somebody else.
  expect(await take('单小花', 'form')).toEqual({ number: 3, isNew: true });
  await closeQueue(world.db.sql, place());
  expect(await take('曾有田')).toEqual({ refused: 'queue_closed' });
  expect(await take('赵满仓')).toEqual({ number: 1, isNew: false });
  await open();
  expect(await take('曾有田')).toEqual({ number: 4, isNew: true });
});

test('the day ends at 999 numbers', async () => {
  await open();
  await world.database.ownerSql`update queue_day set last_number = 998`;
  expect(await take(null)).toEqual({ number: 999, isNew: true });
  expect(await take(null)).toEqual({ refused: 'queue_full' });
});

test('twenty who take and ten counters that call at the same time: each number once', async () => {
  await open();
  const taken = await Promise.all(Array.from({ length: 20 }, () => take(null)));
  expect(taken.map((one) => ('number' in one ? one.number : 0)).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, place) => place + 1),
  );
  const counters = await Promise.all(Array.from({ length: 10 }, () => world.apiToken(people.manager)));
  const payload = { after: null };
  const answers = await Promise.all(
    [...counters, ...counters].map((token) =>
      world.app.inject({
        method: 'POST',
        url: `/api/v1${QUEUE}/calls`,
        payload,
        headers: { authorization: `Bearer ${token}` },
      }),
    ),
  );
  const called = answers.map((answer) => answer.json<{ number: number }>().number);
  // Each counter asked twice and was told the same number.
  expect(called.slice(0, 10)).toEqual(called.slice(10));
  expect(called.slice(0, 10).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, place) => place + 1));
});

test('the next, the one before is served; who did not come is called again, put back, or gives up', async () => {
  await open();
  for (const _ of [1, 2, 3, 4]) await take(null);
  expect(await call(0, null)).toEqual({ number: 1, before: null });
  expect(await call(1, null)).toEqual({ number: 2, before: null });
  expect(await call(0, 1, false)).toEqual({ number: 3, before: { number: 1, state: 'missed' } });
  // The same press again, as a bouncing key sends it.
  expect(await call(0, 1, false)).toEqual({ number: 3, before: null });
  await move(3, 'again');
  await must(move(1, 'return'));
  expect(await stateOf()).toEqual({ 1: 'waiting', 2: 'called', 3: 'called', 4: 'waiting' });
  expect(await call(0, 3)).toEqual({ number: 4, before: { number: 3, state: 'served' } });
  expect(await call(1, 2)).toEqual({ number: 1, before: { number: 2, state: 'served' } });
  expect(await call(1, 1)).toEqual({ number: null, before: { number: 1, state: 'served' } });
  expect(await call(1, null)).toEqual({ number: null, before: null });
  await must(move(4, 'leave'));
  expect(await move(4, 'return')).toEqual({ refused: 'number_moved_on', number: 4 });
  expect(await move(77, 'again')).toEqual({ refused: 'unknown_number', number: 77 });
  expect(await countNumbers(world.db.sql, place())).toEqual({ given: 4, served: 3, missed: 0, left: 1, open: 0 });
});

test('called out of turn ends the call before; who has a new number is not put back under the old one', async () => {
  await open();
  await take('赵满仓');
  await take('单小花');
  await call(0, null);
  expect(await move(2, 'call')).toEqual({ number: 2, before: { number: 1, state: 'served' } });
  expect(await take('赵满仓')).toEqual({ number: 3, isNew: true });
  expect(await move(1, 'return')).toEqual({ refused: 'has_another_number', number: 1, other: 3 });
});

test('whose number it was is forgotten when the next day opens', async () => {
  await open('2026-09-05');
  await world.database.ownerSql`
    insert into queue_number (village_id, day, number, place, household_id, taken_key)
    select village_id, '2026-09-05', 1, 1, household_id, 'old' from card where number = ${cards.赵满仓}`;
  await open();
  const [old] = await world.database.ownerSql`select household_id from queue_number`;
  expect(old).toEqual({ household_id: null });
});

test('at the counter: opened, given by name, called with one press, served; a display shows the number and no name', async () => {
  const empty = await manager.get(QUEUE);
  expect(empty.body).toContain('今天还没有开始发号');
  expect((await manager.submit(`${QUEUE}/days`, { move: 'open' })).statusCode).toBe(303);
  const page = await manager.get(QUEUE);
  expect(findHtmlFaults(page.body)).toEqual([]);
  const key = /name="idempotencyKey" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const form = { idempotencyKey: key };
  const nobody = await manager.submit(`${QUEUE}/numbers`, { ...form, code: '' });
  expect([nobody.statusCode, nobody.body.includes('先扫卡或输入姓名')]).toEqual([422, true]);
  const unknown = await manager.submit(`${QUEUE}/numbers`, { ...form, code: 'qqq' });
  expect([unknown.statusCode, unknown.body.includes('找不到“qqq”')]).toEqual([422, true]);
  const many = await manager.submit(`${QUEUE}/numbers`, { ...form, code: 'wjg' });
  expect([many.statusCode, many.body.includes(cards.王建国二)]).toEqual([422, true]);
  expect(findHtmlFaults(many.body)).toEqual([]);
  const given = await manager.submit(`${QUEUE}/numbers`, { ...form, code: 'wjg', card: cards.王建国二 });
  expect(given.headers.location).toBe(`${QUEUE}?given=1`);
  expect((await manager.get(`${QUEUE}?given=1`)).body).toContain('发了 1 号');
  await manager.submit(`${QUEUE}/numbers`, { idempotencyKey: 'second', code: 'ｚｍｃ' });
  await manager.submit(`${QUEUE}/numbers`, { idempotencyKey: 'third', who: 'nobody' });
  const slip = await manager.get(`${QUEUE}/numbers/2/slip`);
  expect([slip.statusCode, slip.body.includes('2 号'), slip.body.includes('赵满仓')]).toEqual([200, true, false]);
  expect(slip.body).toContain('前面还有 1 个号');
  expect((await manager.get(`${QUEUE}/numbers/9/slip`)).statusCode).toBe(404);
  expect((await manager.get(`${QUEUE}/sheet`)).body).toContain('赵满仓');

  await manager.get(`${VILLAGE}/counter/display`);
  const counter = await manager.get(`${VILLAGE}/counter`);
  expect(counter.body).toContain('还有 3 个号在等');
  const called = await manager.submit(`${QUEUE}/calls`, { move: 'next', after: '0', from: 'counter' });
  expect(called.headers.location).toBe(`${VILLAGE}/counter`);
  const serving = await manager.get(`${VILLAGE}/counter`);
  expect(serving.body).toContain(`/counter?card=${cards.王建国二}`);
  const display = await manager.get(`${VILLAGE}/counter/display`);
  expect(display.body).toContain('data-say="请1号到兑换台来"');
  expect(display.body).not.toContain('王');
  // A press that was sent twice calls nobody else.
  await manager.submit(`${QUEUE}/calls`, { move: 'next', after: '0', from: 'counter' });
  expect(await stateOf()).toEqual({ 1: 'called', 2: 'waiting', 3: 'waiting' });
  await manager.submit(`${QUEUE}/calls`, { move: 'missed-next', after: '1', from: 'queue' });
  expect(await stateOf()).toEqual({ 1: 'missed', 2: 'called', 3: 'waiting' });
  expect((await manager.get(`${VILLAGE}/counter/display`)).body).toContain('请2号到兑换台来');
  await manager.submit(`${QUEUE}/calls`, { move: 'return', number: '2', from: 'queue' });
  expect((await manager.get(`${VILLAGE}/counter/display`)).body).toContain('您好');
  const late = await manager.submit(`${QUEUE}/calls`, { move: 'again', number: '2', from: 'queue' });
  expect([late.statusCode, late.body.includes('2 号已经变了')]).toEqual([409, true]);
  const day = await manager.get(`${VILLAGE}/exchange-days/${today}`);
  expect(day.body).toContain('发了 3 个号：办完 0 个，没来 1 个');
  expect(findHtmlFaults(day.body)).toEqual([]);
});

test('from its own card a household takes a number, looks, and gives back its own and no other', async () => {
  const [address, other] = await Promise.all([addressOf(cards.赵满仓), addressOf(cards.单小花)]);
  const villager = await world.browser();
  expect((await villager.get(address)).body).toContain('今天还没有开始发号');
  await open();
  await take(null);
  const page = await villager.get(address);
  expect(findHtmlFaults(page.body)).toEqual([]);
  expect(page.body).toContain('现在有 1 个号在等');
  expect(page.headers['cache-control']).toContain('no-store');
  expect((await villager.submit(address, { move: 'take', idempotencyKey: 'one' })).statusCode).toBe(303);
  const mine = await villager.get(address);
  expect(mine.body).toContain('前面还有 1 个号');
  expect(mine.body).not.toContain('赵满仓');
  await call(0, null);
  expect((await villager.get(address)).body).toContain('下一个就是您');
  await call(0, 1);
  expect((await villager.get(address)).body).toContain('正在叫您');
  await villager.get(other);
  expect((await villager.submit(other, { move: 'leave', number: '2' })).statusCode).toBe(409);
  await villager.submit(address, { move: 'leave', number: '2' });
  const gone = await villager.get(address);
  expect([gone.body.includes('您不等了'), gone.body.includes('取一个号')]).toEqual([true, true]);
  const card = await cardByNumber(world.db.sql, villageId, cards.赵满仓);
  const own = await ownNumber(world.db.sql, { ...place(), householdId: card?.householdId ?? 0 });
  expect(own).toEqual({ number: 2, state: 'left', ahead: 0 });
  expect((await villager.get('/C/NOSUCHTHING/number')).statusCode).toBe(404);
  expect((await villager.get(address.replace('/number', ''))).body).toContain('兑换日取号');
});

test('for programs: anybody reads numbers, only the counter gives and calls', async () => {
  await open();
  const token = await world.apiToken(people.manager);
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': 'program' };
  const give = (payload: object) =>
    world.app.inject({ method: 'POST', url: `/api/v1${QUEUE}/numbers`, payload, headers });
  expect([(await give({})).json(), (await give({})).json()]).toEqual([{ number: 1 }, { number: 1 }]);
  expect((await give({ card: cards.单小花 })).json()).toEqual({ number: 2 });
  expect((await give({ card: '9999999999' })).statusCode).toBe(422);
  await call(0, null);
  const answer = await world.app.inject(`/api/v1${QUEUE}`);
  expect(answer.json()).toEqual({ day: today, isOpen: true, lastNumber: 2, waiting: 1, called: [1] });
  expect(await publicQueue(world.db.sql, { villageId, day: '2026-01-01' })).toMatchObject({
    isOpen: false,
    called: [],
  });
});

test('an erased household is in no queue any more', async () => {
  await open();
  await take('曾有田');
  await world.database.ownerSql`
    select erase_queue_numbers(village_id, household_id) from card where number = ${cards.曾有田}`;
  const [row] = await world.database.ownerSql`select household_id, state from queue_number`;
  expect(row).toEqual({ household_id: null, state: 'left' });
});
