import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { allCards } from '../../src/cards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { receiveGoods, shelf } from '../../src/goods/index.ts';
import { type PostedOperation, reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { cards, willowCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { checkWorld } from '../support/world.ts';

const TODAY = '2026-10-15';

const RULES = { 'AD-LAB-01': 300, 'AD-ENV-06': 50, 'AD-LAW-03': -1000 } as const;
const GOODS = { GR001: 950, WA003: 300, AP001: 2000 } as const;
const HOLDERS = [cards.赵满仓, cards.单小花, cards.曾有田, cards.王建国] as const;

type Outcome = PostedOperation | { refused: string };

/** The village in a few lines: what should happen, without a database. */
interface Model {
  balances: Map<string, number>;
  stock: Map<string, number>;
  /** What was posted, with its effect, in order. */
  posted: { outcome: PostedOperation; effect: Effect; reversed: boolean; repeat: () => Promise<Outcome> }[];
}

interface Effect {
  points: Map<string, number>;
  goods: Map<string, number>;
  /** Goods that came in leave again only from their own lots, which the model does not know. */
  isReceipt: boolean;
}

type Step =
  | { act: 'award'; rule: keyof typeof RULES; cards: string[] }
  | { act: 'redeem'; card: string; lines: { code: keyof typeof GOODS; quantity: number }[] }
  | { act: 'receive'; code: keyof typeof GOODS; quantity: number }
  | { act: 'reverse' | 'repeat'; pick: number };

const card = fc.constantFrom(...HOLDERS);
const code = fc.constantFrom('GR001' as const, 'WA003' as const, 'AP001' as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    act: fc.constant('award' as const),
    rule: fc.constantFrom('AD-LAB-01' as const, 'AD-ENV-06' as const, 'AD-LAW-03' as const),
    cards: fc.uniqueArray(card, { minLength: 1 }),
  }),
  fc.record({
    act: fc.constant('redeem' as const),
    card,
    lines: fc.array(fc.record({ code, quantity: fc.integer({ min: 1, max: 4 }) }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ act: fc.constant('receive' as const), code, quantity: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ act: fc.constantFrom('reverse' as const, 'repeat' as const), pick: fc.nat() }),
);

let database: TestDatabase;
let db: Db;
let villageId: number;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'cast' });
  db = createDb(database.sql);
  villageId = (await findVillage(db.sql, willowCode))?.villageId ?? 0;
});

afterAll(() => database.close());

test('any order of acts does what a model of ten lines says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25, size: 'max' }), async (steps) => {
      const model = await readModel();
      for (const one of steps) await take(one, model);
      expect(await readModel()).toMatchObject({ balances: model.balances, stock: model.stock });
      await checkWorld(database.ownerSql);
    }),
    { numRuns: Number(process.env.MODEL_RUNS ?? 15), endOnFailure: true },
  );
}, 120_000);

async function readModel(): Promise<Model> {
  const holders = await allCards(db.sql, villageId);
  const goods = await shelf(db.sql, villageId, TODAY);
  return {
    balances: new Map(
      HOLDERS.map((number) => [number, holders.find((held) => held.number === number)?.balanceCentipoints ?? 0]),
    ),
    stock: new Map(
      Object.keys(GOODS).map((name) => [name, goods.find((item) => item.code === name)?.quantityOnHand ?? 0]),
    ),
    posted: [],
  };
}

async function take(one: Step, model: Model): Promise<void> {
  const by = { villageId, recordedBy: 1, today: TODAY, idempotencyKey: crypto.randomUUID() };
  switch (one.act) {
    case 'award': {
      const amount = RULES[one.rule];
      const award = { ...by, rule: one.rule, occurredOn: TODAY, cards: one.cards };
      const isCovered = one.cards.every((number) => (model.balances.get(number) ?? 0) + amount >= 0);
      const effect = {
        points: new Map(one.cards.map((number) => [number, amount])),
        goods: new Map(),
        isReceipt: false,
      };
      return expectOutcome(model, () => awardPoints(db, award), isCovered ? null : 'insufficient_points', effect);
    }
    case 'redeem': {
      const wanted = new Map<string, number>();
      for (const line of one.lines) wanted.set(line.code, (wanted.get(line.code) ?? 0) + line.quantity);
      const cost = [...wanted].reduce((sum, [name, quantity]) => sum + GOODS[name as keyof typeof GOODS] * quantity, 0);
      const isCovered = (model.balances.get(one.card) ?? 0) >= cost;
      const isThere = [...wanted].every(([name, quantity]) => (model.stock.get(name) ?? 0) >= quantity);
      const effect = {
        points: new Map([[one.card, -cost]]),
        goods: new Map([...wanted].map(([name, quantity]) => [name, -quantity])),
        isReceipt: false,
      };
      const refusal = isCovered ? (isThere ? null : 'out_of_stock') : 'insufficient_points';
      return expectOutcome(model, () => redeemGoods(db, { ...by, card: one.card, lines: one.lines }), refusal, effect);
    }
    case 'receive': {
      const source = { kind: 'purchase', name: '' } as const;
      const lines = [{ code: one.code, quantity: one.quantity }];
      const effect = { points: new Map(), goods: new Map([[one.code, one.quantity]]), isReceipt: true };
      return expectOutcome(model, () => receiveGoods(db, { ...by, source, occurredOn: TODAY, lines }), null, effect);
    }
    case 'repeat': {
      const earlier = model.posted[one.pick % Math.max(1, model.posted.length)];
      if (earlier) expect(await earlier.repeat()).toEqual({ ...earlier.outcome, isReplay: true });
      return;
    }
    case 'reverse': {
      const earlier = model.posted[one.pick % Math.max(1, model.posted.length)];
      if (!earlier) return;
      const which = { operationId: earlier.outcome.operationId };
      const outcome = await reverseActs(db, { ...by, which, reason: '记错了' });
      if (earlier.reversed) return expect(outcome).toMatchObject({ refused: 'already_reversed' });
      const isCovered = [...earlier.effect.points].every(
        ([number, amount]) => (model.balances.get(number) ?? 0) >= amount,
      );
      if (!isCovered) return expect(outcome).toMatchObject({ refused: 'points_already_spent' });
      if ('refused' in outcome) {
        expect(earlier.effect.isReceipt).toBe(true);
        return expect(outcome.refused).toBe('goods_already_issued');
      }
      earlier.reversed = true;
      apply(model, earlier.effect, -1);
    }
  }
}

async function expectOutcome(model: Model, send: () => Promise<Outcome>, refusal: string | null, effect: Effect) {
  const outcome = await send();
  if ('refused' in outcome) return expect(outcome.refused).toBe(refusal);
  expect(refusal).toBeNull();
  apply(model, effect, 1);
  model.posted.push({ outcome, effect, reversed: false, repeat: send });
}

function apply({ balances, stock }: Model, { points, goods }: Effect, sign: 1 | -1): void {
  for (const [number, amount] of points) balances.set(number, (balances.get(number) ?? 0) + sign * amount);
  for (const [name, quantity] of goods) stock.set(name, (stock.get(name) ?? 0) + sign * quantity);
}
