/** 换分值: six goods, the rate goes from 3 yuan a point to 1 in the middle of a month, and nobody's points lose their worth. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { openCards } from '../../src/cards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { receiveGoods, shelf } from '../../src/goods/index.ts';
import { reverseActs, solvencyBelow, villageTerms } from '../../src/ledger/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { draftRecord } from '../../src/publication/draft-record.ts';
import { decideRateChange, type RateBasis } from '../../src/rates/decide-rate-change.ts';
import { changeRate, verifyRates } from '../../src/rates/index.ts';
import { reserveGoods } from '../../src/reservations/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const BASIS: RateBasis = {
  fenPerPoint: 300,
  openingCentipoints: 10_000,
  held: 0,
  proposals: 0,
  households: [],
  lines: [],
  goods: [],
};

describe('the decision', () => {
  const WAITS: [string, Partial<RateBasis>][] = [
    ['goods that are kept', { held: 1 }],
    ['prices that wait', { proposals: 1 }],
  ];
  test.each(WAITS)('%s come to their end first', (_what, waiting) => {
    expect(decideRateChange({ fenPerPoint: 100, reason: '' }, { ...BASIS, ...waiting })).toMatchObject({
      refused: 'rate_change_waits',
      ...waiting,
    });
  });

  test('what would become too large to be kept is refused', () => {
    const goods = [
      { code: 'A', name: 'A', prices: [{ priceCentipoints: 1, newCentipoints: 2e9, effective: '2026-11-22' }] },
    ];
    expect(decideRateChange({ fenPerPoint: 1, reason: '' }, { ...BASIS, goods })).toEqual({ refused: 'rate_too_far' });
  });

  test('each line in publicity is converted by itself, their account in one entry, and a deduction stays one', () => {
    const account = { accountId: 4, pseudonym: 'a'.repeat(32) };
    const pending = { accountId: 9, pseudonym: 'b'.repeat(32), status: 'active', lastN: 2 } as const;
    const told = { ruleName: '义务劳动', account, number: '9901000001', headName: '赵满仓' };
    const lines = [
      { ...told, claimId: 'A', amountCentipoints: 100, pending },
      { ...told, claimId: 'B', amountCentipoints: 50, pending },
      { ...told, claimId: 'C', amountCentipoints: -2, pending: null },
    ];
    const decided = decideRateChange({ fenPerPoint: 700, reason: '' }, { ...BASIS, lines });
    if ('refused' in decided) throw new Error(decided.refused);
    expect(decided.converted.map(({ claim, amount }) => [claim, amount])).toEqual([
      ['A', 43],
      ['B', 22],
      ['C', -1],
    ]);
    expect(decided.acts.map(({ type, entry }) => [type, entry?.amountCentipoints])).toEqual([
      ['rate.change', undefined],
      ['points.convert', 43 + 22 - 150],
      ...lines.map(() => ['claim.convert', undefined]),
    ]);
    expect(decided).toMatchObject({ beforeCentipoints: 150, afterCentipoints: 65, rounding: 65 * 700 - 150 * 300 });
  });

  test('what a household owes becomes more points where one is worth less, below the floor of its account', () => {
    const household = { number: '9901000001', headName: '赵满仓', groupName: '东头组', status: 'active' } as const;
    const account = { accountId: 4, pseudonym: 'a'.repeat(32), lastN: 3 };
    const owing = { ...household, ...account, balanceCentipoints: -857, convertedCentipoints: -5_999 };
    const decided = decideRateChange(
      { fenPerPoint: 100, reason: '' },
      { ...BASIS, fenPerPoint: 700, households: [owing] },
    );
    if ('refused' in decided) throw new Error(decided.refused);
    expect(decided.acts[1]?.entry).toMatchObject({ amountCentipoints: -5_142, leastCentipoints: -5_999 });
  });

  test('the same rate is no change; a new card starts with what is worth as much', () => {
    expect(decideRateChange({ fenPerPoint: 300, reason: '' }, BASIS)).toEqual({
      refused: 'rate_unchanged',
      fenPerPoint: 300,
    });
    expect(decideRateChange({ fenPerPoint: 100, reason: '' }, BASIS)).toMatchObject({ openingCentipoints: 30_000 });
    // 100 points of 3 yuan are 42.857… of 7: rounded up.
    expect(decideRateChange({ fenPerPoint: 700, reason: '' }, BASIS)).toMatchObject({ openingCentipoints: 4_286 });
  });
});

describe('6 goods, rate 3 → 1 in mid-month', () => {
  const VILLAGE = `/villages/${willowCode}`;
  const today = villageDay(new Date());
  let world: TestApp;
  let villageId: number;
  let recordedBy: number;

  beforeAll(async () => {
    world = await createTestApp();
    const [found] = await world.db.sql<{ villageId: number; recordedBy: number }[]>`
      select region_id as "villageId",
             (select person_id from person where username = ${people.manager}) as "recordedBy"
        from region
       where code = ${willowCode}`;
    villageId = found?.villageId ?? 0;
    recordedBy = found?.recordedBy ?? 0;
    await must(
      receiveGoods(world.db, {
        ...by('two-more'),
        occurredOn: today,
        source: { kind: 'purchase', name: '县城批发部' },
        lines: [
          { code: 'GR002', quantity: 4 },
          { code: 'WA001', quantity: 6 },
        ],
      }),
    );
  });

  afterAll(() => world.close());

  const by = (idempotencyKey: string) => ({ villageId, recordedBy, today, idempotencyKey });
  const award = (key: string, card: string) =>
    must(awardPoints(world.db, { ...by(key), occurredOn: today, rule: 'AD-LAB-01', cards: [card], note: '' }));
  const redeem = (key: string, code: string, more: object = {}) =>
    redeemGoods(world.db, { ...by(key), card: cards.赵满仓, lines: [{ code, quantity: 1 }], ...more });
  const change = (key: string, fenPerPoint: number) =>
    changeRate(world.db, { ...by(key), fenPerPoint, reason: '村民代表会议 2026-11-20' });
  const balances = async () =>
    world.db.sql<{ number: string; balance: number }[]>`
      select card.number,
             balance_centipoints as balance
        from account
        join card
          on card.village_id = account.village_id
         and card.household_id = account.holder_id
         and card.ended_at is null
       where account.village_id = ${villageId}
         and kind = 'spendable'
       order by card.number`;
  const prices = async () =>
    (await shelf(world.db.sql, villageId, today))
      .filter(({ quantityOnHand }) => quantityOnHand > 0)
      .map(({ code, priceCentipoints, unitValueFen }) => ({ code, priceCentipoints, unitValueFen }));
  const oldLines = () => world.database.ownerSql`
    select act.seq, act.facts, act.leaf, entry.amount_centipoints, entry.balance_after_centipoints,
           array(
             select (lot_id, quantity, unit_price_centipoints)::text
               from stock_move
              where stock_move.village_id = act.village_id
                and stock_move.seq = act.seq
              order by lot_id
           ) as moves
      from act
      left join entry using (village_id, seq)
     where act.village_id = ${villageId}
       and act.seq < coalesce((select min(seq) from act as changed where changed.type = 'rate.change'), 9999999)
     order by act.seq`;

  test('old lines keep their values; the shelf is priced anew; the total in yuan is unchanged', async () => {
    await award('labour', cards.单小花);
    const spent = await must(redeem('before', 'GR001'));
    const [lines, before, shelfBefore] = [await oldLines(), await balances(), await prices()];
    expect(shelfBefore).toHaveLength(6);
    const worth = (held: readonly { balance: number }[], fenPerPoint: number) =>
      held.reduce((sum, { balance }) => sum + balance * fenPerPoint, 0);
    const solvency = async () =>
      (await solvencyBelow(world.db.sql, { regionId: villageId, today, quarterOf: [villageId] })).get(villageId);
    const promisedBefore = await solvency();

    await must(change('three-to-one', 100));

    expect(await oldLines()).toEqual(lines);
    const after = await balances();
    expect(after).toEqual(before.map(({ number, balance }) => ({ number, balance: balance * 3 })));
    expect(worth(after, 100)).toBe(worth(before, 300));
    // 37.5 points of a lot become 112.5: here 90.5 become 271.5.
    expect(after.find(({ number }) => number === cards.赵满仓)?.balance).toBe(27_150);
    expect(await prices()).toEqual(
      shelfBefore.map((item) => ({ ...item, priceCentipoints: Math.ceil(item.unitValueFen / 50) * 50 })),
    );
    const promised = await solvency();
    expect(promised).toMatchObject({
      fenPerPoint: 100,
      promisedFen: promisedBefore?.promisedFen,
      goodsFen: promisedBefore?.goodsFen,
      // What was given in this quarter counts at what it was worth.
      quarterGivenCentipoints: (promisedBefore?.quarterGivenCentipoints ?? 0) * 3,
    });
    expect(await villageTerms(world.db.sql, villageId)).toMatchObject({
      fenPerPoint: 100,
      openingCentipoints: 30_000,
    });
    const [said] = await world.db.sql`
      select facts
        from act
       where village_id = ${villageId}
         and type = 'rate.change'`;
    expect(said?.['facts']).toMatchObject({ was: 300, rate: 100, opening: 30_000, rounding: 0 });
    await checkWorld(world.database.ownerSql);
    expect(await verifyEverything(world.database.ownerSql, world.dataDir)).toMatchObject({ bad: [] });

    // What was recorded at the old rate is not taken back at the new one.
    const seq = spent.acts[0]?.seq ?? 0;
    const reversal = { villageId, recordedBy, which: { seq }, reason: '记错', idempotencyKey: 'too-late' };
    expect(await reverseActs(world.db, reversal)).toEqual({ refused: 'rate_changed_since', seq, wasFen: 300 });
  });

  test('a basket at the old price is told so; an exchange costs the same goods at the new price; a new card starts anew', async () => {
    expect(await redeem('old-basket', 'GR001', { quotedCentipoints: 950 })).toMatchObject({ refused: 'price_changed' });
    const posted = await must(redeem('after', 'GR001', { quotedCentipoints: 2_800 }));
    expect(posted.acts).toMatchObject([{ amountCentipoints: -2_800, balanceAfterCentipoints: 24_350 }]);
    const opened = await must(openCards(world.db, { ...by('late'), occurredOn: today, cards: [cards.李未开] }));
    expect(opened.acts).toMatchObject([{ amountCentipoints: 30_000 }]);
    await checkWorld(world.database.ownerSql);
  });

  test('a division that leaves a rest is rounded up for the household, and the rounding is said to the hundredth of a fen', async () => {
    const before = await balances();
    await must(change('one-to-seven', 700));
    const after = await balances();
    // Lot by lot: an account of one lot is its balance ÷ 7, rounded up.
    expect(after.find(({ number }) => number === cards.曾有田)?.balance).toBe(Math.ceil(30_000 / 7));
    const sum = (held: readonly { balance: number }[]) => held.reduce((total, { balance }) => total + balance, 0);
    const [said] = await world.db.sql<{ facts: { before: number; after: number; rounding: number } }[]>`
      select facts
        from act
       where village_id = ${villageId}
         and type = 'rate.change'
       order by seq desc
       limit 1`;
    expect(said?.facts).toMatchObject({ before: sum(before), after: sum(after) });
    expect(said?.facts.rounding).toBe(sum(after) * 700 - sum(before) * 100);
    expect(said?.facts.rounding).toBeGreaterThan(0);
    await checkWorld(world.database.ownerSql);
    expect(await verifyEverything(world.database.ownerSql, world.dataDir)).toMatchObject({ bad: [] });
  });

  test('the month’s record counts the conversions on their own, and adds up', async () => {
    const { record, checks } = await draftRecord(world.db.sql, villageId, today.slice(0, 7));
    expect(record.totals.convertedCount).toBeGreaterThan(5);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  test('of a basket and a new rate at once, none pays the old price with points of the new rate', async () => {
    const outcomes = await Promise.all([
      ...[1, 2, 3].map((till) => redeem(`race-${till}`, 'WA003', { card: cards.王建国 })),
      change('seven-to-three', 300),
    ]);
    expect(outcomes.filter((outcome) => 'refused' in outcome)).toEqual([]);
    await checkWorld(world.database.ownerSql);
    // Whatever came first: each exchange paid the price that held at its place in the record.
    const wrong = await world.database.ownerSql`
      select seq
        from act
       where type = 'points.redeem'
         and (facts -> 'goods' -> 0 ->> 'price')::integer <> (
           select (priced.facts ->> 'price')::integer
             from act as priced
            where priced.village_id = act.village_id
              and priced.type = 'goods.price'
              and priced.facts ->> 'item' = act.facts -> 'goods' -> 0 ->> 'code'
              and priced.seq < act.seq
            order by priced.seq desc
            limit 1
         )`;
    expect(wrong).toEqual([]);
  });

  test('the form shows first what would become of everybody, then does it; the page and the API say what was and is', async () => {
    const page = await world.browser(people.manager);
    const shown = await page.get(`${VILLAGE}/rate/change?yuan=1`);
    expect(findHtmlFaults(shown.body)).toEqual([]);
    expect(shown.body).toContain('赵满仓');
    for (const wrong of ['0', '1000.01', 'x', '1.005'])
      expect((await page.get(`${VILLAGE}/rate/change?yuan=${wrong}`)).statusCode).toBe(422);
    const fields = { yuan: '1', reason: '', idempotencyKey: 'by-form' };
    expect((await page.submit(`${VILLAGE}/rate/change`, fields)).statusCode).toBe(422);
    const reason = '村民代表会议 2026-11-21';
    const done = await page.submit(`${VILLAGE}/rate/change`, { ...fields, reason });
    expect([done.statusCode, done.headers.location]).toEqual([303, `${VILLAGE}/rate`]);
    // The same form once more does nothing.
    expect((await page.submit(`${VILLAGE}/rate/change`, { ...fields, reason })).statusCode).toBe(303);
    const anybody = await (await world.browser()).get(`${VILLAGE}/rate`);
    expect(findHtmlFaults(anybody.body)).toEqual([]);
    expect(anybody.body).toContain('现在一分值 1 元');
    expect(anybody.body).toContain('3 元改成 1 元');
    const answer = await world.app.inject({ method: 'GET', url: `/api/v1${VILLAGE}/rate` });
    expect(answer.json()).toMatchObject({ fenPerPoint: 100, changes: { length: 4 } });
    const authorization = `Bearer ${await world.apiToken(people.manager)}`;
    const again = await world.app.inject({
      method: 'POST',
      url: `/api/v1${VILLAGE}/rate`,
      headers: { authorization },
      payload: { fenPerPoint: 100, reason },
    });
    expect([again.statusCode, again.json<{ code: string }>().code]).toEqual([409, 'rate_unchanged']);
    const history = await (await world.browser()).get(`${VILLAGE}/shelf/GR001`);
    expect(history.body).toContain('一分的分值变了');
    const statement = await page.get(`${VILLAGE}/cards/${cards.单小花}`);
    expect(statement.body).toContain('按新的换算');
  });

  test('the verifier notices terms that no act made', async () => {
    const { ownerSql } = world.database;
    await ownerSql`update village_terms set fen_per_point = 99 where village_id = ${villageId}`;
    expect(await verifyRates(world.db.sql, villageId)).toMatchObject({ table: 'village_terms' });
    await ownerSql`update village_terms set fen_per_point = 100 where village_id = ${villageId}`;
    expect(await verifyRates(world.db.sql, villageId)).toBeNull();
  });

  test('goods that are kept for somebody come to their end first', async () => {
    await must(
      reserveGoods(world.db, {
        ...by('kept'),
        card: cards.曾有田,
        isByHousehold: false,
        lines: [{ code: 'WA003', quantity: 1 }],
      }),
    );
    expect(await change('too-early', 300)).toMatchObject({ refused: 'rate_change_waits', held: 1 });
  });
});
