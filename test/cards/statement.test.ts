import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { cardStatement } from '../../src/cards/card-statement.ts';
import { decideSoundness } from '../../src/cards/decide-soundness.ts';
import { cardByNumber, cardToken } from '../../src/cards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { recordedAt } from '../support/another-day.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const CARD = cards.赵满仓;

let world: TestApp;
let villageId: number;
let accountId: number;

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  accountId = (await cardByNumber(world.db.sql, villageId, CARD))?.accountId ?? 0;
  await liveThroughAutumn();
  await checkWorld(world.database.ownerSql);
});

afterAll(() => world.close());

/** Opened with 100 today; what follows is recorded in years to come, so that each day has an evening of its own. */
async function liveThroughAutumn(): Promise<void> {
  const act = (day: string) => ({ villageId, recordedBy: 1, today: day, idempotencyKey: crypto.randomUUID() });
  const award = await recordedAt(world.database, '2030-03-02T03:00:00Z', (db) =>
    must(awardPoints(db, { ...act('2030-03-02'), rule: 'AD-LAB-01', occurredOn: '2030-03-01', cards: [CARD] })),
  );
  // 23:30 in the village is still the third of March, although it is the third for nobody in the small hours of UTC.
  await recordedAt(world.database, '2030-03-03T15:30:00Z', (db) =>
    must(redeemGoods(db, { ...act('2030-03-03'), card: CARD, lines: [{ code: 'WA003', quantity: 2 }] })),
  );
  await recordedAt(world.database, '2030-03-03T16:30:00Z', (db) =>
    must(reverseActs(db, { ...act('2030-03-04'), which: { seq: award.acts[0]?.seq ?? 0 }, reason: '记错了户' })),
  );
}

const statementOn = (asOf?: string) => cardStatement(world.db, { villageId, accountId, asOf, limit: 100 });

test('a balance is the sum of its kinds, and of its lines', async () => {
  const statement = await statementOn();
  expect(statement).toMatchObject({ isSound: true, firstWrongN: null, carriedCount: 0, carriedCentipoints: 0 });
  expect(statement.parts.map(({ kind, count }) => [kind, count])).toEqual([
    ['opened', 1],
    ['awarded', 1],
    ['redeemed', 1],
    ['corrected', 1],
  ]);
  const sum = statement.parts.reduce((total, { centipoints }) => total + centipoints, 0);
  expect(sum).toBe(statement.statedCentipoints);
  expect(statement.lines.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
  expect(statement.lines[1]).toMatchObject({ ruleName: expect.any(String), ruleVersion: 1, occurredOn: '2030-03-01' });
  expect(statement.lines[2]?.goods).toEqual([
    { name: '洗洁精', unit: '瓶', quantity: 2, priceCentipoints: expect.any(Number) },
  ]);
});

test('a day counts what was recorded until its midnight in the village, whenever it happened', async () => {
  const counts = await Promise.all(
    ['2030-03-01', '2030-03-02', '2030-03-03', '2030-03-04'].map(async (day) => (await statementOn(day)).lines.length),
  );
  expect(counts).toEqual([1, 2, 3, 4]);
  const { statedCentipoints, sumCentipoints, isSound } = await statementOn('2030-03-01');
  expect({ statedCentipoints, sumCentipoints, isSound }).toEqual({
    statedCentipoints: 10_000,
    sumCentipoints: 10_000,
    isSound: true,
  });
  expect(await statementOn('2020-01-01')).toMatchObject({ lines: [], statedCentipoints: 0, isSound: true, parts: [] });
});

test('lines that do not fit are carried forward', async () => {
  const whole = await statementOn();
  const short = await cardStatement(world.db, { villageId, accountId, limit: 2 });
  expect(short.lines.map(({ n }) => n)).toEqual([3, 4]);
  expect(short).toMatchObject({ isSound: true, carriedCount: 2, sumCentipoints: whole.sumCentipoints });
  expect(short.carriedCentipoints).toBe(whole.lines[1]?.balanceAfterCentipoints);
});

test('the office reads names, versions and both clocks; whoever holds the card reads no name', async () => {
  const staff = await world.browser(people.manager);
  const page = await staff.get(`/villages/${willowCode}/cards/${CARD}/statement`);
  expect(page.statusCode).toBe(200);
  for (const words of [
    '赵满仓家：积分对账单',
    '积分细则第 1 版',
    '洗洁精 2 瓶 ×',
    '2030年3月1日',
    '经办',
    '记错了户',
    '撤销第',
  ]) {
    expect(page.body).toContain(words);
  }
  expect(page.body).toContain('4 笔从头加了一遍');
  expect(findHtmlFaults(page.body)).toEqual([]);

  const token = await cardToken(world.db.sql, villageId, CARD);
  const mine = await world.app.inject(`/C/${token}/statement`);
  expect(mine.statusCode).toBe(200);
  expect(mine.body).toContain('赵*仓家：积分对账单');
  expect(mine.body).not.toContain('赵满仓');
  expect(mine.body).not.toContain('经办');
  expect(mine.body).not.toContain('高县管');
  expect(mine.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  expect((await world.app.inject('/C/NOSUCHTOKEN/statement')).statusCode).toBe(404);
});

test('the card page says in a few words why', async () => {
  const token = await cardToken(world.db.sql, villageId, CARD);
  const { body } = await world.app.inject(`/C/${token}`);
  expect(body).toContain('为什么是');
  expect(body).toContain('加分 1 次');
  expect(body).toContain(`/C/${token}/statement`);
});

test('the API answers the same, and refuses a day that is none', async () => {
  const authorization = `Bearer ${await world.apiToken(people.supervisor)}`;
  const url = `/api/v1/villages/${willowCode}/cards/${CARD}/statement`;
  const answer = await world.app.inject({ url: `${url}?asOf=2020-01-01`, headers: { authorization } });
  expect(answer.json()).toMatchObject({ asOf: '2020-01-01', balanceCentipoints: 0, isSound: true, entries: [] });
  const now = (await world.app.inject({ url, headers: { authorization } })).json<{ entries: object[] }>();
  expect(now.entries).toHaveLength(4);
  expect(now.entries[1]).toMatchObject({ n: 2, type: 'points.award', ruleVersion: 1, recordedBy: '高县管' });
  expect((await world.app.inject({ url: `${url}?asOf=2026-02-30`, headers: { authorization } })).statusCode).toBe(422);
});

test('a line that somebody altered is named', async () => {
  const { ownerSql } = world.database;
  await ownerSql.begin(async (tx) => {
    await tx`alter table entry disable trigger user`;
    await tx`update entry set amount_centipoints = amount_centipoints + 500
              where village_id = ${villageId} and account_id = ${accountId} and n = 2`;
    await tx`alter table entry enable trigger user`;
  });
  expect(await statementOn()).toMatchObject({ isSound: false, firstWrongN: 2 });
  const token = await cardToken(world.db.sql, villageId, CARD);
  expect((await world.app.inject(`/C/${token}/statement`)).body).toContain('第 2 笔加不上');
});

test('any single change of a line, of its number or of the balance is found', () => {
  const amounts = fc.array(fc.integer({ min: -5_000, max: 5_000 }), { minLength: 1, maxLength: 30 });
  const change = fc.record({
    at: fc.nat(),
    what: fc.constantFrom('n', 'amountCentipoints', 'balanceAfterCentipoints', 'stated'),
    by: fc.integer({ min: 1, max: 999 }),
  });
  fc.assert(
    fc.property(amounts, change, (all, { at: place, what, by }) => {
      let balance = 0;
      const lines = all.map((amountCentipoints, index) => {
        balance += amountCentipoints;
        return { n: index + 1, amountCentipoints, balanceAfterCentipoints: balance };
      });
      const whole = { carriedCentipoints: 0, carriedCount: 0, lines, statedCentipoints: balance };
      expect(decideSoundness(whole).isSound).toBe(true);
      const index = place % lines.length;
      const changed =
        what === 'stated'
          ? { ...whole, statedCentipoints: balance + by }
          : {
              ...whole,
              lines: lines.map((line, n) => (n === index ? { ...line, [what]: line[what as 'n'] + by } : line)),
            };
      expect(decideSoundness(changed).isSound).toBe(false);
    }),
  );
});
