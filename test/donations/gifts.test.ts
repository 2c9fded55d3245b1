/** Gifts from word to letter on a real database, and that every fen of them is always in one place. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  accountedFor,
  addSums,
  fundStatement,
  keepDonor,
  readGifts,
  recordGift,
  shelveGift,
  shownGifts,
  verifyGifts,
} from '../../src/donations/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { giftStateInWords } from '../../views/donations/gift-words.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { cards, must, willowCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { checkWorld } from '../support/world.ts';

const TODAY = '2026-10-20';
const rice = { code: 'GR001', quantity: 10, value: 2_800 };

let database: TestDatabase;
let db: Db;
let villageId: number;
let people: { receiver: number; inspector: number };
let donor: string;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'cast' });
  db = createDb(database.sql);
  const [village] = await db.sql<{ id: number }[]>`select region_id as id from region where code = ${willowCode}`;
  villageId = village?.id ?? 0;
  const staff = await db.sql<{ id: number; name: string }[]>`
    select person_id as id, display_name as name from person order by person_id`;
  people = { receiver: staff[0]?.id ?? 0, inspector: staff[1]?.id ?? 0 };
});

afterAll(() => database.close());

beforeEach(async () => {
  const kept = await must(
    keepDonor(db.sql, villageId, {
      kind: 'enterprise',
      name: '宜川县某粮油公司',
      appears: 'named',
      contact: null,
      username: null,
      today: TODAY,
    }),
  );
  donor = kept.publicId;
});

type Step = Parameters<typeof recordGift>[1]['step'];

const step = (wanted: Step, recordedBy = people.receiver) =>
  recordGift(db, { villageId, step: wanted, idempotencyKey: crypto.randomUUID(), recordedBy, today: TODAY });

async function receivedGift(content: { kind: 'goods' | 'money'; fen?: number } = { kind: 'goods' }): Promise<number> {
  const { acts } = await must(
    step({
      step: 'announce',
      donor,
      fund: 'donation',
      wish: '给老人',
      isThere: true,
      kind: content.kind,
      lines: content.kind === 'goods' ? [rice] : [],
      fen: content.fen ?? 0,
    }),
  );
  return acts[0]?.seq ?? 0;
}

const inspect = (giftSeq: number, quantity = 10) =>
  step({ step: 'inspect', giftSeq, passed: true, lines: [{ ...rice, quantity }], reason: '' }, people.inspector);

const shelve = (giftSeq: number, quantity: number, unitValueFen = 2_800) =>
  shelveGift(db, {
    villageId,
    giftSeq,
    lines: [{ code: 'GR001', quantity, unitValueFen }],
    idempotencyKey: crypto.randomUUID(),
    recordedBy: people.receiver,
    recorderName: '某人',
    today: TODAY,
  });

async function one(giftSeq: number) {
  const shown = (await shownGifts(db.sql, villageId)).find(({ gift }) => gift.seq === giftSeq);
  if (!shown) throw new Error('the gift is there');
  return shown;
}

async function everythingHolds(): Promise<void> {
  const all = await shownGifts(db.sql, villageId);
  for (const { sums, gift } of all) expect(accountedFor(sums), `gift ${gift.seq}`).toBe(gift.received);
  const total = addSums(all.map(({ sums }) => sums));
  expect(accountedFor(total)).toBe(total.received);
  const { funds } = fundStatement(all.map(({ gift }) => gift));
  expect(funds.reduce((sum, { left, uninspected }) => sum + left + uninspected, 0)).toBe(total.money);
  expect(await verifyGifts(db.sql, villageId)).toBeNull();
  await checkWorld(database.ownerSql);
}

test('goods: received, inspected by another, on the shelf, exchanged, traced, thanked; the sums hold at every step', async () => {
  const seq = await receivedGift();
  await everythingHolds();
  expect(await step({ step: 'inspect', giftSeq: seq, passed: true, lines: [rice], reason: '' })).toEqual({
    refused: 'same_inspector',
  });
  await must(inspect(seq, 9));
  await everythingHolds();
  await must(shelve(seq, 6));
  await everythingHolds();
  expect(await shelve(seq, 4)).toMatchObject({ refused: 'more_than_received', leftQuantity: 3 });
  // What stood there before goes first, so everything is fetched until some of this gift is.
  let issued = 0;
  for (const card of [cards.赵满仓, cards.单小花, cards.曾有田, cards.王建国]) {
    const outcome = await redeemGoods(db, {
      villageId,
      idempotencyKey: crypto.randomUUID(),
      recordedBy: people.receiver,
      today: TODAY,
      card,
      lines: [{ code: 'GR001', quantity: 3 }],
    });
    if (!('refused' in outcome)) issued += 3;
    await everythingHolds();
  }
  expect(issued).toBeGreaterThan(0);
  await must(step({ step: 'trace', giftSeq: seq }));
  const shown = await one(seq);
  expect(shown.gift.state).toBe('traced');
  expect(shown.gift.trace).toMatchObject({
    pieces: shown.issuedPieces,
    households: shown.households,
    fen: shown.sums.issued,
    leftFen: shown.sums.shelf + shown.sums.waiting,
  });
  expect(shown.sums).toMatchObject({
    received: 28_000,
    returned: 2_800,
    waiting: 8_400,
    shelf: 16_800 - shown.sums.issued,
  });
  await must(step({ step: 'report', giftSeq: seq }));
  expect((await one(seq)).gift.state).toBe('reported');
  await everythingHolds();
});

test('money: inspected, spent with an invoice, turned into goods; what is left is known', async () => {
  const seq = await receivedGift({ kind: 'money', fen: 50_000 });
  await everythingHolds();
  const said = async () => giftStateInWords((await one(seq)).gift, translate('zh-CN'));
  expect(await said()).toBe('等验收');
  await must(inspect(seq));
  const spend = (fen: number, purpose: 'goods' | 'transport', invoice: string) =>
    step({ step: 'spend', giftSeq: seq, fen, purpose, invoice, seller: '供销社' });
  expect(await spend(60_000, 'goods', 'FP-1')).toEqual({ refused: 'money_not_left', leftFen: 50_000 });
  await must(spend(28_000, 'goods', 'FP-1'));
  await must(spend(2_000, 'transport', ''));
  await everythingHolds();
  expect(await said()).toBe('花了一部分：花了 300 元，还剩 200 元');
  await must(shelve(seq, 8, 3_000));
  expect(await said()).toBe('花了一部分：花了 300 元，还剩 200 元');
  expect((await one(seq)).sums).toMatchObject({
    received: 50_000,
    money: 20_000,
    other: 2_000,
    waiting: 4_000,
    shelf: 24_000,
  });
  await everythingHolds();
  await must(step({ step: 'trace', giftSeq: seq }));
  expect(await said()).toBe('去向已清：花了 300 元，还剩 200 元');
  await must(spend(20_000, 'transport', ''));
  expect(await said()).toBe('已上架');
  await everythingHolds();
});

test('what was shelved by mistake and reversed waits again', async () => {
  const seq = await receivedGift();
  await must(inspect(seq));
  const posted = await must(shelve(seq, 10));
  if (!('acts' in posted)) throw new Error('it was posted');
  await must(
    reverseActs(db, {
      villageId,
      which: { seq: posted.acts[0]?.seq ?? 0 },
      reason: '填错',
      idempotencyKey: crypto.randomUUID(),
      recordedBy: people.receiver,
    }),
  );
  const shown = await one(seq);
  expect([shown.gift.state, shown.sums.waiting]).toEqual(['inspected', 28_000]);
  await everythingHolds();
  await must(shelve(seq, 10));
  await everythingHolds();
});

test('eight receipts at once are numbered without a gap', async () => {
  const before = (await readGifts(db.sql, villageId)).gifts.flatMap(({ receipt }) => (receipt ? [receipt.number] : []));
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => receivedGift()));
  expect(new Set(outcomes).size).toBe(8);
  const after = (await readGifts(db.sql, villageId)).gifts.flatMap(({ receipt }) => (receipt ? [receipt.number] : []));
  expect(after.toSorted((a, b) => a - b)).toEqual(Array.from({ length: before.length + 8 }, (_, place) => place + 1));
  await everythingHolds();
});

test('two who shelve the same gift at once shelve it once', async () => {
  const seq = await receivedGift();
  await must(inspect(seq));
  const outcomes = await Promise.all([shelve(seq, 10), shelve(seq, 10)]);
  expect(outcomes.filter((outcome) => 'refused' in outcome)).toEqual([
    expect.objectContaining({ refused: 'more_than_received', leftQuantity: 0 }),
  ]);
  await everythingHolds();
});

test('the verifier notices a lot that holds more than its movements, and a gift of nobody', async () => {
  const seq = await receivedGift();
  await must(inspect(seq));
  await must(shelve(seq, 10));
  const changed = async (change: string) => {
    const seen: (string | undefined)[] = [];
    await database.ownerSql
      .begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await tx.unsafe(change);
        seen.push((await verifyGifts(tx, villageId))?.sentence);
        throw new Error('back');
      })
      .catch(() => {});
    return seen[0];
  };
  expect(await changed(`update stock_lot set quantity_on_hand = quantity_on_hand + 1 where gift_seq = ${seq}`)).toMatch(
    /28000 fen were received, but 30800/,
  );
  expect(await changed(`update stock_lot set gift_seq = 1 where gift_seq = ${seq}`)).toMatch(/nobody announced/);
  expect(
    await changed(
      `update act set facts = facts || '{"receipt": 99}' where type = 'gift.receive' and facts ->> 'gift' = '${seq}'`,
    ),
  ).toMatch(/its receipt is number 99/);
  expect(
    await changed(
      `update act set recorded_by = ${people.receiver} where type = 'gift.inspect' and facts ->> 'gift' = '${seq}'`,
    ),
  ).toMatch(/also found it good/);
});
