/** 现场照片: what shows that it happened goes with the award, through preview and confirmation, into its acts, and is seen by the village. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { findVillage } from '../../src/people/index.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { phonePhoto } from '../support/pictures.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;
const RULE = 'AD-LAB-01';
const DAY = '2026-10-14';

let world: TestApp;
let manager: TestBrowser;
let villageId: number;
let picture: { content: Buffer };

beforeAll(async () => {
  world = await createTestApp();
  manager = await world.browser(people.manager);
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  picture = { content: await phonePhoto() };
  await manager.get(`${VILLAGE}/awards/new`);
});

afterAll(() => world.close());

const preview = (fields: Record<string, string | string[]>, files = [picture]) =>
  manager.upload(`${VILLAGE}/award-previews`, { rule: RULE, occurredOn: DAY, ...fields }, files);

/** The hidden fields of a page, as its form would send them. */
function fieldsOf(html: string): Record<string, string> {
  const main = html.slice(html.indexOf('<main'));
  const fields = [...main.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]));
}

async function newestActs(count: number) {
  return world.db.sql<{ type: string; facts: { photos?: { photo: string; sha256: string }[] } }[]>`
    select type, facts from act where village_id = ${villageId} order by seq desc limit ${count}`;
}

const photoCount = async () => (await world.db.sql`select from photo`).length;

test('a photo outlives the preview, is named by every act of the award, and is shown to the village alone', async () => {
  const form = await manager.get(`${VILLAGE}/awards/new`);
  expect(form.body).toMatch(/<form[^>]*enctype="multipart\/form-data"[^>]*id="award-form"|id="award-form"[^>]*enctype/);
  expect(form.body).toContain('现场照片');
  const shown = await preview({ cards: [cards.单小花, cards.赵满仓] });
  expect(shown.statusCode).toBe(200);
  expect(shown.body).toMatch(/照片<\/dt><dd[^>]*>1 张/);
  expect(findHtmlFaults(shown.body)).toEqual([]);
  const fields = fieldsOf(shown.body);
  const done = await manager.submit(`${VILLAGE}/awards`, fields);
  expect(done.statusCode).toBe(303);
  const acts = await newestActs(2);
  expect(acts.map(({ type, facts }) => [type, facts.photos])).toEqual([
    ['points.award', [{ photo: fields['photoIds'], sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]],
    ['points.award', [{ photo: fields['photoIds'], sha256: acts[0]?.facts.photos?.[0]?.sha256 }]],
  ]);
  const page = await manager.get(String(done.headers.location));
  const href = /src="([^"]+\/photos\/[A-Z2-9]{16})"/.exec(page.body)?.[1] ?? '';
  const sent = await manager.get(href);
  expect(createHash('sha256').update(sent.rawPayload).digest('hex')).toBe(acts[0]?.facts.photos?.[0]?.sha256);
  expect((await world.app.inject(href)).statusCode).not.toBe(200);
  const [last] = await world.db.sql<{ seq: number }[]>`
    select max(seq)::integer as seq from act where village_id = ${villageId}`;
  const act = `${VILLAGE}/acts/${last?.seq}`;
  expect((await manager.get(act)).body).toContain(`src="${href}"`);
  const anybody = (await world.app.inject({ url: act, headers: { 'accept-language': 'zh-CN' } })).body;
  expect(anybody).not.toContain('/photos/');
  expect(anybody).toMatch(/照片<\/dt><dd[^>]*>1 张/);
});

test('pressed a second time with the photo in it, it is the same award', async () => {
  const fields = { rule: RULE, occurredOn: '2026-10-13', cards: cards.王建国, idempotencyKey: 'twice' };
  const [first, second] = [
    await manager.upload(`${VILLAGE}/awards`, fields, [picture]),
    await manager.upload(`${VILLAGE}/awards`, fields, [picture]),
  ];
  expect(first.statusCode).toBe(303);
  expect(second.headers.location).toBe(first.headers.location);
  const other = await manager.upload(`${VILLAGE}/awards`, fields, [{ content: await phonePhoto({ hue: 90 }) }]);
  expect(other.statusCode).toBe(422);
});

test('the form that comes back has what was sent already, and says what is wrong with what is no photo', async () => {
  const back = await preview({ cards: cards.单小花, rule: '' });
  expect(back.statusCode).toBe(422);
  expect(back.body).toContain('已收到 1 张，不用再传。');
  const before = await photoCount();
  const again = await preview({ cards: cards.单小花, rule: '', photoIds: fieldsOf(back.body)['photoIds'] ?? '' }, []);
  expect(again.body).toContain('已收到 1 张，不用再传。');
  expect(await photoCount()).toBe(before);
  const wrong = await preview({ cards: cards.单小花, note: '清水渠' }, [{ content: Buffer.from('no photo') }]);
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).toContain('这个文件不是能用的照片');
  expect(wrong.body).toContain('value="清水渠"');
});

test('a whole large village can be ticked one by one beside a photo', async () => {
  const others = Array.from({ length: 1_500 }, (_, place) => `9${String(place).padStart(9, '0')}`);
  const shown = await preview({ cards: [cards.单小花, ...others] });
  expect(shown.statusCode).toBe(200);
  expect(fieldsOf(shown.body)['photoIds']).toMatch(/^[A-Z2-9]{16}$/);
});

test('what waited for a network brings its photo along', async () => {
  const fields = { rule: RULE, occurredOn: '2026-10-12', cards: cards.赵满仓, idempotencyKey: 'waited' };
  const done = await manager.upload(`${VILLAGE}/awards/uploads`, fields, [picture]);
  expect(done.statusCode).toBe(201);
  expect((await newestActs(1))[0]?.facts.photos).toHaveLength(1);
});

test('a program names photos that it sent before', async () => {
  const headers = {
    authorization: `Bearer ${await world.apiToken(people.manager)}`,
    'idempotency-key': 'by a program',
  };
  const [known] = await world.db.sql<{ id: string }[]>`select public_id as id from photo limit 1`;
  const post = (photos: (string | undefined)[]) => {
    const payload = { rule: RULE, occurredOn: '2026-10-11', cards: [cards.单小花], photos };
    return world.app.inject({ method: 'POST', url: `/api/v1${VILLAGE}/awards`, payload, headers });
  };
  expect((await post(['ABCDEFGHJKMN2345'])).json()).toMatchObject({ code: 'unknown_photo' });
  expect((await post([known?.id])).statusCode).toBe(201);
  expect((await newestActs(1))[0]?.facts.photos).toMatchObject([{ photo: known?.id }]);
});

test('where somebody has to agree first, the claim has them', async () => {
  const decided = { wanted: { reviewsEachAward: true }, reason: '代表会议', recordedBy: 1 };
  await must(changeSettings(world.db, { villageId, today: DAY, idempotencyKey: 'reviews', ...decided }));
  const shown = await preview({ cards: cards.王建国 });
  const done = await manager.submit(`${VILLAGE}/awards`, fieldsOf(shown.body));
  expect(done.statusCode).toBe(303);
  expect((await newestActs(1))[0]).toMatchObject({ type: 'claim.submit', facts: { photos: [{}] } });
  expect((await manager.get(String(done.headers.location))).body).toMatch(/\/photos\/[A-Z2-9]{16}/);
});

test('both verifiers agree', async () => {
  await checkWorld(world.database.ownerSql);
  expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
  const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
  const fetch = async (path: string) => (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
  expect(await auditLog({ fetch, vkey })).toMatchObject({ checkpoint: { origin: expect.any(String) } });
});
