/** 集体活动 through the API and the pages: who came, one press for their points, and nobody twice. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyActivities } from '../../src/activities/index.ts';
import { auditLog } from '../../src/audit/audit-log.ts';
import { changeHousehold } from '../../src/cards/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { changeRule } from '../../src/rules/index.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;
const TODAY = villageDay(new Date());
const MEETING = 'AD-COL-01';

let world: TestApp;
let villageId: number;
let manager: string;

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  manager = await world.apiToken(people.manager);
});

afterAll(() => world.close());

function post(path: string, payload: object, key: string = crypto.randomUUID()) {
  const headers = { authorization: `Bearer ${manager}`, 'idempotency-key': key, 'accept-language': 'zh-CN' };
  return world.app.inject({ method: 'POST', url: `/api/v1${VILLAGE}${path}`, headers, payload });
}

const meeting = { kind: 'meeting', name: '秋季村民大会', place: '村委会大院', rule: MEETING };

const came = (...numbers: string[]) => ({ ...meeting, attendance: numbers.map((card) => ({ card })) });

async function recorded(payload: object): Promise<number> {
  const answer = await post('/activities', payload);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json().activity;
}

test('who came is recorded, and one press gives them the points of the rule, once', async () => {
  const members = { card: cards.单小花, members: '李小妹' };
  const activity = await recorded({
    ...meeting,
    attendance: [{ card: cards.赵满仓 }, members, { card: cards.李未开 }],
  });
  const awarded = await post(`/activities/${activity}/awards`, { confirmedCentipoints: 200 });
  expect(awarded.statusCode, awarded.body).toBe(201);
  expect(awarded.json()).toMatchObject({
    state: 'awarded',
    attended: 3,
    attendance: [
      { card: cards.赵满仓, members: '', award: { centipoints: 100, waits: false } },
      { card: cards.单小花, members: '李小妹', award: { centipoints: 100 } },
      // The card is not open: it stands on the list and gets nothing.
      { card: cards.李未开, award: null },
    ],
  });
  const again = await post(`/activities/${activity}/awards`, {});
  expect([again.statusCode, again.json().code]).toEqual([409, 'activity_awarded']);
  await checkWorld(world.database.ownerSql);
});

test('another sum than the one that was shown is not given', async () => {
  const activity = await recorded(came(cards.曾有田));
  const other = await post(`/activities/${activity}/awards`, { confirmedCentipoints: 300 });
  expect([other.statusCode, other.json().code]).toEqual([409, 'total_changed']);
});

test('two presses at once: one counts, the other is told that the points were given', async () => {
  const activity = await recorded(came(cards.王建国, cards.王建国二));
  const answers = await Promise.all(Array.from({ length: 5 }, () => post(`/activities/${activity}/awards`, {})));
  const codes = answers.map((answer) => (answer.statusCode === 201 ? 'posted' : answer.json().code));
  expect(codes.filter((code) => code === 'posted')).toHaveLength(1);
  expect(codes.filter((code) => code === 'activity_awarded')).toHaveLength(4);
  await checkWorld(world.database.ownerSql);
});

test('undone as a whole it can be given anew', async () => {
  const activity = await recorded(came(cards.曾有田));
  const given = await post(`/activities/${activity}/awards`, {});
  const [{ award }] = given.json().attendance as [{ award: { seq: number } }];
  await must(
    reverseActs(world.db, {
      villageId,
      which: { seq: award.seq },
      reason: '记错了日子',
      idempotencyKey: crypto.randomUUID(),
      recordedBy: 1,
    }),
  );
  expect((await post(`/activities/${activity}/awards`, {})).statusCode).toBe(201);
  await checkWorld(world.database.ownerSql);
});

test('what somebody has to agree to first waits, and still is not given twice', async () => {
  await must(
    changeSettings(world.db, {
      villageId,
      wanted: { approvalAboveCentipoints: 50 },
      reason: '村民代表会议',
      idempotencyKey: crypto.randomUUID(),
      recordedBy: 1,
      today: TODAY,
    }),
  );
  const activity = await recorded(came(cards.赵满仓));
  const given = await post(`/activities/${activity}/awards`, {});
  expect(given.json()).toMatchObject({ state: 'awarded', attendance: [{ award: { centipoints: 100, waits: true } }] });
  expect((await post(`/activities/${activity}/awards`, {})).json().code).toBe('activity_awarded');
  await checkWorld(world.database.ownerSql);
});

test('the pages: a list is ticked, looked at, and given', async () => {
  const browser = await world.browser(people.manager);
  const form = await browser.get(`${VILLAGE}/activities/new`);
  expect(form.body).toContain('单小花');
  const lacking = await browser.submit(`${VILLAGE}/activities`, {
    name: '清理河道',
    members: '谁',
    idempotencyKey: 'a',
  });
  expect([lacking.statusCode, lacking.body.includes('清理河道')]).toEqual([422, true]);
  const sent = await browser.submit(`${VILLAGE}/activities`, {
    kind: 'labour',
    name: '清理河道',
    place: '东头组',
    occurredOn: TODAY,
    rule: 'AD-PUB-01',
    cards: [cards.赵满仓, cards.曾有田],
    members: `${cards.曾有田} 曾小田`,
    idempotencyKey: 'activity-by-page',
  });
  expect(sent.statusCode, sent.body).toBe(303);
  const address = String(sent.headers.location).split('?')[0] ?? '';
  const page = await browser.get(address);
  expect(page.body).toContain('曾小田');
  const preview = await browser.get(`${address}/awards/new`);
  const total = /name="total" value="(\d+)"/.exec(preview.body)?.[1] ?? '';
  expect(total).toBe('400');
  const given = await browser.submit(`${address}/awards`, { total, idempotencyKey: 'activity-award-by-page' });
  expect([given.statusCode, given.headers.location]).toEqual([303, `${address}?done=awarded`]);
  expect((await browser.get(`${VILLAGE}/activities`)).body).toContain('清理河道');
  const visitor = await world.browser();
  const record = await visitor.get(`${VILLAGE}/acts?kind=activity`);
  expect(record.body).toContain('集体活动（义务劳动），到场 2 户');
  expect(record.body).not.toContain('曾小田');
  expect(record.body).not.toContain('清理河道');
});

test('a name that nobody is registered under is told before anything is recorded, and before points are given', async () => {
  const [who] = await world.db.sql<
    { id: number }[]
  >`select person_id as id from person where username = ${people.manager}`;
  const by = () => ({ villageId, recordedBy: who?.id ?? 0, today: TODAY, idempotencyKey: crypto.randomUUID() });
  const wording = { name: '参加夜校识字班', pointsCentipoints: 100, unit: '人次', evidence: '签到表' };
  const cap = { capPeriod: 'month', capMaxCount: 9, capMaxCentipoints: null, capPer: 'person' } as const;
  const decision = { effectiveFrom: TODAY, meeting: '村民代表会' };
  await must(
    changeRule(world.db, { ...by(), change: { kind: 'new', category: 'LAB', ...wording, ...cap, ...decision } }),
  );
  const [rule] = await world.db.sql<{ code: string }[]>`
    select code from rule_version where village_id = ${villageId} and cap_per = 'person'`;
  const naming = (card: string, names: string[]) =>
    changeHousehold(world.db, { ...by(), change: { kind: 'naming', card, names, reason: '' } });
  await must(naming(cards.单小花, ['单小花']));
  await must(naming(cards.赵满仓, ['赵满仓', '钱桂花']));

  const browser = await world.browser(people.manager);
  await browser.get(`${VILLAGE}/activities/new`);
  const form = {
    kind: 'training',
    name: '夜校',
    place: '村委会',
    occurredOn: TODAY,
    rule: rule?.code ?? '',
    cards: [cards.单小花, cards.赵满仓, cards.王建国],
    idempotencyKey: 'night-school',
  };
  const send = (members: string) => browser.submit(`${VILLAGE}/activities`, { ...form, members });
  const nobody = await send('查无此人 小明');
  expect([nobody.statusCode, nobody.body.includes('第 1 行没有找到“查无此人”这一户')]).toEqual([422, true]);
  const several = await browser.submit(`${VILLAGE}/activities`, {
    ...form,
    cards: [...form.cards, cards.王建国二],
    members: '赵满仓 钱桂花\n王建国 王小',
  });
  expect(several.body).toContain(`第 2 行的“王建国”有几户（${cards.王建国}、${cards.王建国二}）`);
  const stranger = await send('单小花 单小花、李小妹\nzmc 钱桂花');
  expect([stranger.statusCode, stranger.body.includes('单小花家没有登记“李小妹”')]).toEqual([409, true]);
  expect(findHtmlFaults(stranger.body)).toEqual([]);

  // On a list of before, or of a rule that has come to count for each person, the look at it says so.
  await must(naming(cards.单小花, ['李小妹']));
  const sent = await send('单小花 单小花、李小妹\nzmc 钱桂花\nzmc 赵满仓');
  expect(sent.statusCode, sent.body).toBe(303);
  const address = String(sent.headers.location).split('?')[0] ?? '';
  await world.database.ownerSql`
    update household_member set name = '李大妹' where village_id = ${villageId} and name = '李小妹'`;
  const look = await browser.get(`${address}/awards/new`);
  expect([findHtmlFaults(look.body), look.body.includes('单小花家没有登记“李小妹”')]).toEqual([[], true]);
  expect(look.body).toContain(`href="${VILLAGE}/cards/${cards.单小花}"`);
  const url = `/api/v1${address}/awards`;
  const { items, leftOut } = (await world.app.inject({ url, headers: { authorization: `Bearer ${manager}` } })).json();
  expect(items.map(({ member }: { member: string }) => member)).toEqual(['赵满仓', '钱桂花', '单小花']);
  expect(leftOut).toMatchObject([
    { card: cards.单小花, code: 'nobody_registered_so', person: '李小妹' },
    { card: cards.王建国, code: 'member_missing', person: null },
  ]);
  await world.database.ownerSql`
    update household_member set name = '李小妹' where village_id = ${villageId} and name = '李大妹'`;
  expect((await browser.get(`${address}/awards/new`)).body).not.toContain('没有登记“李小妹”');
  await checkWorld(world.database.ownerSql);
});

test('no name stands in a leaf, both verifiers accept all of it, and verify finds who did not come', async () => {
  const leaves = await world.database.ownerSql<{ leaf: string }[]>`
    select convert_from(leaf, 'UTF8') as leaf from act where type like 'activity%'`;
  expect(leaves.length).toBeGreaterThan(5);
  for (const { leaf } of leaves) expect(leaf).not.toMatch(/[\u4e00-\u9fff]/);
  expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
  const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
  const fetch = async (path: string) => (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
  expect(await auditLog({ fetch, vkey })).toHaveProperty('totals');
  await checkWorld(world.database.ownerSql);
  const wrong = await world.database.ownerSql
    .begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`
        update disclosure
           set openings = (
             select jsonb_agg(case opening ->> 1 when 'list' then jsonb_set(opening, '{2}', to_jsonb(reverse(opening ->> 2))) else opening end)
               from jsonb_array_elements(openings) as opening
           )`;
      const found = await verifyActivities(tx as never, villageId);
      throw new Error(found?.sentence ?? 'nothing was found');
    })
    .catch((error: Error) => error.message);
  expect(wrong).toContain('to a household that did not come');
});
