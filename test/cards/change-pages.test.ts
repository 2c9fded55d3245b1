/** The pages of 卡和户的变动, as a browser without a script sees them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

let world: TestApp;
let manager: TestBrowser;

beforeAll(async () => {
  world = await createTestApp();
  manager = await world.browser(people.manager);
});

afterAll(() => world.close());

const village = `/villages/${willowCode}`;
const keyIn = (body: string) => /name="idempotencyKey" value="([^"]+)"/.exec(body)?.[1] ?? '';

async function openForm(card: string, kind: string) {
  const form = await manager.get(`${village}/cards/${card}/changes/${kind}`);
  expect(form.statusCode).toBe(200);
  return { address: `${village}/cards/${card}/changes/${kind}`, key: keyIn(form.body), body: form.body };
}

async function tokenOf(number: string): Promise<string> {
  const [row] = await world.database.ownerSql<{ token: string }[]>`select token from card where number = ${number}`;
  return row?.token ?? '';
}

test('the household page offers what can be done, each under its own address', async () => {
  const page = await manager.get(`${village}/cards/${cards.赵满仓}`);
  expect(page.body).toContain('卡和户的变动');
  for (const kind of ['freezing', 'replacement', 'recall', 'split', 'merger', 'departure']) {
    expect(page.body).toContain(`href="${village}/cards/${cards.赵满仓}/changes/${kind}"`);
  }
  const supervisor = await world.browser(people.supervisor);
  expect((await supervisor.get(`${village}/cards/${cards.赵满仓}`)).body).not.toContain('卡和户的变动');
  expect((await manager.get(`${village}/cards/${cards.赵满仓}/changes/nothing`)).statusCode).toBe(404);
});

test('a card is frozen with a reason, once, and the page of it can be looked at again', async () => {
  const { address, key } = await openForm(cards.赵满仓, 'freezing');
  const empty = await manager.submit(address, { idempotencyKey: key, reason: '' });
  expect(empty.statusCode).toBe(422);
  expect(empty.body).toContain('请写一句原因');
  expect(keyIn(empty.body)).toBe(key);

  const done = await manager.submit(address, { idempotencyKey: key, reason: '卡丢了' });
  expect(done.statusCode).toBe(303);
  const again = await manager.submit(address, { idempotencyKey: key, reason: '卡丢了' });
  expect(again.headers.location).toBe(done.headers.location);
  const result = await manager.get(String(done.headers.location));
  expect(result.body).toContain('赵满仓家的卡已经停用');
  expect(result.body).toContain('卡丢了');

  const refused = await manager.submit(address, { idempotencyKey: crypto.randomUUID(), reason: '卡丢了' });
  expect(refused.statusCode).toBe(409);
  expect(refused.body).toContain('已经停用');
  const counter = await manager.get(`${village}/counter?card=${cards.赵满仓}`);
  expect(counter.body).toContain('已经停用');
  const villager = await world.browser();
  expect((await villager.get(`/C/${await tokenOf(cards.赵满仓)}`)).body).toContain('这张卡暂时停用，积分都还在');
  await checkWorld(world.database.ownerSql);
});

test('the public record says that a card was frozen, and never whose or why', async () => {
  const visitor = await world.browser();
  const page = await visitor.get(`${village}/acts?kind=household`);
  expect(page.body).toContain('一户的积分卡停用');
  expect(page.body).not.toContain('赵');
  expect(page.body).not.toContain('卡丢了');
  expect((await manager.get(`${village}/acts?kind=household`)).body).toContain('赵满仓家的积分卡停用');
});

test('an old card says that it was replaced: on the phone, at the counter, and under its old address', async () => {
  const oldToken = await tokenOf(cards.单小花);
  const { address, key } = await openForm(cards.单小花, 'replacement');
  const done = await manager.submit(address, { idempotencyKey: key, reason: '折断了' });
  const result = await manager.get(String(done.headers.location));
  expect(result.body).toContain('旧卡已经作废');
  const newNumber = /cards\/(\d{10})\/print/.exec(result.body)?.[1] ?? '';
  expect(newNumber).not.toBe(cards.单小花);

  const visitor = await world.browser();
  const old = await visitor.get(`/C/${oldToken}`);
  expect(old.statusCode).toBe(404);
  expect(old.body).toContain('这张卡已经换新');
  expect(old.body).not.toContain('单小花');
  expect((await visitor.get(`/C/${'A'.repeat(26)}`)).body).toContain('打不开这张卡');

  for (const scanned of [`http://localhost/C/${oldToken}`, cards.单小花]) {
    const counter = await manager.get(`${village}/counter?code=${encodeURIComponent(scanned)}`);
    expect(counter.body).toContain(`卡号 ${cards.单小花} 已经换新`);
    expect(counter.body).toContain(newNumber);
  }
  const moved = await manager.get(`${village}/cards/${cards.单小花}`);
  expect(moved.headers.location).toBe(`${village}/cards/${newNumber}`);
  expect((await manager.get(`${village}/cards/${newNumber}`)).body).toContain('开卡，送积分');
  await checkWorld(world.database.ownerSql);
});

test('a split shows both balances before anything is written, and keeps what was typed', async () => {
  const { address, key, body } = await openForm(cards.曾有田, 'split');
  const group = /<option value="(\d+)"[^>]*selected/.exec(body)?.[1] ?? '';
  const fields = {
    idempotencyKey: key,
    headName: '曾小田',
    group,
    memberCount: '2',
    points: '40.5',
    phone: '',
    reason: '儿子成家',
  };
  const wrong = await manager.submit(address, { ...fields, points: '很多' });
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).toContain('value="曾小田"');
  const tooMany = await manager.submit(address, { ...fields, points: '100.5' });
  expect(tooMany.statusCode).toBe(409);
  expect(tooMany.body).toContain('现有 100 分');

  const check = await manager.submit(address, fields);
  expect(check.statusCode).toBe(200);
  expect(check.body).toContain('两家合计 100 分');
  expect(check.body).toContain('分户，转 40.5 分');
  const back = await manager.submit(address, { ...fields, step: 'change' });
  expect(back.body).toContain('value="40.5"');

  const done = await manager.submit(address, { ...fields, step: 'confirm' });
  expect(done.statusCode).toBe(303);
  const result = await manager.get(String(done.headers.location));
  expect(result.body).toContain('曾小田');
  expect(result.body).toContain('打印曾小田家的卡');
  expect(result.body.indexOf('曾有田')).toBeLessThan(result.body.lastIndexOf('曾小田'));
  const made = /cards\/(\d{10})\/print/.exec(result.body)?.[1] ?? '';
  const villager = await world.browser();
  expect((await villager.get(`/C/${await tokenOf(made)}`)).body).toContain('从另一户转来');
  await checkWorld(world.database.ownerSql);
});

test('a merger finds the other household by name and asks where two fit', async () => {
  const { address, key } = await openForm(cards.王建国, 'merger');
  const unknown = await manager.submit(address, { idempotencyKey: key, into: '没有这人', reason: '合住' });
  expect(unknown.body).toContain('没有找到这一户');
  const many = await manager.submit(address, { idempotencyKey: key, into: '曾', reason: '合住' });
  expect(many.body).toContain('有几户都像');
  expect(many.body).toContain('曾小田');
  const check = await manager.submit(address, { idempotencyKey: key, into: '曾有田', reason: '合住' });
  expect(check.body).toContain('两家合计 159.5 分');
  expect(check.body).toContain(`name="into" value="${cards.曾有田}"`);
  const done = await manager.submit(address, {
    idempotencyKey: key,
    into: cards.曾有田,
    reason: '合住',
    step: 'confirm',
  });
  const result = await manager.get(String(done.headers.location));
  expect(result.body).toContain('并户办好了');
  const visitor = await world.browser();
  expect((await visitor.get(`/C/${await tokenOf(cards.王建国)}`)).body).toContain('这张卡已经收回');
  await checkWorld(world.database.ownerSql);
});

test('a departure names the new head; the last one leaves the points behind', async () => {
  const { address, key } = await openForm(cards.王建国二, 'departure');
  const check = await manager.submit(address, { idempotencyKey: key, leaving: '1', newHead: '', reason: '去世' });
  expect(check.body).toContain('1 口 → 0 口');
  const done = await manager.submit(address, {
    idempotencyKey: key,
    leaving: '1',
    newHead: '',
    reason: '去世',
    step: 'confirm',
  });
  expect(done.statusCode).toBe(303);
  const page = await manager.get(`${village}/cards/${cards.王建国二}`);
  expect(page.body).toContain('没有人了');
  expect(page.body).toContain('changes/merger');
  // Until the points have waited long enough, and no card is printed for a home without people.
  expect(page.body).toContain('积分给亲属留到');
  expect(page.body).not.toContain('changes/settlement');
  expect(page.body).not.toContain(`/cards/${cards.王建国二}/print`);
  expect((await manager.get(`${village}/cards/${cards.王建国二}/print`)).statusCode).toBe(404);
  const settle = await openForm(cards.王建国二, 'settlement');
  const early = await manager.submit(settle.address, { idempotencyKey: settle.key, reason: '到期' });
  expect(early.statusCode).toBe(409);
  expect(early.body).toContain('那天以前只能办并户');
  const vacatedBefore = (years: number) => world.database.ownerSql`
    update household
       set vacated_on = vacated_on - make_interval(years => ${years})
     where vacated_on is not null`;
  await vacatedBefore(1);
  expect((await manager.get(`${village}/cards/${cards.王建国二}`)).body).toContain('changes/settlement');
  await vacatedBefore(-1);
  await checkWorld(world.database.ownerSql);
});

test('a name that was misspelt is corrected on a page of its own, and both names are shown to those who run the shop alone', async () => {
  const card = cards.曾有田;
  const before = await manager.get(`${village}/cards/${card}`);
  expect(before.body).not.toContain('changes/correction');
  const naming = await openForm(card, 'naming');
  await manager.submit(naming.address, { idempotencyKey: naming.key, names: '曾有田、曾小天' });
  expect((await manager.get(`${village}/cards/${card}`)).body).toContain(`/cards/${card}/changes/correction`);
  const { address, key, body } = await openForm(card, 'correction');
  expect(findHtmlFaults(body)).toEqual([]);
  const member = /name="member" value="(\d+)"[^>]*>(?:(?!name="member").)*曾小天/.exec(body)?.[1] ?? '';
  const typed = { idempotencyKey: key, member, newName: '曾 小 田', reason: '登记时写错' };
  const wrong = await manager.submit(address, { ...typed, newName: '123', member: '' });
  expect([wrong.statusCode, wrong.body.includes('请选名字写错的那一个人')]).toEqual([422, true]);
  const done = await manager.submit(address, typed);
  const result = await manager.get(String(done.headers.location));
  expect(findHtmlFaults(result.body)).toEqual([]);
  expect(result.body).toContain('曾小天');
  expect(result.body).toContain('曾小田');
  const shown = (await manager.get(`${village}/cards/${card}`)).body;
  expect(shown).toContain('曾小田');
  expect(shown).not.toContain('曾小天');
  const visitor = await world.browser();
  const record = (await visitor.get(`${village}/acts?kind=household`)).body;
  expect(record).toContain('更正了一位家庭成员的姓名');
  expect(record).not.toMatch(/曾小|写错/);
  await checkWorld(world.database.ownerSql);
});
