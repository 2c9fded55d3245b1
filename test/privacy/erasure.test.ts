/** 按要求删除: who a household was is forgotten; what happened to points and goods still verifies, inside and outside. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { awardPoints } from '../../src/awards/index.ts';
import { changeHousehold } from '../../src/cards/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { type ErasureInput, eraseHousehold } from '../../src/privacy/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
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
