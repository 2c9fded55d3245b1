/** 证明照片和榜的照片: evidence is for those who may read the village, the board for everybody, and the record names both by their hash. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { claimList } from '../../src/claims/claims.ts';
import { passClaims } from '../../src/claims/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { phonePhoto } from '../support/pictures.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;
const CHINESE = { 'accept-language': 'zh-CN' };

let world: TestApp;
let villageId: number;
let today: string;

const by = () => ({ villageId, today, idempotencyKey: crypto.randomUUID() });

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  today = villageDay(new Date());
  await must(
    changeSettings(world.db, { ...by(), wanted: { reviewsEachAward: true }, reason: '代表会议', recordedBy: 1 }),
  );
});

afterAll(() => world.close());

const pictureIn = (page: string, kind: 'photos' | 'pictures') =>
  new RegExp(`src="(${VILLAGE}/${kind}/[A-Z2-9]+)"`).exec(page)?.[1] ?? '';

async function newest() {
  const [claim] = await claimList(world.db.sql, villageId, { view: 'all', limit: 1 });
  if (!claim) throw new Error('a claim was filed');
  return claim;
}

test('the office sends evidence along: on the claim’s page for the village, for nobody else', async () => {
  const manager = await world.browser(people.manager);
  const page = await manager.get(`${VILLAGE}/claims/new`, CHINESE);
  expect(page.body).toContain('证明照片');
  const idempotencyKey = /name="idempotencyKey" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const form = {
    card: cards.赵满仓,
    rule: 'AD-LAB-01',
    occurredOn: today,
    note: '清理水渠',
    filedBy: '',
    idempotencyKey,
  };
  const bad = await manager.upload(`${VILLAGE}/claims`, form, [{ content: Buffer.from('no picture') }]);
  expect(bad.statusCode).toBe(422);
  const done = await manager.upload(`${VILLAGE}/claims`, form, [{ content: await phonePhoto() }]);
  expect(done.statusCode).toBe(303);
  const claim = await newest();
  expect(claim.photos).toHaveLength(1);
  const shown = await manager.get(`${VILLAGE}/claims/${claim.claimId}`, CHINESE);
  const href = pictureIn(shown.body, 'photos');
  const picture = await manager.get(href);
  expect(picture.headers['content-type']).toBe('image/jpeg');
  expect((await world.app.inject(href)).statusCode).not.toBe(200);
  const line = (await world.app.inject(`/log/${willowCode}/entries.jsonl`)).body.trim().split('\n').at(-1) ?? '';
  const sha256 = createHash('sha256').update(picture.rawPayload).digest('hex');
  expect(JSON.parse(line)).toMatchObject({ type: 'claim.submit', photos: [{ photo: claim.photos[0], sha256 }] });
});

test('a household sends evidence along from its own card', async () => {
  const [card] = await world.db.sql<{ token: string }[]>`select token from card where number = ${cards.单小花}`;
  const household = await world.browser();
  await household.get(`/C/${card?.token}/claims/new`, CHINESE);
  const form = { rule: 'AD-LAB-01', occurredOn: today, note: '扫村道', filedBy: '', idempotencyKey: 'own' };
  const done = await household.upload(`/C/${card?.token}/claims`, form, [{ content: await phonePhoto({ hue: 90 }) }]);
  expect(done.statusCode).toBe(303);
  expect(await newest()).toMatchObject({ isByHousehold: true, photos: [expect.any(String)] });
});

test('the board with the sheet on it is there for everybody', async () => {
  const claimIds = (await claimList(world.db.sql, villageId, { view: 'waiting', limit: 5 })).map((one) => one.claimId);
  const word = { personName: '周评议', mayHandOut: false, claimIds };
  await must(passClaims(world.db, { ...by(), ...word, step: 'group', personId: 2 }));
  await must(passClaims(world.db, { ...by(), ...word, step: 'committee', personId: 3 }));
  const supervisor = await world.browser(people.supervisor);
  const sheet = await supervisor.get(`${VILLAGE}/sheets/new`, CHINESE);
  expect(sheet.body).toContain('公示榜的照片');
  expect(findHtmlFaults(sheet.body)).toEqual([]);
  const form = { claims: claimIds.join(','), idempotencyKey: 'sheet' };
  const posted = await supervisor.upload(`${VILLAGE}/sheets`, form, [{ content: await phonePhoto({ hue: 180 }) }]);
  expect(posted.statusCode).toBe(303);
  const board = await world.app.inject({ url: `${VILLAGE}/board`, headers: CHINESE });
  const href = pictureIn(board.body, 'pictures');
  expect((await world.app.inject(href)).headers['content-type']).toBe('image/jpeg');
  expect(findHtmlFaults(board.body)).toEqual([]);
});

test('a program names photos that it sent before, and only its own', async () => {
  const headers = { authorization: `Bearer ${await world.apiToken(people.manager)}` };
  const [own] = await world.db.sql<{ publicId: string; purpose: string }[]>`
    select public_id as "publicId" from photo where added_by is null limit 1`;
  const payload = { card: cards.曾有田, rule: 'AD-LAB-01', occurredOn: today, note: '帮工', photos: [own?.publicId] };
  const refused = await world.app.inject({ method: 'POST', url: `/api/v1${VILLAGE}/claims`, payload, headers });
  expect(refused.json()).toMatchObject({ code: 'unknown_photo' });
});

test('both verifiers agree', async () => {
  await checkWorld(world.database.ownerSql);
  expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
  const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
  const fetch = async (path: string) => (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(await auditLog({ fetch, vkey })).toMatchObject({ checkpoint: { origin: expect.any(String) } });
});
