import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { cardByNumber, cardToken, findCards, householdsMeant } from '../../src/cards/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { addDays } from '../../src/platform/clock.ts';
import { type CrowdedHousehold, drawFrom, fillWithPeople } from '../browser/crowded-village.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, FOUNDED_ON, must, people, poplarCode, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const village = `/villages/${willowCode}`;

let world: TestApp;
let manager: TestBrowser;
let supervisor: TestBrowser;
let villageId: number;

beforeAll(async () => {
  world = await createTestApp();
  manager = await world.browser(people.manager);
  supervisor = await world.browser(people.supervisor);
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
});

afterAll(() => world.close());

test('the list shows every household with its balance, and searches without a script', async () => {
  const page = await manager.get(`${village}/cards`);
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('赵满仓');
  expect(page.body).toContain('未开卡');
  expect(findHtmlFaults(page.body)).toEqual([]);
  const found = await manager.get(`${village}/cards?q=wjg`);
  expect(found.body).toContain(cards.王建国);
  expect(found.body).not.toContain(cards.赵满仓);
});

test.each([
  ['name', '单小花'],
  ['pinyin initials', 'sxh'],
  ['card number', cards.单小花],
  ['last four digits', '0002'],
])('Enter on a single hit by %s opens the household', async (_, query) => {
  const answer = await manager.get(`${village}/cards?q=${encodeURIComponent(query)}`);
  expect(answer.statusCode).toBe(303);
  expect(answer.headers.location).toBe(`${village}/cards/${cards.单小花}`);
});

test('a scanned card opens its household, and its token stays in no address', async () => {
  const token = await cardToken(world.db.sql, villageId, cards.赵满仓);
  for (const scanned of [`HTTPS://SHOP.EXAMPLE/C/${token}`, token ?? '', token?.toLowerCase() ?? '']) {
    const answer = await manager.get(`${village}/cards?q=${encodeURIComponent(scanned)}`);
    expect(answer.headers.location).toBe(`${village}/cards/${cards.赵满仓}`);
  }
});

test('a card of another village is not found here', async () => {
  const poplar = await findVillage(world.db.sql, poplarCode);
  const token = await cardToken(world.db.sql, poplar?.villageId ?? 0, cards.周外村);
  const answer = await manager.get(`${village}/cards?q=${token}`);
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toContain('没有找到这一户');
  expect((await manager.get(`${village}/cards/${cards.周外村}`)).statusCode).toBe(404);
});

test('a group is a filter, and htmx gets the list alone', async () => {
  const [first] = await findCards(world.db.sql, villageId, { query: cards.王建国, limit: 1 });
  const page = await manager.get(`${village}/cards?group=${first?.groupId}`);
  expect(page.body).toContain(cards.王建国);
  expect(page.body).not.toContain(cards.赵满仓);
  const part = await manager.get(`${village}/cards?q=zmc`, { 'hx-request': 'true' });
  expect(part.statusCode).toBe(200);
  expect(part.body).toMatch(/^<section[^>]* id="households"/);
  expect(part.body).toContain('role="status"');
  expect(part.headers.vary).toContain('HX-Request');
});

test('the supervisor reads, and is offered nothing that changes points', async () => {
  const page = await supervisor.get(`${village}/cards/${cards.赵满仓}`);
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('开卡，送积分');
  expect(page.body).not.toContain('/awards/new');
  expect(page.body).not.toContain('/print');
  const asManager = await manager.get(`${village}/cards/${cards.赵满仓}`);
  for (const link of ['/awards/new?card=', '/counter?card=', '/print']) expect(asManager.body).toContain(link);
  expect((await supervisor.get(`${village}/cards/new`)).statusCode).toBe(403);
  expect((await supervisor.get(`${village}/cards/print`)).statusCode).toBe(403);
});

test('many lines are looked up at once, and each means what it means alone', async () => {
  const typed = ['赵满仓', 'wjg', cards.曾有田, '查无此人', '  ', 'shxh', '0002', '赵满仓'];
  const meant = await householdsMeant(world.db.sql, villageId, typed);
  const short = meant.map((one) => ('number' in one ? one.number : one.candidates.map(({ number }) => number)));
  expect(short).toEqual([
    cards.赵满仓,
    [cards.王建国, cards.王建国二],
    cards.曾有田,
    [],
    [],
    cards.单小花,
    cards.单小花,
    cards.赵满仓,
  ]);
  expect(await householdsMeant(world.db.sql, villageId, [])).toEqual([]);
});

test('a household is registered and its card opened in one press, once for a double press', async () => {
  const form = await manager.get(`${village}/cards/new`);
  const idempotencyKey = /name="idempotencyKey" value="([^"]+)"/.exec(form.body)?.[1] ?? '';
  const group = /<option value="(\d+)"[^>]*>西头组/.exec(form.body)?.[1] ?? '';
  const fields = { idempotencyKey, headName: '钱 新户', group, memberCount: '３', phone: '', open: 'yes' };
  const answers = await Promise.all([1, 2, 3].map(() => manager.submit(`${village}/cards`, fields)));
  const places = new Set(answers.map(({ headers }) => headers.location));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
  expect(places.size).toBe(1);
  const found = await findCards(world.db.sql, villageId, { query: '钱新户', limit: 5 });
  expect(found).toMatchObject([{ memberCount: 3, status: 'active', balanceCentipoints: 10_000, initials: 'qxh' }]);
  await checkWorld(world.database.ownerSql);

  const other = await manager.submit(`${village}/cards`, { ...fields, memberCount: '4' });
  expect(other.statusCode).toBe(422);
  expect(other.body).toContain('这张表已经提交过，内容却不一样');
});

test('a wrong field comes back with what was typed, its key and a sentence', async () => {
  await manager.get(`${village}/cards/new`);
  const idempotencyKey = crypto.randomUUID();
  const fields = { idempotencyKey, headName: '孙二', group: '', memberCount: '0', phone: 'abc', open: 'yes' };
  const answer = await manager.submit(`${village}/cards`, fields);
  expect(answer.statusCode).toBe(422);
  for (const text of ['有 3 处要改', '请选这户在哪个小组', '请填 1 到 99 的整数', 'value="孙二"', idempotencyKey]) {
    expect(answer.body).toContain(text);
  }
  expect(await findCards(world.db.sql, villageId, { query: '孙二', limit: 1 })).toEqual([]);
});

test('a namesake in the same group is asked about before a second household is made', async () => {
  const [first] = await findCards(world.db.sql, villageId, { query: cards.赵满仓, limit: 1 });
  await manager.get(`${village}/cards/new`);
  const fields = {
    idempotencyKey: crypto.randomUUID(),
    headName: '赵满仓',
    group: String(first?.groupId),
    memberCount: '2',
  };
  const asked = await manager.submit(`${village}/cards`, fields);
  expect(asked.statusCode).toBe(409);
  expect(asked.body).toContain('东头组已经有一户“赵满仓”');
  const answer = await manager.submit(`${village}/cards`, { ...fields, namesake: 'yes' });
  expect(answer.statusCode).toBe(303);
  expect(answer.headers.location).toMatch(/done=registered$/);
  expect(await findCards(world.db.sql, villageId, { query: '赵满仓', limit: 5 })).toHaveLength(2);
  await checkWorld(world.database.ownerSql);
});

test('many cards are opened after a preview, each once', async () => {
  const list = await manager.get(`${village}/cards/openings/new`);
  expect(list.body).toContain('李未开');
  const preview = await manager.submit(`${village}/opening-previews`, { cards: cards.李未开 });
  expect(preview.body).toContain('给 1 户各 +100 分');
  expect((await cardByNumber(world.db.sql, villageId, cards.李未开))?.status).toBe('registered');

  const other = (await findCards(world.db.sql, villageId, { query: '赵满仓', limit: 5 })).find(
    ({ status }) => status === 'registered',
  );
  const idempotencyKey = crypto.randomUUID();
  const fields = { idempotencyKey, cards: `${cards.李未开},${other?.number}` };
  const answers = await Promise.all([1, 2].map(() => manager.submit(`${village}/openings`, fields)));
  expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
  const result = await manager.get(answers[0]?.headers.location ?? '');
  expect(result.body).toContain('给 2 户开了卡，共 200 分');
  await checkWorld(world.database.ownerSql);

  const again = await manager.submit(`${village}/openings`, { ...fields, idempotencyKey: crypto.randomUUID() });
  expect(again.statusCode).toBe(409);
  expect(again.body).toContain('已经开过卡');
});

test('nobody ticked is said, not refused in silence', async () => {
  await manager.get(`${village}/cards/new`);
  const answer = await manager.submit(`${village}/opening-previews`, {});
  expect(answer.statusCode).toBe(422);
});

test('a card on paper carries the address of its page in capital letters, and no other secret', async () => {
  const page = await manager.get(`${village}/cards/${cards.赵满仓}/print`);
  expect(page.statusCode).toBe(200);
  expect(page.headers['cache-control']).toBe('no-store');
  expect(page.body).toContain('柳树村');
  expect(page.body).toContain(cards.赵满仓);
  expect(page.body).not.toContain(await cardToken(world.db.sql, villageId, cards.赵满仓));
  const all = await manager.get(`${village}/cards/print`);
  expect(all.body.match(/class="paper-card"/g)?.length).toBeGreaterThan(5);
});

test('after the session has ended nothing changes and nothing is lost', async () => {
  const guest = await world.browser();
  await guest.get('/sign-in');
  const answer = await guest.submit(`${village}/cards`, {
    headName: '过期',
    group: '1',
    memberCount: '1',
    idempotencyKey: 'x',
  });
  expect(answer.statusCode).toBe(401);
  expect(await findCards(world.db.sql, villageId, { query: '过期', limit: 1 })).toEqual([]);
});

test.each([
  ['more letters of the first syllable', 'shxh'],
  ['more letters of the last', 'sxhu'],
  ['whole syllables and first letters', 'shanxh'],
])('Enter on a name that was shortened to %s opens the household', async (_, query) => {
  const answer = await manager.get(`${village}/cards?q=${query}`);
  expect(answer.headers.location).toBe(`${village}/cards/${cards.单小花}`);
});

/** A year's points of a household: few come always, half now and then, a third hardly ever. */
const COMERS = [
  { points: 294, upTo: 0.15 },
  { points: 78, upTo: 0.65 },
  { points: 12, upTo: 1 },
];
const LISTS = 26;
const ON_A_LIST = 30;

test('of 300 the one that is meant stands first by three letters as often as three letters can tell', {
  timeout: 120_000,
}, async () => {
  const crowd = await fillWithPeople(world.db);
  const draw = drawFrom(95);
  const often = new Map(crowd.map(({ number }, place) => [number, pointsOf(((place * 37) % 100) / 100)]));
  const oftenOf = ({ number }: CrowdedHousehold) => often.get(number) ?? 0;
  for (let list = 0; list < LISTS; list += 1) {
    const came = new Set<string>();
    while (came.size < ON_A_LIST) {
      const one = crowd[draw(crowd.length)];
      if (one && draw(300) < oftenOf(one)) came.add(one.number);
    }
    const today = addDays(FOUNDED_ON, 7 * list);
    const by = { villageId, recordedBy: 1, today, occurredOn: today, idempotencyKey: `list ${list}` };
    await must(awardPoints(world.db, { ...by, rule: 'AD-LAB-05', cards: [...came] }));
  }
  const firsts = new Map<string, string | undefined>();
  for (const query of new Set(crowd.map(({ initials }) => initials))) {
    const [first] = await findCards(world.db.sql, villageId, { query, limit: 1 });
    firsts.set(query, first?.number);
  }
  const right = crowd.filter(({ initials, number }) => firsts.get(initials) === number);
  const sum = (some: readonly CrowdedHousehold[]) => some.reduce((all, one) => all + oftenOf(one), 0);
  // Nobody can know more than who of those who share their letters comes most often.
  const best = [...firsts.keys()].map((letters) =>
    Math.max(...crowd.filter(({ initials }) => initials === letters).map(oftenOf)),
  );
  const bound = best.reduce((all, most) => all + most, 0) / sum(crowd);
  const share = sum(right) / sum(crowd);
  const sharing = crowd.filter((one) => crowd.some((other) => other !== one && other.initials === one.initials));
  console.log(
    `${sharing.length} of ${crowd.length} share their letters; first are ${right.length}, which is ${(share * 100).toFixed(1)} % of all that are looked for, of ${(bound * 100).toFixed(1)} % at best`,
  );
  expect(right.length).toBe(firsts.size);
  expect(share).toBeGreaterThan(bound - 0.01);
});

function pointsOf(place: number): number {
  return COMERS.find(({ upTo }) => place < upTo)?.points ?? 0;
}
