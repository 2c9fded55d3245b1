import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { householdCounts } from '../../src/cards/household-counts.ts';
import { villagerGroups } from '../../src/cards/villager-groups.ts';
import { boardSheets } from '../../src/claims/board.ts';
import { demoAccounts } from '../../src/demo/demo-accounts.ts';
import { DEMO_PASSWORD } from '../../src/demo/demo-password.ts';
import { ADAO_CODE, HANDED_OVER_CODE, STANDARD_CODE } from '../../src/demo/plan-county.ts';
import { shelf } from '../../src/goods/index.ts';
import { handovers } from '../../src/handovers/handovers.ts';
import { ACT_KINDS, typesOfKind } from '../../src/journal/act-kinds.ts';
import { villageDirectory } from '../../src/oversight/village-directory.ts';
import { findVillage, signIn } from '../../src/people/index.ts';
import { openFactorVault } from '../../src/people/second-factor.ts';
import { addMonths, monthOf, villageDay } from '../../src/platform/clock.ts';
import { ERASED_NAME } from '../../src/platform/i18n/erased-name.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { DEMO_VILLAGES } from '../support/demo.ts';
import { checkWorld } from '../support/world.ts';

let database: TestDatabase;
let adaoId: number;
const today = villageDay(new Date());

beforeAll(async () => {
  database = await createTestDatabase({ template: 'demo' });
  adaoId = (await findVillage(database.sql, ADAO_CODE))?.villageId ?? 0;
}, 120_000);

afterAll(() => database.close());

test('leaves a ledger in which everything adds up', async () => {
  await checkWorld(database.ownerSql);
});

test('knows 154 households with 668 people in 啊道村, all but three with an open card', async () => {
  const [figures] = await database.sql`
    select count(*) as households,
           sum(member_count)::integer as people,
           count(*) filter (where account.status = 'active') as open,
           count(*) filter (where household.phone is not null) as phones
      from household
      join account on account.village_id = household.village_id and account.holder_id = household.household_id
       and account.kind = 'spendable'
     where household.village_id = ${adaoId}`;
  expect(figures).toEqual({ households: 154, people: 668, open: 151, phones: 0 });
});

test('gives every village the 48 rules and 86 goods of the county, and one two goods of its own', async () => {
  const villages = await database.sql`
    select (select count(*) from rule_version where village_id = region_id and seq is null) as rules,
           (select count(*) from goods where village_id = region_id and code !~ '^V') as goods
      from region
     where level = 'village'`;
  expect(villages).toHaveLength(DEMO_VILLAGES);
  for (const village of villages) expect(village).toEqual({ rules: 48, goods: 86 });
});

test('has an own good that somebody else agreed to, and one whose first price still waits', async () => {
  const goods = await database.sql`
    select goods.name, is_offered as "isOffered", goods_proposal.state
      from goods
      join goods_proposal using (village_id, goods_id)
     where goods_proposal.kind = 'first'
     order by goods.code`;
  expect(goods).toEqual([
    { name: '铸铁炒锅', isOffered: true, state: 'approved' },
    { name: '竹编背篓', isOffered: false, state: 'open' },
  ]);
});

test('two people of one household have a line each, on two evenings, and all of them are on the board', async () => {
  const awards = await database.sql`
    select state, count(*) as lines, count(distinct member) as members, count(distinct account_id) as households
      from claim
     where member is not null
     group by state
     order by state`;
  expect(awards).toEqual([{ state: 'posted', lines: 6, members: 3, households: 2 }]);
  const villageId = (await findVillage(database.sql, STANDARD_CODE))?.villageId ?? 0;
  const lines = (await boardSheets(database.sql, villageId, { limit: 9 })).flatMap((sheet) => sheet.lines);
  expect(lines.filter(({ isOfPerson }) => isOfPerson)).toHaveLength(6);
});

test('has a shop that changed hands, signed by both, and a helper whom the township let go without a count', async () => {
  expect(await database.sql`select state, role from handover order by role`).toEqual([
    { state: 'complete', role: 'manager' },
    { state: 'waived', role: 'storekeeper' },
  ]);
  // What both counted stands on the certificate.
  const villageId = (await findVillage(database.sql, HANDED_OVER_CODE))?.villageId ?? 0;
  const [handedOver] = await handovers(database.sql, villageId, { limit: 1 });
  expect(handedOver?.stocktakeState).toBe('posted');
});

test('counts only those who are still there, in the village as in its groups', async () => {
  const villageId = (await findVillage(database.sql, STANDARD_CODE))?.villageId ?? 0;
  const { households } = await householdCounts(database.sql, villageId);
  const groups = await villagerGroups(database.sql, villageId);
  expect(groups.reduce((sum, { householdCount }) => sum + householdCount, 0)).toBe(households);
  const listed = (await villageDirectory(database.sql, today)).find(({ code }) => code === STANDARD_CODE);
  expect(listed?.householdCount).toBe(households);
});

test('has forgotten the family that asked for it, and nobody else', async () => {
  const forgotten = await database.sql`
    select account.kind, account.status, household.member_count as members
      from household
      join account on account.village_id = household.village_id and account.holder_id = household.household_id
     where head_name = ${ERASED_NAME}`;
  expect(forgotten).toEqual([{ kind: 'spendable', status: 'closed', members: 0 }]);
});

/** What cannot have happened in three months. */
const NOT_YET = [
  // The record of a village goes on under another key only when the old one is lost.
  'log.begin',
  // A household has to be empty for twelve months before its points go to the village.
  'points.return',
];

test('has done each kind of act that three months have room for', async () => {
  const rows = await database.sql<{ type: string }[]>`select distinct type from act`;
  const done = new Set(rows.map(({ type }) => type));
  const known = ACT_KINDS.flatMap((kind) => [...typesOfKind(kind)]);
  expect(known.filter((type) => !done.has(type)).sort()).toEqual(NOT_YET);
});

test('has a changed rule and one of its own in 啊道村, both used since, and no household beyond a limit', async () => {
  const rows = await database.sql`
    select code, version, points_centipoints as points, count(act.seq) > 0 as "isUsed"
      from rule_version
      left join act
        on act.village_id = rule_version.village_id
       and act.type = 'points.award'
       and act.facts ->> 'rule' = code
       and (act.facts ->> 'version')::integer = version
     where rule_version.seq is not null
       and rule_version.village_id = ${adaoId}
     group by rule_version.village_id, code, version
     order by code`;
  expect(rows).toEqual([
    { code: 'AD-FAM-04', version: 2, points: 300, isUsed: true },
    { code: 'OWN-01', version: 1, points: 200, isUsed: true },
  ]);
  const [cut] = await database.sql`
    select count(*) as count
      from act
      join entry using (village_id, seq)
      join rule_version
        on rule_version.village_id = act.village_id
       and code = facts ->> 'rule'
       and version = (facts ->> 'version')::integer
     where type in ('points.award', 'points.deduct')
       and amount_centipoints <> points_centipoints`;
  expect(cut).toEqual({ count: 0 });
});

test('marks every region as made up', async () => {
  expect(await database.sql`select code from region where not is_made_up`).toEqual([]);
});

test('wrote each act at a time in the past that fits the day on which it happened', async () => {
  const [figures] = await database.sql`
    select count(*) filter (where recorded_at > now()) as "inFuture",
           count(*) filter (where (recorded_at at time zone 'Asia/Shanghai')::date < occurred_on) as "tooEarly",
           count(distinct occurred_on) as days,
           count(distinct type) as types
      from act
     where village_id = ${adaoId}`;
  expect(figures).toMatchObject({ inFuture: 0, tooEarly: 0 });
  expect(figures?.types).toBeGreaterThanOrEqual(17);
  expect(figures?.days).toBeGreaterThan(60);
});

test('keeps the duties apart: the manager posts, the supervisor publishes and approves but posts nothing', async () => {
  const rows = await database.sql`
    select distinct operation.kind = 'publication' as "isPublication", appointment.role
      from operation
      join appointment on appointment.person_id = operation.recorded_by
     where operation.kind in ('opening', 'award', 'receipt', 'redemption', 'reversal', 'expiry', 'publication')
     order by 1`;
  expect(rows).toEqual([
    { isPublication: false, role: 'manager' },
    { isPublication: true, role: 'supervisor' },
  ]);
});

test('points that somebody approved were recorded by somebody else, and a village by the book has a claim in every state', async () => {
  const posted = await database.sql`
    select distinct appointment.role
      from act
      join appointment on appointment.person_id = act.recorded_by
     where act.type in ('points.award', 'points.deduct', 'points.pend', 'points.clear')
       and act.facts ? 'claim'`;
  expect(posted).toEqual([{ role: 'manager' }]);
  const states = await database.sql<{ state: string }[]>`
    select distinct state
      from claim
      join region on region_id = village_id
     where region.code = ${STANDARD_CODE}
     order by state`;
  expect(states.map(({ state }) => state)).toEqual([
    'cleared',
    'committee_passed',
    'objected',
    'posted',
    'returned',
    'submitted',
    'upheld',
    'withdrawn',
  ]);
});

test('has a corrected record in 啊道村 and leaves the current month to be reviewed', async () => {
  const rows = await database.sql<{ month: string; version: number }[]>`
    select month, version
      from publication
     where village_id = ${adaoId}
     order by month, version`;
  const thisMonth = monthOf(today);
  expect(rows[0]).toEqual({ month: addMonths(thisMonth, -3), version: 1 });
  expect(rows).toContainEqual({ month: addMonths(thisMonth, -2), version: 2 });
  expect(rows.filter(({ month }) => month >= thisMonth)).toEqual([]);
});

test('leaves gaps on the shelf, and goods that must go soon', async () => {
  const goods = await shelf(database.sql, adaoId, today);
  const [came] = await database.sql<{ codes: string[] }[]>`
    select array_agg(distinct goods.code) as codes
      from stock_lot
      join goods using (village_id, goods_id)
     where village_id = ${adaoId}`;
  const everThere = goods.filter(({ code }) => came?.codes.includes(code));
  expect(everThere.length).toBeGreaterThan(60);
  expect(everThere.filter(({ quantityOnHand }) => quantityOnHand === 0).length).toBeGreaterThanOrEqual(2);
  expect(
    everThere.filter(({ quantityOnHand }) => quantityOnHand > 0 && quantityOnHand <= 3).length,
  ).toBeGreaterThanOrEqual(2);
  const [soon] = await database.sql`
    select count(*) as lots
      from stock_lot
     where village_id = ${adaoId}
       and quantity_on_hand > 0
       and use_by < ${today}::date + 30`;
  expect(soon?.lots).toBeGreaterThanOrEqual(1);
});

test('offers the accounts of 啊道村 and of the offices above it first, and they open', async () => {
  const accounts = await demoAccounts(database.sql, today);
  expect(accounts.slice(0, 4).map(({ username, role }) => [username, role])).toEqual([
    ['adao-guanli', 'manager'],
    ['adao-shuji', 'supervisor'],
    ['yingwang', 'township_officer'],
    ['yichuan', 'county_officer'],
  ]);
  const dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-demo-'));
  const outcome = await signIn(database.sql, {
    username: 'adao-guanli',
    password: DEMO_PASSWORD,
    address: '127.0.0.1',
    userAgent: undefined,
    today,
    surface: 'page',
    vault: openFactorVault(dataDir),
  });
  rmSync(dataDir, { recursive: true });
  expect(outcome).not.toHaveProperty('refused');
});

test('offers nobody whose password is another by now', async () => {
  await database.ownerSql`update person set password_hash = 'another' where username = 'adao-guanli'`;
  const accounts = await demoAccounts(database.sql, today);
  expect(accounts.map(({ username }) => username)).not.toContain('adao-guanli');
});
