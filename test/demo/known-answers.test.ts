/**
 * 已知答案: what other villages published, with the result that anybody can work out by hand. Each scenario is a test by its name. Six
 * goods at another rate in mid-month are in test/rates.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import {
  cardByNumber,
  expirePoints,
  expireYearEnd,
  openCards,
  registerHouseholds,
  villagerGroups,
} from '../../src/cards/index.ts';
import { decideCapped, UNUSED } from '../../src/claims/decide-caps.ts';
import { decidePublicity } from '../../src/claims/decide-publicity.ts';
import { claimsOfOperation, clearClaims, fileObjection, passClaims, postSheet } from '../../src/claims/index.ts';
import { decideRedemption } from '../../src/exchange/decide-redemption.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { priceForValue } from '../../src/goods/decide-price.ts';
import { receiveGoods } from '../../src/goods/index.ts';
import { backfillHonour } from '../../src/honours/index.ts';
import { withdrawHonour } from '../../src/honours/withdraw-honour.ts';
import { type Posting, reverseActs, solvencyBelow } from '../../src/ledger/index.ts';
import { post } from '../../src/ledger/post.ts';
import { findVillage } from '../../src/people/index.ts';
import { addDays } from '../../src/platform/clock.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { changeRule, villageRules } from '../../src/rules/index.ts';
import { changeSettings, spendableOf, unspendableOf, type VillageSettings } from '../../src/settings/index.ts';
import { cards, FOUNDED_ON, must, poplarCode, willowCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { checkWorld } from '../support/world.ts';

const TODAY = '2026-10-15';

let database: TestDatabase;
let db: Db;
let villageId: number;

const by = () => ({ villageId, recordedBy: 1, today: TODAY, idempotencyKey: crypto.randomUUID() });

beforeAll(async () => {
  database = await createTestDatabase({ template: 'cast' });
  db = createDb(database.sql);
  villageId = (await findVillage(db.sql, willowCode))?.villageId ?? 0;
});

afterAll(async () => {
  await checkWorld(database.ownerSql);
  await database.close();
});

/** So many new households with open cards; their numbers in order. */
async function openMore(ofVillage: number, count: number): Promise<string[]> {
  const [group] = await villagerGroups(db.sql, ofVillage);
  const households = Array.from({ length: count }, (_, place) => ({
    groupId: group?.groupId ?? 0,
    headName: `试验户${place + 1}`,
    memberCount: 4,
    phone: null,
  }));
  await registerHouseholds(db.sql, ofVillage, households);
  const rows = await db.sql<{ number: string }[]>`
    select number
      from card
      join household using (village_id, household_id)
     where village_id = ${ofVillage}
       and head_name like '试验户%'
     order by number`;
  const numbers = rows.map(({ number }) => number);
  const act = { villageId: ofVillage, recordedBy: 1, occurredOn: FOUNDED_ON, today: FOUNDED_ON };
  await must(openCards(db, { ...act, idempotencyKey: crypto.randomUUID(), cards: numbers }));
  return numbers;
}

test('154 cards × 100 at 3 yuan: 15,400 points, 46,200 yuan', async () => {
  const { villageId: poplar = 0 } = (await findVillage(db.sql, poplarCode)) ?? {};
  await openMore(poplar, 153);
  const [held] = await db.sql<{ cards: number; centipoints: number }[]>`
    select count(*)::integer as cards,
           sum(balance_centipoints)::bigint as centipoints
      from account
     where village_id = ${poplar}
       and status = 'active'`;
  expect(held).toEqual({ cards: 154, centipoints: 1_540_000 });
  const solvency = await solvencyBelow(db.sql, { regionId: poplar, today: TODAY, quarterOf: [] });
  expect(solvency.get(poplar)).toMatchObject({ promisedFen: 4_620_000 });
});

test('card 100; rice 9.5 + oil 24 + detergent 3: spent 36.5, left 63.5; goods 108 yuan, points 109.5 yuan', async () => {
  const lines = ['GR001', 'GR005', 'WA003'].map((code) => ({ code, quantity: 1 }));
  const done = await must(redeemGoods(db, { ...by(), card: cards.赵满仓, lines }));
  const [act] = done.acts;
  expect(act).toMatchObject({ amountCentipoints: -3_650, balanceAfterCentipoints: 6_350 });
  const [goods] = await db.sql<{ fen: number }[]>`
    select sum(-stock_move.quantity * unit_value_fen)::integer as fen
      from stock_move
      join stock_lot using (village_id, lot_id)
     where stock_move.village_id = ${villageId}
       and seq = ${act?.seq ?? 0}`;
  expect(goods?.fen).toBe(10_800);
  expect((3_650 * 300) / 100).toBe(10_950);
});

/** The counter's decision on one kind of goods for each price. */
function left(balanceCentipoints: number, taken: readonly { priceCentipoints: number; quantity: number }[]) {
  const decided = decideRedemption(
    { card: '0010010001', lines: taken.map(({ quantity }, place) => ({ code: `G${place}`, quantity })) },
    {
      cardPrefix: '001001',
      card: {
        number: '0010010001',
        accountId: 1,
        pseudonym: 'a'.repeat(32),
        headName: '试验户',
        status: 'active',
        balanceCentipoints,
        baseCentipoints: 0,
        lockedCentipoints: 0,
        earnCentipoints: 0,
        lastN: 1,
        hasPin: false,
      },
      goods: taken.map(({ priceCentipoints }, place) => ({
        goodsId: place + 1,
        code: `G${place}`,
        priceCentipoints,
        lots: [{ lotId: place + 1, quantityOnHand: 100 }],
      })),
      quotas: null,
    },
  );
  return 'refused' in decided ? decided.refused : [decided.spentCentipoints, decided.balanceAfterCentipoints];
}

test('兰考: vinegar 0.5 × 3 is 1.5, not 1 or 2', () => {
  expect(left(10_000, [{ priceCentipoints: 50, quantity: 3 }])).toEqual([150, 9_850]);
});

test('白羊村: 20 points, soap 2 + broom 18: 0', () => {
  const soapAndBroom = [200, 1_800].map((priceCentipoints) => ({ priceCentipoints, quantity: 1 }));
  expect(left(2_000, soapAndBroom)).toEqual([2_000, 0]);
  expect(left(1_999, soapAndBroom)).toBe('insufficient_points');
});

test('竹园村: passbook 58, spend 30: 28', () => {
  expect(left(5_800, [{ priceCentipoints: 3_000, quantity: 1 }])).toEqual([3_000, 2_800]);
});

test('白家村: balance 130, base 100 not spendable: 30 can be spent, and not by two tills at once', async () => {
  const { 曾有田: card } = cards;
  const setTo = (baseStays: boolean) =>
    must(changeSettings(db, { ...by(), wanted: { baseStays }, reason: '代表会议' }));
  const buy = (code: string, quantity: number) => redeemGoods(db, { ...by(), card, lines: [{ code, quantity }] });
  await setTo(true);
  const base = { refused: 'base_not_spendable', baseCentipoints: 10_000 };
  expect(await buy('WA003', 1)).toMatchObject({ ...base, balanceCentipoints: 10_000, spendableCentipoints: 0 });
  await must(awardPoints(db, { ...by(), rule: 'AD-PUB-04', occurredOn: TODAY, cards: [card] }));
  // Soap costs 3 points: ten pieces are 30.
  expect(await buy('WA003', 11)).toMatchObject({ ...base, balanceCentipoints: 13_000, spendableCentipoints: 3_000 });
  const tills = await Promise.all([buy('WA003', 10), buy('WA003', 10)]);
  expect(tills.filter((outcome) => 'refused' in outcome)).toMatchObject([base]);
  expect(await cardByNumber(db.sql, villageId, card)).toMatchObject({ balanceCentipoints: 10_000 });
  await setTo(false);
  await must(buy('WA003', 1));
});

test('白家村: the posting function leaves the base on the card, whoever decided what', async () => {
  const [account] = await db.sql<{ accountId: number; pseudonym: string; balance: number; lastN: number }[]>`
    select account_id as "accountId",
           pseudonym,
           balance_centipoints as balance,
           last_n as "lastN"
      from account
      join card
        on card.village_id = account.village_id
       and card.household_id = account.holder_id
     where card.village_id = ${villageId}
       and card.number = ${cards.王建国}`;
  if (!account) throw new Error('the cast has this card');
  const { accountId, pseudonym, balance } = account;
  const entry = { accountId, pseudonym, amountCentipoints: -1, leastCentipoints: balance };
  const facts = { rule: 'AD-SUB-01', version: 1 };
  const posting = {
    ...by(),
    kind: 'award',
    request: {},
    occurredOn: TODAY,
    acts: [{ type: 'points.deduct', facts, entry }],
  };
  expect(await post(db.sql, posting as Posting)).toMatchObject({ refused: 'insufficient_points' });
});

test('张家河: 48 points in 4 days are 12 days of meals', () => {
  expect(4 * 1_200).toBe(4_800);
  expect(left(4_800, [{ priceCentipoints: 400, quantity: 12 }])).toEqual([4_800, 0]);
  expect(left(4_800, [{ priceCentipoints: 400, quantity: 13 }])).toBe('insufficient_points');
});

test('油榨 at 1 yuan: wire ball 1, soap 5, detergent 20, oil 50: shelf prices equal yuan', () => {
  expect([1, 5, 20, 50].map((yuan) => priceForValue(yuan * 100, 100))).toEqual([100, 500, 2_000, 5_000]);
});

test('马村: week 10, month 40; in the fifth week 0 more', () => {
  const rule = { pointsCentipoints: 200, capMaxCount: null, capMaxCentipoints: 1_000, isOutsideLimits: false };
  const limits = { monthMaxCentipoints: 4_000, yearMaxCentipoints: null };
  let month = 0;
  const weeks = [1, 2, 3, 4, 5].map(() => {
    let week = 0;
    for (;;) {
      const more = decideCapped(rule, limits, { ...UNUSED, ruleCentipoints: week, monthCentipoints: month });
      if (typeof more === 'string') return [week, more];
      week += more;
      month += more;
    }
  });
  expect(weeks).toEqual([
    [1_000, 'rule_cap_reached'],
    [1_000, 'rule_cap_reached'],
    [1_000, 'rule_cap_reached'],
    [1_000, 'rule_cap_reached'],
    [0, 'month_limit_reached'],
  ]);
});

test('文登: the fourth 1-point lecture of a year: total 3', () => {
  const rule = { pointsCentipoints: 100, capMaxCount: null, capMaxCentipoints: 300, isOutsideLimits: false };
  const limits = { monthMaxCentipoints: null, yearMaxCentipoints: null };
  const outcomes = [0, 100, 200, 300].map((ruleCentipoints) =>
    decideCapped(rule, limits, { ...UNUSED, ruleCentipoints }),
  );
  expect(outcomes).toEqual([100, 100, 100, 'rule_cap_reached']);
});

/** A rule that the village makes for itself, from this day on. */
async function ownRule(category: string, pointsCentipoints: number, unit: string): Promise<string> {
  const name = `${unit}一份`;
  const wording = { name, pointsCentipoints, unit, evidence: '会议记录' };
  const uncapped = { capPeriod: null, capMaxCount: null, capMaxCentipoints: null };
  const decision = { effectiveFrom: TODAY, meeting: '2026年10月村民代表会议' };
  await must(changeRule(db, { ...by(), change: { kind: 'new', category, ...wording, ...uncapped, ...decision } }));
  const made = (await villageRules(db.sql, villageId, TODAY)).find((rule) => rule.name === name);
  return made?.code ?? '';
}

test('文登: a gift of 99 yuan at 0.1 point for each 10 yuan: +0.9', async () => {
  await must(changeSettings(db, { ...by(), wanted: { ruleStepCentipoints: 10 }, reason: '代表会议' }));
  const rule = await ownRule('PUB', 10, '每10元');
  const gift = { rule, occurredOn: TODAY, cards: [cards.王建国二], times: Math.floor(99 / 10) };
  const [act] = (await must(awardPoints(db, { ...by(), ...gift }))).acts;
  expect(act).toMatchObject({ amountCentipoints: 90, balanceAfterCentipoints: 10_090 });
});

/** On cards of which 100 points stay, so that what can be spent is what was given and earned. */
describe('gift points', () => {
  const setTo = (wanted: Partial<VillageSettings>) => must(changeSettings(db, { ...by(), wanted, reason: '代表会议' }));
  const give = (card: string, rule: string, times = 1) =>
    must(awardPoints(db, { ...by(), rule, occurredOn: TODAY, cards: [card], times }));
  const buy = (card: string, code: string, quantity: number) =>
    redeemGoods(db, { ...by(), card, lines: [{ code, quantity }] });
  const spendable = async (card: string) => {
    const { accountId = 0, balanceCentipoints = 0 } = (await cardByNumber(db.sql, villageId, card)) ?? {};
    return spendableOf(balanceCentipoints, await unspendableOf(db.sql, { villageId, accountId, today: TODAY }));
  };

  beforeAll(() => setTo({ baseStays: true, giftMatch: 1, giftMatchEased: 5 }));
  afterAll(() => setTo({ baseStays: false, giftMatch: null }));

  test('matching 1:1: gift 5, earned 0: refused; gift 5, earned 5: 10 can be spent', async () => {
    const { 王建国: card } = cards;
    await give(card, await ownRule('GIF', 100, '赠予'), 5);
    expect(await spendable(card)).toBe(0);
    const locked = { refused: 'gift_points_locked', lockedCentipoints: 500, earnCentipoints: 500 };
    expect(await buy(card, 'WA003', 1)).toMatchObject({ ...locked, spendableCentipoints: 0 });
    const earned = await give(card, 'AD-HON-03');
    expect(await spendable(card)).toBe(1_000);
    // What was earned is taken back: what it had set free is kept back again.
    await must(reverseActs(db, { ...by(), which: { operationId: earned.operationId }, reason: '记错了' }));
    expect(await buy(card, 'WA003', 1)).toMatchObject(locked);
    await give(card, 'AD-HON-03');
    await must(buy(card, 'WA003', 3));
    expect(await spendable(card)).toBe(100);
  });

  test('matching 1:5: a gift of 200 yuan at 2 yuan is 100 gift points; 20 earned unlock all', async () => {
    const { 王建国二: card } = cards;
    const before = await spendable(card);
    await give(card, await ownRule('GIC', 100, '照顾'), 20_000 / 200);
    expect(await spendable(card)).toBe(before + 5 * before);
    await give(card, 'AD-HON-04');
    expect(await spendable(card)).toBe(before + 5 * before + 1_000 + 5_000);
    await give(card, 'AD-HON-04');
    expect(await spendable(card)).toBe(before + 2_000 + 10_000);
  });
});

test('九道沟: posted for 3 days, an objection on day 3 is accepted, on day 4 late', () => {
  const terms = { publicityDays: 3, shortPublicityDays: 3, shortMostCentipoints: 500, objectionDaysAfter: 0 };
  const posted = '2026-10-01';
  const { clearsOn, objectableUntil } = decidePublicity(
    { amountCentipoints: 300, needsPublicity: false },
    terms,
    posted,
  );
  expect([3, 4].map((day) => addDays(posted, day) <= objectableUntil)).toEqual([true, false]);
  expect(clearsOn).toBe(addDays(posted, 4));
});

test('九道沟: an objection on line 7 of 40: the other 39 clear on time', async () => {
  const numbers = await openMore(villageId, 40);
  await must(changeSettings(db, { ...by(), wanted: { reviewsEachAward: true }, reason: '代表会议' }));
  const award = { rule: 'AD-LAB-01', occurredOn: TODAY, cards: numbers };
  const { operationId } = await must(awardPoints(db, { ...by(), ...award }));
  const claimIds = (await claimsOfOperation(db.sql, villageId, operationId)).map(({ claimId }) => claimId);
  const word = { personName: '周评议', mayHandOut: false, claimIds };
  await must(passClaims(db, { ...by(), ...word, step: 'group', personId: 2 }));
  await must(passClaims(db, { ...by(), ...word, step: 'committee', personId: 3 }));
  await must(postSheet(db, { ...by(), claimIds, personId: 4 }));
  await must(fileObjection(db, { ...by(), claimId: claimIds[6] ?? '', reason: '那天没来' }));
  const clearsOn = addDays(TODAY, 4);
  expect(await clearClaims(db, { villageId, today: addDays(clearsOn, -1) })).toBe(0);
  expect(await clearClaims(db, { villageId, today: clearsOn })).toBe(39);
  const seventh = await cardByNumber(db.sql, villageId, numbers[6] ?? '');
  expect(seventh?.balanceCentipoints).toBe(10_000);
  await must(changeSettings(db, { ...by(), wanted: { reviewsEachAward: false }, reason: '代表会议' }));
});

test('the same form sent twice: one posting; two tills, the last bag of rice: one is refused, no negative stock', async () => {
  const award = { ...by(), rule: 'AD-LAB-01', occurredOn: TODAY, cards: [cards.单小花] };
  const [once, twice] = [await must(awardPoints(db, award)), await must(awardPoints(db, award))];
  expect(twice).toMatchObject({ isReplay: true, operationId: once.operationId });
  const received = { source: { kind: 'purchase', name: '县粮油店' }, occurredOn: TODAY } as const;
  await must(receiveGoods(db, { ...by(), ...received, lines: [{ code: 'GR002', quantity: 1, useBy: '2099-06-30' }] }));
  const lines = [{ code: 'GR002', quantity: 1 }];
  const tills = await Promise.all(
    [cards.单小花, cards.曾有田].map((card) => redeemGoods(db, { ...by(), card, lines })),
  );
  expect(tills.map((outcome) => ('refused' in outcome ? outcome.refused : 'done')).sort()).toEqual([
    'done',
    'out_of_stock',
  ]);
});

test('five groups’ paper sheets in 3 orders, one entered twice: the same ledger', async () => {
  const sheets = [
    { rule: 'AD-LAB-01', cards: [cards.赵满仓, cards.单小花] },
    { rule: 'AD-ENV-04', cards: [cards.单小花, cards.曾有田, cards.王建国] },
    { rule: 'AD-LAB-02', cards: [cards.王建国二] },
    { rule: 'AD-PUB-01', cards: [cards.赵满仓, cards.王建国] },
    { rule: 'AD-FAM-04', cards: [cards.曾有田] },
  ].map((sheet, place) => ({ ...sheet, occurredOn: TODAY, idempotencyKey: `sheet ${place + 1}` }));
  const ledgers = [];
  for (const order of [
    [0, 1, 2, 3, 4],
    [4, 2, 0, 1, 3],
    [3, 3, 1, 4, 0, 2],
  ]) {
    const own = await createTestDatabase({ template: 'cast' });
    const ownDb = createDb(own.sql);
    const { villageId: village = 0 } = (await findVillage(ownDb.sql, willowCode)) ?? {};
    for (const place of order) {
      const sheet = sheets[place];
      if (sheet) await must(awardPoints(ownDb, { villageId: village, recordedBy: 1, today: TODAY, ...sheet }));
    }
    await checkWorld(own.ownerSql);
    ledgers.push(
      await ownDb.sql`
        select card.number,
               account.balance_centipoints as balance,
               array_agg(entry.amount_centipoints order by entry.amount_centipoints) as amounts
          from account
          join card
            on card.village_id = account.village_id
           and card.household_id = account.holder_id
          join entry
            on entry.village_id = account.village_id
           and entry.account_id = account.account_id
         where account.village_id = ${village}
         group by card.number, account.balance_centipoints
         order by card.number`,
    );
    await own.close();
  }
  expect(ledgers[1]).toEqual(ledgers[0]);
  expect(ledgers[2]).toEqual(ledgers[0]);
});

test('黄石: 4 hours that are entered too late: honour 4, points 0', async () => {
  const { 曾有田: card } = cards;
  const two = 'AD-PUB-01';
  const late = addDays(TODAY, -31);
  const backfill = { number: card, rule: two, occurredOn: late, times: 1, meeting: '10月15日代表会议' };
  expect(await backfillHonour(db, { ...by(), ...backfill })).toEqual({ refused: 'backfill_not_kept' });
  await must(changeSettings(db, { ...by(), wanted: { backfillDays: 30 }, reason: '代表会议' }));
  const before = await cardByNumber(db.sql, villageId, card);
  const firstDay = addDays(TODAY, -30);
  const award = await awardPoints(db, { ...by(), rule: two, occurredOn: late, cards: [card] });
  expect(award).toEqual({ refused: 'too_late_for_points', occurredOn: late, firstDay });
  const inTime = await backfillHonour(db, { ...by(), ...backfill, occurredOn: firstDay });
  expect(inTime).toEqual({ refused: 'still_in_time', firstDay });
  await must(backfillHonour(db, { ...by(), ...backfill }));
  const [act] = (await must(backfillHonour(db, { ...by(), ...backfill }))).acts;
  expect(act).toMatchObject({ type: 'honor.backfill', amountCentipoints: 200, balanceAfterCentipoints: 400 });
  expect(await cardByNumber(db.sql, villageId, card)).toMatchObject({ balanceCentipoints: before?.balanceCentipoints });
  const withdrawal = { honour: act?.seq ?? 0, reason: '记重了', mayHandOut: false };
  const [back] = (await must(withdrawHonour(db, { ...by(), recordedBy: 2, ...withdrawal }))).acts;
  expect(back).toMatchObject({ type: 'honor.withdraw', balanceAfterCentipoints: 200 });
  const again = await withdrawHonour(db, { ...by(), recordedBy: 2, ...withdrawal });
  expect(again).toMatchObject({ refused: 'honour_withdrawn_already' });
  await must(changeSettings(db, { ...by(), wanted: { backfillDays: null }, reason: '代表会议' }));
});

test('黄石: unused points at 31 Dec 23:59 are gone by postings; the ledger sum is the balance before and after', async () => {
  const sums = async () => {
    const [found] = await db.sql<{ held: number; entries: number; expired: number }[]>`
      select (select sum(balance_centipoints) from account where village_id = ${villageId} and kind = 'spendable')::bigint
               as held,
             sum(entry.amount_centipoints)::bigint as entries,
             coalesce(sum(entry.amount_centipoints) filter (where act.type = 'points.expire'), 0)::bigint as expired
        from entry
        join act using (village_id, seq)
        join account using (village_id, account_id)
       where entry.village_id = ${villageId}
         and account.kind = 'spendable'`;
    return found ?? { held: 0, entries: 0, expired: 0 };
  };
  const wanted = { yearEndExpiry: true };
  await must(changeSettings(db, { ...by(), wanted, reason: '代表会议' }));
  const before = await sums();
  expect(before).toMatchObject({ entries: before.held, expired: 0 });
  expect(before.held).toBeGreaterThan(0);
  const lastDay = '2026-12-31';
  // Until midnight all of it can be spent.
  expect(await expireYearEnd(db, { villageId, today: lastDay })).toBe(0);
  expect(await expirePoints(db, { ...by(), today: lastDay, occurredOn: lastDay })).toEqual({
    refused: 'year_not_over',
    occurredOn: lastDay,
  });
  await must(redeemGoods(db, { ...by(), today: lastDay, card: cards.赵满仓, lines: [{ code: 'WA003', quantity: 1 }] }));
  const early = { rule: 'AD-LAB-01', cards: [cards.单小花] };
  await must(awardPoints(db, { ...by(), ...early, occurredOn: '2027-01-01', today: '2027-01-01' }));
  expect(await expireYearEnd(db, { villageId, today: '2027-01-01' })).toBeGreaterThan(0);
  const after = await sums();
  expect(after).toEqual({ held: 300, entries: 300, expired: -(before.held - 300) });
  const days = await db.sql`
    select distinct entry.occurred_on as day
      from entry
      join act using (village_id, seq)
     where entry.village_id = ${villageId}
       and act.type = 'points.expire'`;
  expect(days).toEqual([{ day: lastDay }]);
  // Once a year; what is earned in the new one stays until its end.
  expect(await expireYearEnd(db, { villageId, today: '2027-01-02' })).toBe(0);
  expect(await sums()).toEqual(after);
});
