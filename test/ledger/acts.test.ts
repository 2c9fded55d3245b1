import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { cardByNumber } from '../../src/cards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { cards, must, willowCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { checkWorld } from '../support/world.ts';

const TODAY = '2026-10-15';

let database: TestDatabase;
let db: Db;
let villageId: number;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'cast' });
  db = createDb(database.sql);
  villageId = (await findVillage(db.sql, willowCode))?.villageId ?? 0;
});

afterAll(() => database.close());

const by = () => ({ villageId, recordedBy: 1, today: TODAY, idempotencyKey: crypto.randomUUID() });

async function balanceOf(number: string): Promise<number | undefined> {
  return (await cardByNumber(db.sql, villageId, number))?.balanceCentipoints;
}

test('an opened card holds the opening points and its shelf is stocked', async () => {
  expect(await balanceOf(cards.赵满仓)).toBe(10_000);
  await checkWorld(database.ownerSql);
});

test('an award adds the points of its rule to every card or to none', async () => {
  const award = { ...by(), rule: 'AD-LAB-01', occurredOn: '2026-10-14' };
  const outcome = await must(awardPoints(db, { ...award, cards: [cards.单小花, cards.曾有田] }));
  expect(outcome.acts.map(({ balanceAfterCentipoints }) => balanceAfterCentipoints)).toEqual([10_300, 10_300]);
  await checkWorld(database.ownerSql);

  expect(await awardPoints(db, { ...award, idempotencyKey: 'half', cards: [cards.单小花, cards.李未开] })).toEqual({
    refused: 'card_not_open',
    number: cards.李未开,
  });
  expect(await balanceOf(cards.单小花)).toBe(10_300);
});

test('three goods cost 36.5 points and leave 63.5', async () => {
  const outcome = await must(
    redeemGoods(db, {
      ...by(),
      card: cards.赵满仓,
      lines: [
        { code: 'GR001', quantity: 1 },
        { code: 'GR005', quantity: 1 },
        { code: 'WA003', quantity: 1 },
      ],
    }),
  );
  expect(outcome.acts[0]).toMatchObject({ amountCentipoints: -3650, balanceAfterCentipoints: 6350 });
  await checkWorld(database.ownerSql);
});

test('a reversal brings points and goods back, once', async () => {
  const { acts } = await must(
    redeemGoods(db, { ...by(), card: cards.曾有田, lines: [{ code: 'AP001', quantity: 1 }] }),
  );
  const seq = acts[0]?.seq ?? 0;
  expect(await redeemGoods(db, { ...by(), card: cards.王建国, lines: [{ code: 'AP001', quantity: 1 }] })).toMatchObject(
    {
      refused: 'out_of_stock',
      quantityOnHand: 0,
    },
  );
  const reversal = { ...by(), which: { seq }, reason: '拿错了' };
  await must(reverseActs(db, reversal));
  expect(await balanceOf(cards.曾有田)).toBe(10_300);
  await checkWorld(database.ownerSql);

  expect(await reverseActs(db, { ...reversal, idempotencyKey: 'again' })).toMatchObject({
    refused: 'already_reversed',
    seq,
  });
  const repeated = await must(reverseActs(db, reversal));
  expect(repeated.isReplay).toBe(true);
  await checkWorld(database.ownerSql);
});

test('the same key and request is applied once, however often it is sent at the same moment', async () => {
  const redemption = { ...by(), card: cards.王建国, lines: [{ code: 'WA003', quantity: 1 }] };
  const outcomes = await Promise.all(Array.from({ length: 30 }, () => must(redeemGoods(db, redemption))));
  expect(new Set(outcomes.map(({ acts }) => acts[0]?.seq)).size).toBe(1);
  expect(outcomes.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
  expect(await balanceOf(cards.王建国)).toBe(9700);
  expect(await redeemGoods(db, { ...redemption, lines: [{ code: 'WA003', quantity: 2 }] })).toEqual({
    refused: 'key_reused',
  });
  await checkWorld(database.ownerSql);
});

test('two counters and the last kettle: one gets it, the others are told', async () => {
  const outcomes = await Promise.all(
    [cards.曾有田, cards.王建国, cards.王建国二, cards.单小花].map((card) =>
      redeemGoods(db, { ...by(), card, lines: [{ code: 'AP001', quantity: 1 }] }),
    ),
  );
  expect(outcomes.filter((outcome) => !('refused' in outcome))).toHaveLength(1);
  expect(outcomes.filter((outcome) => 'refused' in outcome && outcome.refused === 'out_of_stock')).toHaveLength(3);
  await checkWorld(database.ownerSql);
});

test('recorded rows stay, also for the owner of the database', async () => {
  const { ownerSql, sql } = database;
  await expect(ownerSql`update entry set amount_centipoints = 1`).rejects.toThrow('never changed');
  await expect(ownerSql`delete from act`).rejects.toThrow('never changed');
  await expect(sql`update account set balance_centipoints = 0`).rejects.toThrow('permission denied');
  await expect(sql`select append_acts(1, 0, now(), '{}', '{}')`).rejects.toThrow('permission denied');
});
