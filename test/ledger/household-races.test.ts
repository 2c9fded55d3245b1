/** Two who do opposite things to one card at the same moment: one order or the other, never a mixture. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { cardByNumber, changeHousehold, type HouseholdChange } from '../../src/cards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
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
const change = (what: HouseholdChange) => changeHousehold(db, { ...by(), change: what });
const balanceOf = async (number: string) => (await cardByNumber(db.sql, villageId, number))?.balanceCentipoints ?? 0;
const refusals = (outcomes: readonly object[]) =>
  outcomes.flatMap((outcome) => ('refused' in outcome ? [outcome.refused] : []));
const won = (outcomes: readonly object[]) => outcomes.filter((outcome) => !('refused' in outcome)).length;

test('a freezing against four exchanges: what was exchanged came before it, and nothing after', async () => {
  for (let round = 0; round < 4; round += 1) {
    const card = cards.赵满仓;
    const before = await balanceOf(card);
    const exchange = () => redeemGoods(db, { ...by(), card, lines: [{ code: 'WA003', quantity: 1 }] });
    const [frozen, ...exchanged] = await Promise.all([
      change({ kind: 'freezing', card, reason: '卡丢了' }),
      ...Array.from({ length: 4 }, exchange),
    ]);
    expect(refusals([frozen])).toEqual([]);
    expect(new Set(refusals(exchanged))).toEqual(new Set(won(exchanged) < 4 ? ['card_frozen'] : []));
    expect(await balanceOf(card)).toBe(before - 300 * won(exchanged));
    await checkWorld(database.ownerSql);
    await must(change({ kind: 'unfreezing', card, reason: '找到了' }));
  }
});

test('ten freezings of one card: one is written, nine are told that it is frozen', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, () => change({ kind: 'freezing', card: cards.单小花, reason: '卡丢了' })),
  );
  expect(won(outcomes)).toBe(1);
  expect(refusals(outcomes)).toEqual(Array.from({ length: 9 }, () => 'card_frozen'));
  await must(change({ kind: 'unfreezing', card: cards.单小花, reason: '找到了' }));
});

test('ten replacements of one card: one new card, nine are told its number', async () => {
  const card = cards.单小花;
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, () => change({ kind: 'replacement', card, reason: '折断了' })),
  );
  expect(won(outcomes)).toBe(1);
  expect(refusals(outcomes)).toEqual(Array.from({ length: 9 }, () => 'card_replaced'));
  await checkWorld(database.ownerSql);
});

test('a merger against awards: every point that was awarded is with the household that stays', async () => {
  const before = (await balanceOf(cards.曾有田)) + (await balanceOf(cards.王建国));
  const award = () => awardPoints(db, { ...by(), rule: 'AD-HON-03', occurredOn: TODAY, cards: [cards.王建国] });
  const [merged, ...awarded] = await Promise.all([
    change({ kind: 'merger', card: cards.王建国, into: cards.曾有田, reason: '合住' }),
    ...Array.from({ length: 6 }, award),
  ]);
  expect(refusals([merged])).toEqual([]);
  expect(await balanceOf(cards.王建国)).toBe(0);
  expect(await balanceOf(cards.曾有田)).toBe(before + 500 * won(awarded));
  expect(new Set(refusals(awarded))).toEqual(new Set(won(awarded) < 6 ? ['card_closed'] : []));
  await checkWorld(database.ownerSql);
});

test('two households that merge into each other: one of them stays', async () => {
  const first = cards.曾有田;
  const second = cards.王建国二;
  const total = (await balanceOf(first)) + (await balanceOf(second));
  const outcomes = await Promise.all([
    change({ kind: 'merger', card: first, into: second, reason: '合住' }),
    change({ kind: 'merger', card: second, into: first, reason: '合住' }),
  ]);
  expect(won(outcomes)).toBe(1);
  expect(refusals(outcomes)).toEqual(['card_closed']);
  expect((await balanceOf(first)) + (await balanceOf(second))).toBe(total);
  await checkWorld(database.ownerSql);
});
