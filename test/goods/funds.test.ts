import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBooks } from '../../src/audit/books.ts';
import type { parseLeaf } from '../../src/audit/parse-leaf.ts';
import { receiveGoods } from '../../src/goods/index.ts';
import { FUNDS, verifyBooks } from '../../src/ledger/index.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

let world: TestApp;
let token: string;

beforeAll(async () => {
  world = await createTestApp();
  token = await world.apiToken(people.manager);
});

afterAll(() => world.close());

const receive = (key: string, more: object) =>
  world.app.inject({
    method: 'POST',
    url: `/api/v1/villages/${willowCode}/receipts`,
    payload: { source: '县慈善会', lines: [{ goods: 'GR001', quantity: 1 }], ...more },
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': key },
  });

async function receiveGift(idempotencyKey: string, giftSeq: number) {
  const [village] = await world.db.sql<{ villageId: number; recordedBy: number }[]>`
    select region_id as "villageId",
           person_id as "recordedBy"
      from appointment
      join region using (region_id)
      join person using (person_id)
     where region.code = ${willowCode}
       and username = ${people.manager}`;
  if (!village) throw new Error('the cast is not there');
  return receiveGoods(world.db, {
    ...village,
    idempotencyKey,
    today: '2026-11-22',
    occurredOn: '2026-11-22',
    source: { kind: 'donation', name: '县慈善会' },
    lines: [{ code: 'GR001', quantity: 1 }],
    fund: 'civil_affairs',
    giftSeq,
  });
}

test('every fund of the list is taken, and both verifiers know it', async () => {
  for (const fund of FUNDS) {
    expect((await receive(`fund-${fund}`, { fund })).statusCode).toBe(201);
  }
  await checkWorld(world.database.ownerSql);
});

test('a fund that is not in the list, and a gift that is not in the record, are refused and change nothing', async () => {
  expect((await receive('fund-none', { fund: 'pocket' })).statusCode).toBe(422);
  expect(await receiveGift('gift-none', 9_999)).toEqual({ refused: 'unknown_gift', giftSeq: 9_999 });
});

test('a lot that was moved to another fund behind the back of the acts is found', async () => {
  const { acts } = await must(receiveGift('fund-moved', 3));
  const seq = acts[0]?.seq ?? 0;
  const { ownerSql } = world.database;
  const [lot] = await ownerSql<{ villageId: number; lotId: number; fund: string; giftSeq: number }[]>`
    select village_id as "villageId",
           lot_id as "lotId",
           fund,
           gift_seq as "giftSeq"
      from stock_lot
     order by lot_id desc
     limit 1`;
  if (!lot) throw new Error('there is no lot');
  expect(lot).toMatchObject({ fund: 'civil_affairs', giftSeq: 3 });
  const { villageId, lotId } = lot;
  expect(await verifyBooks(ownerSql, { villageId })).toMatchObject({ moves: expect.any(Number) });
  await ownerSql`update stock_lot set fund = 'donation' where lot_id = ${lotId}`;
  expect(await verifyBooks(ownerSql, { villageId })).toEqual({
    table: 'stock_lot',
    row: `lot ${lotId}`,
    sentence: `it is of another fund or gift than its act ${seq} says`,
  });
  await ownerSql`update stock_lot set fund = 'civil_affairs' where lot_id = ${lotId}`;
});

test('from outside, a receipt may not be of a gift that was not announced before it', () => {
  const leaf = (id: string, type: string, more: object) =>
    ({ v: 1, id, type, at: '', occurred: '2026-11-20', commit: [], ...more }) as unknown as ReturnType<
      typeof parseLeaf
    >;
  const books = openBooks();
  books.enter(leaf('A', 'village.open', {}), 0);
  const goods = [{ code: 'GR001', quantity: 1, value: 1 }];
  expect(() => books.enter(leaf('B', 'stock.in', { source: 'donation', giftSeq: 1, goods }), 1)).toThrow(
    /nobody announced/,
  );
});
