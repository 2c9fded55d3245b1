/** Several people of one household in one award, against a model of a few lines: all or none, balances and limits line by line. */
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { changeHousehold, openCards, registerHouseholds, villagerGroups } from '../../src/cards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { receiveGoods } from '../../src/goods/index.ts';
import { type PostedOperation, reverseActs } from '../../src/ledger/index.ts';
import { foundVillage } from '../../src/oversight/index.ts';
import { findRegion } from '../../src/people/index.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { changeRule } from '../../src/rules/index.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { must, townshipCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { checkWorld } from '../support/world.ts';
import { type Move, overspentWithout } from './household-model.ts';

const TODAY = '2026-10-15';
const OPENING = 500;
const UNSETTLED_MOST = 400;
const MONTH_MOST = 2_000;
const TIMES_EACH = 4;
const PRICE = 300;
const POINTS = { came: 200, missed: -150 } as const;
/** How many people live in each of a run's three households. */
const HOMES = [3, 2, 1] as const;

type Of = 'came' | 'missed';

interface Person {
  home: Home;
  memberId: number;
  times: Record<Of, number>;
}

interface Home {
  number: string;
  balance: number;
  earned: number;
  moves: Move<Posted>[];
}

interface Line {
  person: Person;
  amount: number;
}

interface Posted {
  of: Of;
  outcome: PostedOperation;
  lines: Line[];
  isReversed: boolean;
  repeat: () => Promise<PostedOperation | { refused: string }>;
}

type Step =
  | { act: Of; who: number[] }
  | { act: 'spend'; home: number; pieces: number }
  | { act: 'reverse' | 'repeat'; pick: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    act: fc.constantFrom('came' as const, 'missed' as const),
    who: fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 6 }),
  }),
  fc.record({ act: fc.constant('spend' as const), home: fc.nat(2), pieces: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ act: fc.constantFrom('reverse' as const, 'repeat' as const), pick: fc.nat() }),
);

let database: TestDatabase;
let db: Db;
let villageId: number;
let groupId: number;
const rules: Record<Of, string> = { came: '', missed: '' };

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
      terms: { openingCentipoints: OPENING, fenPerPoint: 300, earnedMonths: 24, openingMonths: 12 },
      recordedBy: 1,
      foundedOn: '2026-09-01',
    }),
  );
  if ('refused' in founded) throw new Error(founded.refused);
  villageId = founded.villageId;
  groupId = (await villagerGroups(db.sql, villageId))[0]?.groupId ?? 0;
  await must(
    changeSettings(db, { ...by(), wanted: { unsettledMostCentipoints: UNSETTLED_MOST }, reason: '村民代表会' }),
  );
  const cap = { capPeriod: 'month', capMaxCount: TIMES_EACH, capMaxCentipoints: null, capPer: 'person' } as const;
  const decision = {
    effectiveFrom: TODAY,
    meeting: '10 月 14 日村民代表会',
    unit: '人次',
    evidence: '签到表',
  } as const;
  for (const [of, name] of [
    ['came', '参加村民大会'],
    ['missed', '无故不到会'],
  ] as const) {
    const wording = { category: 'LAB', name, pointsCentipoints: POINTS[of] } as const;
    await must(changeRule(db, { ...by(), change: { kind: 'new', ...wording, ...cap, ...decision } }));
    const [row] = await db.sql<{ code: string }[]>`
      select code from rule_version where village_id = ${villageId} and name = ${name}`;
    rules[of] = row?.code ?? '';
  }
  const source = { kind: 'purchase', name: '' } as const;
  await must(receiveGoods(db, { ...by(), source, occurredOn: TODAY, lines: [{ code: 'WA003', quantity: 900 }] }));
}, 60_000);

afterAll(() => database.close());

const by = () => ({ villageId, recordedBy: 1, today: TODAY, idempotencyKey: crypto.randomUUID() });

test('two people of one household are two lines, each on what the one before leaves', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14, size: 'max' }), async (steps) => {
      const people = await settle();
      const posted: Posted[] = [];
      for (const one of steps) await take(one, people, posted);
      const homes = [...new Set(people.map(({ home }) => home))];
      expect(await balances(homes)).toEqual(homes.map(({ balance }) => balance));
      await checkWorld(database.ownerSql);
    }),
    { numRuns: Number(process.env.MODEL_RUNS ?? 12), endOnFailure: true },
  );
  expect((await verifyEverything(db.sql, tmpdir())).bad).toEqual([]);
}, 180_000);

/** Three fresh households a run, with the names of all who live there. */
async function settle(): Promise<Person[]> {
  const drafts = HOMES.map((memberCount, place) => ({
    groupId,
    headName: `${'赵钱孙'[place]}家`,
    memberCount,
    phone: null,
  }));
  const numbers = await registerHouseholds(db.sql, villageId, drafts);
  await must(openCards(db, { ...by(), occurredOn: TODAY, cards: numbers }));
  const people: Person[] = [];
  for (const [place, number] of numbers.entries()) {
    const names = [...'甲乙丙'].slice(0, HOMES[place]);
    await must(changeHousehold(db, { ...by(), change: { kind: 'naming', card: number, names, reason: '' } }));
    const rows = await db.sql<{ memberId: number }[]>`
      select member_id as "memberId"
        from household_member
        join card using (village_id, household_id)
       where village_id = ${villageId}
         and card.number = ${number}
       order by member_id`;
    const home = { number, balance: OPENING, earned: 0, moves: [{ amount: OPENING, mayWait: false, of: null }] };
    people.push(...rows.map(({ memberId }) => ({ home, memberId, times: { came: 0, missed: 0 } })));
  }
  return people;
}

async function balances(homes: readonly Home[]): Promise<number[]> {
  const rows = await database.ownerSql<{ number: string; balance: number }[]>`
    select card.number, balance_centipoints::integer as balance
      from account
      join card on card.village_id = account.village_id and card.household_id = account.holder_id
     where account.village_id = ${villageId}
       and account.kind = 'spendable'`;
  const known = new Map(rows.map(({ number, balance }) => [number, balance]));
  return homes.map(({ number }) => known.get(number) ?? Number.NaN);
}

async function take(one: Step, people: readonly Person[], posted: Posted[]): Promise<void> {
  const earlier = 'pick' in one ? posted[one.pick % Math.max(1, posted.length)] : undefined;
  switch (one.act) {
    case 'came':
    case 'missed':
      return award(
        one.act,
        one.who.flatMap((who) => people[who] ?? []),
        posted,
      );
    case 'spend': {
      const { home } = people[[0, 3, 5][one.home] ?? 0] as Person;
      const cost = one.pieces * PRICE;
      const lines = [{ code: 'WA003', quantity: one.pieces }];
      const outcome = await redeemGoods(db, { ...by(), card: home.number, lines });
      if (home.balance < cost) return expect(outcome).toMatchObject({ refused: 'insufficient_points' });
      expect(outcome).toHaveProperty('acts');
      home.balance -= cost;
      home.moves.push({ amount: -cost, mayWait: false, of: null });
      return;
    }
    case 'repeat':
      if (earlier) expect(await earlier.repeat()).toEqual({ ...earlier.outcome, isReplay: true });
      return;
    case 'reverse':
      if (earlier) await reverse(earlier);
  }
}

async function award(of: Of, whom: readonly Person[], posted: Posted[]): Promise<void> {
  const ofHomes = byHome(whom, ({ home }) => home);
  const inOrder = [...ofHomes.values()].flat();
  const lines = decided(of, inOrder);
  const asked = {
    ...by(),
    rule: rules[of],
    occurredOn: TODAY,
    cards: [...ofHomes.keys()].map(({ number }) => number),
    members: Object.fromEntries([...ofHomes].map(([{ number }, of_]) => [number, of_.map(({ memberId }) => memberId)])),
  };
  const outcome = await awardPoints(db, asked);
  if (typeof lines === 'string') return expect(outcome).toMatchObject({ refused: lines });
  if ('refused' in outcome) throw new Error(`${outcome.refused} instead of ${lines.length} lines`);
  expect(outcome.acts.map(({ amountCentipoints }) => amountCentipoints)).toEqual(lines.map(({ amount }) => amount));
  const one: Posted = { of, outcome, lines, isReversed: false, repeat: () => awardPoints(db, asked) };
  for (const [place, { person, amount }] of lines.entries()) {
    const { home } = person;
    home.balance += amount;
    expect(outcome.acts[place]?.balanceAfterCentipoints).toBe(home.balance);
    home.earned += Math.max(amount, 0);
    home.moves.push({ amount, mayWait: of === 'missed', of: one });
    person.times[of] += 1;
  }
  posted.push(one);
}

function byHome<One>(all: readonly One[], homeOf: (one: One) => Home): Map<Home, One[]> {
  const homes = new Map<Home, One[]>();
  for (const one of all) homes.set(homeOf(one), [...(homes.get(homeOf(one)) ?? []), one]);
  return homes;
}

/** The lines that must come of it, or why nothing does. */
function decided(of: Of, people: readonly Person[]): Line[] | string {
  const left = new Map(people.map(({ home }) => [home, { balance: home.balance, room: MONTH_MOST - home.earned }]));
  const lines: Line[] = [];
  for (const person of people) {
    const home = left.get(person.home);
    if (!home) throw new Error('everybody lives somewhere');
    if (person.times[of] >= TIMES_EACH) return 'person_cap_reached';
    if (of === 'came' && home.room <= 0) return 'month_limit_reached';
    const amount =
      of === 'came' ? Math.min(POINTS.came, home.room) : Math.max(POINTS.missed, -UNSETTLED_MOST - home.balance);
    if (of === 'missed' && amount >= 0) return 'deduction_floor_reached';
    home.balance += amount;
    home.room -= Math.max(amount, 0);
    lines.push({ person, amount });
  }
  return lines;
}

async function reverse(earlier: Posted): Promise<void> {
  const { operationId } = earlier.outcome;
  const outcome = await reverseActs(db, { ...by(), which: { operationId }, reason: '记错了' });
  if (earlier.isReversed) return expect(outcome).toMatchObject({ refused: 'already_reversed' });
  const ofHomes = byHome(earlier.lines, ({ person }) => person.home);
  const isSpent = [...ofHomes].some(([home, lines]) => {
    const left = home.balance - lines.reduce((sum, { amount }) => sum + amount, 0);
    return earlier.of === 'came' && left < 0 && (-left > UNSETTLED_MOST || overspentWithout(home.moves, earlier) > 0);
  });
  if (isSpent) return expect(outcome).toMatchObject({ refused: 'points_already_spent' });
  if ('refused' in outcome) throw new Error(`not taken back: ${outcome.refused}`);
  expect(outcome.acts).toHaveLength(earlier.lines.length);
  earlier.isReversed = true;
  for (const [place, { person, amount }] of earlier.lines.entries()) {
    const { home } = person;
    home.balance -= amount;
    expect(outcome.acts[place]?.balanceAfterCentipoints).toBe(home.balance);
    home.earned -= Math.max(amount, 0);
    home.moves = home.moves.filter((move) => move.of !== earlier);
    person.times[earlier.of] -= 1;
  }
}
