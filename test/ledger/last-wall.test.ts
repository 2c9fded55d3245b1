import type { TransactionSql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { openReadTogether } from '../../src/platform/database/read-together.ts';
import { cards, must, willowCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { checkWorld } from '../support/world.ts';

let database: TestDatabase;
let villageId: number;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'cast' });
  villageId = (await findVillage(database.sql, willowCode))?.villageId ?? 0;
});

afterAll(() => database.close());

const by = () => ({ villageId, recordedBy: 1, today: '2026-10-15', idempotencyKey: crypto.randomUUID() });

const exchange = (db: Db) =>
  must(redeemGoods(db, { ...by(), card: cards.赵满仓, lines: [{ code: 'WA003', quantity: 1 }] }));

/** All that an exchange asks and does, in a transaction that is still open. */
function within(tx: TransactionSql): Db {
  const sql = tx as unknown as Db['sql'];
  return { sql, readTogether: openReadTogether(sql) } as Db;
}

/** An exchange by the owner of the database, who then spoils a part of it before the commit. */
function spoilExchange(spoil: (tx: TransactionSql) => Promise<unknown>) {
  return database.ownerSql.begin(async (tx) => {
    await exchange(within(tx));
    await spoil(tx);
  });
}

test.each([
  [
    'a balance that was raised',
    'a balance does not follow from its entries',
    (tx: TransactionSql) => tx`
      update account set balance_centipoints = balance_centipoints + 100
       where account_id = (select account_id from entry where village_id = ${villageId} order by seq desc limit 1)`,
  ],
  [
    'goods that were put back',
    'a stock does not follow from its moves',
    (tx: TransactionSql) => tx`
      update stock_lot set quantity_on_hand = quantity_on_hand + 1
       where lot_id = (select lot_id from stock_move where village_id = ${villageId} order by seq desc limit 1)`,
  ],
  [
    'a log that was cut',
    'the log does not hold it',
    (tx: TransactionSql) => tx`update log_head set size = size - 1 where village_id = ${villageId}`,
  ],
])('%s is not committed', async (_, reason, spoil) => {
  await expect(spoilExchange(spoil)).rejects.toThrow(reason);
  await checkWorld(database.ownerSql);
});

test('goods and points of an exchange that are not worth the same are not committed', async () => {
  const spoiled = database.ownerSql.begin(async (tx) => {
    await tx`alter table stock_move disable trigger user`;
    await exchange(within(tx));
    await tx`
      update stock_move set unit_price_centipoints = unit_price_centipoints - 100
       where village_id = ${villageId}
         and seq = (select max(seq) from stock_move where village_id = ${villageId})`;
  });
  await expect(spoiled).rejects.toThrow('goods and points of an exchange are not worth the same');
  await checkWorld(database.ownerSql);
});

test('what adds up is committed', async () => {
  const db = createDb(database.sql);
  await must(awardPoints(db, { ...by(), rule: 'AD-LAB-01', occurredOn: '2026-10-14', cards: [cards.赵满仓] }));
  await checkWorld(database.ownerSql);
});
