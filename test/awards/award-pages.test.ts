import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardByNumber, cardToken } from '../../src/cards/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const village = `/villages/${willowCode}`;
const RULE = 'AD-LAB-01';
const DAY = '2026-10-14';

let world: TestApp;
let manager: TestBrowser;
let villageId: number;

beforeAll(async () => {
  world = await createTestApp();
  manager = await world.browser(people.manager);
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  await manager.get(`${village}/awards/new`);
});

afterAll(() => world.close());

const balanceOf = async (number: string) => (await cardByNumber(world.db.sql, villageId, number))?.balanceCentipoints;

/** The hidden fields and radio names of a preview, as its form would send them. */
function fieldsOf(html: string): Record<string, string> {
  const main = html.slice(html.indexOf('<main'));
  return Object.fromEntries(
    [...main.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
}

const preview = (fields: Record<string, string | string[]>) =>
  manager.submit(`${village}/award-previews`, { rule: RULE, occurredOn: DAY, ...fields });

test('the form offers every rule and every household, and a card can be chosen by the address', async () => {
  const page = await manager.get(`${village}/awards/new?card=${cards.单小花}`);
  expect(page.statusCode).toBe(200);
  expect(page.body).toMatch(new RegExp(`value="${cards.单小花}" checked`));
  expect(page.body).toContain('全部细则（48 条）');
  expect(page.body).toContain('未开卡');
  expect(findHtmlFaults(page.body)).toEqual([]);
});

test('a rule is found by initials: by htmx its choices alone, by the button with everything kept', async () => {
  const part = await manager.get(`${village}/awards/new?ruleQuery=ywld`, { 'hx-request': 'true' });
  expect(part.body).toMatch(/^<div[^>]*id="rule-choices"/);
  expect(part.body).toContain(RULE);
  expect(part.body).toContain('role="status"');
  const page = await preview({
    rule: '',
    ruleQuery: 'ywld',
    find: 'rule',
    cards: cards.单小花,
    note: '村口',
    names: '赵满仓',
  });
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('加分和扣分');
  expect(page.body).toMatch(new RegExp(`value="${cards.单小花}" checked`));
  for (const kept of ['value="村口"', '赵满仓</textarea>', RULE]) expect(page.body).toContain(kept);
});

test('the preview shows each balance before and after, and changes nothing', async () => {
  const page = await preview({ cards: [cards.单小花, cards.曾有田], note: '清沟' });
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('给 2 户各 +3 分，共 6 分');
  expect(page.body).toContain('103 分');
  expect(page.body).toContain('清沟');
  expect(findHtmlFaults(page.body)).toEqual([]);
  expect(await balanceOf(cards.单小花)).toBe(10_000);
});

test('a confirmed award is recorded once for a double press and has an address of its own', async () => {
  const page = await preview({ cards: [cards.单小花, cards.曾有田], note: '清沟' });
  const fields = fieldsOf(page.body);
  const answers = await Promise.all([1, 2, 3].map(() => manager.submit(`${village}/awards`, fields)));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
  const [place] = new Set(answers.map(({ headers }) => headers.location));
  expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
  expect(await balanceOf(cards.单小花)).toBe(10_300);
  await checkWorld(world.database.ownerSql);

  const result = await manager.get(place ?? '');
  expect(result.statusCode).toBe(200);
  for (const text of ['给 2 户各 +3 分，共 6 分', '单小花', '103 分', '清沟', '钱管理', '/reversals/new?operation=']) {
    expect(result.body).toContain(text);
  }
  const list = await manager.get(`${village}/awards`);
  expect(list.body).toContain(place ?? '?');

  const again = await preview({ cards: cards.单小花 });
  expect(again.body).toContain('这一天已按这条记过');
});

test('whoever was given points together is a list by its note, and one press picks all of them again', async () => {
  const fields = fieldsOf((await preview({ cards: [cards.赵满仓, cards.曾有田], note: '志愿队' })).body);
  await manager.submit(`${village}/awards`, fields);
  const form = await manager.get(`${village}/awards/new`);
  const [, list = ''] = /name="lists" value="([A-Z2-9]{16})"[\s\S]*?志愿队/.exec(form.body) ?? [];
  const page = await preview({ rule: 'AD-ENV-08', lists: list, skip: cards.曾有田 });
  expect(fieldsOf(page.body)['cards']).toBe(cards.赵满仓);
  expect((await preview({ lists: 'AAAAAAAAAAAAAAAA' })).statusCode).toBe(422);
});

test('on a computer the cursor stands in the first field, on a phone nothing covers the page', async () => {
  const first = /id="rule-query"[^>]* autofocus/;
  const open = async (name: string) => (await manager.get(`${village}/awards/new`, { 'user-agent': name })).body;
  expect(await open('Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/148.0.0.0')).toMatch(first);
  expect(await open('Mozilla/5.0 (Linux; Android 10; K) Chrome/148.0.0.0 Mobile')).not.toMatch(first);
});

test('without a script Enter in the field for scanning ticks one after the other, and the press says what it does by now', async () => {
  const step = (typed: Record<string, string>) => preview({ rule: 'AD-ENV-08', find: 'rule', ...typed });
  const one = await step({ code: 'zmc' });
  expect(one.body).toMatch(new RegExp(`value="${cards.赵满仓}" checked`));
  const two = await step({ code: cards.单小花, cards: cards.赵满仓 });
  expect(two.body).toMatch(/给 2 户各 [+−]\S+ 分，共 \S+ 分/);
  expect(two.body).toMatch(/id="household-code"[^>]* autofocus/);
  expect(findHtmlFaults(two.body)).toEqual([]);
  const asked = await step({ code: 'wjg', cards: cards.赵满仓 });
  for (const number of [cards.王建国, cards.王建国二]) expect(asked.body).toContain(`name="take" value="${number}"`);
  const taken = await preview({ rule: 'AD-ENV-08', cards: cards.赵满仓, take: cards.王建国二 });
  expect(taken.body).toMatch(new RegExp(`value="${cards.王建国二}" checked`));
  expect((await step({ code: '胡不在' })).body).toContain('没有“胡不在”这一户');
});

test('the same key with another list is refused and the list is still there', async () => {
  const fields = fieldsOf((await preview({ cards: cards.单小花 })).body);
  expect((await manager.submit(`${village}/awards`, fields)).statusCode).toBe(303);
  const other = await manager.submit(`${village}/awards`, { ...fields, cards: cards.曾有田 });
  expect(other.statusCode).toBe(422);
  expect(other.body).toContain('这张表已经提交过，内容却不一样');
  expect(fieldsOf(other.body)['idempotencyKey']).not.toBe(fields['idempotencyKey']);
});

test('a pasted list is matched, and nothing can be confirmed until each doubtful name is decided', async () => {
  const token = await cardToken(world.db.sql, villageId, cards.曾有田);
  const names = `#接龙\n义务劳动\n1. 赵满仓\n2. 王建国\n3. 单小华 +1\n4. 张无此人\nhttps://x.cn/C/${token}\n赵满仓`;
  const first = await preview({ names });
  expect(first.body).toContain('还有 3 处要您定一下');
  expect(first.body).toContain('“王建国”有 2 户，是哪一户？');
  expect(first.body).toContain('“单小华”没有对上');
  expect(first.body).toContain('名单里重复，只记一次');
  expect(first.body).not.toContain(`action="${village}/awards"`);

  const answer = (page: { body: string }, field: string, value: string) => {
    expect(page.body).toContain(`name="${field}" value="${value}"`);
    return manager.submit(`${village}/award-previews`, { ...fieldsOf(page.body), [field]: value });
  };
  const half = await answer(first, 'pick-1', cards.王建国二);
  expect(half.body).toContain('还有 2 处要您定一下');
  const ready = await answer(await answer(half, 'pick-2', cards.单小花), 'pick-3', 'skip');
  expect(ready.statusCode).toBe(200);
  expect(ready.body).toContain('给 4 户各 +3 分，共 12 分');
  expect(fieldsOf(ready.body)['cards']?.split(',').sort()).toEqual(
    [cards.赵满仓, cards.王建国二, cards.单小花, cards.曾有田].sort(),
  );
});

test('a household that was not offered for a name is no answer to it', async () => {
  const page = await preview({ names: '王建国', 'pick-0': cards.赵满仓, idempotencyKey: 'x' });
  expect(page.body).toContain('“王建国”有 2 户，是哪一户？');
  expect(page.body).not.toContain(`action="${village}/awards"`);
});

test.each([
  ['a name that fits nobody', '张无此人', 'name_unknown', '没有对上任何一户'],
  ['a name that fits two', '王建国', 'name_ambiguous', '有 2 户，没有记分'],
])('%s is refused by name when the preview is passed by', async (_, names, code, sentence) => {
  const before = await world.database.ownerSql`select count(*) from act`;
  const answer = await manager.submit(`${village}/awards`, {
    rule: RULE,
    occurredOn: DAY,
    names,
    idempotencyKey: code,
  });
  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain(sentence);
  expect(await world.database.ownerSql`select count(*) from act`).toEqual(before);
});

test('households that cannot take part are listed with the reason and left out only by choice', async () => {
  const form = await manager.get(`${village}/awards/new`);
  const [, west] = [...form.body.matchAll(/name="groups" value="(\d+)"/g)].map(([, id]) => id);
  const page = await preview({ groups: west ?? '' });
  expect(page.body).toContain('有 1 户不能记');
  expect(page.body).toContain('还没有开卡');
  expect(page.body).not.toContain(`action="${village}/awards"`);
  const ready = await manager.submit(`${village}/award-previews`, { ...fieldsOf(page.body), skip: cards.李未开 });
  expect(ready.body).toContain('给 2 户各 +3 分，共 6 分');
  expect(ready.body).toContain('这次不记：李未开');
});

test('a deduction that a card cannot bear says how much is missing', async () => {
  const { ownerSql } = world.database;
  const [rule] = await ownerSql<{ code: string }[]>`
    select code from rule_version where village_id = ${villageId} and points_centipoints = -1000 limit 1`;
  const code = rule?.code ?? '';
  for (let round = 1; round <= 10; round += 1) {
    const fields = fieldsOf((await preview({ rule: code, cards: cards.王建国 })).body);
    await manager.submit(`${village}/awards`, fields);
  }
  expect(await balanceOf(cards.王建国)).toBe(0);
  await checkWorld(ownerSql);
  const page = await preview({ rule: code, cards: [cards.王建国, cards.赵满仓] });
  expect(page.body).toContain('现有 0 分，不够扣，还差 10 分');
  const bypass = { rule: code, occurredOn: DAY, cards: cards.王建国, idempotencyKey: 'poor' };
  const answer = await manager.submit(`${village}/awards`, bypass);
  expect(answer.statusCode).toBe(409);
  expect(answer.body).toContain('积分不够');
});

test.each([
  ['an unknown rule', { rule: 'NO-SUCH' }, 422, '本村没有细则'],
  ['a day to come', { occurredOn: '2999-01-01' }, 422, '还没有到'],
  ['a closed card', { cards: cards.王建国 }, 409, '已经注销'],
  ['a frozen card', { cards: '0010010005' }, 409, '已经停用'],
  ['a card that is not open', { cards: cards.李未开 }, 409, '还没有开卡'],
  ['a card of another village', { cards: cards.周外村 }, 422, '别的村的卡'],
  ['a card that is not there', { cards: '0010019999' }, 422, '本村没有卡号'],
  ['a card twice', { cards: [cards.赵满仓, cards.赵满仓] }, 422, '写了两次'],
  ['a published month', { occurredOn: '2026-09-15' }, 409, '公示已经发布'],
  ['no rule', { rule: '' }, 422, '请选一条细则'],
  ['nobody', { cards: '' }, 422, '请选是哪几户'],
  ['no day', { occurredOn: '十月' }, 422, '请填日期'],
])('refuses %s with a sentence, and changes nothing', async (_, wrong, status, sentence) => {
  const { ownerSql } = world.database;
  await ownerSql`update account set status = 'closed' where village_id = ${villageId} and holder_id = (
    select household_id from card where number = ${cards.王建国})`;
  await ownerSql`update account set status = 'frozen' where village_id = ${villageId} and holder_id = (
    select household_id from card where number = '0010010005')`;
  await ownerSql`insert into closed_period (village_id, month, closed_at_seq) values (${villageId}, '2026-09', 1)
    on conflict do nothing`;
  const before = await ownerSql`select count(*) from act`;
  const fields = {
    rule: RULE,
    occurredOn: DAY,
    cards: cards.赵满仓,
    note: '记得我',
    idempotencyKey: crypto.randomUUID(),
  };
  const answer = await manager.submit(`${village}/awards`, { ...fields, ...wrong });
  expect(answer.statusCode).toBe(status);
  expect(answer.body).toContain(sentence);
  expect(answer.body).toContain('记得我');
  expect(await ownerSql`select count(*) from act`).toEqual(before);
});

test('after the session has ended nothing is recorded, and who is not the manager may not', async () => {
  const fields = { rule: RULE, occurredOn: DAY, cards: cards.赵满仓, idempotencyKey: 'late' };
  const before = await balanceOf(cards.赵满仓);
  await world.database.ownerSql`update session set expires_at = now() - interval '1 minute'`;
  const expired = await manager.submit(`${village}/awards`, fields);
  expect(expired.statusCode).toBe(401);
  expect(expired.body).toContain('登录已过期');
  const supervisor = await world.browser(people.supervisor);
  expect((await supervisor.submit(`${village}/awards`, fields)).statusCode).toBe(403);
  const other = await world.browser(people.otherManager);
  expect((await other.submit(`${village}/awards`, fields)).statusCode).toBe(403);
  expect(await balanceOf(cards.赵满仓)).toBe(before);
});
