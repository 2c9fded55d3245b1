/**
 * 一样不漏: a household with something in every part of the house gets all of it in its copy, and once it is erased nothing that it or
 * anybody else wrote about it is left in any table. What tables there are is asked of the database, so a new one cannot be forgotten.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeHousehold } from '../../src/cards/index.ts';
import { declareKin, fileClaim, returnClaim, withdrawClaim } from '../../src/claims/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { planVisits, recordInspection } from '../../src/inspections/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { photosById } from '../../src/photos/index.ts';
import { eraseHousehold, PERSONAL_TABLES } from '../../src/privacy/index.ts';
import { changeProblem, problems, recordFinding } from '../../src/problems/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { fileWish, keepWish } from '../../src/wishes/index.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { multipart, phonePhoto } from '../support/pictures.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;
const TODAY = '2026-10-15';
const NUMBER = cards.单小花;

/** Words that nobody else uses, one for each place where somebody writes about the household. */
const WRITTEN = {
  claim: '清理水渠甲一',
  returned: '照片不清楚乙二',
  withdrawn: '记错日子丙三',
  wish: '想要一床棉被丁四',
  contact: '13900000005',
  wall: '需要一床棉被戊五',
  declined: '村里没有这项己六',
  problem: '院墙快倒了庚七',
  fixed: '已经扶正了辛八',
  proxy: '代领的人壬九',
  assessor: '评议员癸十',
  left: '全家搬走子一',
} as const;

let world: TestApp;
let villageId: number;
let personId: number;

const by = () => ({ villageId, recordedBy: personId, today: TODAY, idempotencyKey: crypto.randomUUID() });

beforeAll(async () => {
  world = await createTestApp();
  const { db } = world;
  villageId = (await findVillage(db.sql, willowCode))?.villageId ?? 0;
  personId = await personOf(people.manager);
  const occurredOn = '2026-10-14';
  const filing = { number: NUMBER, rule: 'AD-LAB-01', occurredOn, filedBy: null, isByHousehold: false };
  const claims: string[] = [];
  for (const note of [WRITTEN.claim, '第二件']) {
    await must(fileClaim(db, { ...by(), ...filing, note }));
    claims.push(await newestClaim());
  }
  const answered = { villageId, personId, today: TODAY };
  await must(
    returnClaim(db, {
      ...answered,
      claimId: claims[0] ?? '',
      reason: WRITTEN.returned,
      idempotencyKey: 'return',
      steps: ['record'],
    }),
  );
  for (const claimId of claims) {
    await must(withdrawClaim(db, { ...answered, claimId, reason: WRITTEN.withdrawn, idempotencyKey: claimId }));
  }
  const wish = await must(
    fileWish(db, {
      ...by(),
      number: NUMBER,
      kind: 'goods',
      words: WRITTEN.wish,
      contact: WRITTEN.contact,
      photos: (await photos('wish')).map(({ publicId }) => publicId),
    }),
  );
  const { wishId } = wish;
  const opens = { words: WRITTEN.wall, item: null };
  await must(keepWish(db, { ...by(), wishId, step: { step: 'check', opens } }));
  await must(keepWish(db, { ...by(), wishId, step: { step: 'decline', reason: WRITTEN.declined } }));
  const visit = { due: '2026-10-20', cards: [NUMBER], people: [WRITTEN.assessor, '乙', '丙'], isDrawn: false };
  await must(planVisits(db, { ...by(), ...visit }));
  const marks = [1, 2, 3].map(() => [2, 2, 2, 2, 2, 2]);
  await must(
    recordInspection(db, {
      ...by(),
      occurredOn: TODAY,
      revisit: '2026-10-25',
      lines: [{ card: NUMBER, marks }],
      photos: await photos('inspection'),
    }),
  );
  await must(recordFinding(db, { ...by(), what: WRITTEN.problem, card: NUMBER, photos: await photos('inspection') }));
  const [problem] = await problems(db.sql, villageId);
  const about = { ...by(), problem: problem?.seq ?? 0 };
  await must(changeProblem(db, { ...about, step: { kind: 'assign', ownerId: personId, due: '2026-10-30' } }));
  await must(
    changeProblem(db, { ...about, idempotencyKey: 'fix', step: { kind: 'fix', note: WRITTEN.fixed, photoCount: 0 } }),
  );
  const kin = { villageId, personId, own: cards.赵满仓, relatives: [NUMBER], idempotencyKey: 'kin', today: TODAY };
  await must(declareKin(db, kin));
  await must(
    redeemGoods(db, {
      ...by(),
      card: NUMBER,
      lines: [{ code: 'GR001', quantity: 1 }],
      proxy: { relation: 'neighbour', name: WRITTEN.proxy },
      photos: await photos('exchange'),
    }),
  );
  // Where its points would have waited for their days on the board.
  await world.database.ownerSql`
    select open_pending_accounts(${villageId}, array[household_id]) from card where number = ${NUMBER}`;
  const change = { kind: 'merger', card: NUMBER, into: cards.曾有田, reason: WRITTEN.left } as const;
  await must(changeHousehold(db, { ...by(), change }));
});

afterAll(() => world.close());

async function personOf(username: string): Promise<number> {
  const [found] = await world.db.sql<{ personId: number }[]>`
    select person_id as "personId" from person where username = ${username}`;
  return found?.personId ?? 0;
}

async function newestClaim(): Promise<string> {
  const [found] = await world.db.sql<{ claimId: string }[]>`
    select claim_id as "claimId" from claim where village_id = ${villageId} order by submitted_seq desc limit 1`;
  return found?.claimId ?? '';
}

async function photos(purpose: 'evidence' | 'exchange' | 'wish' | 'inspection') {
  const { payload, headers } = multipart({}, [{ content: await phonePhoto() }]);
  const authorization = `Bearer ${await world.apiToken(people.manager)}`;
  const answer = await world.app.inject({
    method: 'POST',
    url: `/api/v1${VILLAGE}/photos?purpose=${purpose}`,
    payload,
    headers: { ...headers, authorization },
  });
  const ids = answer.json<{ items: { id: string }[] }>().items.map(({ id }) => id);
  const stored = await photosById(world.db.sql, { villageId, purpose, addedBy: personId, ids });
  if ('refused' in stored) throw new Error(stored.refused);
  return stored;
}

/** Every row of every table as text, but the public leaves. */
async function wholeDatabase(): Promise<string> {
  const tables = await tableNames();
  const pages = await Promise.all(
    tables.map(
      (name) =>
        world.database.ownerSql<
          { line: string }[]
        >`select to_jsonb(t)::text as line from ${world.database.ownerSql(name)} as t`,
    ),
  );
  return pages.flatMap((rows) => rows.map(({ line }) => line)).join('\n');
}

async function tableNames(): Promise<string[]> {
  const rows = await world.database.ownerSql<{ name: string }[]>`
    select table_name as name
      from information_schema.tables
     where table_schema = 'public'
       and table_type = 'BASE TABLE'
     order by table_name`;
  return rows.map(({ name }) => name);
}

function pictures(): number {
  const found = readdirSync(join(world.dataDir, 'photos'), { recursive: true, withFileTypes: true });
  return found.filter((one) => one.isFile()).length;
}

test('every table has its place in what is copied and what is erased', async () => {
  expect(Object.keys(PERSONAL_TABLES).sort()).toEqual(await tableNames());
});

test('a table that names a household or an account is not said to hold nothing of one', async () => {
  const rows = await world.database.ownerSql<{ name: string }[]>`
    select distinct table_name as name
      from information_schema.columns
     where table_schema = 'public'
       and column_name in ('household_id', 'account_id', 'holder_id', 'card_number')`;
  const nothing = rows.filter(({ name }) => {
    const { copied, erased } = PERSONAL_TABLES[name] ?? { copied: 'none', erased: 'none' };
    return copied === 'none' && erased === 'none';
  });
  expect(nothing).toEqual([]);
});

test('the copy has everything that was written, on the page and in the file', async () => {
  const manager = await world.browser(people.manager);
  const chinese = { 'accept-language': 'zh-CN' };
  const file = (await manager.get(`${VILLAGE}/cards/${NUMBER}/copy.json`)).body;
  const page = (await manager.get(`${VILLAGE}/cards/${NUMBER}/copy`, chinese)).body;
  for (const words of Object.values(WRITTEN)) {
    expect(file, words).toContain(words);
    expect(page, words).toContain(words);
  }
  const copy = JSON.parse(file) as Record<string, unknown[]>;
  expect(copy['claims']).toHaveLength(2);
  expect(copy['photos']).toHaveLength(4);
  expect(copy['kin']).toEqual([{ person: '钱管理', relation: 'relative' }]);
  expect(file).not.toContain('曾有田');
  expect(file).not.toContain(cards.赵满仓);
});

test('what is not at its end stands against an erasure', async () => {
  const { db } = world;
  const wish = { ...by(), number: cards.李未开, kind: 'help' as const, words: '修屋顶', contact: null, photos: [] };
  await must(fileWish(db, wish));
  expect(await eraseHousehold(world, { ...by(), number: cards.李未开, reason: '书面申请' })).toEqual({
    refused: 'household_has_open_matters',
    claims: 0,
    objections: 0,
    wishes: 1,
  });
});

test('once it is erased nothing that was written about it is in any table, and no picture is left', async () => {
  const before = await wholeDatabase();
  for (const words of Object.values(WRITTEN)) expect(before, words).toContain(words);
  expect(pictures()).toBe(1);
  await must(eraseHousehold(world, { ...by(), number: NUMBER, reason: '书面申请' }));
  const after = await wholeDatabase();
  for (const words of [...Object.values(WRITTEN), '单小花']) expect(after, words).not.toContain(words);
  expect(pictures()).toBe(0);
  await checkWorld(world.database.ownerSql);
  expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
});

test('the pages that spoke of it still open, without its words', async () => {
  const manager = await world.browser(people.manager);
  for (const path of [
    'wishes',
    'wish-desk',
    'problems',
    'inspections',
    'claims',
    `cards/${NUMBER}`,
    `cards/${NUMBER}/copy`,
  ]) {
    const answer = await manager.get(`${VILLAGE}/${path}`, { 'accept-language': 'zh-CN' });
    expect(answer.statusCode, path).toBe(200);
    for (const words of Object.values(WRITTEN)) expect(answer.body, `${path} ${words}`).not.toContain(words);
  }
});
