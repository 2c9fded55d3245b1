/** 按要求删除: who a household was is forgotten; what happened to points and goods still verifies, inside and outside. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordActivity } from '../../src/activities/index.ts';
import { auditLog } from '../../src/audit/audit-log.ts';
import { awardPoints } from '../../src/awards/index.ts';
import { changeHousehold } from '../../src/cards/index.ts';
import { clearClaims, fileClaim, passClaims, postSheet } from '../../src/claims/index.ts';
import { closeRound, nominate, openRound } from '../../src/honours/index.ts';
import { appoint, findVillage, hashPassword, type Role } from '../../src/people/index.ts';
import { type StoredPhoto, storePhotos } from '../../src/photos/index.ts';
import { addDays } from '../../src/platform/clock.ts';
import { type ErasureInput, eraseHousehold } from '../../src/privacy/index.ts';
import { changeSettings, settingsOf } from '../../src/settings/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, FOUNDED_ON, must, PASSWORD, people, willowCode } from '../support/cast.ts';
import { phonePhoto } from '../support/pictures.ts';
import { checkWorld } from '../support/world.ts';

let served: TestApp;
let villageId: number;
const VILLAGE = `/villages/${willowCode}`;

beforeAll(async () => {
  served = await createTestApp();
  villageId = (await findVillage(served.db.sql, willowCode))?.villageId ?? 0;
  const act = { villageId, recordedBy: 1, today: '2026-10-15', occurredOn: '2026-10-14', idempotencyKey: 'a' };
  await must(awardPoints(served.db, { ...act, rule: 'AD-LAB-01', cards: [cards.单小花, cards.赵满仓] }));
});

afterAll(() => served.close());

const erase = (number: string, more: Partial<ErasureInput> = {}) =>
  eraseHousehold(served, {
    villageId,
    number,
    reason: '本人书面申请',
    idempotencyKey: crypto.randomUUID(),
    recordedBy: 1,
    today: '2026-10-16',
    ...more,
  });

const openings = async (number: string) => {
  const rows = await served.db.sql<{ count: number }[]>`
    select count(disclosure.seq) as count
      from card
      join account on account.village_id = card.village_id and account.holder_id = card.household_id
      join act on act.village_id = card.village_id and position(convert_to(pseudonym, 'UTF8') in leaf) > 0
      join disclosure on disclosure.village_id = act.village_id and disclosure.seq = act.seq
     where card.number = ${number}
       and act.type <> 'erasure'`;
  return rows[0]?.count;
};

/** Its points go over into another household, and its account is closed. */
async function mergeAway(number: string, into: string): Promise<void> {
  const change = { kind: 'merger', card: number, into, reason: '并户' } as const;
  await must(
    changeHousehold(served.db, { villageId, idempotencyKey: 'merge', recordedBy: 1, today: '2026-10-15', change }),
  );
}

async function audited() {
  const vkey = (await served.app.inject(`/log/${willowCode}/vkey`)).body.trim();
  const fetch = async (path: string) => (await served.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
  return auditLog({ fetch, vkey });
}

test('a household with points or an open card is not forgotten', async () => {
  expect(await erase(cards.单小花)).toMatchObject({ refused: 'household_not_closed' });
  expect(await erase('0010019999')).toEqual({ refused: 'unknown_card', number: '0010019999' });
  expect(await openings(cards.单小花)).toBe(2);
});

test('a household that was never opened is forgotten, and everything still verifies', async () => {
  await must(erase(cards.李未开, { idempotencyKey: 'once' }));
  expect(await erase(cards.李未开, { idempotencyKey: 'once' })).toMatchObject({ acts: [{ type: 'erasure' }] });
  expect(await erase(cards.李未开)).toEqual({ refused: 'already_erased' });
  const [household] = await served.db.sql`
    select head_name as name, pinyin, initials, phone
      from household
      join card using (village_id, household_id)
     where number = ${cards.李未开}`;
  expect(household).toEqual({ name: '已按要求删除', pinyin: '', initials: '', phone: null });
  await checkWorld(served.database.ownerSql);
  expect((await verifyEverything(served.db.sql, served.dataDir)).bad).toEqual([]);
  expect(await audited()).toMatchObject({ checkpoint: { size: 10 } });
});

test.each([
  ['zh-CN', '<h1>已按要求删除的一户</h1>', '已按要求删除'],
  ['zh-TW', '<h1>已按要求刪除的一戶</h1>', '已按要求刪除'],
  ['en', '<h1>An erased household</h1>', 'Erased on request'],
])(
  'a forgotten household is no family of that name in %s, on its page and in lists',
  async (locale, heading, inLists) => {
    const manager = await served.browser(people.manager);
    const read = async (path: string) => (await manager.get(`${VILLAGE}${path}`, { 'accept-language': locale })).body;
    const [page, list] = [await read(`/cards/${cards.李未开}`), await read('/cards')];
    expect(page).toContain(heading);
    expect(list).toContain(`<span class="household-name">${inLists}</span>`);
    expect(page + list).not.toMatch(/[删刪]除家/);
  },
);

test('the county asks for a reason and a tick, and nobody else may', async () => {
  const address = `${VILLAGE}/cards/${cards.单小花}/erasure`;
  const [token] = await served.db.sql<{ token: string }[]>`select token from card where number = ${cards.单小花}`;
  await mergeAway(cards.单小花, cards.赵满仓);
  for (const name of [people.manager, people.supervisor, people.county]) {
    expect((await (await served.browser(name)).get(address)).statusCode).toBe(403);
  }
  const county = await served.browser(people.administrator);
  expect((await county.get(`${VILLAGE}/cards/${cards.单小花}`, { 'accept-language': 'zh-CN' })).body).toContain(
    address,
  );
  // Who still has points is told before the form is filled in, which would be refused.
  const early = await county.get(`${VILLAGE}/cards/${cards.赵满仓}/erasure`, { 'accept-language': 'zh-CN' });
  expect([early.statusCode, early.body.includes('请先办迁出、并户或余分归村')]).toEqual([200, true]);
  expect([findHtmlFaults(early.body), early.body.includes('name="reason"')]).toEqual([[], false]);
  const page = await county.get(address, { 'accept-language': 'zh-CN' });
  expect(page.body).toContain('会留下');
  expect(findHtmlFaults(page.body)).toEqual([]);
  const key = /name="idempotencyKey" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const empty = await county.submit(address, { idempotencyKey: key, reason: '按' });
  expect(empty.statusCode).toBe(422);
  expect(empty.body).toContain(`value="${key}"`);
  const done = await county.submit(address, { idempotencyKey: key, reason: '本人书面申请', confirm: 'yes' });
  expect(done.statusCode).toBe(303);
  const act = await served.app.inject({ url: String(done.headers.location), headers: { 'accept-language': 'zh-CN' } });
  expect(act.body).toContain('按要求删除了一户的姓名和说明');

  expect(await openings(cards.单小花)).toBe(0);
  await checkWorld(served.database.ownerSql);
  expect((await verifyEverything(served.db.sql, served.dataDir)).bad).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(await audited()).toMatchObject({ totals: { accounts: 5 } });
  expect((await served.app.inject(`/C/${token?.token}`)).statusCode).toBe(404);
  const acts = await served.app.inject({ url: `${VILLAGE}/acts`, headers: { 'accept-language': 'zh-CN' } });
  expect(acts.body).toContain('已按要求删除');
  expect(acts.body).not.toContain('单*花');
});

test('what an act disclosed cannot be removed in any other way', async () => {
  const { ownerSql } = served.database;
  await expect(ownerSql`delete from disclosure where seq = 1`).rejects.toThrow('by an erasure alone');
  await expect(ownerSql`update disclosure set openings = '[]' where seq = 1`).rejects.toThrow('by an erasure alone');
  await expect(ownerSql`truncate disclosure`).rejects.toThrow('never changed');
  await expect(served.db.sql`delete from disclosure where seq = 1`).rejects.toThrow('permission denied');
  await expect(served.db.sql`select erase_openings(${villageId}, '{1}')`).rejects.toThrow('permission denied');
});

test('openings that went without an erasure are found', async () => {
  await served.database.ownerSql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`delete from disclosure where village_id = ${villageId} and seq = 1`;
  });
  const { bad } = await verifyEverything(served.db.sql, served.dataDir);
  expect(bad[0]).toMatchObject({ table: 'disclosure', row: 'seq 1', sentence: expect.stringContaining('no erasure') });
});

describe('a household whose points waited on the board, that was honoured and came to what the village did', () => {
  const TODAY = '2026-10-15';
  const GONE = '2027-10-20';
  const NUMBER = cards.单小花;
  /** What somebody wrote about it, one word for each place. */
  const WRITTEN = {
    claim: '扫了村道甲一',
    reason: '邻里都夸丙三',
    activity: '独自值班丁四',
    member: '李小妹戊五',
    left: '全家搬走己六',
  } as const;

  let world: TestApp;
  let own: StoredPhoto[];
  let alone: StoredPhoto[];
  let together: StoredPhoto[];
  const staff: Partial<Record<Role, number>> = {};

  const by = (role: Role, today = TODAY) => ({
    villageId,
    today,
    recordedBy: staff[role] ?? 0,
    idempotencyKey: crypto.randomUUID(),
  });

  async function photo(hue: number): Promise<StoredPhoto[]> {
    const content = await phonePhoto({ width: 320, height: 240, hue });
    const fields = { uploads: { files: [{ field: 'photos', content }], refused: null }, keptIds: [] };
    return must(storePhotos(world, { villageId, purpose: 'evidence', addedBy: staff.recorder ?? 0, fields }));
  }

  const isStored = ([one]: StoredPhoto[]) => {
    const name = one?.sha256 ?? '';
    return existsSync(join(world.dataDir, 'photos', name.slice(0, 2), `${name}.jpg`));
  };

  async function rowsWith(words: string): Promise<string[]> {
    const tables = await world.database.ownerSql<{ name: string }[]>`
      select table_name as name
        from information_schema.tables
       where table_schema = 'public'
         and table_type = 'BASE TABLE'`;
    const found = await Promise.all(
      tables.map(async ({ name }) => {
        const { ownerSql } = world.database;
        const rows = await ownerSql`
          select from ${ownerSql(name)} as t where position(${words} in to_jsonb(t)::text) > 0 limit 1`;
        return rows.length > 0 ? [name] : [];
      }),
    );
    return found.flat();
  }

  const accounts = () => world.database.ownerSql<{ kind: string; balance: number; entries: number }[]>`
    select account.kind,
           account.balance_centipoints::integer as balance,
           account.last_n::integer as entries
      from card
      join account
        on account.village_id = card.village_id
       and account.holder_id = card.household_id
     where card.number = ${NUMBER}
     order by account.kind`;

  async function waited(): Promise<void> {
    const { db } = world;
    const note = WRITTEN.claim;
    const filing = { number: NUMBER, rule: 'AD-ENV-04', occurredOn: TODAY, filedBy: null, isByHousehold: false, note };
    await must(fileClaim(db, { ...by('recorder'), ...filing, photos: own }));
    const [claim] = await db.sql<{ claimId: string }[]>`
      select claim_id as "claimId" from claim where village_id = ${villageId}`;
    const claimIds = [claim?.claimId ?? ''];
    for (const [step, role] of [
      ['group', 'leader'],
      ['committee', 'approver'],
    ] as const) {
      const { recordedBy, ...asked } = by(role);
      const who = { personId: recordedBy, personName: role, mayHandOut: false };
      await must(passClaims(db, { ...asked, ...who, claimIds, step }));
    }
    const { recordedBy: personId, ...posting } = by('supervisor');
    await must(postSheet(db, { ...posting, personId, claimIds }));
  }

  async function honoured(): Promise<void> {
    const { db } = world;
    const opening = { kind: 'five_good_family', rule: 'AD-FAM-02', closes: TODAY } as const;
    const round = (await must(openRound(db, { ...by('recorder'), ...opening }))).acts[0]?.seq ?? 0;
    const nominee = { round, number: NUMBER, member: '', reason: WRITTEN.reason };
    const nomination = (await must(nominate(db, { ...by('recorder'), ...nominee }))).acts[0]?.seq ?? 0;
    const result = { round, chosen: [nomination], meeting: '村民代表会议', mayHandOut: false };
    await must(closeRound(db, { ...by('leader'), ...result }));
  }

  async function came(): Promise<void> {
    const { db } = world;
    const duty = { kind: 'volunteering', place: '村口', rule: null, occurredOn: TODAY } as const;
    const members = new Map([[NUMBER, WRITTEN.member]]);
    await must(
      recordActivity(db, {
        ...by('recorder'),
        ...duty,
        name: WRITTEN.activity,
        cards: [NUMBER],
        members,
        photos: alone,
      }),
    );
    const meeting = { ...duty, kind: 'meeting', name: '秋季村民大会', rule: 'AD-COL-01' } as const;
    const both = { cards: [NUMBER, cards.赵满仓], members: new Map<string, string>(), photos: together };
    await must(recordActivity(db, { ...by('recorder'), ...meeting, ...both }));
  }

  beforeAll(async () => {
    world = await createTestApp();
    villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
    const passwordHash = await hashPassword(PASSWORD);
    for (const role of ['recorder', 'leader', 'approver'] as const) {
      const draft = { username: role, displayName: `${role}甲`, role, regionId: villageId, startsOn: FOUNDED_ON };
      const person = await world.db.sql.begin((tx) =>
        must(appoint(tx, { ...draft, mustChangePassword: false }, passwordHash)),
      );
      staff[role] = person.personId;
    }
    for (const [role, username] of [
      ['manager', people.manager],
      ['supervisor', people.supervisor],
    ] as const) {
      const [person] = await world.db.sql<{ id: number }[]>`
        select person_id as id from person where username = ${username}`;
      staff[role] = person?.id ?? 0;
    }
    // Before the village has its awards looked at first.
    await honoured();
    const wanted = { ...settingsOf('standard'), redStopsAwards: false };
    await must(changeSettings(world.db, { ...by('manager'), wanted, reason: '村民代表会议' }));
    [own, alone, together] = [await photo(0), await photo(60), await photo(120)];
    await waited();
    await came();
  });

  afterAll(() => world.close());

  test('its copy tells of the activities at which it stands by its pseudonym alone', async () => {
    const manager = await world.browser(people.manager);
    const chinese = { 'accept-language': 'zh-CN' };
    const file = (await manager.get(`${VILLAGE}/cards/${NUMBER}/copy.json`)).json<{ activities: object[] }>();
    expect(file.activities).toMatchObject([
      { kind: 'meeting', name: '秋季村民大会', place: '村口', members: '' },
      { kind: 'volunteering', name: WRITTEN.activity, members: WRITTEN.member, award: null },
    ]);
    const page = (await manager.get(`${VILLAGE}/cards/${NUMBER}/copy`, chinese)).body;
    for (const words of ['参加过的集体活动', '秋季村民大会', WRITTEN.activity, WRITTEN.member, '荣誉分']) {
      expect(page).toContain(words);
    }
    const other = (await manager.get(`${VILLAGE}/cards/${cards.赵满仓}/copy.json`)).json<{ activities: object[] }>();
    expect(other.activities).toMatchObject([{ name: '秋季村民大会' }]);
    expect(JSON.stringify(other)).not.toContain(WRITTEN.activity);
  });

  test('as long as points of it wait it is not forgotten', async () => {
    const [waits] = (await accounts()).filter(({ kind }) => kind === 'pending');
    expect(waits).toMatchObject({ balance: 200, entries: 1 });
    expect(await eraseHousehold(world, { ...by('manager'), number: NUMBER, reason: '书面申请' })).toMatchObject({
      refused: 'household_not_closed',
    });
  });

  test('once it is forgotten its words and its own photos are gone, and the honour, the sums and the log stand', async () => {
    const { db } = world;
    expect(await clearClaims(db, { villageId, today: addDays(TODAY, 10) })).toBe(1);
    const leaving = { kind: 'departure', card: NUMBER, reason: WRITTEN.left, newHead: null } as const;
    const [members] = await db.sql<{ count: number }[]>`
      select member_count as count from household join card using (village_id, household_id) where number = ${NUMBER}`;
    await must(
      changeHousehold(db, {
        ...by('manager', addDays(TODAY, 11)),
        change: { ...leaving, leaving: members?.count ?? 0 },
      }),
    );
    const change = { kind: 'settlement', card: NUMBER, reason: WRITTEN.left } as const;
    await must(changeHousehold(db, { ...by('manager', addDays(GONE, 10)), change }));
    for (const words of Object.values(WRITTEN)) {
      expect(await rowsWith(words), words).not.toEqual([]);
    }
    await must(eraseHousehold(world, { ...by('manager', addDays(GONE, 11)), number: NUMBER, reason: '书面申请' }));

    for (const words of [...Object.values(WRITTEN), '单小花']) expect(await rowsWith(words), words).toEqual([]);
    expect([own, alone, together].map(isStored)).toEqual([false, false, true]);
    const photos = await db.sql<{ id: string }[]>`select public_id as id from photo`;
    expect(photos.map(({ id }) => id)).toEqual(together.map(({ publicId }) => publicId));
    expect(await accounts()).toMatchObject([
      { kind: 'honor', balance: 2_000 },
      { kind: 'pending', balance: 0, entries: 2 },
      { kind: 'spendable', balance: 0 },
    ]);
    const board = await world.app.inject({ url: `${VILLAGE}/honours`, headers: { 'accept-language': 'zh-CN' } });
    expect(board.body).toContain('已按要求删除');
    await checkWorld(world.database.ownerSql);
    expect((await verifyEverything(db.sql, world.dataDir)).bad).toEqual([]);
    const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
    const fetch = async (path: string) => (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
    expect(await auditLog({ fetch, vkey })).toMatchObject({ checkpoint: { size: expect.any(Number) } });
    const supervisor = await world.browser(people.supervisor);
    for (const path of ['activities', 'honours', 'claims', 'acts', `cards/${NUMBER}/copy`]) {
      const page = await supervisor.get(`${VILLAGE}/${path}`);
      expect(page.statusCode, path).toBe(200);
      for (const words of Object.values(WRITTEN)) expect(page.body, `${path} ${words}`).not.toContain(words);
    }
  });
});
