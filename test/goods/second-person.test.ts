import { afterAll, beforeAll, expect, test } from 'vitest';
import { redeemGoods } from '../../src/exchange/index.ts';
import { receiveGoods, shelf } from '../../src/goods/index.ts';
import { verifyBooks } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { phonePhoto } from '../support/pictures.ts';
import { checkWorld } from '../support/world.ts';

const base = `/villages/${willowCode}`;
const today = villageDay(new Date());

let world: TestApp;
let villageId: number;
let managerId: number;

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  const [manager] = await world.db.sql<{ personId: number }[]>`
    select person_id as "personId"
      from person
     where username = ${people.manager}`;
  managerId = manager?.personId ?? 0;
  await must(
    changeSettings(world.db, {
      villageId,
      wanted: { receiptNeedsVoucher: true, receiptNeedsSecond: true },
      reason: '村民代表会议',
      idempotencyKey: 'settings',
      recordedBy: managerId,
      today,
    }),
  );
});

afterAll(() => world.close());

const receive = (key: string, more: object) =>
  receiveGoods(world.db, {
    villageId,
    idempotencyKey: key,
    recordedBy: managerId,
    today,
    occurredOn: today,
    source: { kind: 'donation', name: '县慈善会' },
    lines: [{ code: 'WA007', quantity: 5 }],
    ...more,
  });

const take = (key: string) =>
  redeemGoods(world.db, {
    villageId,
    idempotencyKey: key,
    recordedBy: managerId,
    today,
    card: cards.赵满仓,
    lines: [{ code: 'WA007', quantity: 1 }],
  });

test('what one person took in alone is handed out only after a second one has looked at it', async () => {
  expect(await receive('no-slip', {})).toEqual({ refused: 'voucher_needed' });
  expect(await receive('no-second', { voucher: 101 })).toEqual({ refused: 'second_person_needed' });
  expect(await receive('self', { voucher: 101, witness: '钱管理' })).toMatchObject({ refused: 'witness_is_recorder' });
  const { operationId } = await must(receive('later', { voucher: 101, isCheckedLater: true }));
  expect(await take('too-early')).toMatchObject({ refused: 'out_of_stock', quantityOnHand: 0 });

  const page = `${base}/receipts/${operationId}`;
  const manager = await world.browser(people.manager);
  const own = await manager.get(page);
  expect(own.body).toContain('等第二人核对');
  expect(own.body).not.toContain('对过了，都对');
  const refused = await manager.submit(`${page}/checks`, { idempotencyKey: 'own-check' });
  expect(refused.statusCode).toBe(409);
  expect(refused.body).toContain('要由另一个人核对');

  const supervisor = await world.browser(people.supervisor);
  const waiting = await supervisor.get(page);
  expect(findHtmlFaults(waiting.body)).toEqual([]);
  expect(waiting.body).toContain('对过了，都对');
  // Whoever checks has a word in the price, too; once it is checked, the price of today is none of the receipt's.
  const price = (await shelf(world.db.sql, villageId, today)).find(({ code }) => code === 'WA007')?.priceCentipoints;
  const columnOfPrice = /<th[^>]*>分值<\/th>/;
  expect(waiting.body).toMatch(columnOfPrice);
  expect(price).toBeGreaterThan(0);
  expect(waiting.body).toContain(`${formatPoints(price ?? 0)} 分`);
  const done = await supervisor.submit(`${page}/checks`, { idempotencyKey: 'check-1' });
  expect([done.statusCode, done.headers.location]).toEqual([303, page]);
  const checked = await supervisor.get(page);
  expect(checked.body).toContain('孙书记');
  expect(checked.body).not.toMatch(columnOfPrice);
  const again = await supervisor.submit(`${page}/checks`, { idempotencyKey: 'check-2' });
  expect(again.body).toContain('已经有人核对过了');

  await must(take('after'));
  expect(await verifyBooks(world.database.ownerSql, { villageId })).toMatchObject({ moves: expect.any(Number) });
  await checkWorld(world.database.ownerSql);
});

test('two who enter one slip at once: one of them is told where it stands', async () => {
  const outcomes = await Promise.all(
    ['a', 'b', 'c'].map((key) => receive(`slip-${key}`, { voucher: 103, witness: '李会计' })),
  );
  const refused = outcomes.filter((outcome) => 'refused' in outcome);
  expect(refused).toHaveLength(2);
  expect(refused[0]).toEqual({ refused: 'voucher_used', voucher: 103, seq: expect.any(Number) });
});

test('slips that nobody entered are listed, and the next one is proposed', async () => {
  await must(receive('slip-106', { voucher: 106, witness: '李会计' }));
  const manager = await world.browser(people.manager);
  const list = await manager.get(`${base}/receipts`);
  expect(list.body).toContain('缺 3 个单据号');
  expect(list.body).toContain('102、104、105');
  expect((await manager.get(`${base}/receipts/new`)).body).toMatch(/name="voucher"[^>]*value="107"/);
});

test('a second look through the API, and a lot that nobody looked at but is handed out is found', async () => {
  const { acts } = await must(receive('api', { voucher: 107, isCheckedLater: true }));
  const seq = acts[0]?.seq ?? 0;
  const { ownerSql } = world.database;
  await ownerSql`
    update stock_lot
       set awaits_check = false
     where awaits_check`;
  expect(await verifyBooks(ownerSql, { villageId })).toMatchObject({
    table: 'stock_lot',
    sentence: `it is handed out, but nobody has looked at it since its act ${seq}`,
  });
  await ownerSql`
    update stock_lot
       set awaits_check = true
     where lot_id = (select max(lot_id) from stock_lot)`;
  const token = await world.apiToken(people.supervisor);
  const url = `/api/v1/villages/${willowCode}/receipts/${seq}/checks`;
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': 'api-check' };
  expect((await world.app.inject({ method: 'POST', url, headers })).statusCode).toBe(201);
  const missing = `/api/v1/villages/${willowCode}/receipts/0/checks`;
  const headers2 = { ...headers, 'idempotency-key': 'api-check-2' };
  expect((await world.app.inject({ method: 'POST', url: missing, headers: headers2 })).statusCode).toBe(404);
  await checkWorld(ownerSql);
});

test('a photo of the slip is named by the act and shown to staff alone; what is no photo is refused', async () => {
  const manager = await world.browser(people.manager);
  await manager.get(`${base}/receipts/new`);
  const fields = {
    kind: 'donation',
    sourceName: '县慈善会',
    occurredOn: today,
    goods: 'WA003',
    quantity: '1',
    value: '',
    useBy: '',
    voucher: '108',
    witness: '李会计',
    idempotencyKey: 'with-photo',
  };
  const broken = { field: 'photos', content: Buffer.from('no picture') };
  expect((await manager.upload(`${base}/receipts`, fields, [broken])).statusCode).toBe(422);
  const sent = await manager.upload(`${base}/receipts`, fields, [
    { ...broken, content: await phonePhoto({ width: 80, height: 60 }) },
  ]);
  expect(sent.statusCode).toBe(303);
  const page = await manager.get(String(sent.headers.location));
  const [href = ''] = /\/villages\/\d+\/photos\/[A-Z2-9]{16}/.exec(page.body) ?? [];
  expect((await manager.get(href)).headers['content-type']).toContain('image/');
  expect((await (await world.browser()).get(href)).statusCode).not.toBe(200);
  await checkWorld(world.database.ownerSql);
});
