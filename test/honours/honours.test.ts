/** 评先 through the API and the pages: from a round to the board, honour points that nobody can spend, and what becomes of them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { changeHousehold, expirePoints } from '../../src/cards/index.ts';
import { declareKin } from '../../src/claims/index.ts';
import { closeRound, nominate, openRound } from '../../src/honours/index.ts';
import { appoint, findVillage, hashPassword, type Role } from '../../src/people/index.ts';
import { addDays, villageDay } from '../../src/platform/clock.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, FOUNDED_ON, must, PASSWORD, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;
const TODAY = villageDay(new Date());
const FIVE_GOOD = 'AD-FAM-02';

let world: TestApp;
let villageId: number;
let manager: string;
let recorder: string;
let leader: string;
let approver: string;

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  const passwordHash = await hashPassword(PASSWORD);
  for (const role of ['recorder', 'leader', 'approver'] as const satisfies Role[]) {
    const draft = { username: role, displayName: `${role}甲`, role, regionId: villageId, startsOn: FOUNDED_ON };
    await world.db.sql.begin((tx) => appoint(tx, { ...draft, mustChangePassword: false }, passwordHash));
  }
  [manager, recorder, leader, approver] = (await Promise.all(
    [people.manager, 'recorder', 'leader', 'approver'].map((name) => world.apiToken(name)),
  )) as [string, string, string, string];
});

afterAll(() => world.close());

function post(token: string, path: string, payload: object, key: string = crypto.randomUUID()) {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key, 'accept-language': 'zh-CN' };
  return world.app.inject({ method: 'POST', url: `/api/v1${VILLAGE}${path}`, headers, payload });
}

async function list() {
  const headers = { authorization: `Bearer ${leader}` };
  const answer = await world.app.inject({ url: `/api/v1${VILLAGE}/honours/rounds`, headers });
  return answer.json().items as {
    round: number;
    state: string;
    nominations: { nomination: number; card: string; honour: { honour: number; withdrawn: boolean } | null }[];
  }[];
}

const board = async () => (await world.app.inject(`/api/v1${VILLAGE}/honours`)).json().items;

/** A round to which these cards are nominated by the manager. */
async function opened(...numbers: string[]): Promise<{ round: number; nominations: number[] }> {
  const answer = await post(manager, '/honours/rounds', { kind: 'five_good_family', rule: FIVE_GOOD, closes: TODAY });
  expect(answer.statusCode, answer.body).toBe(201);
  const round = answer.json().seqs[0] as number;
  const nominations: number[] = [];
  for (const card of numbers) {
    const nominated = await post(manager, `/honours/rounds/${round}/nominations`, {
      card,
      reason: '一家和睦，邻里都夸',
    });
    expect(nominated.statusCode, nominated.body).toBe(201);
    nominations.push(nominated.json().seqs[0]);
  }
  return { round, nominations };
}

const balances = async (number: string) => {
  const rows = await world.database.ownerSql<{ kind: string; balance: number }[]>`
    select account.kind,
           account.balance_centipoints::integer as balance
      from card
      join account
        on account.village_id = card.village_id
       and account.holder_id = card.household_id
     where card.number = ${number}`;
  return Object.fromEntries(rows.map(({ kind, balance }) => [kind, balance]));
};

test('a round goes from its opening to the board, and gives points of both kinds in one press', async () => {
  const { round, nominations } = await opened(cards.赵满仓, cards.单小花);
  const again = await post(recorder, `/honours/rounds/${round}/nominations`, {
    card: cards.赵满仓,
    reason: '再提一次',
  });
  expect([again.statusCode, again.json().code]).toEqual([409, 'nominated_already']);
  const closed = await post(recorder, `/honours/rounds/${round}/nominations`, {
    card: cards.李未开,
    reason: '卡没有开',
  });
  expect(closed.json().code).toBe('honour_needs_open_card');
  expect(
    (await post(manager, `/honours/rounds/${round}/result`, { nominations, meeting: '村民代表会议' })).statusCode,
  ).toBe(403);

  const [first = 0] = nominations;
  const result = await post(leader, `/honours/rounds/${round}/result`, {
    nominations: [first],
    meeting: '村民代表会议',
  });
  expect(result.statusCode, result.body).toBe(201);
  expect(await balances(cards.赵满仓)).toEqual({ spendable: 12_000, honor: 2_000 });
  expect(await balances(cards.单小花)).toEqual({ spendable: 10_000 });
  expect(await board()).toEqual([
    {
      household: '赵*仓',
      group: '东头组',
      stars: 1,
      honourCentipoints: 2_000,
      honours: [{ kind: 'five_good_family', day: TODAY, seq: result.json().seqs[1] }],
    },
  ]);
  expect((await list())[0]).toMatchObject({
    state: 'decided',
    nominations: [{ honour: { withdrawn: false } }, { honour: null }],
  });
  const late = await post(leader, `/honours/rounds/${round}/result`, { nominations, meeting: '又开了一次会' });
  expect([late.statusCode, late.json().code]).toEqual([409, 'round_ended']);
  await checkWorld(world.database.ownerSql);
});

test('whoever nominated does not decide, nor do kin, and the storekeeper not at all', async () => {
  const { round } = await opened();
  const own = await post(leader, `/honours/rounds/${round}/nominations`, { card: cards.王建国, reason: '好人家' });
  const nominations = [own.json().seqs[0]];
  const decided = await post(leader, `/honours/rounds/${round}/result`, { nominations, meeting: '支部会' });
  expect([decided.statusCode, decided.json().code]).toEqual([409, 'own_entry']);

  const [person] = await world.database.ownerSql<
    { id: number }[]
  >`select person_id as id from person where username = 'approver'`;
  await must(
    declareKin(world.db, {
      villageId,
      personId: person?.id ?? 0,
      own: null,
      relatives: [cards.王建国],
      idempotencyKey: crypto.randomUUID(),
      today: TODAY,
    }),
  );
  const kin = await post(approver, `/honours/rounds/${round}/result`, { nominations, meeting: '支部会' });
  expect(kin.json().code).toBe('relatives_household');
  const ended = await post(approver, `/honours/rounds/${round}/end`, { reason: '这次不评了' });
  expect(ended.statusCode, ended.body).toBe(201);
  expect((await list())[0]).toMatchObject({ state: 'abandoned' });
  await checkWorld(world.database.ownerSql);
});

test('two results of one round at once: one counts, the other is told that it is decided', async () => {
  const { round, nominations } = await opened(cards.王建国, cards.王建国二);
  const answers = await Promise.all(
    nominations.flatMap((one, place) =>
      [leader, approver].map((token) =>
        post(place === 0 ? leader : token, `/honours/rounds/${round}/result`, {
          nominations: [one],
          meeting: `会议 ${place}`,
        }),
      ),
    ),
  );
  const codes = answers.map((answer) => (answer.statusCode === 201 ? 'posted' : answer.json().code));
  expect(codes.filter((code) => code === 'posted')).toHaveLength(1);
  expect(codes.filter((code) => code === 'round_ended')).toHaveLength(3);
  const given = (await list())[0]?.nominations.filter(({ honour }) => honour !== null);
  expect(given).toHaveLength(1);
  await checkWorld(world.database.ownerSql);
});

test('the rule gives points once a year: who has them already is not honoured by it again', async () => {
  const { round, nominations } = await opened(cards.赵满仓);
  const decided = await post(leader, `/honours/rounds/${round}/result`, { nominations, meeting: '村民代表会议' });
  expect([decided.statusCode, decided.json().code]).toEqual([409, 'rule_cap_reached']);
  expect(await balances(cards.赵满仓)).toEqual({ spendable: 12_000, honor: 2_000 });
});

test('an honour does not expire with the points that do', async () => {
  const other = await createTestApp();
  try {
    const { sql } = other.db;
    await other.database.ownerSql`update village_terms set earned_months = 1, opening_months = 1`;
    const by = { villageId, today: TODAY, recordedBy: 1 };
    const key = () => ({ ...by, idempotencyKey: crypto.randomUUID() });
    const round = (
      await must(openRound(other.db, { ...key(), kind: 'five_good_family', rule: FIVE_GOOD, closes: TODAY }))
    ).acts[0]?.seq;
    const named = { round: round ?? 0, number: cards.赵满仓, member: '', reason: '一家和睦' };
    const nomination = (await must(nominate(other.db, { ...key(), ...named }))).acts[0]?.seq ?? 0;
    const result = { round: round ?? 0, chosen: [nomination], meeting: '村民代表会议', mayHandOut: false };
    await must(closeRound(other.db, { ...key(), ...result, recordedBy: 2 }));
    const later = addDays(TODAY, 400);
    await must(expirePoints(other.db, { ...key(), today: later, occurredOn: later }));
    const left = await sql<{ kind: string; centipoints: number }[]>`
      select kind, sum(balance_centipoints)::integer as centipoints
        from account
       where village_id = ${villageId}
       group by kind
       order by kind`;
    expect(left).toEqual([
      { kind: 'honor', centipoints: 2_000 },
      { kind: 'spendable', centipoints: 0 },
    ]);
  } finally {
    await other.close();
  }
});

test('an award that waits for the committee leaves the honour points as they are', async () => {
  await must(
    changeSettings(world.db, {
      villageId,
      wanted: { approvalAboveCentipoints: 1_000 },
      reason: '村民代表会议',
      idempotencyKey: crypto.randomUUID(),
      recordedBy: 1,
      today: TODAY,
    }),
  );
  const { round, nominations } = await opened(cards.曾有田);
  const decided = await post(leader, `/honours/rounds/${round}/result`, { nominations, meeting: '村民代表会议' });
  expect(decided.statusCode, decided.body).toBe(201);
  expect(await balances(cards.曾有田)).toMatchObject({ spendable: 10_000, honor: 2_000 });
  const [claim] = await world.database.ownerSql<{ amount: number; state: string }[]>`
    select amount_centipoints as amount, state from claim where village_id = ${villageId}`;
  expect(claim).toEqual({ amount: 2_000, state: 'submitted' });
  await checkWorld(world.database.ownerSql);
});

test('a household that joins another one brings its honour points along, and a withdrawal finds them there', async () => {
  const merged = await must(
    changeHousehold(world.db, {
      villageId,
      idempotencyKey: crypto.randomUUID(),
      recordedBy: 1,
      today: TODAY,
      change: { kind: 'merger', card: cards.赵满仓, into: cards.单小花, reason: '两家合一家' },
    }),
  );
  expect(merged.acts.map(({ type }) => type)).toEqual([
    'points.transfer',
    'points.transfer',
    'household.merge',
    'honor.move',
    'honor.move',
  ]);
  expect(await balances(cards.赵满仓)).toEqual({ spendable: 0, honor: 0 });
  expect(await balances(cards.单小花)).toMatchObject({ honor: 2_000 });
  // What was given stays with the name that it was given to; the stars are where the points are.
  expect((await board()).find(({ household }: { household: string }) => household === '赵*仓')).toMatchObject({
    stars: 0,
    honours: [{ kind: 'five_good_family' }],
  });
  const rounds = await list();
  const honour = rounds.flatMap(({ nominations }) =>
    nominations.flatMap((one) => (one.card === cards.赵满仓 ? (one.honour?.honour ?? []) : [])),
  )[0];
  const withdrawn = await post(leader, '/honours/withdrawals', { honour, reason: '事迹不实，村民代表会议决定撤销' });
  expect(withdrawn.statusCode, withdrawn.body).toBe(201);
  expect(await balances(cards.单小花)).toMatchObject({ honor: 0 });
  const again = await post(leader, '/honours/withdrawals', { honour, reason: '再撤销一次' });
  expect([again.statusCode, again.json().code]).toEqual([409, 'honour_withdrawn_already']);
  expect((await post(leader, '/honours/withdrawals', { honour: 0, reason: '没有这项' })).statusCode).toBe(404);
  await checkWorld(world.database.ownerSql);
});

test('the pages: anybody reads the board, staff run a round without a script', async () => {
  const visitor = await world.browser();
  const shown = await visitor.get(`${VILLAGE}/honours`);
  expect(shown.statusCode).toBe(200);
  expect(shown.body).toContain('王*国');
  expect(shown.body).not.toContain('王建国');
  expect(shown.body).toContain('五好家庭');

  const opener = await world.browser(people.manager);
  const form = await opener.get(`${VILLAGE}/honours/rounds/new`);
  expect(form.body).toContain('五好家庭(年度)');
  const wrong = await opener.submit(`${VILLAGE}/honours/rounds`, {
    kind: '',
    rule: '',
    closes: '',
    idempotencyKey: 'a',
  });
  expect(wrong.statusCode).toBe(422);
  const right = { kind: 'daughter_in_law', rule: 'AD-FAM-01', closes: TODAY, idempotencyKey: 'page-round' };
  const sent = await opener.submit(`${VILLAGE}/honours/rounds`, right);
  expect(sent.statusCode).toBe(303);
  const address = String(sent.headers.location).split('?')[0] ?? '';
  const nameless = await opener.submit(`${address}/nominations`, {
    card: cards.单小花,
    member: '',
    reason: '孝敬老人',
    idempotencyKey: 'n-1',
  });
  expect([nameless.statusCode, nameless.body.includes('请写明是哪一位')]).toEqual([422, true]);
  const either = { card: '王建国', member: '李小妹', reason: '孝敬老人', idempotencyKey: 'n-3' };
  const which = await opener.submit(`${address}/nominations`, either);
  expect([which.statusCode, findHtmlFaults(which.body), which.body.includes('有几户都像')]).toEqual([422, [], true]);
  expect(which.body).toContain(`value="${cards.王建国二}"`);
  const named = { card: 'sxh', member: '李小妹', reason: '孝敬老人', idempotencyKey: 'n-2' };
  expect((await opener.submit(`${address}/nominations`, named)).statusCode).toBe(303);

  const deciding = await world.browser('leader');
  const page = await deciding.get(address);
  expect(page.body).toContain('李小妹');
  const nomination = /name="chosen" value="(\d+)"/.exec(page.body)?.[1] ?? '';
  const unsaid = await deciding.submit(`${address}/result`, { chosen: nomination, meeting: '', idempotencyKey: 'r-1' });
  expect(unsaid.statusCode).toBe(422);
  const said = { chosen: nomination, meeting: '村民代表会议，到会 30 人', idempotencyKey: 'r-2' };
  expect((await deciding.submit(`${address}/result`, said)).headers.location).toBe(`${address}?done=decided`);
  const after = await visitor.get(`${VILLAGE}/honours`);
  expect(after.body).toContain('好媳妇');
  expect(after.body).not.toContain('李小妹');
  const record = await visitor.get(`${VILLAGE}/acts?kind=honour`);
  expect(record.body).toContain('评出好媳妇 1 户');
  expect(record.body).toContain('单*花家获评好媳妇');
  expect(record.body).not.toContain('李小妹');
});

test('the household’s own pages say what it was honoured for', async () => {
  const reader = await world.browser(people.manager);
  expect((await reader.get(`${VILLAGE}/cards/${cards.单小花}`)).body).toContain('好媳妇');
  const [card] = await world.database.ownerSql<
    { token: string }[]
  >`select token from card where number = ${cards.单小花}`;
  expect((await (await world.browser()).get(`/C/${card?.token}`)).body).toContain('好媳妇');
});

test('neither names nor words stand in a leaf, both verifiers accept all of it, and verify finds what was changed', async () => {
  const leaves = await world.database.ownerSql<{ leaf: string }[]>`
    select convert_from(leaf, 'UTF8') as leaf from act where type like 'honor.%'`;
  expect(leaves.length).toBeGreaterThan(15);
  for (const { leaf } of leaves) expect(leaf).not.toMatch(/[\u4e00-\u9fff]/);
  expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
  const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
  const fetch = async (path: string) => (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
  expect(await auditLog({ fetch, vkey })).toMatchObject({ totals: { honorCentipoints: 6_000 } });
  await checkWorld(world.database.ownerSql);
  await world.database.ownerSql`
    update account
       set kind = 'gift'
     where kind = 'honor'`;
  const { bad } = await verifyEverything(world.db.sql, world.dataDir);
  expect(bad[0]?.sentence).toContain('honour points and others meet');
});
