import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redeemGoods } from '../../src/exchange/index.ts';
import catalogue from '../../src/goods/county-catalogue.json' with { type: 'json' };
import { decideNewGoods, forbiddenKind } from '../../src/goods/decide-new-goods.ts';
import { addGoods, verifyGoods } from '../../src/goods/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

describe('what no shop for points may hold', () => {
  test.each([
    ['cash', '现金红包'],
    ['tobacco', '红塔山香烟'],
    ['tobacco', '一条烟'],
    ['alcohol', '散装白酒'],
    ['alcohol', '青岛啤酒 500ml/瓶'],
    ['pesticide', '草甘膦除草剂'],
    ['pesticide', '灭鼠药'],
    ['medicine', '感冒药'],
    ['medicine', '医用 创可贴'],
    ['medicine', '蛋白粉（保健食品）'],
    ['prepaid', '超市购物卡 100 元'],
    ['prepaid', '话费充值'],
    ['unlabelled', '散装花生'],
    ['unlabelled', '活鸡'],
  ])('%s: %s', (kind, text) => {
    expect(forbiddenKind(text)?.kind).toBe(kind);
  });

  test.each(['料酒', '烟灰缸', '酒精湿巾', '药皂', '中药牙膏', '电热水壶', '卡片收纳盒', '洗洁精'])(
    '%s may',
    (text) => {
      expect(forbiddenKind(text)).toBeNull();
    },
  );

  test('nothing in the county’s list is among it', () => {
    expect(catalogue.goods.flatMap(({ name, spec }) => forbiddenKind(`${name} ${spec}`) ?? [])).toEqual([]);
  });
});

test('the next own code, the price by the rate, and nothing twice', () => {
  const kettle = {
    name: '电热水壶',
    spec: '',
    unit: '个',
    zone: 'APPL',
    barcode: '6901234567892',
    unitValueFen: 4_000,
  };
  const known = [
    { code: 'GR001', name: '大米', spec: '5kg/袋', barcode: '2000000000015' },
    { code: 'V007', name: '蒸锅', spec: '', barcode: null },
  ];
  const basis = { fenPerPoint: 300, firstPriceWaits: false, known };
  expect(decideNewGoods(kettle, basis)).toEqual({ code: 'V008', priceCentipoints: 1_350, waits: false });
  expect(decideNewGoods(kettle, { ...basis, firstPriceWaits: true })).toMatchObject({ code: 'V008', waits: true });
  expect(decideNewGoods({ ...kettle, name: '大 米', spec: '5KG/袋' }, basis)).toMatchObject({ refused: 'goods_known' });
  expect(decideNewGoods({ ...kettle, barcode: '2000000000015' }, basis)).toMatchObject({
    refused: 'barcode_taken',
    goods: '大米 5kg/袋',
  });
  expect(decideNewGoods({ ...kettle, name: '啤酒' }, basis)).toMatchObject({ refused: 'goods_forbidden' });
});

describe('in a village', () => {
  const base = `/villages/${willowCode}`;
  let world: TestApp;
  let villageId: number;

  beforeAll(async () => {
    world = await createTestApp();
    const [village] = await world.db.sql<{ villageId: number }[]>`
      select region_id as "villageId" from region where code = ${willowCode}`;
    villageId = village?.villageId ?? 0;
  });

  afterAll(() => world.close());

  test('added on its page, in the record, and taken in like any other', async () => {
    const manager = await world.browser(people.manager);
    const page = await manager.get(`${base}/goods/new`);
    expect(findHtmlFaults(page.body)).toEqual([]);
    const kettle = { name: '电热水壶', unit: '个', value: '40', zone: 'APPL', spec: '1.5L', barcode: '6901234567892' };
    const empty = await manager.submit(`${base}/goods`, { ...kettle, name: '', value: '0' });
    expect([empty.statusCode, empty.body.includes('请填名称'), empty.body.includes('大于 0 的元数')]).toEqual([
      422,
      true,
      true,
    ]);
    const wine = await manager.submit(`${base}/goods`, { ...kettle, name: '散装白酒' });
    expect([wine.statusCode, wine.body.includes('不能进爱心超市')]).toEqual([409, true]);
    expect((await manager.submit(`${base}/goods`, { ...kettle, idempotencyKey: 'kettle' })).statusCode).toBe(303);
    expect((await manager.submit(`${base}/goods`, { ...kettle, idempotencyKey: 'kettle' })).statusCode).toBe(303);
    expect((await manager.submit(`${base}/goods`, { ...kettle, idempotencyKey: 'twin' })).body).toContain('已经有');
    // Whoever mistyped it finds it before any has come.
    expect((await manager.get(`${base}/goods?q=电热水壶`)).body).toMatch(/goods\/V\d{3}"[^>]*>电热水壶/);
    const record = await (await world.browser()).get(`${base}/acts?kind=stock`);
    expect(record.body).toContain('新增物品“电热水壶 1.5L”，13.5 分');
    await checkWorld(world.database.ownerSql);
  });

  test('an unknown barcode at stock-in is added in place, and the receipt goes on', async () => {
    const manager = await world.browser(people.manager);
    await manager.get(`${base}/receipts/new`);
    const rows = {
      goods: ['6909999999990', 'GR001'],
      quantity: ['3', '2'],
      value: ['', ''],
      useBy: ['', '2099-01-01'],
    };
    const form = {
      kind: 'purchase',
      sourceName: '县批发市场',
      occurredOn: villageDay(new Date()),
      idempotencyKey: 'in',
      ...rows,
    };
    const asked = await manager.submit(`${base}/receipts/check`, { ...form, do: 'find' });
    expect(findHtmlFaults(asked.body)).toEqual([]);
    expect(asked.body).toContain('目录里没有这一样');
    expect(asked.body).toContain('条码 6909999999990');
    const wrong = await manager.submit(`${base}/receipts/check`, { ...form, do: 'add-0', 'new.unit-0': '把' });
    expect([wrong.statusCode, wrong.body.includes('请填名称')]).toEqual([422, true]);
    const news = { 'new.name-0': '遮阳伞', 'new.unit-0': '把', 'new.value-0': '15', 'new.zone-0': 'DAILY' };
    const added = await manager.submit(`${base}/receipts/check`, { ...form, ...news, do: 'add-0' });
    expect(added.statusCode).toBe(200);
    expect(added.body).toContain('遮阳伞');
    expect(added.body).not.toContain('目录里没有这一样');
    const checked = await manager.submit(`${base}/receipts/check`, { ...form, do: 'check' });
    expect(checked.body).toContain('遮阳伞');
    const done = await manager.submit(`${base}/receipts`, { ...form, do: 'post' });
    expect(done.statusCode).toBe(303);
    expect((await (await world.browser()).get(`${base}/shelf`)).body).toContain('遮阳伞');
    await checkWorld(world.database.ownerSql);
  });

  test('renamed it is called so from that act on: on the shelf at once, and never on slips, lines and prices of before', async () => {
    const { sql } = world.db;
    const [kettle] = await sql<{ code: string }[]>`
      select code
        from goods
       where village_id = ${villageId}
         and name = '遮阳伞'`;
    const code = kettle?.code ?? '';
    const today = villageDay(new Date());
    const at = { villageId, recordedBy: 1, today, idempotencyKey: 'umbrella' };
    const slip = await must(redeemGoods(world.db, { ...at, card: cards.赵满仓, lines: [{ code, quantity: 1 }] }));
    const manager = await world.browser(people.manager);
    const page = await manager.get(`${base}/goods/${code}`);
    expect(findHtmlFaults(page.body)).toEqual([]);
    expect(page.body).toContain('改成这个名字');
    expect((await manager.get(`${base}/goods/GR001`)).body).not.toContain('改成这个名字');
    const rename = (name: string, goods = code) =>
      manager.submit(`${base}/goods/${goods}/names`, { name, idempotencyKey: `name ${name}` });
    expect((await rename('')).statusCode).toBe(422);
    expect((await rename('香烟')).body).toContain('不能进爱心超市');
    expect((await rename('遮阳伞')).body).toContain('现在就叫这个名字');
    expect((await rename('香米', 'GR001')).body).toContain('统一目录的货不能改名');
    expect((await rename('晴雨伞')).statusCode).toBe(303);
    expect((await rename('晴雨伞')).statusCode).toBe(303);
    const shown = async (path: string) => (await manager.get(`${base}${path}`)).body;
    expect(await shown('/shelf')).toContain('晴雨伞');
    expect(await shown('/shelf')).not.toContain('遮阳伞');
    expect(await shown(`/redemptions/${slip.operationId}/slip`)).toContain('遮阳伞');
    expect(await shown(`/redemptions/${slip.operationId}/slip`)).not.toContain('晴雨伞');
    expect(await shown(`/acts/${slip.acts[0]?.seq}`)).toContain('遮阳伞');
    expect(await shown('/acts?kind=stock')).toContain('遮阳伞 改名，现在叫 晴雨伞');
    expect(await shown(`/cards/${cards.赵满仓}`)).toContain('遮阳伞');
    const headers = { authorization: `Bearer ${await world.apiToken(people.manager)}`, 'idempotency-key': 'a third' };
    const url = `/api/v1${base}/goods/${code}/names`;
    const third = await world.app.inject({ method: 'POST', url, headers, payload: { name: '遮阳帽' } });
    expect(third.statusCode, third.body).toBe(201);
    expect(await shown(`/redemptions/${slip.operationId}/slip`)).toContain('遮阳伞');
    expect(await verifyGoods(world.database.ownerSql, villageId)).toBeNull();
    await world.database.ownerSql`update goods set name = '草帽' where village_id = ${villageId} and code = ${code}`;
    expect(await verifyGoods(world.database.ownerSql, villageId)).toMatchObject({ table: 'goods' });
    await world.database.ownerSql`update goods set name = '遮阳帽' where village_id = ${villageId} and code = ${code}`;
    await checkWorld(world.database.ownerSql);
  });

  test('two who add at once get two codes; what the row says differs from its act is found; API', async () => {
    const { ownerSql } = world.database;
    const one = {
      villageId,
      recordedBy: 1,
      today: villageDay(new Date()),
      spec: '',
      unit: '个',
      zone: 'DAILY',
      barcode: null,
    };
    const outcomes = await Promise.all(
      ['雨衣', '雨鞋', '雨衣'].map((name, place) =>
        addGoods(world.db, { ...one, name, unitValueFen: 2_000, idempotencyKey: `rain-${place}` }),
      ),
    );
    expect(outcomes.filter((outcome) => !('refused' in outcome))).toHaveLength(2);
    expect(outcomes.flatMap((outcome) => ('refused' in outcome ? [outcome.refused] : []))).toEqual(['goods_known']);
    expect(await verifyGoods(ownerSql, villageId)).toBeNull();
    await ownerSql`update goods set name = '雨伞' where village_id = ${villageId} and name = '雨衣'`;
    expect(await verifyGoods(ownerSql, villageId)).toMatchObject({ table: 'goods' });
    await ownerSql`update goods set name = '雨衣' where village_id = ${villageId} and name = '雨伞'`;
    const call = async (who: string, payload: object) =>
      world.app.inject({
        method: 'POST',
        url: `/api/v1${base}/goods`,
        payload,
        headers: { authorization: `Bearer ${await world.apiToken(who)}` },
      });
    const goods = { name: '保温杯', unit: '个', zone: 'DAILY', unitValueFen: 3_000 };
    expect((await call(people.supervisor, goods)).statusCode).toBe(403);
    expect((await call(people.manager, goods)).statusCode).toBe(201);
    expect((await call(people.manager, { ...goods, name: '香烟' })).json()).toMatchObject({ code: 'goods_forbidden' });
    await checkWorld(ownerSql);
  });
});
