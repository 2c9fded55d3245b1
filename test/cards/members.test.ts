/** 家庭成员: who is named, who goes where, and caps that are each person's, up to the verifier from outside. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBooks } from '../../src/audit/books.ts';
import { parseLeaf } from '../../src/audit/parse-leaf.ts';
import { awardPoints } from '../../src/awards/award-points.ts';
import { decideReplay, type ReplayedAct } from '../../src/awards/decide-replay.ts';
import { goingOf } from '../../src/cards/decide-members.ts';
import {
  cardByNumber,
  changeHousehold,
  type HouseholdCard,
  type HouseholdChange,
  membersOf,
  verifyMembers,
  villagerGroups,
} from '../../src/cards/index.ts';
import { passbook } from '../../src/cards/passbook.ts';
import { periodBounds } from '../../src/claims/cap-usage.ts';
import { fileClaim } from '../../src/claims/file-claim.ts';
import { passClaims, verifyClaims, withdrawClaim } from '../../src/claims/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { addDays } from '../../src/platform/clock.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { changeRule } from '../../src/rules/index.ts';
import { cards, must, willowCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { checkWorld } from '../support/world.ts';

const TODAY = '2026-10-15';
const NAMES = ['赵满仓', '钱桂花', '赵小宝'];

let database: TestDatabase;
let db: Db;
let villageId: number;
let keys = 0;
/** A rule of the village's own: twice a month for each person. */
let each: string;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'cast' });
  db = createDb(database.sql);
  villageId = (await findVillage(db.sql, willowCode))?.villageId ?? 0;
  const wording = { name: '参加夜校识字班', pointsCentipoints: 100, unit: '人次', evidence: '签到表' };
  const cap = { capPeriod: 'month', capMaxCount: 2, capMaxCentipoints: null, capPer: 'person' } as const;
  const decision = { effectiveFrom: TODAY, meeting: '10 月 14 日村民代表会' };
  const change = { kind: 'new', category: 'LAB', ...wording, ...cap, ...decision } as const;
  await must(changeRule(db, { ...by(), change }));
  const [row] = await db.sql<{ code: string }[]>`
    select code from rule_version where village_id = ${villageId} and cap_per = 'person'`;
  each = row?.code ?? '';
});

afterAll(async () => {
  await proveAll();
  await database.close();
});

const by = () => ({ villageId, recordedBy: 1, today: TODAY, idempotencyKey: `member-${++keys}` });
const change = (what: HouseholdChange) => changeHousehold(db, { ...by(), change: what });
const naming = (card: string, names: string[]) => change({ kind: 'naming', card, names, reason: '' });
const award = (card: string, member?: number, occurredOn = TODAY) =>
  awardPoints(db, {
    ...by(),
    rule: each,
    occurredOn,
    cards: [card],
    ...(member !== undefined && { members: { [card]: [member] } }),
  });

async function proveAll(): Promise<void> {
  await checkWorld(database.ownerSql);
  expect(await verifyMembers(db.sql, villageId)).toBeNull();
  expect(await verifyClaims(db.sql, villageId)).toBeNull();
}

async function household(number: string): Promise<HouseholdCard> {
  const card = await cardByNumber(db.sql, villageId, number);
  if (!card) throw new Error(`there is no card ${number}`);
  return card;
}

async function memberIds(number: string): Promise<Record<string, number>> {
  const members = await membersOf(db.sql, villageId, [(await household(number)).householdId]);
  return Object.fromEntries(members.map(({ name, memberId }) => [name, memberId]));
}

async function leaves(type: string): Promise<Record<string, unknown>[]> {
  const rows = await database.ownerSql<{ leaf: Buffer }[]>`
    select leaf from act where village_id = ${villageId} and type = ${type} order by seq`;
  return rows.map(({ leaf }) => JSON.parse(leaf.toString('utf8')) as Record<string, unknown>);
}

describe('who goes, of those who are named', () => {
  const named = (memberId: number, name: string) => ({ memberId, name, householdId: 1, pseudonym: name });
  const three = [named(1, '甲'), named(2, '乙'), named(3, '丙')];
  const card = { number: '0010010001', memberCount: 4 } as HouseholdCard;
  const refused = (chosen: number, leaving: number) => ({
    refused: 'members_not_chosen',
    number: card.number,
    chosen,
    leaving,
  });

  test.each([
    ['the one who was not named', three, [], 1, undefined, []],
    ['one who was chosen', three, [2], 1, undefined, ['乙']],
    ['the head of the new household, chosen or not', three, [1], 2, '丙', ['甲', '丙']],
    ['everybody', three, [], 4, undefined, ['甲', '乙', '丙']],
    ['nobody is named', [], [], 3, undefined, []],
  ])('%s', (_, members, chosen, leaving, name, going) => {
    const decided = goingOf({ chosen, leaving, ...(name && { name }) }, { card, members, drawMember: () => '' });
    expect('refused' in decided ? decided : decided.members.map((one) => one.name)).toEqual(going);
  });

  test.each([
    ['more would stay than are counted', [], 2, refused(0, 2)],
    ['more were chosen than leave', [1, 2], 1, refused(2, 1)],
    ['somebody of another household', [9], 1, refused(0, 1)],
  ])('refused: %s', (_, chosen, leaving, refusal) => {
    expect(goingOf({ chosen, leaving }, { card, members: three, drawMember: () => '' })).toEqual(refusal);
  });
});

test('nobody has more than a cap that is each person’s, in whatever order and whichever household', () => {
  const line = fc.record({
    account: fc.integer({ min: 1, max: 2 }),
    member: fc.constantFrom('a', 'b', 'c'),
    day: fc.integer({ min: 0, max: 60 }),
  });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), (lines, capMaxCount) => {
      const acts = lines.map(
        ({ account, member, day }, seq): ReplayedAct => ({
          seq,
          accountId: account,
          member,
          occurredOn: addDays('2026-10-01', day),
          rule: 'R',
          pointsCentipoints: 100,
          capPeriod: 'month',
          capPer: 'person',
          capMaxCount,
          capMaxCentipoints: null,
          isOutsideLimits: false,
          times: 1,
          amountCentipoints: 100,
          beyondCentipoints: 0,
          reversedBySeq: null,
        }),
      );
      const places = new Map<string, number>();
      for (const { member, occurredOn } of acts) {
        const place = `${member} ${occurredOn.slice(0, 7)}`;
        places.set(place, (places.get(place) ?? 0) + 1);
      }
      const expected = [...places.values()].reduce((sum, times) => sum + Math.min(times, capMaxCount), 0) * 100;
      const { total } = decideReplay({
        acts,
        firstDay: '2026-10-01',
        lastDay: '2026-11-30',
        changes: new Map(),
        limits: { monthMaxCentipoints: null, yearMaxCentipoints: null },
        periodBounds,
      });
      expect(total.afterCentipoints).toBe(expected);
    }),
  );
});

test('names are kept beside the record, in which a drawn name stands for each', async () => {
  expect(await award(cards.赵满仓)).toEqual({ refused: 'member_missing', number: cards.赵满仓, name: '赵满仓' });
  await must(naming(cards.赵满仓, NAMES));
  expect(Object.keys(await memberIds(cards.赵满仓))).toEqual(NAMES);
  const [leaf] = await leaves('household.join');
  expect(leaf).toMatchObject({ arrived: 0, acct: (await household(cards.赵满仓)).pseudonym });
  expect(leaf?.['members']).toHaveLength(3);
  expect(JSON.stringify(leaf)).not.toContain('小宝');
  expect(await naming(cards.赵满仓, ['钱桂花'])).toMatchObject({ refused: 'member_known', name: '钱桂花' });
  expect(await naming(cards.赵满仓, ['赵一', '赵二'])).toMatchObject({ refused: 'more_names_than_members', count: 5 });
  await proveAll();
});

test('a child that is born is counted and named in one act', async () => {
  await must(change({ kind: 'arrival', card: cards.赵满仓, reason: '添丁', names: ['赵二宝'] }));
  expect((await household(cards.赵满仓)).memberCount).toBe(5);
  expect((await leaves('household.join')).at(-1)).toMatchObject({ arrived: 1 });
  await proveAll();
});

test('each person has a cap of her own, and what waits and what was reversed is counted as it stands', async () => {
  const ids = await memberIds(cards.赵满仓);
  expect(await award(cards.单小花, ids['钱桂花'])).toMatchObject({ refused: 'unknown_member' });
  const first = await must(award(cards.赵满仓, ids['钱桂花']));
  const claim = { ...by(), number: cards.赵满仓, rule: each, occurredOn: TODAY, note: '上夜校', filedBy: null };
  await must(fileClaim(db, { ...claim, forWhom: '钱桂花', isByHousehold: false }));
  const full = { refused: 'person_cap_reached', number: cards.赵满仓, name: '钱桂花' };
  expect(await award(cards.赵满仓, ids['钱桂花'])).toEqual(full);
  expect(await award(cards.赵满仓, ids['赵小宝'])).toHaveProperty('acts');
  await must(reverseActs(db, { ...by(), which: { seq: first.acts[0]?.seq ?? 0 }, reason: '记错了' }));
  expect(await award(cards.赵满仓, ids['钱桂花'])).toHaveProperty('acts');
  expect(await award(cards.赵满仓, ids['钱桂花'])).toEqual(full);
  const [waiting] = await db.sql<{ claimId: string; member: string }[]>`
    select claim_id as "claimId", member from claim where village_id = ${villageId}`;
  const named = (await leaves('points.award')).at(-1);
  expect(waiting?.member).toBe(named?.['member']);
  await must(withdrawClaim(db, { ...by(), claimId: waiting?.claimId ?? '', reason: '不报了', personId: 1 }));
  expect(await award(cards.赵满仓, ids['钱桂花'])).toHaveProperty('acts');
  await proveAll();
});

test('of many awards at once for one person no more come through than the cap lets', async () => {
  const ids = await memberIds(cards.赵满仓);
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => award(cards.赵满仓, ids['赵二宝'])));
  expect(outcomes.filter((outcome) => 'acts' in outcome)).toHaveLength(2);
  for (const outcome of outcomes.filter((one) => 'refused' in one)) {
    expect(outcome).toMatchObject({ refused: 'person_cap_reached', name: '赵二宝' });
  }
  await proveAll();
});

test('a name that was misspelt is corrected for the same person, whom the record goes on calling as before', async () => {
  const ids = await memberIds(cards.赵满仓);
  const correct = (member: number | undefined, newName: string) =>
    change({ kind: 'correction', card: cards.赵满仓, reason: '写错了', member: member ?? 0, newName });
  expect(await correct(999_999, '赵小保')).toMatchObject({ refused: 'unknown_member' });
  expect(await correct(ids['赵小宝'], '赵小宝')).toEqual({ refused: 'name_unchanged' });
  expect(await correct(ids['赵小宝'], '钱桂花')).toMatchObject({ refused: 'member_known' });
  await must(correct(ids['赵小宝'], '赵小保'));
  expect(await memberIds(cards.赵满仓)).toMatchObject({ 赵小保: ids['赵小宝'], 钱桂花: ids['钱桂花'] });
  const [joined] = await leaves('household.join');
  const [leaf] = await leaves('household.correct');
  expect(leaf).toMatchObject({ acct: (await household(cards.赵满仓)).pseudonym });
  expect(JSON.stringify(leaf)).not.toMatch(/赵小|写错/);
  // What was given under the wrong name is shown under the right one.
  const { accountId } = await household(cards.赵满仓);
  const lines = await passbook(db.sql, { villageId, accountId, limit: 50 });
  expect(lines.map(({ memberName }) => memberName)).toContain('赵小保');
  expect(lines.map(({ memberName }) => memberName)).not.toContain('赵小宝');
  // The head is the household's name too.
  await must(correct(ids['赵满仓'], '赵满昌'));
  expect(await household(cards.赵满仓)).toMatchObject({ headName: '赵满昌', initials: 'zmc' });
  expect((await leaves('household.correct')).at(-1)).toMatchObject({
    member: (joined?.['members'] as string[] | undefined)?.[0],
  });
  await proveAll();
  await must(correct(ids['赵满仓'], '赵满仓'));
  await must(correct(ids['赵小宝'], '赵小宝'));
  await proveAll();
  await database.ownerSql`update household_member set name = '赵小报' where member_id = ${ids['赵小宝'] ?? 0}`;
  expect(await verifyMembers(db.sql, villageId)).toMatchObject({ table: 'household_member' });
  await database.ownerSql`update household_member set name = '赵小宝' where member_id = ${ids['赵小宝'] ?? 0}`;
});

test('who is split off takes along what was had, and who joins again comes back with it', async () => {
  const ids = await memberIds(cards.赵满仓);
  const [group] = await villagerGroups(db.sql, villageId);
  const split = {
    kind: 'split',
    card: cards.赵满仓,
    reason: '分家',
    headName: '钱桂花',
    groupId: group?.groupId ?? 0,
  } as const;
  const parted = { ...split, memberCount: 2, phone: null, centipoints: 0, members: [ids['赵二宝'] ?? 0] };
  expect(await change({ ...parted, memberCount: 1 })).toMatchObject({ refused: 'members_not_chosen', chosen: 2 });
  await must(change(parted));
  const [row] = await db.sql<
    { number: string }[]
  >`select max(number) as number from card where village_id = ${villageId}`;
  const number = row?.number ?? '';
  expect(Object.keys(await memberIds(number))).toEqual(['钱桂花', '赵二宝']);
  expect(await award(cards.赵满仓, ids['钱桂花'])).toMatchObject({ refused: 'unknown_member' });
  expect(await award(number, ids['钱桂花'])).toEqual({ refused: 'person_cap_reached', number, name: '钱桂花' });
  await must(change({ kind: 'merger', card: number, reason: '又合一家', into: cards.赵满仓 }));
  expect(Object.keys(await memberIds(cards.赵满仓))).toHaveLength(4);
  const leaving = { kind: 'departure', card: cards.赵满仓, reason: '外出', leaving: 1, newHead: null } as const;
  await must(change({ ...leaving, members: [ids['赵小宝'] ?? 0] }));
  expect(await memberIds(cards.赵满仓)).not.toHaveProperty('赵小宝');
  expect(await award(cards.赵满仓, ids['赵小宝'])).toMatchObject({ refused: 'unknown_member' });
  await proveAll();
});

test('what waited counts for the person when the village has said its word', async () => {
  await must(naming(cards.曾有田, ['曾有田', '曾小田']));
  const claim = { ...by(), number: cards.曾有田, rule: each, occurredOn: TODAY, note: '上夜校', filedBy: null };
  expect(await fileClaim(db, { ...claim, isByHousehold: false })).toMatchObject({ refused: 'member_missing' });
  await must(fileClaim(db, { ...claim, ...by(), forWhom: '曾小田', isByHousehold: false }));
  const [waiting] = await db.sql<{ claimId: string; needs: string[] }[]>`
    select claim_id as "claimId", needs from claim where village_id = ${villageId} and state = 'submitted'`;
  const [step] = waiting?.needs ?? [];
  const input = {
    ...by(),
    claimIds: [waiting?.claimId ?? ''],
    step,
    personId: 2,
    personName: '孙书记',
    mayHandOut: false,
  };
  const passed = await passClaims(db, input as Parameters<typeof passClaims>[1]);
  expect(passed).not.toHaveProperty('refused');
  await proveAll();
});

test('the verifier from outside finds an award that names nobody, a stranger, or one too many', async () => {
  const rows = await database.ownerSql<{ leaf: Buffer }[]>`
    select leaf from act where village_id = ${villageId} order by seq`;
  const texts = rows.map(({ leaf }) => leaf.toString('utf8'));
  const last = texts.findLastIndex((leaf) => leaf.includes('"type":"points.award"') && !leaf.includes('"claim":'));
  const audit = (edit: (leaf: string) => string) => () => {
    const books = openBooks();
    for (const [index, leaf] of texts.slice(0, last + 1).entries()) {
      const bytes = Buffer.from(index === last ? edit(leaf) : leaf);
      books.enter(parseLeaf(bytes, index), index);
    }
  };
  expect(audit((leaf) => leaf)).not.toThrow();
  expect(audit((leaf) => leaf.replace(/"member":"[0-9a-f]{32}",/, ''))).toThrow('does not say who of the household');
  expect(audit((leaf) => leaf.replace(/"member":"[0-9a-f]{32}"/, `"member":"${'0'.repeat(32)}"`))).toThrow(
    'not of this household',
  );
  const leaf = JSON.parse(texts[last] ?? '{}') as { n: number };
  const again = (n: number) => (texts[last] ?? '').replace(`"n":${leaf.n}`, `"n":${leaf.n + n}`);
  const many = () => {
    const books = openBooks();
    const more = [1, 2].map((n) => again(n).replace(/"id":"[A-Z2-9]{16}"/, `"id":"${String(n + 1).repeat(16)}"`));
    for (const [index, text] of [...texts.slice(0, last + 1), ...more].entries()) {
      books.enter(parseLeaf(Buffer.from(text), index), index);
    }
  };
  expect(many).toThrow('than one person can have in a month');
});
