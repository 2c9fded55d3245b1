/** 五净一规范: a card is opened only after a passed visit where the village says so, and a household that fails is not forgotten. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { awardPoints } from '../../src/awards/index.ts';
import { openCards } from '../../src/cards/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { addDays, villageDay } from '../../src/platform/clock.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { phonePhoto } from '../support/pictures.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;
const PEOPLE = ['马代表', '牛代表', '羊代表', '兔代表', '李未开'];
const today = villageDay(new Date());

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

const open = (idempotencyKey: string) =>
  openCards(world.db, {
    villageId,
    idempotencyKey,
    recordedBy: 1,
    occurredOn: today,
    today,
    cards: [cards.李未开],
  });

test('where the village demands a visit, a card without one is refused: alone, in a batch, and through the API', async () => {
  await post('/settings', { settings: { openingNeedsInspection: true }, reason: '村民代表会议' });
  expect(await open('too early')).toEqual({ refused: 'card_not_inspected', number: cards.李未开 });
  const api = await post('/openings', { cards: [cards.李未开] });
  expect([api.statusCode, api.json().code]).toEqual([409, 'card_not_inspected']);
  const browser = await world.browser(people.manager);
  const list = await browser.get(`${VILLAGE}/cards/openings/new`);
  expect(list.body).toContain('还没有通过检查');
  const single = await browser.submit(`${VILLAGE}/openings`, { cards: cards.李未开, idempotencyKey: 'b' });
  expect([single.statusCode, single.body.includes('先不能开卡')]).toEqual([409, true]);
});

test('assessors are drawn by a seed that is on the record, never the household’s own', async () => {
  const due = addDays(today, 7);
  const few = await post('/inspections/plans', { cards: [cards.李未开], people: PEOPLE.slice(3), due });
  expect([few.statusCode, few.json().code]).toEqual([422, 'too_few_assessors']);
  const own = await post('/inspections/plans', { cards: [cards.李未开], people: PEOPLE, due, draw: false });
  expect(own.json()).toMatchObject({ code: 'assessor_is_kin', name: '李未开' });
  const planned = await post('/inspections/plans', { cards: [cards.李未开], people: PEOPLE, due });
  expect(planned.statusCode, planned.body).toBe(201);
  const [item] = planned.json().items;
  expect(item).toMatchObject({ state: 'planned', due });
  expect(item.assessors).toHaveLength(3);
  expect(item.assessors).not.toContain('李未开');
  const [act] = await world.database.ownerSql<{ leaf: string }[]>`
    select convert_from(leaf, 'UTF8') as leaf from act where type = 'inspection.plan'`;
  expect(act?.leaf).toMatch(/"seed":"[0-9a-f]{32}"/);
  expect(act?.leaf).not.toMatch(/代表/);
});

test('declared kin assess nobody of theirs', async () => {
  await world.database.ownerSql`
    insert into kinship (village_id, person_id, household_id, relation, seq)
    select village_id, person_id, household_id, 'relative', 0
      from card, person
     where number = ${cards.单小花}
       and username = ${people.supervisor}`;
  const body = { cards: [cards.单小花], people: ['孙书记', '马代表', '牛代表'], due: today, draw: false };
  expect((await post('/inspections/plans', body)).json()).toMatchObject({ code: 'assessor_is_kin', name: '孙书记' });
  await world.database.ownerSql`delete from kinship`;
});

test('a household that fails gets a day for the re-visit and a line in the problem ledger, and still no card', async () => {
  const marks = [
    [2, 2, 2, 2, 2, 2],
    [2, 2, 2, 0, 2, 2],
    [2, 2, 2, 0, 2, 2],
  ];
  const short = await post('/inspections/results', { lines: [{ card: cards.李未开, marks: marks.slice(1) }] });
  expect([short.statusCode, short.json().code]).toEqual([422, 'marks_incomplete']);
  const failed = await post('/inspections/results', { lines: [{ card: cards.李未开, marks }] });
  expect(failed.statusCode, failed.body).toBe(201);
  expect(failed.json().seqs).toHaveLength(2);
  const [item] = failed.json().items;
  expect(item).toMatchObject({ state: 'failed', due: addDays(today, 14) });
  expect(item.results[0]).toMatchObject({ median: [2, 2, 2, 0, 2, 2], total: 10, passed: false });
  expect(await open('still')).toEqual({ refused: 'card_not_inspected', number: cards.李未开 });
  const browser = await world.browser(people.supervisor);
  expect((await browser.get(`${VILLAGE}/problems`)).body).toContain('厕所净 0 分');
  expect((await browser.get(`${VILLAGE}/inspections`)).body).toContain('没有通过，等复查');
  await checkWorld(world.database.ownerSql);
});

test('the re-visit passes on the page, with a photo, and the card is opened', async () => {
  const browser = await world.browser(people.manager);
  const address = `${VILLAGE}/inspections/${cards.李未开}`;
  expect((await browser.get(address)).body).toContain('打的分');
  const marks = Object.fromEntries(
    [0, 1, 2].flatMap((row) => [0, 1, 2, 3, 4, 5].map((item) => [`mark-${row}-${item}`, '2'])),
  );
  const fields = { ...marks, occurredOn: today, revisit: addDays(today, 14), idempotencyKey: 'revisit' };
  const again = await browser.submit(`${address}/results`, { ...fields, 'mark-1-3': '' });
  expect([again.statusCode, /请给[^<]+的“厕所净”打分/.test(again.body)]).toEqual([422, true]);
  const done = await browser.upload(`${address}/results`, fields, [
    { field: 'photos', content: await phonePhoto({ width: 400, height: 300 }) },
  ]);
  expect(done.statusCode, done.body.slice(0, 2_000)).toBe(303);
  const page = await browser.get(`${address}?done=1`);
  expect(page.body).toContain('检查通过');
  expect(page.body).toMatch(/photos\/[A-Z2-9]{16}/);
  expect(await open('now')).toMatchObject({ isReplay: false });
  expect((await browser.get(`${VILLAGE}/inspections/sheets`)).statusCode).toBe(200);
  await checkWorld(world.database.ownerSql);
});

test('a month’s visits propose awards, which go the ordinary way', async () => {
  const ratings = await world.app.inject({
    url: `/api/v1${VILLAGE}/inspections/ratings`,
    headers: { authorization: `Bearer ${manager}` },
  });
  expect(ratings.json().items[0]).toMatchObject({
    grade: 'excellent',
    rule: { code: 'AD-ENV-01', pointsCentipoints: 500 },
    households: [{ card: cards.李未开, total: 12, isBestOfGroup: true }],
  });
  const browser = await world.browser(people.manager);
  const page = await browser.get(`${VILLAGE}/inspections/ratings`);
  expect(page.body).toContain('给这 1 户加分');
  const preview = await browser.submit(`${VILLAGE}/award-previews`, {
    rule: 'AD-ENV-01',
    cards: cards.李未开,
    occurredOn: today,
    note: '月评',
  });
  expect([preview.statusCode, preview.body.includes('105')]).toEqual([200, true]);
  // Whoever has it already is not proposed again, and the page says by which act; what was reversed is proposed anew.
  const by = { villageId, recordedBy: 1 };
  const wanted = { rule: 'AD-ENV-01', occurredOn: today, today, cards: [cards.李未开] };
  const awarded = await must(awardPoints(world.db, { ...by, ...wanted, idempotencyKey: 'rated' }));
  const after = (await browser.get(`${VILLAGE}/inspections/ratings`)).body;
  const { seq } = awarded.acts[0] ?? { seq: 0 };
  expect([after.includes(`已加，第 ${seq} 号`), after.includes('这一档都加过了'), after.includes('户加分')]).toEqual([
    true,
    true,
    false,
  ]);
  await must(reverseActs(world.db, { ...by, idempotencyKey: 'taken back', which: { seq }, reason: '记错了人' }));
  expect((await browser.get(`${VILLAGE}/inspections/ratings`)).body).toContain('给这 1 户加分');
});

test('both verifiers agree', async () => {
  expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
  const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
  const fetch = async (path: string) => (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
  expect(await auditLog({ fetch, vkey })).toHaveProperty('totals');
});
