/** 凭卡申报、提异议 for other programs: the token of the card is the key, and stands in a header alone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimList } from '../../src/claims/claims.ts';
import { passClaims, postSheet } from '../../src/claims/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

let world: TestApp;
let villageId: number;
let token: string;
let today: string;

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  today = villageDay(new Date());
  const [card] = await world.db.sql<{ token: string }[]>`select token from card where number = ${cards.赵满仓}`;
  token = card?.token ?? '';
  await must(
    changeSettings(world.db, {
      villageId,
      wanted: { reviewsEachAward: true },
      reason: '代表会议',
      idempotencyKey: 'settings',
      recordedBy: 1,
      today,
    }),
  );
});

afterAll(() => world.close());

const get = (path: string, cardToken = token) =>
  world.app.inject({ url: `/api/v1/own-card/${path}`, headers: { 'card-token': cardToken } });

const post = (
  path: string,
  payload: object,
  { key = crypto.randomUUID(), cardToken = token }: { key?: string; cardToken?: string } = {},
) =>
  world.app.inject({
    method: 'POST',
    url: `/api/v1/own-card/${path}`,
    payload,
    headers: { 'card-token': cardToken, 'idempotency-key': key },
  });

test('a card that nobody knows opens nothing', async () => {
  const unknown = 'A'.repeat(token.length);
  expect((await get('claims', unknown)).statusCode).toBe(404);
  expect((await post('claims', asked(), { cardToken: unknown })).json()).toMatchObject({ code: 'broken_card_link' });
  expect((await world.app.inject('/api/v1/own-card/claims')).statusCode).toBeGreaterThanOrEqual(400);
});

const asked = () => ({ rule: 'AD-LAB-01', occurredOn: today, note: '清理水渠' });

test('what is asked for waits; twice is once, and what the pages refuse is refused', async () => {
  const first = await post('claims', asked(), { key: 'once' });
  expect(first.statusCode).toBe(201);
  expect((await post('claims', asked(), { key: 'once' })).json()).toEqual(first.json());
  expect((await get('claims')).json()).toMatchObject({
    items: [{ state: 'submitted', rule: 'AD-LAB-01', amountCentipoints: 300, clearsOn: null }],
  });
  expect((await post('claims', { ...asked(), rule: 'AD-ENV-08' })).json()).toMatchObject({ code: 'unknown_rule' });
  expect((await post('claims', { ...asked(), note: '' })).statusCode).toBe(422);
});

test('a line on the board is listed under the name that the village shows, and can be objected to once', async () => {
  const [claim] = await claimList(world.db.sql, villageId, { view: 'waiting', limit: 1 });
  const claimId = claim?.claimId ?? '';
  const by = () => ({ villageId, today, idempotencyKey: crypto.randomUUID() });
  const word = { personName: '周评议', mayHandOut: false, claimIds: [claimId] };
  await must(passClaims(world.db, { ...by(), ...word, step: 'group', personId: 2 }));
  await must(passClaims(world.db, { ...by(), ...word, step: 'committee', personId: 3 }));
  await must(postSheet(world.db, { ...by(), claimIds: [claimId], personId: 4 }));
  const listed = await get('objectable');
  expect(listed.json()).toMatchObject({ items: [{ claim: claimId, sheet: 1, amountCentipoints: 300 }] });
  expect(listed.body).not.toContain('赵满仓');
  expect((await post('objections', { claim: claimId, reason: '那天没去' })).statusCode).toBe(201);
  expect((await post('objections', { claim: claimId, reason: '再说一次' })).json()).toMatchObject({
    code: 'objection_open',
  });
  expect((await post('objections', { claim: 'A'.repeat(16), reason: '没有这一笔' })).statusCode).toBe(404);
  await checkWorld(world.database.ownerSql);
});

test('what is refused to whoever holds a card’s code names nobody whole, on the page and by API', async () => {
  const [card] = await world.db.sql<{ token: string }[]>`select token from card where number = ${cards.单小花}`;
  const cardToken = card?.token ?? '';
  const once = { ...asked(), rule: 'AD-ENV-01' };
  expect((await post('claims', once, { cardToken })).statusCode).toBe(201);
  const again = await post('claims', once, { cardToken });
  expect(again.json()).toMatchObject({ code: 'rule_cap_reached', name: '单*花' });
  expect(again.body).not.toContain('单小花');
  const browser = await world.browser();
  await browser.get(`/C/${cardToken}/claims/new`);
  const page = await browser.submit(`/C/${cardToken}/claims`, once);
  expect([page.statusCode, page.body.includes('您家这一条已经到了上限')]).toEqual([409, true]);
  expect(page.body).not.toContain('单小花');
});
