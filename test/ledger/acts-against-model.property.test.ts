import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import {
  changeHousehold,
  expirePoints,
  type HouseholdChange,
  openCards,
  registerHouseholds,
  villagerGroups,
} from '../../src/cards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { receiveGoods, shelf } from '../../src/goods/index.ts';
import { type PostedOperation, reverseActs } from '../../src/ledger/index.ts';
import { foundVillage } from '../../src/oversight/index.ts';
import { findRegion } from '../../src/people/index.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { must, townshipCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { checkWorld } from '../support/world.ts';
import { changeModel, type ModelHousehold, type Move, overspentWithout } from './household-model.ts';

const TODAY = '2026-10-15';
/** When all that was earned so far is too old, and the opening points long gone. */
const LATER = '2028-10-15';

/** Rules that no cap limits, so that the model need not count. */
const RULES = { 'AD-HON-03': 500, 'AD-MIL-01': 1500, 'AD-LAW-03': -1000 } as const;
const GOODS = { GR001: 950, WA003: 300, AP001: 2000 } as const;
/** How far a household may stay behind with a deduction. */
const UNSETTLED_MOST = 2000;
const REASON = '经村委会同意';

type Outcome = PostedOperation | { refused: string };

/** The village in a few lines: what should happen, without a database. */
interface Model {
  households: ModelHousehold[];
  stock: Map<string, number>;
  /** What moved on each card, in order: of the sum it matters what a deduction took and what was spent. */
  moves: Map<ModelHousehold, Move<Effect>[]>;
  /** What was posted, with its effect, in order. */
  posted: Posted[];
}

interface Posted {
  outcome: PostedOperation;
  effect: Effect;
  reversed: boolean;
  repeat: () => Promise<Outcome>;
}

interface Effect {
  points: Map<ModelHousehold, number>;
  goods: Map<string, number>;
  /** Goods that came in leave again only from their own lots, which the model does not know. */
  isReceipt?: boolean;
  isChange?: boolean;
  isDeduction?: boolean;
}

type Step =
  | { act: 'award'; rule: keyof typeof RULES; who: number[] }
  | { act: 'redeem'; who: number; lines: { code: keyof typeof GOODS; quantity: number }[] }
  | { act: 'receive'; code: keyof typeof GOODS; quantity: number }
  | {
      act: 'change';
      kind: Exclude<HouseholdChange['kind'], 'naming' | 'arrival' | 'correction'>;
      who: number;
      other: number;
      share: number;
      people: number;
    }
  | { act: 'reverse' | 'repeat'; pick: number }
  | { act: 'expire' };

const code = fc.constantFrom('GR001' as const, 'WA003' as const, 'AP001' as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    act: fc.constant('award' as const),
    rule: fc.constantFrom('AD-HON-03' as const, 'AD-MIL-01' as const, 'AD-LAW-03' as const),
    who: fc.uniqueArray(fc.nat(3), { minLength: 1 }),
  }),
  fc.record({
    act: fc.constant('redeem' as const),
    who: fc.nat(),
    lines: fc.array(fc.record({ code, quantity: fc.integer({ min: 1, max: 4 }) }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ act: fc.constant('receive' as const), code, quantity: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    act: fc.constant('change' as const),
    kind: fc.constantFrom(
      ...(['freezing', 'unfreezing', 'unfreezing', 'recall', 'replacement', 'replacement'] as const),
      ...(['split', 'split', 'split', 'merger', 'departure', 'settlement'] as const),
    ),
    who: fc.nat(),
    other: fc.nat(),
    share: fc.integer({ min: 0, max: 110 }),
    people: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({ act: fc.constantFrom('reverse' as const, 'repeat' as const), pick: fc.nat() }),
  { arbitrary: fc.record({ act: fc.constant('expire' as const) }), weight: 1 },
);

let database: TestDatabase;
let db: Db;
let villageId: number;
let groupId: number;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'cast' });
  db = createDb(database.sql);
  const township = await findRegion(db.sql, townshipCode);
  const founded = await db.sql.begin((tx) =>
    foundVillage(tx, {
      code: '990100001009',
      name: '模型村',
      townshipId: township?.regionId ?? 0,
      isMadeUp: true,
      groups: ['一组'],
      terms: { openingCentipoints: 3_000, fenPerPoint: 300, earnedMonths: 24, openingMonths: 12 },
      recordedBy: 1,
      foundedOn: '2026-09-01',
    }),
  );
  if ('refused' in founded) throw new Error(founded.refused);
  villageId = founded.villageId;
  groupId = (await villagerGroups(db.sql, villageId))[0]?.groupId ?? 0;
  await must(changeSettings(db, { ...by(), wanted: { unsettledMostCentipoints: UNSETTLED_MOST }, reason: REASON }));
});

afterAll(() => database.close());

const by = () => ({ villageId, recordedBy: 1, today: TODAY, idempotencyKey: crypto.randomUUID() });

test('any order of acts does what a model of a few lines says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25, size: 'max' }), async (steps) => {
      await settleFour();
      const village = await readVillage();
      const moves = new Map(village.households.map((household) => [household, [beginning(household)]]));
      const model = { ...village, moves, posted: [] };
      for (const one of steps) await take(one, model);
      expect(await readVillage()).toEqual({ households: model.households, stock: model.stock });
      await checkWorld(database.ownerSql);
    }),
    { numRuns: Number(process.env.MODEL_RUNS ?? 15), endOnFailure: true },
  );
}, 120_000);

/** Four fresh households a run, before those of earlier runs, so that there is always somebody to act. */
async function settleFour(): Promise<void> {
  const drafts = ['赵', '钱', '孙', '李'].map((name) => ({
    groupId,
    headName: `${name}家`,
    memberCount: 3,
    phone: null,
  }));
  const numbers = await registerHouseholds(db.sql, villageId, drafts);
  await must(openCards(db, { ...by(), occurredOn: TODAY, cards: numbers }));
}

/** What earlier runs left cannot be taken back in this one. */
function beginning({ balance }: ModelHousehold): Move<Effect> {
  return { amount: balance, mayWait: balance < 0, of: null };
}

async function readVillage(): Promise<Pick<Model, 'households' | 'stock'>> {
  const households = await database.ownerSql<ModelHousehold[]>`
    select card.number,
           account.balance_centipoints::integer as balance,
           account.status,
           household.member_count as members,
           card.recalled_at is not null as "isRecalled",
           household.vacated_on is not null as "isVacated"
      from household
      join account on account.village_id = household.village_id and account.holder_id = household_id
      join card on card.village_id = household.village_id and card.household_id = household.household_id
     where household.village_id = ${villageId}
       and card.ended_at is null
     order by household.household_id desc`;
  const goods = await shelf(db.sql, villageId, TODAY);
  return {
    households: households.map((household) => ({ ...household })),
    stock: new Map(
      Object.keys(GOODS).map((name) => [name, goods.find((item) => item.code === name)?.quantityOnHand ?? 0]),
    ),
  };
}

/** The newest seven, so that they meet each other. */
const pickOne = ({ households }: Model, who: number) =>
  households[who % Math.min(7, households.length)] as ModelHousehold;

async function take(one: Step, model: Model): Promise<void> {
  switch (one.act) {
    case 'award': {
      const amount = RULES[one.rule];
      const households = one.who.map((who) => pickOne(model, who));
      const award = { ...by(), rule: one.rule, occurredOn: TODAY, cards: households.map(({ number }) => number) };
      const refusals = households.flatMap((household) => {
        if (household.status !== 'active') return `card_${household.status}`;
        return amount < 0 && household.balance <= -UNSETTLED_MOST ? 'deduction_floor_reached' : [];
      });
      const taken = ({ balance }: ModelHousehold) => Math.max(amount, Math.min(-UNSETTLED_MOST - balance, 0));
      const points = new Map(households.map((one_) => [one_, amount > 0 ? amount : taken(one_)]));
      const effect = { points, goods: new Map(), isDeduction: amount < 0 };
      return expectOutcome(model, () => awardPoints(db, award), refusals, effect);
    }
    case 'redeem': {
      const household = pickOne(model, one.who);
      const wanted = new Map<string, number>();
      for (const line of one.lines) wanted.set(line.code, (wanted.get(line.code) ?? 0) + line.quantity);
      const cost = [...wanted].reduce((sum, [name, quantity]) => sum + GOODS[name as keyof typeof GOODS] * quantity, 0);
      const isThere = [...wanted].every(([name, quantity]) => (model.stock.get(name) ?? 0) >= quantity);
      const refusals =
        household.status !== 'active'
          ? [`card_${household.status}`]
          : [...(household.balance < cost ? ['insufficient_points'] : []), ...(isThere ? [] : ['out_of_stock'])];
      const effect = {
        points: new Map([[household, -cost]]),
        goods: new Map([...wanted].map(([name, quantity]) => [name, -quantity])),
      };
      const redemption = { ...by(), card: household.number, lines: one.lines };
      return expectOutcome(model, () => redeemGoods(db, redemption), refusals, effect);
    }
    case 'receive': {
      const source = { kind: 'purchase', name: '' } as const;
      const lines = [{ code: one.code, quantity: one.quantity }];
      const receipt = { ...by(), source, occurredOn: TODAY, lines };
      const effect = { points: new Map(), goods: new Map([[one.code, one.quantity]]), isReceipt: true };
      return expectOutcome(model, () => receiveGoods(db, receipt), [], effect);
    }
    case 'change':
      return takeChange(one, model);
    case 'expire': {
      const expiry = { ...by(), today: LATER, occurredOn: LATER };
      const outcome = await expirePoints(db, expiry);
      if ('refused' in outcome) {
        expect(outcome.refused).toBe('nothing_to_expire');
        return;
      }
      // How much is too old is proved by the verifier from outside, which knows the days; here only that it is gone.
      const points = new Map<ModelHousehold, number>();
      for (const { accountId, amountCentipoints } of outcome.acts) {
        points.set(await householdOf(model, accountId ?? 0), amountCentipoints ?? 0);
      }
      const effect = { points, goods: new Map() };
      apply(model, effect, 1);
      model.posted.push({ outcome, effect, reversed: false, repeat: () => expirePoints(db, expiry) });
      return;
    }
    case 'repeat': {
      const earlier = model.posted[one.pick % Math.max(1, model.posted.length)];
      if (earlier) expect(await earlier.repeat()).toEqual({ ...earlier.outcome, isReplay: true });
      return;
    }
    case 'reverse':
      return takeReversal(model, model.posted[one.pick % Math.max(1, model.posted.length)]);
  }
}

async function takeChange(one: Extract<Step, { act: 'change' }>, model: Model): Promise<void> {
  const household = pickOne(model, one.who);
  const into = pickOne(model, one.other);
  const asked = { card: household.number, reason: REASON };
  const change: HouseholdChange =
    one.kind === 'split'
      ? {
          ...asked,
          kind: 'split',
          headName: '新户',
          groupId,
          memberCount: one.people,
          phone: null,
          centipoints: Math.floor((Math.max(household.balance, 0) * one.share) / 100),
        }
      : one.kind === 'merger'
        ? { ...asked, kind: 'merger', into: into.number }
        : one.kind === 'departure'
          ? { ...asked, kind: 'departure', leaving: one.people, newHead: null }
          : { ...asked, kind: one.kind };
  const input = { ...by(), change };
  const [highest] = await database.ownerSql<{ number: string }[]>`
    select max(number) as number from card where village_id = ${villageId}`;
  const newNumber = String(Number(highest?.number) + 1).padStart(10, '0');
  const before = new Map(model.households.map((each) => [each, each.balance]));
  const expected = changeModel(change, household, into, newNumber);
  const outcome = await changeHousehold(db, input);
  if ('refused' in expected) {
    expect(outcome).toMatchObject({ refused: expected.refused });
    return;
  }
  if ('refused' in outcome) throw new Error(`${change.kind}: ${outcome.refused}`);
  model.households.unshift(...expected.made);
  const isTakenOver = change.kind === 'merger' && (before.get(household) ?? 0) < 0;
  for (const each of model.households) {
    const amount = each.balance - (before.get(each) ?? 0);
    if (amount !== 0) movesOf(model, each).push({ amount, mayWait: isTakenOver, of: null });
  }
  const effect = { points: new Map(), goods: new Map(), isChange: true };
  model.posted.push({ outcome, effect, reversed: false, repeat: () => changeHousehold(db, input) });
}

async function takeReversal(model: Model, earlier: Posted | undefined): Promise<void> {
  if (!earlier) return;
  const which = { operationId: earlier.outcome.operationId };
  const outcome = await reverseActs(db, { ...by(), which, reason: '记错了' });
  const refused = 'refused' in outcome ? outcome.refused : null;
  if (earlier.effect.isChange) return expect(refused).toBe('household_change_stays');
  if (earlier.reversed) return expect(refused).toBe('already_reversed');
  // Which part of an award has expired is known to the ledger alone; checkWorld proves the sums all the same.
  if (refused === 'points_already_expired') return;
  const against = [...earlier.effect.points].flatMap(([household, amount]) => {
    if (household.status !== 'active') return 'account_not_active';
    const below = amount - household.balance;
    const isSpent =
      below > 0 && (below > UNSETTLED_MOST || overspentWithout(movesOf(model, household), earlier.effect) > 0);
    return isSpent ? 'points_already_spent' : [];
  });
  if (against.length > 0) return expect(refused).toBe(against[0]);
  if (refused !== null) {
    expect(earlier.effect.isReceipt).toBe(true);
    return expect(refused).toBe('goods_already_issued');
  }
  earlier.reversed = true;
  apply(model, earlier.effect, -1);
}

async function expectOutcome(model: Model, send: () => Promise<Outcome>, refusals: string[], effect: Effect) {
  const outcome = await send();
  if ('refused' in outcome) return expect(refusals).toContain(outcome.refused);
  expect(refusals).toEqual([]);
  apply(model, effect, 1);
  model.posted.push({ outcome, effect, reversed: false, repeat: send });
}

function apply(model: Model, effect: Effect, sign: 1 | -1): void {
  for (const [household, amount] of effect.points) {
    household.balance += sign * amount;
    const moves = movesOf(model, household);
    if (sign === 1) moves.push({ amount, mayWait: effect.isDeduction ?? false, of: effect });
    else moves.splice(0, moves.length, ...moves.filter(({ of }) => of !== effect));
  }
  for (const [name, quantity] of effect.goods) model.stock.set(name, (model.stock.get(name) ?? 0) + sign * quantity);
}

function movesOf({ moves }: Model, household: ModelHousehold): Move<Effect>[] {
  const known = moves.get(household) ?? [];
  moves.set(household, known);
  return known;
}

async function householdOf({ households }: Model, accountId: number): Promise<ModelHousehold> {
  const [row] = await database.ownerSql<{ number: string }[]>`
    select card.number
      from account
      join card on card.village_id = account.village_id and card.household_id = account.holder_id
     where account.village_id = ${villageId}
       and account.account_id = ${accountId}
       and card.ended_at is null`;
  const found = households.find(({ number }) => number === row?.number);
  if (!found) throw new Error('points expired on a card that the model does not know');
  return found;
}
