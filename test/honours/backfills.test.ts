/** 补录: what was entered too late for points, on its page and through the API, and what becomes of the honour points. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { cardByNumber } from '../../src/cards/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { addDays, villageDay } from '../../src/platform/clock.ts';
import { changeRate } from '../../src/rates/index.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;
const LATE = `${VILLAGE}/honours/backfills`;
const TODAY = villageDay(new Date());
const LONG_AGO = addDays(TODAY, -11);

let world: TestApp;
let villageId: number;

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
});

afterAll(() => world.close());

const by = () => ({ villageId, recordedBy: 1, today: TODAY, idempotencyKey: crypto.randomUUID() });
const setTo = (backfillDays: number | null) =>
  must(changeSettings(world.db, { ...by(), wanted: { backfillDays }, reason: '代表会议' }));
const entered = { rule: 'AD-PUB-01', occurredOn: LONG_AGO, times: '', meeting: '10月15日代表会议' };

test('nothing is entered late before the village says from when on it is late', async () => {
  const manager = await world.browser(people.manager);
  const page = await manager.get(LATE);
  expect(page.body).toContain('本村多早的事都加积分');
  expect(page.body).not.toContain('name="meeting"');
  const sent = await manager.submit(LATE, { ...entered, card: cards.赵满仓, idempotencyKey: 'off' });
  expect([sent.statusCode, sent.body.includes('不用补录成荣誉')]).toEqual([409, true]);
});

test('who may award enters it, a mistake comes back with what was typed, and the board shows it', async () => {
  await setTo(10);
  const manager = await world.browser(people.manager);
  const page = await manager.get(LATE);
  expect(findHtmlFaults(page.body)).toEqual([]);
  for (const name of ['card', 'rule', 'times', 'occurredOn', 'meeting']) expect(page.body).toContain(`name="${name}"`);
  for (const wrong of [{ card: '1' }, { rule: '' }, { occurredOn: 'x' }, { times: '1001' }, { meeting: '' }]) {
    const back = await manager.submit(LATE, { ...entered, card: cards.赵满仓, idempotencyKey: 'wrong', ...wrong });
    expect([back.statusCode, wrong]).toEqual([422, wrong]);
    expect(back.body).toContain('occurredOn' in wrong ? entered.meeting : LONG_AGO);
  }
  const inTime = { ...entered, card: cards.赵满仓, occurredOn: addDays(TODAY, -10), idempotencyKey: 'in-time' };
  expect((await manager.submit(LATE, inTime)).statusCode).toBe(409);
  const which = await manager.submit(LATE, { ...entered, card: '王建国', idempotencyKey: 'which' });
  expect([which.statusCode, findHtmlFaults(which.body), which.body.includes('有几户都像')]).toEqual([422, [], true]);
  expect(which.body).toContain(`value="${cards.王建国二}"`);
  for (const _ of ['sent', 'sent again']) {
    const sent = await manager.submit(LATE, { ...entered, card: '赵满仓', idempotencyKey: 'first' });
    expect([sent.statusCode, sent.headers.location]).toEqual([303, `${LATE}?done=entered`]);
  }
  const after = await manager.get(`${LATE}?done=entered`);
  expect(findHtmlFaults(after.body)).toEqual([]);
  expect(after.body).toContain('10月15日代表会议');
  expect(await cardByNumber(world.db.sql, villageId, cards.赵满仓)).toMatchObject({ balanceCentipoints: 10_000 });

  const visitor = await world.browser();
  const board = await visitor.get(`${VILLAGE}/honours?q=${encodeURIComponent('赵')}`);
  expect(findHtmlFaults(board.body)).toEqual([]);
  expect(board.body).toContain('补录的荣誉分');
  const nobody = await visitor.get(`${VILLAGE}/honours?q=${encodeURIComponent('查无此人')}&from=x`);
  expect([nobody.statusCode, nobody.body.includes('补录的荣誉分')]).toEqual([200, false]);
  expect((await visitor.get(LATE)).statusCode).not.toBe(200);
  const record = await visitor.get(`${VILLAGE}/acts?kind=honour`);
  expect(record.body).toContain('赵*仓');
  expect(record.body).not.toContain('10月15日');
});

test('the API pages through them, and what is taken back counts no more', async () => {
  const headers = { authorization: `Bearer ${await world.apiToken(people.manager)}`, 'accept-language': 'zh-CN' };
  const url = `/api/v1${LATE}`;
  const payload = { card: cards.单小花, rule: 'AD-PUB-01', occurredOn: LONG_AGO, meeting: '代表会议' };
  const post = (more: object) =>
    world.app.inject({
      method: 'POST',
      url,
      headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
      payload: { ...payload, ...more },
    });
  const sent = await post({});
  expect(sent.statusCode, sent.body).toBe(201);
  expect((await post({ times: 1_001 })).statusCode).toBe(422);
  expect((await post({ occurredOn: addDays(TODAY, 1) })).json().code).toBe('date_in_future');
  const first = (await world.app.inject({ url: `${url}?limit=1`, headers })).json();
  expect(first).toMatchObject({
    items: [{ card: cards.单小花, times: 1, withdrawn: false }],
    next: sent.json().seqs[0],
  });
  const rest = (await world.app.inject({ url: `${url}?limit=1&before=${first.next}`, headers })).json();
  expect(rest).toMatchObject({ items: [{ card: cards.赵满仓 }] });
  expect(rest.next).toBeUndefined();

  const secretary = await world.browser(people.supervisor);
  const shown = await secretary.get(LATE);
  const honour = String(sent.json().seqs[0]);
  const mayWithdraw = shown.body.includes('name="honour"');
  const back = await secretary.submit(`${LATE}/withdrawals`, { honour, reason: '记重了', idempotencyKey: 'back' });
  expect([mayWithdraw, back.statusCode]).toEqual([true, 303]);
  const board = (await world.app.inject(`/api/v1${VILLAGE}/honours`)).json();
  expect(board.items).toMatchObject([{ household: '赵*仓', honours: [] }]);
});

test('another rate leaves honour points as they are, and both verifiers accept it', async () => {
  const given = { ...by(), fenPerPoint: 100, reason: '村民代表会议' };
  await must(changeRate(world.db, given));
  expect(await cardByNumber(world.db.sql, villageId, cards.赵满仓)).toMatchObject({ balanceCentipoints: 30_000 });
  const [honour] = await world.database.ownerSql<{ sum: number }[]>`
    select sum(balance_centipoints)::integer as sum
      from account
     where kind = 'honor'`;
  expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
  const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
  const fetch = async (path: string) => (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
  expect(await auditLog({ fetch, vkey })).toMatchObject({ totals: { honorCentipoints: honour?.sum } });
  await checkWorld(world.database.ownerSql);
});
