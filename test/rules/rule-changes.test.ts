import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { addDays, villageDay } from '../../src/platform/clock.ts';
import { decideRuleChange, OWN_APPROVAL } from '../../src/rules/decide-rule-change.ts';
import { changeRule, type RuleChange, ruleOn, ruleVersions, villageRules } from '../../src/rules/index.ts';
import { hashRuleContent } from '../../src/rules/rule-content.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const today = villageDay(new Date());
const tomorrow = addDays(today, 1);
const village = `/villages/${willowCode}`;
const MEETING = '2026年11月20日村民代表会议第8号';

let world: TestApp;
let manager: TestBrowser;
let villageId: number;
let keys = 0;

beforeAll(async () => {
  world = await createTestApp();
  manager = await world.browser(people.manager);
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
});

afterAll(async () => {
  await checkWorld(world.database.ownerSql);
  await world.close();
});

const record = (change: RuleChange, idempotencyKey = `rule-${++keys}`) =>
  changeRule(world.db, { villageId, idempotencyKey, recordedBy: 1, today, change });

const labour = (pointsCentipoints: number, effectiveFrom: string): RuleChange => ({
  kind: 'change',
  code: 'AD-LAB-01',
  name: '义务劳动半天',
  pointsCentipoints,
  unit: '次',
  capPeriod: 'month',
  capMaxCount: 4,
  capMaxCentipoints: null,
  evidence: '签到+组长确认+照片',
  effectiveFrom,
  meeting: MEETING,
});

const own = (name: string): RuleChange => ({
  kind: 'new',
  category: 'PUB',
  name,
  pointsCentipoints: 200,
  unit: '次',
  capPeriod: 'month',
  capMaxCount: 2,
  capMaxCentipoints: null,
  evidence: '双方确认',
  effectiveFrom: today,
  meeting: MEETING,
});

test('a change is a version and an act together: the act holds what changes and the hash of all of it, and no word', async () => {
  const posted = await must(record(labour(450, tomorrow)));
  const [last] = await ruleVersions(world.db.sql, villageId, 'AD-LAB-01');
  expect(last).toMatchObject({ version: 2, pointsCentipoints: 450, seq: posted.acts[0]?.seq, meeting: MEETING });
  const [act] = await world.db.sql<{ facts: object; leaf: Buffer }[]>`
    select facts, leaf
      from act
     where village_id = ${villageId}
       and seq = ${posted.acts[0]?.seq ?? 0}`;
  if (!last) throw new Error('there is a version');
  const contentHash = hashRuleContent(last);
  expect(act?.facts).toEqual({ rule: 'AD-LAB-01', version: 2, points: 450, effective: tomorrow, contentHash });
  expect(hashRuleContent({ ...last, evidence: '照片' })).not.toBe(contentHash);
  expect(act?.leaf.toString()).not.toMatch(/\p{Script=Han}/u);
});

test('until its day the old version counts, and old awards keep theirs', async () => {
  const { sql } = world.db;
  expect((await ruleOn(sql, villageId, 'AD-LAB-01', today))?.version).toBe(1);
  expect((await ruleOn(sql, villageId, 'AD-LAB-01', tomorrow))?.version).toBe(2);
  const award = { villageId, recordedBy: 1, rule: 'AD-LAB-01', cards: [cards.赵满仓] };
  const before = await must(awardPoints(world.db, { ...award, idempotencyKey: 'b', today, occurredOn: today }));
  const later = { idempotencyKey: 'a', today: tomorrow, occurredOn: tomorrow };
  const after = await must(awardPoints(world.db, { ...award, ...later }));
  expect([before, after].map(({ acts }) => acts[0]?.amountCentipoints)).toEqual([300, 450]);
});

test('the same key again answers the same act, and two at once are two versions', async () => {
  const [one, again] = [
    await must(record(labour(350, tomorrow), 'same')),
    await must(record(labour(350, tomorrow), 'same')),
  ];
  expect(again).toMatchObject({ isReplay: true, acts: one.acts });
  const both = await Promise.all([record(labour(250, tomorrow)), record(labour(200, tomorrow))]);
  for (const outcome of both) expect(outcome).toHaveProperty('acts');
  const versions = await ruleVersions(world.db.sql, villageId, 'AD-LAB-01');
  expect(versions.map(({ version }) => version)).toEqual([5, 4, 3, 2, 1]);
});

test.each([
  ['unknown_rule', { ...labour(300, today), code: 'NO-SUCH' }],
  ['rule_effective_in_past', labour(350, addDays(today, -1))],
  ['rule_effective_before_last', labour(350, today)],
  ['rule_points_out_of_bounds', labour(550, tomorrow)],
  ['rule_points_out_of_bounds', labour(-100, tomorrow)],
  ['rule_points_out_of_bounds', { ...own('清扫河道'), pointsCentipoints: 250 }],
  ['red_line_complaint', { ...own('越级上访'), pointsCentipoints: -100 }],
  ['red_line_cash', own('一百分换现金')],
  ['red_line_births', { ...labour(350, tomorrow), name: '生育三孩' } as RuleChange],
  ['decision_missing', own('参加主题党日')],
] as [string, RuleChange][])('%s is refused, and nothing is written', async (refused, change) => {
  const before = await world.database.ownerSql`select count(*) from act`;
  expect(await record(change)).toMatchObject({ refused });
  expect(await world.database.ownerSql`select count(*) from act`).toEqual(before);
});

test('a village has five rules of its own and no sixth, until one has ended', async () => {
  const made = await Promise.all(['甲事', '乙事', '丙事', '丁事', '戊事', '己事'].map((name) => record(own(name))));
  expect(made.filter((outcome) => 'refused' in outcome)).toEqual([{ refused: 'too_many_own_rules', most: 5 }]);
  const end: RuleChange = { kind: 'end', code: 'OWN-01', effectiveFrom: today, meeting: MEETING };
  await must(record(end));
  expect(await record(end)).toEqual({ refused: 'rule_ended', rule: 'OWN-01' });
  expect(await ruleOn(world.db.sql, villageId, 'OWN-01', today)).toBeNull();
  expect(await record(own('庚事'))).toHaveProperty('acts');
  const table = await villageRules(world.db.sql, villageId, today);
  const codes = table.map(({ code }) => code).filter((code) => code.startsWith('OWN-'));
  expect(codes).toEqual(['OWN-02', 'OWN-03', 'OWN-04', 'OWN-05', 'OWN-06']);
});

test('nobody changes a version that was recorded, and the application adds none without an act', async () => {
  const { ownerSql } = world.database;
  await expect(ownerSql`update rule_version set points_centipoints = 900`).rejects.toThrow('never changed');
  await expect(ownerSql`delete from rule_version`).rejects.toThrow('never changed');
  await expect(world.db.sql`update rule_version set evidence = ''`).rejects.toThrow('permission denied');
  await expect(world.db.sql`insert into rule_version select * from rule_version`).rejects.toThrow('permission denied');
  await expect(world.db.sql`select adopt_rules(${villageId}, '[]', '{}', ${today}::date)`).rejects.toThrow('already');
});

test('what needs a named decision is recorded with the office that made it, and the hash covers its name', async () => {
  await must(record({ kind: 'end', code: 'OWN-04', effectiveFrom: today, meeting: MEETING }));
  const office = '试验乡司法所 2026年第3号';
  const approvalPath = 'GROUP_THEN_COMMITTEE';
  const posted = await must(record({ ...own('劝阻赌博'), approvalPath, decidedBy: office } as RuleChange));
  const [version] = await ruleVersions(world.db.sql, villageId, 'OWN-07');
  if (!version) throw new Error('there is a version');
  expect(version).toMatchObject({ decidedBy: office, meeting: MEETING, approvalPath });
  const [act] = await world.db.sql<{ facts: { contentHash: string } }[]>`
    select facts
      from act
     where village_id = ${villageId}
       and seq = ${posted.acts[0]?.seq ?? 0}`;
  expect(act?.facts.contentHash).toBe(hashRuleContent(version));
  expect(hashRuleContent({ ...version, decidedBy: '' })).not.toBe(act?.facts.contentHash);
  const history = await (await world.browser()).get(`${village}/rules/OWN-07`);
  for (const words of [`审定：${office}`, '组长初审，村委会复审']) expect(history.body).toContain(words);
});

const fields = {
  category: 'LAB',
  name: '义务修路',
  points: '1.5',
  unit: '次',
  capPeriod: 'month',
  capMaxCount: '2',
  evidence: '签到',
  approvalPath: 'GROUP_THEN_COMMITTEE',
  effectiveFrom: tomorrow,
  meeting: MEETING,
};

test('the form shows what will change, the preview writes nothing, and the act is the result', async () => {
  await must(record({ kind: 'end', code: 'OWN-02', effectiveFrom: today, meeting: MEETING }));
  const form = await manager.get(`${village}/rules/new`);
  expect(form.statusCode).toBe(200);
  expect(findHtmlFaults(form.body)).toEqual([]);
  const wrong = await manager.submit(`${village}/rule-previews`, { ...fields, meeting: '', points: '0.3' });
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).toContain('请写会议日期和编号');
  expect(wrong.body).toContain('value="义务修路"');
  const forbidden = await manager.submit(`${village}/rule-previews`, { ...fields, name: '打热线投诉', points: '-1' });
  expect(forbidden.statusCode).toBe(409);
  expect(forbidden.body).toContain('“热线”碰了红线');
  expect(forbidden.body).toContain('value="打热线投诉"');
  const undecided = await manager.submit(`${village}/rule-previews`, { ...fields, name: '参加党日' });
  expect(undecided.body).toContain('“党日”这类事要乡镇先审');
  const preview = await manager.submit(`${village}/rule-previews`, fields);
  expect(preview.statusCode).toBe(200);
  expect(preview.body).toContain('+1.5');
  expect(findHtmlFaults(preview.body)).toEqual([]);
  const key = { idempotencyKey: 'form' };
  const answers = await Promise.all([1, 2].map(() => manager.submit(`${village}/rules`, { ...fields, ...key })));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
  const act = await manager.get(String(answers[0]?.headers.location));
  expect(act.body).toContain('细则“义务修路”从');
});

test('a change shows before and after, and the history is for everybody', async () => {
  const change = await manager.get(`${village}/rules/AD-FAM-05/change`);
  expect(change.body).toContain('value="邻里互助(农活/维修/用车)"');
  const typed = { ...fields, code: 'AD-FAM-05', points: '3' };
  const preview = await manager.submit(`${village}/rule-previews`, typed);
  expect(preview.body).toContain('<strong>+3</strong>');
  const answer = await manager.submit(`${village}/rules/AD-FAM-05/versions`, { ...typed, idempotencyKey: 'c' });
  expect(answer.statusCode).toBe(303);
  const nobody = await world.browser();
  const history = await nobody.get(`${village}/rules/AD-FAM-05`);
  for (const text of ['第 2 版', '第 1 版', MEETING, `${village}/acts/`]) expect(history.body).toContain(text);
  expect(history.body).not.toContain('/change');
  expect(findHtmlFaults(history.body)).toEqual([]);
  expect((await nobody.get(`${village}/rules/NO-SUCH`)).statusCode).toBe(404);
  expect((await nobody.get(`${village}/rules`)).body).toContain(`${village}/rules/AD-FAM-05`);
});

test('the programs do it too, and only for the manager', async () => {
  const body = { isEnded: true, effectiveFrom: today, meeting: MEETING };
  const send = async (username: string) =>
    world.app.inject({
      method: 'POST',
      url: `/api/v1${village}/rules/OWN-03/versions`,
      headers: { authorization: `Bearer ${await world.apiToken(username)}` },
      payload: body,
    });
  expect((await send(people.supervisor)).statusCode).toBe(403);
  expect((await send(people.manager)).statusCode).toBe(201);
  expect((await send(people.manager)).json()).toMatchObject({ code: 'rule_ended' });
  const list = await world.app.inject({ url: `/api/v1${village}/rules/OWN-03/versions` });
  expect(list.json<{ items: object[] }>().items).toMatchObject([{ version: 2, isEnded: true }, { version: 1 }]);
});

test('a rule that is worth a tenth can be changed where the village counts in tenths, and nowhere else', () => {
  const wording = { name: '捐款', unit: '每10元', evidence: '收据', capPeriod: null, capMaxCount: null };
  const change = { kind: 'change', code: 'OWN-01', pointsCentipoints: 10, capMaxCentipoints: 100 } as const;
  const last = {
    ...wording,
    code: 'OWN-01',
    version: 1,
    category: 'PUB',
    pointsCentipoints: 10,
    capMaxCentipoints: null,
    capPer: 'household',
    approvalPath: OWN_APPROVAL,
    effectiveFrom: '2026-10-01',
    meeting: '',
    decidedBy: '',
    position: 99,
    isEnded: false,
    pinyin: '',
    initials: '',
    seq: 1,
  } as const;
  const basis = { today: '2026-11-01', last, countyCentipoints: null, ownRules: [], ownPrefix: 'OWN-' };
  const most = { nextPosition: 100, ownRulesMax: 5, ownPointsMaxCentipoints: 200 };
  const decided = (stepCentipoints?: number) =>
    decideRuleChange(
      { ...change, ...wording, effectiveFrom: '2026-11-01', meeting: '代表会议' },
      { ...basis, ...most, stepCentipoints },
    );
  expect(decided(10)).toMatchObject({ version: 2, pointsCentipoints: 10, capMaxCentipoints: 100 });
  expect(decided()).toEqual({ refused: 'rule_step', stepCentipoints: 50 });
});

test('what is counted in units is given for several of them in one award, and what is counted one by one is not', async () => {
  const rules = await villageRules(world.db.sql, villageId, today);
  const isEarned = (rule: (typeof rules)[number]) => rule.pointsCentipoints > 0 && rule.capPer === 'household';
  const inUnits = rules.find((rule) => isEarned(rule) && rule.capMaxCount === null && rule.capMaxCentipoints === null);
  const oneByOne = rules.find((rule) => isEarned(rule) && rule.capMaxCount !== null);
  if (!inUnits || !oneByOne) throw new Error('the table has both');
  const preview = (code: string, times: string) =>
    manager.submit(`${village}/award-previews`, { rule: code, occurredOn: today, cards: cards.曾有田, times });
  const form = await manager.get(`${village}/awards/new?rule=${inUnits.code}&times=3`);
  expect(form.body).toMatch(/name="times"[^>]*value="3"/);
  for (const wrong of ['0', '1001', '-1', '1.5', 'x'])
    expect((await preview(inUnits.code, wrong)).statusCode).toBe(422);
  const refused = await preview(oneByOne.code, '2');
  expect([refused.statusCode, refused.body.includes('一次')]).toEqual([409, true]);
  const shown = await preview(inUnits.code, '3');
  expect([shown.statusCode, findHtmlFaults(shown.body)]).toEqual([200, []]);
  const hidden = shown.body
    .slice(shown.body.indexOf('<main'))
    .matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g);
  const fields = Object.fromEntries([...hidden].map(([, name = '', value = '']) => [name, value]));
  expect(fields).toMatchObject({ times: '3', total: String(3 * inUnits.pointsCentipoints) });
  expect((await manager.submit(`${village}/awards`, fields)).statusCode).toBe(303);
  const [act] = await world.db.sql<{ times: number; amount: number }[]>`
    select (facts ->> 'times')::integer as times,
           amount_centipoints::integer as amount
      from act
      join entry using (village_id, seq)
     where village_id = ${villageId}
     order by seq desc
     limit 1`;
  expect(act).toEqual({ times: 3, amount: 3 * inUnits.pointsCentipoints });
});
