/** The check from inside, against whoever owns the database: a state or a transfer that was altered is named. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { changeHousehold, type HouseholdChange, villagerGroups } from '../../src/cards/index.ts';
import { verifyBooks } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { createDb } from '../../src/platform/database/db.ts';
import { cards, must, willowCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let villageId: number;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'cast' });
  const db = createDb(database.sql);
  villageId = (await findVillage(db.sql, willowCode))?.villageId ?? 0;
  const [group] = await villagerGroups(db.sql, villageId);
  const by = () => ({ villageId, recordedBy: 1, today: '2026-10-15', idempotencyKey: crypto.randomUUID() });
  const change = (what: HouseholdChange) => must(changeHousehold(db, { ...by(), change: what }));
  await change({ kind: 'freezing', card: cards.赵满仓, reason: '卡丢了' });
  await change({ kind: 'freezing', card: cards.单小花, reason: '卡丢了' });
  await change({ kind: 'unfreezing', card: cards.单小花, reason: '找到了' });
  await must(awardPoints(db, { ...by(), rule: 'AD-LAB-01', occurredOn: '2026-10-15', cards: [cards.单小花] }));
  await change({
    kind: 'split',
    card: cards.曾有田,
    reason: '成家',
    headName: '曾小田',
    groupId: group?.groupId ?? 0,
    memberCount: 2,
    phone: null,
    centipoints: 2500,
  });
});

afterAll(() => database.close());

async function verifyAfter(statement: string) {
  class TakeBack extends Error {}
  let found: Awaited<ReturnType<typeof verifyBooks>> | null = null;
  await database.ownerSql
    .begin(async (tx) => {
      await tx.unsafe(`set local session_replication_role = replica; ${statement}`);
      found = await verifyBooks(tx, { villageId });
      throw new TakeBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakeBack)) throw error;
    });
  return found;
}

test('what was done by acts holds', async () => {
  expect(await verifyAfter('select 1')).toEqual({ moves: 4 });
});

test('a card thawed behind the ledger’s back is named', async () => {
  const found = await verifyAfter(`update account set status = 'active' where status = 'frozen'`);
  expect(found).toMatchObject({ table: 'account', sentence: expect.stringContaining('left it frozen') });
});

test('an unfreezing that was taken out is named by what the card earned after it', async () => {
  const found = await verifyAfter(`
    delete from act where type = 'account.unfreeze';
    update account set status = 'frozen' where account_id = (
      select account_id from entry join act using (village_id, seq) where act.type = 'points.award')`);
  expect(found).toMatchObject({ table: 'entry', sentence: 'it moves points while the account is frozen' });
});

test('points that came to another household than they went out for are named', async () => {
  const found = await verifyAfter(`update act set type = 'points.award' where seq = (select max(seq) from entry)`);
  expect(found).toMatchObject({ table: 'entry', sentence: expect.stringContaining('-2500 more than before') });
});
