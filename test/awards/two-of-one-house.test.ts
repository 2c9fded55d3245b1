/** 一户两人: husband and wife at one meeting, in one award, by every way that leads to it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { awardPoints } from '../../src/awards/award-points.ts';
import { cardByNumber, changeHousehold } from '../../src/cards/index.ts';
import { passClaims } from '../../src/claims/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { changeRule } from '../../src/rules/index.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;
const TODAY = villageDay(new Date());
const { 王建国, 曾有田 } = cards;

let world: TestApp;
let villageId: number;
let token: string;
let browser: TestBrowser;
/** Four times a month for each person. */
let each: string;
const ids: Record<string, number> = {};

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  token = await world.apiToken(people.manager);
  browser = await world.browser(people.manager);
  const wording = { name: '参加村民大会', pointsCentipoints: 200, unit: '人次', evidence: '签到表' };
  const cap = { capPeriod: 'month', capMaxCount: 4, capMaxCentipoints: null, capPer: 'person' } as const;
  const decision = { effectiveFrom: TODAY, meeting: '村民代表会' };
  await must(
    changeRule(world.db, { ...by(), change: { kind: 'new', category: 'LAB', ...wording, ...cap, ...decision } }),
  );
  const [row] = await world.db.sql<{ code: string }[]>`
    select code from rule_version where village_id = ${villageId} and cap_per = 'person'`;
  each = row?.code ?? '';
  for (const [card, names] of [
    [王建国, ['王建国', '李秀英', '王小妹']],
    [曾有田, ['曾有田', '曾小田']],
  ] as const) {
    await must(changeHousehold(world.db, { ...by(), change: { kind: 'naming', card, names: [...names], reason: '' } }));
  }
  const rows = await world.db.sql<{ name: string; memberId: number }[]>`
    select name, member_id as "memberId" from household_member where village_id = ${villageId}`;
  for (const { name, memberId } of rows) ids[name] = memberId;
}, 60_000);

afterAll(() => world.close());

const by = () => ({ villageId, recordedBy: 1, today: TODAY, idempotencyKey: crypto.randomUUID() });
const persons = (...names: string[]) => names.map((name) => ids[name] ?? 0);
const balanceOf = async (number: string) =>
  (await cardByNumber(world.db.sql, villageId, number))?.balanceCentipoints ?? Number.NaN;
const undo = (operationId: string) =>
  must(reverseActs(world.db, { ...by(), which: { operationId }, reason: '下一步再试' }));

function post(path: string, payload: object, key: string = crypto.randomUUID()) {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key, 'accept-language': 'zh-CN' };
  return world.app.inject({ method: 'POST', url: `/api/v1${VILLAGE}${path}`, headers, payload });
}

test('both have an act of their own, on one card that counts on, and the same request is written once', async () => {
  const before = await balanceOf(王建国);
  const body = {
    rule: each,
    occurredOn: TODAY,
    cards: [王建国, 曾有田],
    members: { [王建国]: persons('李秀英', '王建国'), [曾有田]: ids['曾小田'] },
  };
  const answer = await post('/awards', body, 'meeting');
  expect(answer.statusCode, answer.body).toBe(201);
  expect(answer.json()).toMatchObject({
    acts: [
      { card: 王建国, member: ids['李秀英'], amountCentipoints: 200, balanceAfterCentipoints: before + 200 },
      { card: 王建国, member: ids['王建国'], amountCentipoints: 200, balanceAfterCentipoints: before + 400 },
      { card: 曾有田, member: ids['曾小田'], amountCentipoints: 200 },
    ],
  });
  expect((await post('/awards', body, 'meeting')).json()).toEqual(answer.json());
  expect(await balanceOf(王建国)).toBe(before + 400);
  const fewer = { ...body, members: { ...body.members, [王建国]: persons('李秀英') } };
  expect((await post('/awards', fewer, 'meeting')).json()).toMatchObject({ code: 'key_reused' });
  expect((await post('/awards', { ...body, members: { [王建国]: persons('李秀英', '李秀英') } })).statusCode).toBe(422);
  await checkWorld(world.database.ownerSql);
  await undo(answer.json<{ operation: string }>().operation);
  expect(await balanceOf(王建国)).toBe(before);
  await checkWorld(world.database.ownerSql);
});

test('whoever has reached the cap keeps everybody out, and by a rule of the household two are one', async () => {
  const [before, other] = [await balanceOf(王建国), await balanceOf(曾有田)];
  const alone = { rule: each, occurredOn: TODAY, cards: [王建国], members: { [王建国]: persons('王小妹') } };
  const had = [];
  for (let time = 0; time < 4; time += 1) had.push((await post('/awards', alone)).json<{ operation: string }>());
  const all = {
    ...alone,
    cards: [曾有田, 王建国],
    members: { [曾有田]: persons('曾有田', '曾小田'), [王建国]: persons('李秀英', '王小妹') },
  };
  expect((await post('/awards', all)).json()).toMatchObject({ code: 'person_cap_reached' });
  expect([await balanceOf(王建国), await balanceOf(曾有田)]).toEqual([before + 800, other]);
  for (const { operation } of had) await undo(operation);
  const one = await post('/awards', { ...all, rule: 'AD-LAB-01' });
  expect(one.json()).toMatchObject({ acts: [{ card: 曾有田 }, { card: 王建国 }] });
  expect(one.json<{ acts: object[] }>().acts).toHaveLength(2);
  await undo(one.json<{ operation: string }>().operation);
  await checkWorld(world.database.ownerSql);
});

test('the household’s month has room for the first, less for the second and nothing for the third', async () => {
  const award = (rule: string, ...names: string[]) => {
    const members = names.length > 0 ? { members: { [王建国]: persons(...names) } } : {};
    return awardPoints(world.db, { ...by(), rule, occurredOn: TODAY, cards: [王建国], ...members });
  };
  const filled = [];
  // 17 of the 20 points of a month.
  for (const rule of ['AD-LAB-02', 'AD-LAB-02', 'AD-LAB-01', 'AD-COL-01', 'AD-COL-01']) {
    filled.push(await must(award(rule)));
  }
  expect(await award(each, '王建国', '李秀英', '王小妹')).toMatchObject({ refused: 'month_limit_reached' });
  const given = await must(award(each, '王建国', '李秀英'));
  expect(given.acts.map(({ amountCentipoints }) => amountCentipoints)).toEqual([200, 100]);
  for (const { operationId } of [given, ...filled.toReversed()]) await undo(operationId);
  await checkWorld(world.database.ownerSql);
});

test('what is recorded already that day is told of the person who has it, and of nobody else in the house', async () => {
  await browser.get(`${VILLAGE}/awards/new`);
  const preview = async (fields: object) =>
    (await browser.submit(`${VILLAGE}/award-previews`, { rule: each, occurredOn: TODAY, ...fields })).body;
  const given = await must(
    awardPoints(world.db, {
      ...by(),
      rule: each,
      occurredOn: TODAY,
      cards: [王建国],
      members: { [王建国]: persons('李秀英') },
    }),
  );
  const of = (...names: string[]) => ({ cards: 王建国, members: persons(...names).map((id) => `${王建国}:${id}`) });
  expect(await preview(of('李秀英', '王小妹'))).toContain('李秀英这一天已按这条记过');
  expect(await preview(of('李秀英', '王小妹'))).not.toContain('王小妹这一天已按这条记过');
  expect(await preview(of('王小妹'))).not.toContain('这一天已按这条记过');
  await undo(given.operationId);
  expect(await preview(of('李秀英'))).not.toContain('这一天已按这条记过');
});

test('without a script whoever was typed stays whom it is about, also of two houses with one name', async () => {
  await browser.get(`${VILLAGE}/awards/new`);
  const step = async (fields: object) => {
    const { body } = await browser.submit(`${VILLAGE}/award-previews`, {
      rule: each,
      occurredOn: TODAY,
      find: 'rule',
      ...fields,
    });
    const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';
    return { body, members: hidden('members'), asked: hidden('asked') };
  };
  const one = await step({ code: '曾小田' });
  expect(one.members).toBe(`${曾有田}:${ids['曾小田']}`);
  // Two heads are called so, and one of them is a named person: the press says which house, what was typed says who.
  const two = await step({ code: '王建国', cards: 曾有田, members: one.members });
  expect([two.asked, two.members]).toEqual(['王建国', one.members]);
  const taken = await step({ take: 王建国, asked: two.asked, find: '', cards: 曾有田, members: two.members });
  expect(taken.members.split(',').toSorted()).toEqual([one.members, `${王建国}:${ids['王建国']}`].toSorted());
  const look = await browser.submit(`${VILLAGE}/award-previews`, {
    rule: each,
    occurredOn: TODAY,
    cards: [曾有田, 王建国],
    members: taken.members,
  });
  expect(look.body).toContain('记给曾小田');
  expect(look.body).not.toContain('这次记给谁');
});

test('pasted names are two lines, of a household that was ticked anybody is asked about, and a rule of the household says it is one', async () => {
  await browser.get(`${VILLAGE}/awards/new`);
  const preview = (fields: object) =>
    browser.submit(`${VILLAGE}/award-previews`, { rule: each, occurredOn: TODAY, ...fields });
  const before = (await balanceOf(王建国)) / 100;
  const list = { names: '#接龙\n1. 李秀英\n2. 王建国\n3. 曾小田' };
  // Two households have a head of that name.
  expect((await preview(list)).body).toContain('“王建国”有 2 户，是哪一户？');
  const pasted = await preview({ ...list, 'pick-1': 王建国 });
  expect(pasted.body).toContain('共 3 人，2 户');
  expect(pasted.body).toContain('记给王建国');
  expect(pasted.body).toContain('记给李秀英');
  expect(pasted.body).toContain(`<span class="household-before">${before + 2}</span>`);
  expect(pasted.body).toContain('王小妹也来了，也记');
  const answers = (body: string) => /name="members" value="([\d:,]+)"/.exec(body)?.[1] ?? '';
  expect(answers(pasted.body).split(',')).toHaveLength(3);
  expect(pasted.body).toContain('给 3 人各 +2 分，共 6 分');

  const house = await preview({ rule: 'AD-LAB-01', names: '李秀英\n王小妹' });
  expect(house.body).toContain('李秀英、王小妹是一户，这一条按户算，只记一次');
  expect(house.body).toContain('共 1 户');

  const asked = await preview({ cards: 王建国 });
  expect(asked.body).toContain('3 个人都来了，都记');
  const everybody = persons('王建国', '李秀英', '王小妹').map((id) => `${王建国}:${id}`);
  expect(asked.body).toContain(`value="${everybody.join(',')}"`);
  const two = await preview({ cards: 王建国, members: everybody.slice(0, 2) });
  expect(two.body).toContain('共 2 人，1 户');
  const also = await preview({ cards: 王建国, members: [everybody.slice(0, 2).join(','), everybody[2] ?? ''] });
  expect(also.body).toContain('共 3 人，1 户');
  const without = await preview({ cards: 王建国, members: everybody.join(','), skip: everybody[1] ?? '' });
  expect(without.body).toContain('共 2 人，1 户');
  expect(without.body).toContain('这次不记：李秀英');

  const fields = { rule: each, occurredOn: TODAY, cards: 王建国, members: answers(two.body), total: '400' };
  const sent = await browser.submit(`${VILLAGE}/awards`, { ...fields, idempotencyKey: 'pasted-pair' });
  expect(sent.statusCode, sent.body).toBe(303);
  const address = String(sent.headers.location);
  const page = await browser.get(address);
  expect(page.body).toContain('给 1 户的 2 人各 +2 分，共 4 分');
  expect(page.body).toContain('记给李秀英');
  expect((await browser.get(`${address}/slips`)).body).toContain('记给李秀英');
  expect((await browser.get(`${VILLAGE}/awards`)).body).toContain('1 户');
  const operationId = address.split('/').at(-1) ?? '';
  const reversal = await browser.get(`${VILLAGE}/reversals/new?operation=${operationId}`);
  expect(reversal.statusCode).toBe(200);
  await undo(operationId);
  await checkWorld(world.database.ownerSql);
});

test('an activity gives points to each who is written down, once', async () => {
  const meeting = { kind: 'meeting', name: '秋季村民大会', place: '村委会大院', rule: each };
  const recorded = await post('/activities', {
    ...meeting,
    attendance: [
      { card: 曾有田, members: '曾小田' },
      { card: 王建国, members: '王建国、李秀英' },
    ],
  });
  expect(recorded.statusCode, recorded.body).toBe(201);
  const { activity } = recorded.json<{ activity: number }>();
  const preview = await browser.get(`${VILLAGE}/activities/${activity}/awards/new`);
  expect(preview.body).toContain('共 3 人，2 户');
  const given = await post(`/activities/${activity}/awards`, { confirmedCentipoints: 600 });
  expect(given.json()).toMatchObject({
    state: 'awarded',
    attendance: [
      { card: 曾有田, award: { centipoints: 200, waits: false } },
      { card: 王建国, award: { centipoints: 400, waits: false } },
    ],
  });
  await checkWorld(world.database.ownerSql);
});

test('what somebody has to agree to are two claims, and each counts for its person', async () => {
  await must(changeSettings(world.db, { ...by(), wanted: { approvalAboveCentipoints: 100 }, reason: '村民代表会议' }));
  const before = await balanceOf(王建国);
  const meeting = { kind: 'meeting', name: '冬季村民大会', place: '村委会大院', rule: each };
  const attendance = [{ card: 王建国, members: '王建国、李秀英' }];
  const { activity } = (await post('/activities', { ...meeting, attendance })).json<{ activity: number }>();
  const waiting = await post(`/activities/${activity}/awards`, {});
  expect(waiting.json()).toMatchObject({
    state: 'awarded',
    attendance: [{ award: { centipoints: 400, waits: true } }],
  });
  // Whoever scans the card sees two lines, and by masked names that they are of two people.
  const [card] = await world.db.sql<{ token: string }[]>`select token from card where number = ${王建国}`;
  const own = () => world.browser().then((anybody) => anybody.get(`/C/${card?.token}`));
  const { body: pending } = await own();
  for (const name of ['王*国', '李*英']) expect(pending).toContain(`记给${name}`);
  expect(pending).not.toContain('李秀英');
  const claims = await world.db.sql<{ claimId: string; needs: string[] }[]>`
    select claim_id as "claimId", needs from claim where village_id = ${villageId} and state = 'submitted'`;
  expect(claims).toHaveLength(2);
  const passed = await passClaims(world.db, {
    ...by(),
    claimIds: claims.map(({ claimId }) => claimId),
    step: claims[0]?.needs[0],
    personId: 2,
    personName: '孙书记',
    mayHandOut: false,
  } as Parameters<typeof passClaims>[1]);
  expect(passed).not.toHaveProperty('refused');
  const { body: booked } = await own();
  expect([booked.includes('记给李*英'), booked.includes('李秀英')]).toEqual([true, false]);
  expect(await balanceOf(王建国)).toBe(before + 400);
  await checkWorld(world.database.ownerSql);
});

test('both verifiers accept all of it', async () => {
  expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
  const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
  const fetch = async (path: string) => (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
  expect(await auditLog({ fetch, vkey })).toHaveProperty('totals');
});
