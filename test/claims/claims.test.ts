/** Claims from the first word to the last, on a real database: every step proves the whole ledger again. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { cardByNumber, changeHousehold, villagerGroups } from '../../src/cards/index.ts';
import { claimList, toldClaimsOf } from '../../src/claims/claims.ts';
import {
  answerObjection,
  clearClaims,
  declareKin,
  fileClaim,
  fileObjection,
  HOUSEHOLD_ITSELF,
  passClaims,
  postSheet,
  resubmitClaim,
  returnClaim,
  verifyClaims,
  waiveDuties,
  withdrawClaim,
} from '../../src/claims/index.ts';
import { appoint, findVillage, hashPassword, type Role } from '../../src/people/index.ts';
import { addDays } from '../../src/platform/clock.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { problems } from '../../src/problems/index.ts';
import { draftRecord } from '../../src/publication/draft-record.ts';
import { changeRate } from '../../src/rates/index.ts';
import { changeSettings, settingsOf } from '../../src/settings/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { cards, FOUNDED_ON, must, PASSWORD, willowCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { checkWorld } from '../support/world.ts';

const TODAY = '2026-10-15';
const BRAVE = 'AD-PUB-04';
const SWEEPING = 'AD-ENV-04';

let database: TestDatabase;
let db: Db;
let villageId: number;
let staff: Record<'recorder' | 'second' | 'approver' | 'leader' | 'supervisor' | 'township' | 'manager', number>;

const key = () => ({ idempotencyKey: crypto.randomUUID() });

async function openVillage(preset: 'simple' | 'standard'): Promise<void> {
  await database?.close();
  database = await createTestDatabase({ template: 'cast' });
  db = createDb(database.sql);
  villageId = (await findVillage(db.sql, willowCode))?.villageId ?? 0;
  const passwordHash = await hashPassword(PASSWORD);
  const employ = (username: string, role: Role) =>
    db.sql.begin(async (tx) => {
      const draft = {
        username,
        displayName: username,
        role,
        regionId: villageId,
        startsOn: FOUNDED_ON,
        mustChangePassword: false,
      };
      const appointed = await appoint(tx, draft, passwordHash);
      if ('refused' in appointed) throw new Error(appointed.refused);
      return appointed.personId;
    });
  const named = async (username: string) =>
    (await db.sql<{ personId: number }[]>`select person_id as "personId" from person where username = ${username}`)[0]
      ?.personId ?? 0;
  staff = {
    recorder: await employ('recorder', 'recorder'),
    second: await employ('second', 'recorder'),
    approver: await employ('approver', 'approver'),
    leader: await employ('leader', 'leader'),
    supervisor: await named('willow-supervisor'),
    township: await named('township-officer'),
    manager: await named('willow-manager'),
  };
  // What stands behind the points has tests of its own.
  const wanted = { ...settingsOf(preset), redStopsAwards: false };
  await must(
    changeSettings(db, {
      villageId,
      wanted,
      reason: '村民代表会议',
      recordedBy: staff.manager,
      today: TODAY,
      ...key(),
    }),
  );
}

afterEach(async () => {
  await checkWorld(database.ownerSql);
  const { bad } = await verifyEverything(database.sql, '/nonexistent');
  if (bad.length > 0) throw new Error(JSON.stringify(bad));
});

const award = (rule: string, numbers: string[], occurredOn = TODAY) =>
  awardPoints(db, {
    villageId,
    rule,
    cards: numbers,
    occurredOn,
    note: '救人',
    recordedBy: staff.recorder,
    today: TODAY,
    ...key(),
  });

const pass = (
  claimIds: string[],
  step: 'record' | 'group' | 'committee' | 'supervisor',
  who: keyof typeof staff,
  today = TODAY,
) =>
  passClaims(db, {
    villageId,
    claimIds,
    step,
    personId: staff[who],
    personName: who,
    mayHandOut: who === 'manager',
    today,
    ...key(),
  });

const waiting = async () => (await claimList(db.sql, villageId, { view: 'waiting', limit: 100 })).reverse();
const claimOf = async (claimId: string) =>
  (await claimList(db.sql, villageId, { view: 'all', limit: 500 })).find((claim) => claim.claimId === claimId);
const balance = async (number: string) => (await cardByNumber(db.sql, villageId, number))?.balanceCentipoints;

describe('a simple village', () => {
  beforeAll(() => openVillage('simple'));

  test('records 20 points at once, and asks the first secretary for more', async () => {
    const small = await must(award('AD-FAM-01', [cards.单小花]));
    expect(small.acts).toMatchObject([
      { type: 'points.award', amountCentipoints: 2_000, balanceAfterCentipoints: 12_000 },
    ]);
    const large = await must(award(BRAVE, [cards.赵满仓], '2026-10-10'));
    expect(large.acts).toMatchObject([{ type: 'claim.submit', amountCentipoints: null }]);
    expect(await balance(cards.赵满仓)).toBe(10_000);
    expect(await waiting()).toMatchObject([
      { needs: ['supervisor'], amountCentipoints: 3_000, note: '救人', state: 'submitted' },
    ]);
  });

  test('whoever recorded it, hands out goods or is related has no say; the word of the first secretary posts it once', async () => {
    const [claim] = await waiting();
    const id = claim?.claimId ?? '';
    expect(await pass([id], 'group', 'leader')).toMatchObject({ refused: 'claim_waits_for_another' });
    expect(await pass([id], 'supervisor', 'recorder')).toMatchObject({ refused: 'own_entry', name: '赵满仓' });
    expect(await pass([id], 'supervisor', 'manager')).toMatchObject({ refused: 'storekeeper_approves' });
    await must(
      declareKin(db, {
        villageId,
        personId: staff.supervisor,
        own: null,
        relatives: [cards.赵满仓],
        today: TODAY,
        ...key(),
      }),
    );
    expect(await pass([id], 'supervisor', 'supervisor')).toMatchObject({ refused: 'relatives_household' });
    await must(
      declareKin(db, { villageId, personId: staff.supervisor, own: null, relatives: [], today: TODAY, ...key() }),
    );

    const sent = { idempotencyKey: 'once' };
    const presses = await Promise.all(
      [1, 2, 3].map(() =>
        passClaims(db, {
          villageId,
          claimIds: [id],
          step: 'supervisor',
          personId: staff.supervisor,
          personName: '孙书记',
          mayHandOut: false,
          today: TODAY,
          ...sent,
        }),
      ),
    );
    expect(presses.map((press) => String('refused' in press ? press.refused : press.isReplay)).toSorted()).toEqual([
      'false',
      'true',
      'true',
    ]);
    expect(await balance(cards.赵满仓)).toBe(13_000);
    const [posted] = await database.ownerSql<{ facts: object; recordedBy: number; openings: string[][] }[]>`
      select facts, recorded_by as "recordedBy", openings
        from act join disclosure using (village_id, seq)
       where village_id = ${villageId} and type = 'points.award' order by seq desc limit 1`;
    expect(posted).toMatchObject({
      facts: { rule: BRAVE, version: 1, claim: id, earned: '2026-10-10' },
      recordedBy: staff.recorder,
    });
    expect(posted?.openings.map(([, name, value]) => [name, value])).toContainEqual(['approvedBy', '孙书记']);
    expect(await pass([id], 'supervisor', 'supervisor')).toMatchObject({ refused: 'claim_decided' });
  });

  test('several lines of one household are one operation, each on what those before it leave, or none of them', async () => {
    const before = (await balance(cards.曾有田)) ?? 0;
    for (const day of ['2026-10-08', '2026-10-09', '2026-10-10']) await must(award(BRAVE, [cards.曾有田], day));
    const [one, two, three] = (await waiting()).map(({ claimId }) => claimId);
    const both = await must(pass([one ?? '', two ?? ''], 'supervisor', 'supervisor'));
    const given = both.acts.filter(({ type }) => type === 'points.award');
    expect(given.map(({ balanceAfterCentipoints }) => balanceAfterCentipoints)).toEqual([
      before + 3_000,
      before + 6_000,
    ]);
    // One that somebody has decided meanwhile stands against the other, too.
    expect(await pass([three ?? '', two ?? ''], 'supervisor', 'supervisor')).toMatchObject({
      refused: 'claim_decided',
    });
    expect(await balance(cards.曾有田)).toBe(before + 6_000);
    expect(await waiting()).toMatchObject([{ claimId: three }]);
    await must(
      withdrawClaim(db, {
        villageId,
        claimId: three ?? '',
        reason: '记错了',
        personId: staff.recorder,
        today: TODAY,
        ...key(),
      }),
    );
  });

  test('what waits takes up the room of a limit, and gives it back when it is withdrawn', async () => {
    const limited = { yearMaxCentipoints: 5_000, monthMaxCentipoints: 3_000, approvalAboveCentipoints: 100 };
    await must(
      changeSettings(db, {
        villageId,
        wanted: limited,
        reason: '试一试',
        recordedBy: staff.manager,
        today: TODAY,
        ...key(),
      }),
    );
    await must(award('AD-CUS-02', [cards.曾有田]));
    await must(award('AD-PUB-02', [cards.曾有田]));
    // 30 a month, of which 25 wait.
    const [, , ...all] = await must(award('AD-CUS-01', [cards.曾有田])).then(() => waiting());
    expect(all.length).toBeGreaterThan(0);
    const mine = (await waiting()).filter(({ number }) => number === cards.曾有田);
    expect(mine.map(({ amountCentipoints }) => amountCentipoints)).toEqual([1_500, 1_000, 500]);
    expect(await award('AD-LAB-01', [cards.曾有田])).toMatchObject({ refused: 'month_limit_reached' });
    const withdrawn = {
      villageId,
      claimId: mine[1]?.claimId ?? '',
      reason: '重复',
      personId: staff.recorder,
      today: TODAY,
    };
    await must(withdrawClaim(db, { ...withdrawn, ...key() }));
    await must(award('AD-LAB-01', [cards.曾有田]));
  });

  test('two presses for the last room: one of them gets it', async () => {
    const both = await Promise.all([
      award('AD-PUB-02', [cards.王建国]),
      award('AD-CUS-02', [cards.王建国]),
      award('AD-CUS-01', [cards.王建国]),
    ]);
    expect(both.filter((outcome) => !('refused' in outcome)).length).toBeGreaterThan(0);
    const mine = (await waiting()).filter(({ number }) => number === cards.王建国);
    expect(mine.reduce((sum, { amountCentipoints }) => sum + amountCentipoints, 0)).toBeLessThanOrEqual(3_000);
  });

  test('returned with a reason it is amended and goes its way anew', async () => {
    const [claim] = (await waiting()).filter(({ number }) => number === cards.曾有田);
    const input = { villageId, claimId: claim?.claimId ?? '', personId: staff.supervisor, today: TODAY };
    expect(await returnClaim(db, { ...input, reason: '说明不清', steps: ['committee'], ...key() })).toMatchObject({
      refused: 'claim_waits_for_another',
    });
    await must(returnClaim(db, { ...input, reason: '说明不清', steps: ['supervisor'], ...key() }));
    expect(await claimOf(input.claimId)).toMatchObject({ state: 'returned', reason: '说明不清' });
    await must(resubmitClaim(db, { ...input, personId: staff.recorder, note: '有照片', ...key() }));
    expect(await claimOf(input.claimId)).toMatchObject({ state: 'submitted', note: '有照片' });
    await must(pass([input.claimId], 'supervisor', 'supervisor'));
  });

  test('a household asks for itself, and the village decides', async () => {
    const own = {
      villageId,
      number: cards.单小花,
      rule: SWEEPING,
      note: '扫了村口',
      filedBy: null,
      isByHousehold: true,
    };
    const filed = await must(
      fileClaim(db, { ...own, occurredOn: TODAY, recordedBy: HOUSEHOLD_ITSELF, today: TODAY, ...key() }),
    );
    expect(filed.acts[0]?.type).toBe('claim.submit');
    const [claim] = (await waiting()).filter(({ number }) => number === cards.单小花);
    expect(claim).toMatchObject({ needs: ['record', 'supervisor'], recordedBy: null, isByHousehold: true });
    await must(pass([claim?.claimId ?? ''], 'record', 'manager'));
    await must(pass([claim?.claimId ?? ''], 'supervisor', 'supervisor'));
    expect(await claimOf(claim?.claimId ?? '')).toMatchObject({ state: 'cleared' });
    const asked = { ...own, recordedBy: HOUSEHOLD_ITSELF, today: TODAY };
    expect(await fileClaim(db, { ...asked, occurredOn: '2026-09-01', ...key() })).toMatchObject({
      refused: 'claim_too_old',
    });
    expect(await fileClaim(db, { ...asked, rule: 'AD-ENV-09', occurredOn: TODAY, ...key() })).toMatchObject({
      refused: 'unknown_rule',
    });
  });
});

test('a row that says something else than its acts is noticed', async () => {
  await database.ownerSql
    .begin(async (tx) => {
      const spoiled = async (part: string) => {
        await tx.unsafe(
          `update claim set ${part} where claim_id = (select max(claim_id) from claim where state = 'cleared')`,
        );
        return (await verifyClaims(tx, villageId))?.table;
      };
      expect(await verifyClaims(tx, villageId)).toBeNull();
      await tx.savepoint(async (inner) => {
        expect(await spoiled(`state = 'withdrawn'`)).toBe('claim');
        await inner`update claim set state = 'cleared' where state = 'withdrawn' and award_seq is not null`;
      });
      expect(await spoiled('last_seq = last_seq - 1')).toBe('claim');
      await tx`delete from claim where claim_id = (select max(claim_id) from claim)`;
      expect((await verifyClaims(tx, villageId))?.table).toBe('claim');
      throw new Error('nothing of it stays');
    })
    .catch((error: Error) => expect(error.message).toBe('nothing of it stays'));
});

describe('a standard village', () => {
  beforeEach(() => openVillage('standard'));
  afterAll(() => database.close());

  async function agreed(rule: string, numbers: string[]): Promise<string[]> {
    await must(award(rule, numbers));
    const ids = (await waiting()).map(({ claimId }) => claimId);
    await must(pass(ids, 'group', 'second'));
    await must(pass(ids, 'committee', 'approver'));
    return ids;
  }

  /** Points leave 赵满仓's card at once, as by an exchange. */
  async function split(centipoints: number) {
    const [group] = await villagerGroups(db.sql, villageId);
    const to = { headName: '赵小满', groupId: group?.groupId ?? 0, memberCount: 1, phone: null, centipoints };
    const change = { kind: 'split', card: cards.赵满仓, reason: '儿子成家', ...to } as const;
    return changeHousehold(db, { villageId, change, recordedBy: staff.manager, today: TODAY, ...key() });
  }

  const post = (claimIds: string[], today = TODAY) =>
    must(postSheet(db, { villageId, claimIds, personId: staff.supervisor, today, ...key() }));

  const object = (claimId: string, today: string) =>
    fileObjection(db, { villageId, claimId, reason: '不实', recordedBy: staff.manager, today, ...key() });
  const uphold = (claimId: string, today: string) =>
    answerObjection(db, {
      villageId,
      claimId,
      outcome: 'upheld',
      answer: '查实',
      witness: '村民代表',
      personId: staff.supervisor,
      today,
      ...key(),
    });

  test('five people of four roles, then the board, then the points', async () => {
    await must(award(BRAVE, [cards.赵满仓]));
    const [claim] = await waiting();
    const ids = [claim?.claimId ?? ''];
    expect(await pass(ids, 'committee', 'approver')).toMatchObject({ refused: 'claim_waits_for_another' });
    expect(await pass(ids, 'group', 'recorder')).toMatchObject({ refused: 'own_entry' });
    await must(pass(ids, 'group', 'leader'));
    expect(await pass(ids, 'committee', 'leader')).toMatchObject({ refused: 'second_approver' });
    await must(pass(ids, 'committee', 'approver'));
    expect(await claimOf(ids[0] ?? '')).toMatchObject({ state: 'committee_heard' });
    await must(pass(ids, 'supervisor', 'supervisor'));
    expect(await claimOf(ids[0] ?? '')).toMatchObject({ state: 'committee_passed' });
    expect(await balance(cards.赵满仓)).toBe(10_000);

    await post(ids);
    const { clearsOn } = (await claimOf(ids[0] ?? '')) ?? {};
    expect(clearsOn).toBe(addDays(TODAY, 8));
    expect(await clearClaims(db, { villageId, today: addDays(TODAY, 7) })).toBe(0);
    expect(await split(11_000)).toMatchObject({ refused: 'too_many_points', balanceCentipoints: 10_000 });
    const cleared = await Promise.all([1, 2].map(() => clearClaims(db, { villageId, today: clearsOn ?? '' })));
    expect(cleared.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await balance(cards.赵满仓)).toBe(13_000);
  });

  test('an objection stops its own line alone', async () => {
    const all = [cards.赵满仓, cards.单小花, cards.曾有田, cards.王建国, cards.王建国二];
    const ids = await agreed(SWEEPING, all);
    await post(ids);
    const day = (days: number) => addDays(TODAY, days);
    const [, , third = ''] = ids;
    const filed = { villageId, claimId: third, reason: '那天没来', recordedBy: HOUSEHOLD_ITSELF };
    await must(fileObjection(db, { ...filed, today: day(3), ...key() }));
    expect(await fileObjection(db, { ...filed, today: day(3), ...key() })).toMatchObject({ refused: 'objection_open' });
    expect(await clearClaims(db, { villageId, today: day(4) })).toBe(4);
    expect(await claimOf(third)).toMatchObject({ state: 'objected' });
    const answer = { villageId, claimId: third, answer: '有签到', witness: '村民代表', personId: staff.supervisor };
    await must(answerObjection(db, { ...answer, outcome: 'dismissed', today: day(5), ...key() }));
    expect(await clearClaims(db, { villageId, today: day(5) })).toBe(1);
    expect(await balance(cards.曾有田)).toBe(10_200);
  });

  test('九道沟: line 7 of 40 is objected to on day 3, and the other 39 clear on time; no word on the board, no clock', async () => {
    const all = [cards.赵满仓, cards.单小花, cards.曾有田, cards.王建国, cards.王建国二];
    for (const rule of [SWEEPING, 'AD-PUB-01', 'AD-FAM-04', 'AD-FAM-05']) {
      for (const day of [addDays(TODAY, -1), TODAY]) await must(award(rule, all, day));
    }
    const ids = (await waiting()).map(({ claimId }) => claimId);
    expect(ids).toHaveLength(40);
    await must(pass(ids, 'group', 'second'));
    await must(pass(ids, 'committee', 'approver'));
    expect(await clearClaims(db, { villageId, today: addDays(TODAY, 90) })).toBe(0);
    await post(ids);
    const seventh = { villageId, claimId: ids[6] ?? '', reason: '不实', recordedBy: staff.manager };
    await must(fileObjection(db, { ...seventh, today: addDays(TODAY, 3), ...key() }));
    expect(await clearClaims(db, { villageId, today: addDays(TODAY, 3) })).toBe(0);
    expect(await clearClaims(db, { villageId, today: addDays(TODAY, 4) })).toBe(39);
    expect(await clearClaims(db, { villageId, today: addDays(TODAY, 4) })).toBe(0);
    expect(await claimOf(ids[6] ?? '')).toMatchObject({ state: 'objected' });
  });

  test('upheld, the points go nowhere; after they are spendable they are taken back; later nobody is heard', async () => {
    const ids = await agreed(SWEEPING, [cards.赵满仓, cards.单小花]);
    await post(ids);
    const day = (days: number) => addDays(TODAY, days);
    const [first = '', second = ''] = ids;
    await must(object(first, day(2)));
    await must(uphold(first, day(3)));
    expect(await clearClaims(db, { villageId, today: day(4) })).toBe(1);
    expect(await balance(cards.赵满仓)).toBe(10_000);
    expect(await balance(cards.单小花)).toBe(10_200);
    await must(object(second, day(6)));
    await must(uphold(second, day(6)));
    expect(await balance(cards.单小花)).toBe(10_000);
    expect(await claimOf(second)).toMatchObject({ state: 'upheld' });
    // The household is told of it for a month of the village's days.
    const { accountId = 0, objectableUntil } = (await claimOf(second)) ?? {};
    const told = (days: number) =>
      toldClaimsOf(db.sql, { villageId, accountId, today: addDays(objectableUntil ?? '', days) });
    expect(await told(29)).toMatchObject([{ claimId: second, state: 'upheld' }]);
    expect(await told(30)).toEqual([]);
    // How the village came to agree to each of them is somebody's task now.
    const found = await problems(db.sql, villageId);
    expect(found.map(({ origin, state, what }) => [origin, state, what])).toEqual([
      ['objection', 'found', '查实'],
      ['objection', 'found', '查实'],
    ]);
    expect(new Set(found.map(({ act }) => act)).size).toBe(2);
  });

  test('a rate that changes takes the lines on the board along, and what is upheld later takes back what they became', async () => {
    const day = (days: number) => addDays(TODAY, days);
    const change = (fenPerPoint: number, today: string) =>
      must(changeRate(db, { villageId, fenPerPoint, reason: '村民会议', recordedBy: staff.manager, today, ...key() }));
    const amounts = async (claimIds: string[]) =>
      Promise.all(claimIds.map(async (claimId) => (await claimOf(claimId))?.amountCentipoints));
    const ids = await agreed(SWEEPING, [cards.赵满仓, cards.单小花, cards.曾有田]);
    const [first = '', second = ''] = ids;
    const [deduction = ''] = await agreed('AD-ENV-09', [cards.王建国]);
    await post([...ids, deduction]);
    const [unposted = ''] = await agreed('AD-PUB-01', [cards.赵满仓]);
    const [asked] = await must(award('AD-FAM-04', [cards.单小花])).then(waiting);
    await must(object(second, day(1)));
    const [was] = await amounts([unposted]);

    // 2 points of 3 yuan are 0.857… of 7: up for the household, and 3 that will be taken 1.285…: down for it.
    await change(700, day(1));
    expect(await amounts([...ids, deduction])).toEqual([86, 86, 86, -128]);
    expect(await amounts([unposted])).toEqual([Math.ceil(((was ?? 0) * 300) / 700)]);
    // What nobody has agreed to yet is for the village to say.
    expect(await amounts([asked?.claimId ?? ''])).toEqual([asked?.amountCentipoints]);

    await must(uphold(second, day(2)));
    expect(await balance(cards.单小花)).toBe(4_286);
    const back = { villageId, claimId: unposted, reason: '重复', personId: staff.recorder, today: day(2) };
    await must(withdrawClaim(db, { ...back, ...key() }));
    expect(await clearClaims(db, { villageId, today: day(4) })).toBe(2);
    expect(await balance(cards.赵满仓)).toBe(4_286 + 86);

    await must(object(first, day(5)));
    await change(100, day(5));
    expect(await balance(cards.赵满仓)).toBe((4_286 + 86) * 7);
    await must(uphold(first, day(6)));
    expect(await balance(cards.赵满仓)).toBe(4_286 * 7);
    expect(await clearClaims(db, { villageId, today: day(8) })).toBe(1);
    expect(await balance(cards.王建国)).toBe((4_286 - 128) * 7);
    const record = await draftRecord(db.sql, villageId, TODAY.slice(0, 7));
    expect(record.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(record.record.totals).toMatchObject({ settledCentipoints: -602, settledCount: 1 });
  });

  test('points that are spent cannot be taken back at another rate either', async () => {
    const [id = ''] = await agreed(SWEEPING, [cards.赵满仓]);
    await post([id]);
    await clearClaims(db, { villageId, today: addDays(TODAY, 4) });
    await must(object(id, addDays(TODAY, 5)));
    await must(split(10_100));
    const rate = { villageId, fenPerPoint: 100, reason: '村民会议', recordedBy: staff.manager };
    await must(changeRate(db, { ...rate, today: addDays(TODAY, 5), ...key() }));
    expect(await uphold(id, addDays(TODAY, 6))).toEqual({ refused: 'points_already_spent', missingCentipoints: 300 });
  });

  test('an objection after its last day is late', async () => {
    const ids = await agreed(SWEEPING, [cards.赵满仓]);
    await post(ids);
    const objection = { villageId, claimId: ids[0] ?? '', reason: '不实', recordedBy: staff.manager };
    expect(await fileObjection(db, { ...objection, today: addDays(TODAY, 7), ...key() })).toMatchObject({
      refused: 'objection_late',
      until: addDays(TODAY, 6),
    });
  });

  test('before it is posted it goes back, and its points leave publicity', async () => {
    const [id = ''] = await agreed(SWEEPING, [cards.赵满仓]);
    const input = { villageId, claimId: id, personId: staff.approver, today: addDays(TODAY, 1) };
    await must(returnClaim(db, { ...input, reason: '缺照片', steps: ['committee'], ...key() }));
    expect(await claimOf(id)).toMatchObject({ state: 'returned', passedBy: [] });
    expect(
      await postSheet(db, { villageId, claimIds: [id], personId: staff.supervisor, today: TODAY, ...key() }),
    ).toMatchObject({
      refused: 'sheet_changed',
    });
    await must(resubmitClaim(db, { ...input, personId: staff.recorder, note: '补了照片', ...key() }));
    await must(pass([id], 'group', 'second'));
    await must(pass([id], 'committee', 'approver'));
    await post([id]);
  });

  test('a household whose points are in publicity does not go over into another one', async () => {
    const [id = ''] = await agreed(SWEEPING, [cards.赵满仓]);
    const change = { kind: 'merger', card: cards.赵满仓, into: cards.单小花, reason: '并到儿子家' } as const;
    const merger = { villageId, change, recordedBy: staff.manager, today: TODAY };
    expect(await changeHousehold(db, { ...merger, ...key() })).toMatchObject({
      refused: 'points_pending',
      pendingCentipoints: 200,
    });
    const back = { villageId, claimId: id, personId: staff.approver, today: TODAY, reason: '先办并户' };
    await must(returnClaim(db, { ...back, steps: ['committee'], ...key() }));
    await must(changeHousehold(db, { ...merger, ...key() }));
    await must(withdrawClaim(db, { ...back, personId: staff.recorder, ...key() }));
  });

  test('a deduction waits without points and is taken when its days are full', async () => {
    const [id = ''] = await agreed('AD-ENV-09', [cards.赵满仓]);
    await post([id]);
    expect(await balance(cards.赵满仓)).toBe(10_000);
    expect(await clearClaims(db, { villageId, today: addDays(TODAY, 8) })).toBe(1);
    expect(await balance(cards.赵满仓)).toBe(9_700);
  });

  test('a deduction larger than the balance waits for the points that come, and nothing falls below nothing', async () => {
    await must(award('AD-LAW-03', [cards.赵满仓]));
    const ids = await agreed('AD-CUS-02', [cards.赵满仓]);
    await post(ids);
    await must(split(9_500));
    expect(await balance(cards.赵满仓)).toBe(500);
    // The deduction came first, and cannot be paid before the award is there.
    expect(await clearClaims(db, { villageId, today: addDays(TODAY, 8) })).toBe(2);
    expect(await balance(cards.赵满仓)).toBe(1_000);
  });

  test('a township lets a tiny village do with fewer people, for a time and on the record', async () => {
    await must(award(SWEEPING, [cards.赵满仓]));
    const [claim] = await waiting();
    const ids = [claim?.claimId ?? ''];
    const waiver = { villageId, reason: '全村三名干部', recordedBy: staff.township, today: TODAY };
    expect(await waiveDuties(db, { ...waiver, duties: ['own_entry'], until: '2028-01-01', ...key() })).toMatchObject({
      refused: 'waiver_too_long',
    });
    await must(waiveDuties(db, { ...waiver, duties: ['own_entry', 'second_approver'], until: '2026-12-31', ...key() }));
    await must(pass(ids, 'group', 'leader'));
    await must(pass(ids, 'committee', 'leader'));
    await must(waiveDuties(db, { ...waiver, duties: [], until: TODAY, ...key() }));
  });
});
