/** Claims as people meet them: forms without a script, the card page without a sign-in, and other programs. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardToken } from '../../src/cards/index.ts';
import { clearClaims } from '../../src/claims/index.ts';
import { appoint, findVillage, hashPassword, type Role } from '../../src/people/index.ts';
import { addDays, villageDay } from '../../src/platform/clock.ts';
import { changeSettings, settingsOf } from '../../src/settings/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, FOUNDED_ON, must, PASSWORD, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;
const API = `/api/v1${VILLAGE}`;
const TODAY = villageDay(new Date());
const BRAVE = 'AD-PUB-04';
const SWEEPING = 'AD-ENV-04';

let world: TestApp;
let villageId: number;
let managerId: number;

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  const [manager] = await world.db.sql<{ personId: number }[]>`
    select person_id as "personId" from person where username = ${people.manager}`;
  managerId = manager?.personId ?? 0;
  const passwordHash = await hashPassword(PASSWORD);
  for (const [username, role] of [
    ['committee', 'approver'],
    ['secretary', 'leader'],
  ] as [string, Role][]) {
    const draft = {
      username,
      displayName: username,
      role,
      regionId: villageId,
      startsOn: FOUNDED_ON,
      mustChangePassword: false,
    };
    await world.db.sql.begin((tx) => appoint(tx, draft, passwordHash));
  }
  await decide('simple');
});

afterAll(() => world.close());

async function decide(preset: 'simple' | 'standard'): Promise<void> {
  await must(
    changeSettings(world.db, {
      villageId,
      // What stands behind the points has tests of its own.
      wanted: { ...settingsOf(preset), redStopsAwards: false },
      reason: '村民代表会议',
      recordedBy: managerId,
      today: TODAY,
      idempotencyKey: crypto.randomUUID(),
    }),
  );
}

async function sound(browser: TestBrowser, address: string): Promise<string> {
  const page = await browser.get(address);
  expect(page.statusCode, address).toBe(200);
  expect(findHtmlFaults(page.body), address).toEqual([]);
  return page.body;
}

async function post(username: string, path: string, payload: object) {
  const headers = { authorization: `Bearer ${await world.apiToken(username)}`, 'idempotency-key': crypto.randomUUID() };
  return world.app.inject({ method: 'POST', url: `${API}${path}`, headers, payload });
}

const keyOf = (body: string) => /name="idempotencyKey" value="([^"]+)"/.exec(body)?.[1] ?? '';
const claimIn = (body: string) => /\/claims\/([A-Z2-9]{16})/.exec(body)?.[1] ?? '';

test('30 points wait, the page says so before the press, and the first secretary’s press posts them', async () => {
  const manager = await world.browser(people.manager);
  await sound(manager, `${VILLAGE}/awards/new`);
  const form = { rule: BRAVE, cards: cards.赵满仓, occurredOn: TODAY, note: '救了落水的孩子' };
  const preview = await manager.submit(`${VILLAGE}/award-previews`, form);
  expect(preview.body).toContain('先报第一书记审批');
  expect(preview.body).toContain('报 1 户上去审');
  const done = await manager.submit(`${VILLAGE}/awards`, {
    ...form,
    total: '3000',
    idempotencyKey: keyOf(preview.body),
  });
  expect(done.statusCode).toBe(303);
  const result = await sound(manager, String(done.headers.location));
  expect(result).toContain('批准以前不算分');
  expect(result).toContain('等第一书记审批');
  expect(await sound(manager, `${VILLAGE}/awards`)).toContain('有 1 笔在等审批');
  // Nothing waits for the manager, so whom it waits for comes first; what was only reported is not reversed.
  expect(await sound(manager, `${VILLAGE}/claims`)).toContain('等第一书记审批');
  expect(await sound(manager, `${VILLAGE}/claims?view=mine`)).toContain('现在没有');
  expect(await sound(manager, `${VILLAGE}/desk`)).not.toContain(
    `operation=${String(done.headers.location).split('/').at(-1)}`,
  );

  const supervisor = await world.browser(people.supervisor);
  expect(await sound(supervisor, `${VILLAGE}/desk`)).toContain('1 笔等您审批');
  const list = await sound(supervisor, `${VILLAGE}/claims`);
  const claim = claimIn(list);
  await sound(supervisor, `${VILLAGE}/claims/${claim}`);
  const short = await supervisor.submit(`${VILLAGE}/claim-endorsements`, {
    claims: claim,
    decision: 'return',
    reason: '',
  });
  expect(short.statusCode).toBe(422);
  const refused = await manager.submit(`${VILLAGE}/claim-endorsements`, { claims: claim, decision: 'pass' });
  expect(refused.statusCode).toBe(403);
  const passed = await supervisor.submit(`${VILLAGE}/claim-endorsements`, {
    claims: claim,
    decision: 'pass',
    idempotencyKey: keyOf(list),
  });
  expect(passed.headers.location).toBe(`${VILLAGE}/claims?done=pass&count=1`);
  expect(await sound(supervisor, String(passed.headers.location))).toContain('1 笔已经通过');
  const again = await supervisor.submit(`${VILLAGE}/claim-endorsements`, { claims: claim, decision: 'pass' });
  expect(again.statusCode).toBe(409);
  expect(await sound(supervisor, `${VILLAGE}/cards/${cards.赵满仓}/statement`)).toContain('审批：孙书记');
  const [{ seq } = { seq: 0 }] = await world.db.sql<{ seq: number }[]>`
    select max(seq) as seq from act where village_id = ${villageId}`;
  expect(await sound(await world.browser(), `${VILLAGE}/acts/${seq}`)).toContain('见义勇为');
  expect(await sound(await world.browser(), `${VILLAGE}/acts/${seq - 1}`)).toContain('第一书记批准了一户的申报');
  await checkWorld(world.database.ownerSql);
});

test('a household asks from its own card, without signing in, and sees what became of it', async () => {
  const token = await cardToken(world.db.sql, villageId, cards.单小花);
  const villager = await world.browser();
  expect(await sound(villager, `/C/${token}`)).toContain('我要申报');
  const form = await sound(villager, `/C/${token}/claims/new`);
  const typed = { rule: SWEEPING, occurredOn: TODAY, note: '扫了村口的路', filedBy: '' };
  const empty = await villager.submit(`/C/${token}/claims`, { ...typed, note: '' });
  expect(empty.statusCode).toBe(422);
  const filed = await villager.submit(`/C/${token}/claims`, { ...typed, idempotencyKey: keyOf(form) });
  expect(filed.headers.location).toBe(`/C/${token}/claims/new?done=1`);
  expect(await sound(villager, String(filed.headers.location))).toContain('已经报上去');
  expect(await sound(villager, `/C/${token}`)).toContain('等村里审');
  const lost = await villager.get('/C/ABCDEFGHJKLMNPQRSTUVWXYZ23/claims/new');
  expect(lost.statusCode).toBe(404);

  const manager = await world.browser(people.manager);
  const list = await sound(manager, `${VILLAGE}/claims`);
  expect(list).toContain('单小花');
  const claim = claimIn(list);
  await manager.submit(`${VILLAGE}/claim-records`, { claims: claim, decision: 'pass', idempotencyKey: keyOf(list) });
  expect(await sound(villager, `/C/${token}`)).not.toContain('等村里审');
  const [{ seq } = { seq: 0 }] = await world.db.sql<{ seq: number }[]>`
    select submitted_seq as seq from claim where village_id = ${villageId} and is_by_household`;
  expect(await sound(manager, `${VILLAGE}/acts/${seq}`)).toContain('住户自己');
  await checkWorld(world.database.ownerSql);
});

test('in a standard village a program leads a line to the board; a card objects; the answer is public', async () => {
  await decide('standard');
  const awarded = await post(people.manager, '/awards', { rule: SWEEPING, cards: [cards.曾有田, cards.王建国] });
  expect(awarded.statusCode).toBe(201);
  const { acts, claims } = awarded.json<{
    acts: unknown[];
    claims: { claim: string; card: string; needs: string[] }[];
  }>();
  expect(acts).toEqual([]);
  expect(claims.map(({ needs }) => needs)).toEqual([
    ['group', 'committee'],
    ['group', 'committee'],
  ]);
  const ids = claims.map(({ claim }) => claim);
  expect((await post('committee', '/claim-approvals', { claims: ids })).json()).toMatchObject({
    code: 'claim_waits_for_another',
  });
  expect((await post('secretary', '/claim-reviews', { claims: ids })).statusCode).toBe(201);
  expect((await post('secretary', '/claim-approvals', { claims: ids })).json()).toMatchObject({
    code: 'second_approver',
  });
  // Who gave the first word is neither asked for the second nor offered it.
  const secretary = await world.browser('secretary');
  expect(await sound(secretary, `${VILLAGE}/desk`)).not.toContain('2 笔等两委评议');
  expect(await sound(secretary, `${VILLAGE}/claims?view=mine`)).toContain('现在没有');
  const seen = await sound(secretary, `${VILLAGE}/claims/${ids[0]}`);
  expect(seen).toContain('您已经审过一道');
  expect(seen).not.toContain('评议通过');
  const committee = await world.browser('committee');
  expect(await sound(committee, `${VILLAGE}/desk`)).toContain('2 笔等两委评议');
  expect(await sound(committee, `${VILLAGE}/claims`)).toContain('曾有田');
  expect((await post('committee', '/claim-approvals', { claims: ids })).statusCode).toBe(201);

  const supervisor = await world.browser(people.supervisor);
  const sheet = await sound(supervisor, `${VILLAGE}/sheets/new`);
  expect(sheet).toContain('榜已张贴，2 笔开始公示');
  const posted = await supervisor.submit(`${VILLAGE}/sheets`, { claims: ids.join(','), idempotencyKey: keyOf(sheet) });
  expect(posted.headers.location).toBe(`${VILLAGE}/board`);
  const everybody = await world.browser();
  const board = await sound(everybody, `${VILLAGE}/board`);
  expect(board).toContain('曾*田');
  expect(board).not.toContain('曾有田');
  expect(board).toMatch(/<th[^>]*>凭据<\/th>/);
  const taken = (await everybody.get(`${VILLAGE}/lists/board.csv`)).body;
  expect(taken.trimEnd().split('\r\n')).toHaveLength(3);
  expect(taken).toContain(',曾*田');
  expect(taken).not.toContain('曾有田');
  // The counter says what cannot be spent yet, beside the balance that can.
  const till = await world.browser(people.manager);
  expect(await sound(till, `${VILLAGE}/counter?card=${cards.曾有田}`)).toMatch(/另有 [\d.]+ 分还在评议、公示/);
  expect(await sound(till, `${VILLAGE}/counter?card=${cards.单小花}`)).not.toContain('还在评议、公示');
  const token = await cardToken(world.db.sql, villageId, cards.曾有田);
  expect(await sound(everybody, `/C/${token}`)).toContain('公示中');

  // With the day, so that two lines of one household are told apart.
  expect(await sound(everybody, `/C/${token}/objections/new`)).toMatch(/第 1 张榜：\d+月\d+日/);
  const neighbour = { claim: ids[1] ?? '', reason: '那天他家没有人来' };
  expect((await everybody.submit(`/C/${token}/objections`, neighbour)).headers.location).toBe(
    `/C/${token}/objections/new?done=1`,
  );
  expect(await sound(everybody, `${VILLAGE}/board`)).toContain('有异议，先停下');
  const [{ leaf } = { leaf: Buffer.alloc(0) }] = await world.database.ownerSql<{ leaf: Buffer }[]>`
    select leaf from act where village_id = ${villageId} and type = 'objection.file'`;
  expect(leaf.toString()).not.toContain('那天');

  expect(await sound(supervisor, `${VILLAGE}/desk`)).toContain('1 个公示异议等答复');
  const one = `${VILLAGE}/claims/${ids[1]}`;
  expect(await sound(supervisor, one)).toContain('那天他家没有人来');
  expect((await supervisor.submit(`${one}/answers`, { outcome: '', answer: '', witness: '' })).statusCode).toBe(422);
  const answer = { outcome: 'dismissed', answer: '有签到和照片', witness: '村民代表甲' };
  expect((await supervisor.submit(`${one}/answers`, answer)).statusCode).toBe(303);
  expect(await sound(everybody, `${VILLAGE}/board`)).toContain('有签到和照片');
  expect(await clearClaims(world.db, { villageId, today: addDays(TODAY, 4) })).toBe(2);
  // What leaves publicity for the card does not read as taken away; the award beside it says what was given.
  const [moved] = await world.db.sql<{ seq: number }[]>`
    select max(seq) as seq from act where village_id = ${villageId} and type = 'points.clear'`;
  const cleared = await sound(everybody, `${VILLAGE}/acts/${moved?.seq}`);
  expect(cleared).toMatch(/转成可用的积分 <\/p>/);
  expect(cleared).toMatch(/公示中的积分.*?−/s);
  // What is taken back afterwards is not simply gone from its household's page: the answer stands there.
  const counted = `${VILLAGE}/claims/${ids[0]}`;
  const manager = await world.browser(people.manager);
  expect((await manager.submit(`${counted}/objections`, { objection: '他家在外打工' })).statusCode).toBe(303);
  const upheld = { outcome: 'upheld', answer: '签到是别人代签的', witness: '村民代表甲' };
  expect((await supervisor.submit(`${counted}/answers`, upheld)).statusCode).toBe(303);
  const told = await sound(everybody, `/C/${token}`);
  expect(told).toContain('查过了，不算');
  expect(told).toContain('签到是别人代签的');
  expect(told).not.toContain('他家在外打工');
  await checkWorld(world.database.ownerSql);
  expect((await verifyEverything(world.database.sql, world.dataDir)).bad).toEqual([]);
});

test('relatives are declared, and a township waives what a tiny village cannot do', async () => {
  const member = await world.browser('committee');
  const form = await sound(member, `${VILLAGE}/kin`);
  const declared = { own: cards.赵满仓, relatives: `${cards.单小花}\n${cards.曾有田}`, idempotencyKey: keyOf(form) };
  expect((await member.submit(`${VILLAGE}/kin`, declared)).statusCode).toBe(303);
  expect(await sound(member, `${VILLAGE}/kin`)).toContain('单小花');
  // By name or initials, too; of several that fit one is chosen, and what was clear is not typed again.
  const several = await member.submit(`${VILLAGE}/kin`, { own: 'sxh', relatives: '赵满仓\n王建国' });
  expect([several.statusCode, findHtmlFaults(several.body)]).toEqual([422, []]);
  expect(several.body).toContain('“王建国”是哪一户');
  const chosen = { own: 'sxh', relatives: ['赵满仓', cards.王建国二] };
  expect((await member.submit(`${VILLAGE}/kin`, chosen)).statusCode).toBe(303);
  const kin = await sound(member, `${VILLAGE}/kin`);
  expect([kin.includes(cards.赵满仓), kin.includes(cards.王建国二), kin.includes(cards.王建国)]).toEqual([
    true,
    true,
    false,
  ]);
  const nobody = await member.submit(`${VILLAGE}/kin`, { own: '', relatives: '查无此人' });
  expect([nobody.statusCode, nobody.body.includes('没有找到“查无此人”')]).toEqual([422, true]);
  expect((await member.submit(`${VILLAGE}/kin`, declared)).statusCode).toBe(303);
  expect((await member.submit(`${VILLAGE}/kin`, { own: '0010019999', relatives: '' })).statusCode).toBe(422);
  const office = await world.browser(people.township);
  expect(await sound(office, `${VILLAGE}/desk`)).toContain(`${VILLAGE}/waivers`);
  const waiver = await sound(office, `${VILLAGE}/waivers`);
  const allowed = {
    duties: 'second_approver',
    until: addDays(TODAY, 90),
    reason: '全村三名干部',
    idempotencyKey: keyOf(waiver),
  };
  expect((await office.submit(`${VILLAGE}/waivers`, allowed)).statusCode).toBe(303);
  expect(await sound(office, `${VILLAGE}/waivers`)).toContain('一个人可以审两道');
  expect((await office.submit(`${VILLAGE}/waivers`, { ...allowed, until: addDays(TODAY, 900) })).statusCode).toBe(422);
  expect((await office.submit(`${VILLAGE}/waivers`, { ...allowed, until: '' })).statusCode).toBe(422);
});

test('what is wrong with a claim is said, and nothing changes', async () => {
  const manager = await world.browser(people.manager);
  await sound(manager, `${VILLAGE}/claims/new?card=${cards.王建国}`);
  const form = { card: '12', rule: '', occurredOn: '', note: '', filedBy: '' };
  expect((await manager.submit(`${VILLAGE}/claims`, form)).statusCode).toBe(422);
  // A name that fits two households asks which; one that fits one is enough.
  const sweep = { ...form, rule: SWEEPING, occurredOn: TODAY, note: '扫了路' };
  const which = await manager.submit(`${VILLAGE}/claims`, { ...sweep, card: '王建国' });
  expect([which.statusCode, findHtmlFaults(which.body), which.body.includes('有几户都像')]).toEqual([422, [], true]);
  expect(which.body).toContain(`value="${cards.王建国二}"`);
  const known = await manager.submit(`${VILLAGE}/claims`, { ...sweep, card: 'zengyoutian' });
  expect(known.headers.location).toContain('done=file');
  expect((await manager.get(`${VILLAGE}/claims/AAAAAAAAAAAAAAAA`)).statusCode).toBe(404);
  const wrong = await post(people.manager, '/claims', {
    card: cards.王建国,
    rule: 'NO',
    occurredOn: TODAY,
    note: '做了好事',
  });
  expect(wrong.json()).toMatchObject({ code: 'unknown_rule', status: 422 });
  const filed = await post(people.manager, '/claims', {
    card: cards.王建国,
    rule: 'AD-LAB-01',
    occurredOn: TODAY,
    note: '修水渠',
  });
  expect(filed.statusCode).toBe(201);
  const listed = await world.app.inject({
    url: `${API}/claims?view=waiting`,
    headers: { authorization: `Bearer ${await world.apiToken(people.supervisor)}` },
  });
  const [claim] = listed.json<{ items: { claim: string; note: string }[] }>().items;
  expect(claim).toMatchObject({ note: '修水渠', state: 'submitted' });
  const withdrawn = await post(people.manager, `/claims/${claim?.claim}/withdrawals`, { reason: '写错了' });
  expect(withdrawn.statusCode).toBe(201);
  const [{ last } = { last: 0 }] = await world.db.sql<{ last: number }[]>`
    select max(submitted_seq) as last from claim where village_id = ${villageId}`;
  // The next page begins after what was seen.
  expect(await sound(manager, `${VILLAGE}/claims?view=returned`)).toContain('王建国');
  expect(await sound(manager, `${VILLAGE}/claims?view=returned&before=${last}`)).toContain('现在没有');
  for (const view of ['waiting', 'ready', 'posted', 'done', 'returned']) {
    await sound(manager, `${VILLAGE}/claims?view=${view}&q=w`);
  }
  await checkWorld(world.database.ownerSql);
});
