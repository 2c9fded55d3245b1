/** 兑换密码 at the counter: asked for, counted in the database, closed for the day, and never kept or told. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { multipart, phonePhoto } from '../support/pictures.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;
const CARD = cards.赵满仓;
const PIN = '2580';
const chinese = { 'accept-language': 'zh-CN' };

let world: TestApp;
let token: string;
let villageId: number;
let managerId: number;

beforeAll(async () => {
  world = await createTestApp();
  token = await world.apiToken(people.manager);
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  const [manager] = await world.db.sql<{ personId: number }[]>`
    select person_id as "personId" from person where username = ${people.manager}`;
  managerId = manager?.personId ?? 0;
});

afterAll(() => world.close());

function call(path: string, payload?: object, key: string = crypto.randomUUID()) {
  return world.app.inject({
    method: payload ? 'POST' : 'GET',
    url: `/api/v1${VILLAGE}${path}`,
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': key, ...chinese },
    ...(payload && { payload }),
  });
}

const lines = [{ goods: 'WA003', quantity: 1 }];

const redeem = async (more: object = {}, key?: string, card: string = CARD) => {
  const answer = await call('/redemptions', { card, lines, ...more }, key);
  return { status: answer.statusCode, ...answer.json<{ code?: string; attemptsLeft?: number; seq?: number }>() };
};

const setPin = (pin: string, card: string = CARD) => call(`/cards/${card}/pin`, { pin, isPresent: true });

const eventsOf = async () => {
  const events = await world.db.sql<{ kind: string; details: object }[]>`
    select kind, details from security_event where kind like 'card_pin.%' order by event_id`;
  return events.map(({ kind }) => kind.replace('card_pin.', ''));
};

test.each([
  ['123', 'card_pin_form'],
  ['1234567', 'card_pin_form'],
  ['12a4', 'card_pin_form'],
  ['', 'card_pin_form'],
  ['1234', 'card_pin_guessable'],
  ['654321', 'card_pin_guessable'],
  ['0000', 'card_pin_guessable'],
  [CARD.slice(-4), 'card_pin_guessable'],
])('%s is no digits to choose', async (pin, code) => {
  expect((await setPin(pin)).json()).toMatchObject({ status: 422, code });
});

test('who asked for digits exchanges with them alone; nobody else is asked', async () => {
  expect((await redeem()).status).toBe(201);
  expect((await setPin('２５８０')).json()).toMatchObject({ isSet: true, isLocked: false });
  expect(await redeem()).toMatchObject({ status: 409, code: 'pin_needed' });
  expect(await redeem({ pin: '2581' })).toMatchObject({ code: 'pin_wrong', attemptsLeft: 4 });
  expect((await redeem({ pin: PIN }, 'once')).status).toBe(201);
  // The right one forgives the wrong ones before it.
  expect(await redeem({ pin: '2581' })).toMatchObject({ code: 'pin_wrong', attemptsLeft: 4 });
  expect((await redeem({ pin: PIN })).status).toBe(201);
  expect((await redeem({}, undefined, cards.曾有田)).status).toBe(201);
  await checkWorld(world.database.ownerSql);
});

test('a repeat is answered without being asked again, and no guess is counted for it', async () => {
  const first = await redeem({ pin: PIN }, 'repeated');
  expect(await redeem({}, 'repeated')).toEqual(first);
  expect(await redeem({ pin: '9999' }, 'repeated')).toEqual(first);
  expect(await redeem({ lines: [{ goods: 'WA003', quantity: 2 }] }, 'repeated')).toMatchObject({ code: 'key_reused' });
  expect(await redeem({ pin: '2581' })).toMatchObject({ attemptsLeft: 4 });
  await redeem({ pin: PIN });
});

test('five wrong ones close it for the day, also when they come at once, and the right one opens nothing then', async () => {
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => redeem({ pin: '1111' })));
  const codes = outcomes.map(({ code }) => code);
  expect(codes.filter((code) => code === 'pin_wrong')).toHaveLength(4);
  expect(codes.filter((code) => code === 'pin_locked')).toHaveLength(8);
  expect(await redeem({ pin: PIN })).toMatchObject({ status: 409, code: 'pin_locked' });
  expect((await call(`/cards/${CARD}/pin`)).json()).toMatchObject({ isSet: true, isLocked: true });
  expect((await eventsOf()).filter((kind) => kind === 'locked')).toHaveLength(1);
});

test('on the next day it counts anew', async () => {
  const input = { villageId, recordedBy: managerId, card: CARD, lines: [{ code: 'WA003', quantity: 1 }], pin: PIN };
  await must(redeemGoods(world.db, { ...input, today: '2099-01-01', idempotencyKey: 'tomorrow' }));
  await world.database.ownerSql`update card_pin set wrong_count = 6, wrong_on = current_date + 1`;
  await world.database.ownerSql`update card_pin set wrong_on = (now() at time zone 'Asia/Shanghai')::date`;
  expect(await redeem({ pin: PIN })).toMatchObject({ code: 'pin_locked' });
});

test('the manager opens it again with a reason from the list, and the log tells it', async () => {
  expect((await call(`/cards/${CARD}/pin/unlockings`, { reason: 'because' })).statusCode).toBe(422);
  expect((await call(`/cards/${CARD}/pin/unlockings`, { reason: 'mixed_up' })).json()).toMatchObject({
    isLocked: false,
  });
  expect((await redeem({ pin: PIN })).status).toBe(201);
  const [event] = await world.db.sql<{ details: object }[]>`
    select details from security_event where kind = 'card_pin.unlocked'`;
  expect(event?.details).toEqual({ card: CARD, reason: 'mixed_up' });
});

test('somebody present who knows the household stands in for digits that are forgotten; not who hands out the goods', async () => {
  expect(await redeem({ confirmedBy: ['钱管理'] })).toMatchObject({ code: 'confirmed_by_recorder' });
  const done = await redeem({ confirmedBy: ['孙书记'] });
  expect(done.status).toBe(201);
  const [act] = await world.db.sql<{ facts: object; leaf: string; openings: [string, string, string][] }[]>`
    select facts, convert_from(leaf, 'UTF8') as leaf, openings
      from act
      join disclosure using (village_id, seq)
     where village_id = ${villageId}
       and seq = ${done.seq ?? 0}`;
  expect(act?.openings.map(([, name, value]) => [name, value])).toContainEqual(['confirmedBy', '孙书记']);
  expect(`${JSON.stringify(act?.facts)}${act?.leaf}`).not.toContain('孙书记');
});

async function takenPhoto(hue: number): Promise<string> {
  const { payload, headers } = multipart({}, [{ content: await phonePhoto({ width: 300, height: 200, hue }) }]);
  const url = `/api/v1${VILLAGE}/photos?purpose=exchange`;
  const sent = { method: 'POST', url, payload, headers: { ...headers, authorization: `Bearer ${token}` } } as const;
  const answer = await world.app.inject(sent);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<{ items: { id: string }[] }>().items[0]?.id ?? '';
}

test('a photo with consent confirms one exchange in place of the digits, and does not for who fetches', async () => {
  const id = await takenPhoto(0);
  expect(await redeem({ photo: { id } })).toMatchObject({ status: 422 });
  expect(await redeem({ photo: { id, consent: false } })).toMatchObject({ status: 422 });
  const fetched = { proxy: { relation: 'neighbour', name: '周邻居' }, photo: { id, consent: true } };
  expect(await redeem(fetched)).toMatchObject({ code: 'pin_needed_from_proxy' });
  const done = await redeem({ photo: { id, consent: true } }, 'pictured');
  expect(done.status).toBe(201);
  expect(await redeem({ photo: { id, consent: true } }, 'pictured')).toEqual(done);
  expect(await redeem({ photo: { id, consent: true } })).toMatchObject({ code: 'photo_used_already', seq: done.seq });
  // The same picture, sent anew.
  expect(await redeem({ photo: { id: await takenPhoto(0), consent: true } })).toMatchObject({
    code: 'photo_used_already',
  });
  expect(await redeem({ photo: { id: 'ABCDEFGH23456789', consent: true } })).toMatchObject({ code: 'unknown_photo' });
  expect((await redeem({ photo: { id: await takenPhoto(9), consent: true } })).status).toBe(201);
  await checkWorld(world.database.ownerSql);
  expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
  const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
  const fetch = async (path: string) => (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
  expect(await auditLog({ fetch, vkey })).toMatchObject({ checkpoint: expect.any(Object) });
  const anybody = await world.app.inject({ url: `${VILLAGE}/acts/${done.seq}`, headers: chinese });
  expect(anybody.body).toContain('拍照确认');
  expect(anybody.body).not.toContain('/photos/');
});

test('at the counter a photo is taken in with a yes alone, and only those of the village see it', async () => {
  const manager = await world.browser(people.manager);
  const counter = await manager.get(`${VILLAGE}/counter?card=${CARD}&quantity.WA003=1`, chinese);
  expect(counter.body).toContain('本人同意拍照并留存');
  expect(findHtmlFaults(counter.body)).toEqual([]);
  const key = /name="idempotencyKey" value="([^"]+)"/.exec(counter.body)?.[1] ?? '';
  const form = { idempotencyKey: key, card: CARD, quotedCentipoints: '300', 'quantity.WA003': '1' };
  const picture = { content: await phonePhoto({ width: 300, height: 200, hue: 77 }) };
  const count = () => world.db.sql`select from photo where purpose = 'exchange'`;
  const before = (await count()).length;
  const silent = await manager.upload(`${VILLAGE}/redemptions`, form, [picture]);
  expect(silent.statusCode).toBe(422);
  expect(silent.body).toContain(`value="${key}"`);
  expect(silent.body).toMatch(/<details class="more" open[^>]*><summary>[^<]*密码/);
  expect((await count()).length).toBe(before);
  // Another mistake: the photo that was agreed to is kept and not sent again.
  const wrong = await manager.upload(`${VILLAGE}/redemptions`, { ...form, photoConsent: 'yes', proxy: 'neighbour' }, [
    picture,
  ]);
  expect(wrong.statusCode).toBe(422);
  const kept = /name="?photoIds"? value="?([A-Z2-9]{16})/.exec(wrong.body)?.[1] ?? '';
  expect(findHtmlFaults(wrong.body)).toEqual([]);
  const done = await manager.submit(
    `${VILLAGE}/redemptions`,
    { ...form, photoConsent: 'yes', photoIds: kept },
    chinese,
  );
  expect(done.statusCode, done.body).toBe(303);
  const page = await manager.get(String(done.headers.location), chinese);
  expect(page.body).toContain('本人同意');
  const href = /src="([^"]+\/photos\/[A-Z2-9]{16})"/.exec(page.body)?.[1] ?? '';
  expect((await manager.get(href)).statusCode).toBe(200);
  expect((await (await world.browser(people.otherManager)).get(href)).statusCode).toBe(403);
  expect((await (await world.browser()).get(href)).statusCode).not.toBe(200);
});

test('digits are in no table but as a hash, and in no event', async () => {
  const dump = await world.database.ownerSql<{ row: string }[]>`
    select operation::text as row from operation
     union all select disclosure::text from disclosure
     union all select act.facts::text from act
     union all select security_event.details::text from security_event
     union all select card_pin::text from card_pin`;
  expect(dump.filter(({ row }) => /(?<!\d)2580(?!\d)/.test(row))).toEqual([]);
  const [stored] = await world.db.sql<{ pinHash: string }[]>`select pin_hash as "pinHash" from card_pin`;
  expect(stored?.pinHash).toMatch(/^\$argon2id\$v=19\$m=7168,t=5,p=1\$/);
});

test('at the counter the form asks, keeps the basket, and never gives the digits back', async () => {
  const manager = await world.browser(people.manager);
  const counter = await manager.get(`${VILLAGE}/counter?card=${CARD}&quantity.WA003=1`, chinese);
  expect(counter.body).toMatch(/type=password[^>]*name=pin|name="pin"[^>]*type="password"/);
  expect(counter.body).toContain('请本户的人自己输');
  const other = await manager.get(`${VILLAGE}/counter?card=${cards.曾有田}&quantity.WA003=1`, chinese);
  expect(other.body).not.toContain('name="pin"');
  const key = /name="idempotencyKey" value="([^"]+)"/.exec(counter.body)?.[1] ?? '';
  const form = { idempotencyKey: key, card: CARD, quotedCentipoints: '300', 'quantity.WA003': '1' };
  const wrong = await manager.submit(`${VILLAGE}/redemptions`, { ...form, pin: '7391' }, chinese);
  expect(wrong.statusCode).toBe(409);
  expect(wrong.body).toContain('今天还可以试 4 次');
  expect(wrong.body).not.toContain('7391');
  expect(wrong.body).toContain(`value="${key}"`);
  expect(findHtmlFaults(wrong.body)).toEqual([]);
  const right = await manager.submit(`${VILLAGE}/redemptions`, { ...form, pin: PIN });
  expect(right.statusCode).toBe(303);
});

test('the page sets, changes and removes digits while the household is there; only the manager may', async () => {
  const address = `${VILLAGE}/cards/${cards.单小花}/pin`;
  const supervisor = await world.browser(people.supervisor);
  expect((await supervisor.get(address)).statusCode).toBe(403);
  expect((await supervisor.submit(address, { step: 'remove' })).statusCode).toBe(403);
  const manager = await world.browser(people.manager);
  const page = await manager.get(address, chinese);
  expect(findHtmlFaults(page.body)).toEqual([]);
  const form = { step: 'set', pin: '4826', repeated: '4826', present: 'yes' };
  const absent = await manager.submit(address, { ...form, present: '' }, chinese);
  expect(absent.statusCode).toBe(422);
  expect(absent.body).toContain('本户的人要在场才能办');
  expect(absent.body).not.toContain('4826');
  const differ = await manager.submit(address, { ...form, repeated: '4827' }, chinese);
  expect(differ.body).toContain('两遍输的不一样');
  const simple = await manager.submit(address, { ...form, pin: '1111', repeated: '1111' }, chinese);
  expect(simple.statusCode).toBe(422);
  expect(simple.body).toContain('这个密码太容易猜');
  const done = await manager.submit(address, form);
  expect(done.headers.location).toBe(`${VILLAGE}/cards/${cards.单小花}?done=pin_set`);
  const household = await manager.get(String(done.headers.location), chinese);
  expect(household.body).toContain('密码设好了');
  expect((await manager.submit(address, { ...form, pin: '4827', repeated: '4827' })).statusCode).toBe(303);
  expect((await manager.submit(address, { step: 'remove', present: 'yes' })).statusCode).toBe(303);
  expect((await manager.submit(address, { step: 'remove', present: 'yes' }, chinese)).body).toContain('没有设密码');
  expect((await eventsOf()).slice(-3)).toEqual(['set', 'changed', 'removed']);
  expect((await redeem({}, undefined, cards.单小花)).status).toBe(201);
});
