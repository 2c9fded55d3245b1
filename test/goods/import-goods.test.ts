/** 导入物品: a list in, what would become of each row, one press that records all of it, and the same list again is nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decideGoodsImport, type GoodsRow, type KnownGoods } from '../../src/goods/decide-goods-import.ts';
import { decideGoodsRows } from '../../src/goods/decide-goods-rows.ts';
import { readGoodsRow } from '../../src/goods/goods-row.ts';
import { importGoods } from '../../src/goods/import-goods.ts';
import { verifyGoods } from '../../src/goods/index.ts';
import { openImports, type Turns, takeTurns } from '../../src/imports/index.ts';
import { readSheet } from '../../src/platform/sheets/read-sheet.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { until } from '../platform/server-process.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { people, willowCode } from '../support/cast.ts';
import { endOf, openGate } from '../support/import-run.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;
const ZONES = new Map([
  ['日用品', 'DAILY'],
  ['家用电器', 'APPL'],
]);

const RICE: KnownGoods = {
  code: 'GR001',
  name: '大米',
  spec: '5kg/袋',
  unit: '袋',
  zone: 'GRAIN_OIL',
  barcode: '2000000000015',
  unitValueFen: 2_800,
  monthMax: 2,
  yearMax: null,
  reorder: null,
};

function rowsOf(sheet: string[][]): GoodsRow[] {
  return (decideGoodsRows(sheet, { labels: new Map(), zones: ZONES })?.rows ?? []).map(readGoodsRow);
}

describe('a table', () => {
  test('headings in any order and under other names, titles above them, signs and units in the cells', () => {
    const sheet = [
      ['柳树村物品表', '', '', '', '', ''],
      ['进 价', '品名（必填）', '计量单位', '类别', '条形码', '每月限量', '积分'],
      ['¥15元', '遮阳伞', '把', '日用品类', "'6909999 999990", '2件', '5'],
      ['', '', '', '', '', '', ''],
    ];
    expect(rowsOf(sheet)).toEqual([
      {
        row: 3,
        code: '',
        goods: { name: '遮阳伞', spec: '', unit: '把', zone: 'DAILY', barcode: '6909999999990', unitValueFen: 1_500 },
        faults: [],
        limits: { monthMax: 2 },
      },
    ]);
    expect(decideGoodsRows(sheet, { labels: new Map(), zones: ZONES })?.hasPrices).toBe(true);
  });

  test.each([
    ['a list of households', [['户主', '小组']]],
    ['names alone', [['名称'], ['大米']]],
  ])('%s is none', (_, sheet) => {
    expect(decideGoodsRows(sheet, { labels: new Map(), zones: ZONES })).toBeNull();
  });
});

describe('each row', () => {
  const HEADINGS = ['货号', '名称', '规格', '单位', '分区', '单价', '条码', '每月最多'];
  const decide = (...rows: string[][]) => [
    ...decideGoodsImport(rowsOf([HEADINGS, ...rows]), { fenPerPoint: 300, firstPriceWaits: false, known: [RICE] }),
  ];

  test.each([
    [
      'new, under an own code at the rate',
      ['', '雨衣', '', '件', '日用品区', '15', '', ''],
      { outcome: 'new', code: 'V001', priceCentipoints: 500, limits: null },
    ],
    [
      'new with a limit',
      ['', '雨衣', '', '件', '日用品区', '15', '', '1'],
      { outcome: 'new', limits: { monthMax: 1, yearMax: null, reorder: null } },
    ],
    [
      'an appliance: one a year is usual and needs no word',
      ['', '台灯', '', '个', '家用电器', '60', '', ''],
      { outcome: 'new', limits: null },
    ],
    ['known by its words', ['', '大 米', '5KG/袋', '袋', '粮油区', '28', '', '2'], { outcome: 'same', code: 'GR001' }],
    [
      'known by its barcode',
      ['', '东北大米', '', '', '', '', '2000000000015', '2'],
      { outcome: 'same', differences: ['name'] },
    ],
    [
      'known, worth something else: left as it is, and said',
      ['GR001', '大米', '', '', '', '30', '', '2'],
      { outcome: 'same', differences: ['value'] },
    ],
    [
      'another limit',
      ['GR001', '大米', '', '', '', '', '', '3'],
      { outcome: 'limits', before: { monthMax: 2 }, limits: { monthMax: 3 } },
    ],
    [
      'no limit any more',
      ['', '大米', '5kg/袋', '', '', '', '', ''],
      { outcome: 'limits', limits: { monthMax: null } },
    ],
    [
      'a code that is something else here',
      ['GR001', '蜂蜜', '', '瓶', '日用品', '40', '', ''],
      { outcome: 'problem', faults: ['other'] },
    ],
    [
      'nothing but a name',
      ['', '雨衣', '', '', '', '', '', ''],
      { outcome: 'problem', faults: ['unit', 'zone', 'value'] },
    ],
    ['a limit in words', ['', '大米', '5kg/袋', '', '', '', '', '若干'], { outcome: 'problem', faults: ['limits'] }],
    [
      'what no such shop may hold',
      ['', '散装白酒', '', '瓶', '日用品', '20', '', ''],
      { outcome: 'problem', refusal: { refused: 'goods_forbidden' } },
    ],
    [
      'a barcode that is too short',
      ['', '雨衣', '', '件', '日用品', '15', '69', ''],
      { outcome: 'problem', faults: ['barcode'] },
    ],
  ])('%s', (_, row, expected) => {
    expect(decide(row)[0]).toMatchObject(expected);
  });

  test('twice in one file is once, and the next code is the next', () => {
    const coat = ['', '雨衣', '', '件', '日用品', '15', '', ''];
    const decided = decide(coat, coat, coat.with(1, '雨鞋'));
    expect(decided.map(({ outcome }) => outcome)).toEqual(['new', 'problem', 'new']);
    expect(decided[1]).toMatchObject({ faults: ['twice'] });
    expect(decided[2]).toMatchObject({ code: 'V002' });
  });
});

describe('the manager', () => {
  let world: TestApp;
  let browser: TestBrowser;
  let villageId: number;

  beforeAll(async () => {
    world = await createTestApp();
    browser = await world.browser(people.manager);
    const [village] = await world.db.sql<{ villageId: number }[]>`
      select region_id as "villageId" from region where code = ${willowCode}`;
    villageId = village?.villageId ?? 0;
  });

  afterAll(() => world.close());

  const acts = async () =>
    world.database.ownerSql<{ type: string; item: string }[]>`
      select type,
             facts ->> 'item' as item
        from act
       where village_id = ${villageId}
         and type in ('goods.add', 'goods.terms')
       order by seq`;

  async function preview(rows: readonly (readonly string[])[]) {
    await browser.get(`${VILLAGE}/goods-imports/new`);
    const content = Buffer.from(rows.map((row) => row.join(',')).join('\n'));
    const answer = await browser.upload(`${VILLAGE}/goods-imports/previews`, {}, [{ content }]);
    const value = (name: string, at: number) =>
      ([...answer.body.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].at(at)?.[1] ?? '').replaceAll(
        '&quot;',
        '"',
      );
    return {
      statusCode: answer.statusCode,
      body: answer.body,
      problems: value('rows', 0),
      press: {
        rows: value('rows', -1),
        lookedAt: value('lookedAt', -1),
        idempotencyKey: value('idempotencyKey', -1),
      },
    };
  }

  async function template(): Promise<string[][]> {
    const rows = await readSheet((await browser.get(`${VILLAGE}/goods-imports/template.xlsx`)).rawPayload);
    if ('refused' in rows) throw new Error(rows.refused);
    return rows;
  }

  const HEADINGS = ['名称', '规格', '单位', '分区', '单价', '条码', '每户每月最多'];
  const NEWS = [
    ['雨衣', '', '件', '日用品区', '15', '', ''],
    ['遮阳伞', '大号', '把', '日用品区', '30', '6909999999990', '1'],
  ];

  test('the list of today changes nothing', async () => {
    const shown = await preview(await template());
    expect(shown.statusCode).toBe(200);
    expect(shown.body).toMatch(/新增 0 样，改限量 0 样，已经有的 \d\d+ 样不动，有问题 0 样/);
    expect(shown.body).not.toContain('表里写的不一样');
    expect(findHtmlFaults(shown.body)).toEqual([]);
  });

  test('what comes is shown, is recorded with one press however often it comes, and the same list again is nothing', async () => {
    const table = [HEADINGS, ...NEWS, ['散装白酒', '', '瓶', '日用品区', '20', '', '']];
    const shown = await preview(table);
    expect(findHtmlFaults(shown.body)).toEqual([]);
    expect(shown.body).toContain('新增 2 样，改限量 0 样，已经有的 0 样不动，有问题 1 样');
    expect(shown.body).toContain('不能进爱心超市');
    expect(await acts()).toEqual([]);
    const press = () => browser.submit(`${VILLAGE}/goods-imports`, shown.press);
    const answers = await Promise.all([press(), press(), press()]);
    expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
    expect(await endOf(browser, answers[0])).toContain('新增了 2 样，改了 1 样的限量和补货线');
    const recorded = await acts();
    expect(recorded.map(({ type }) => type)).toEqual(['goods.add', 'goods.add', 'goods.terms']);
    expect(recorded[1]?.item).toBe(recorded[2]?.item);
    expect((await preview(table)).body).toContain('新增 0 样，改限量 0 样，已经有的 2 样不动，有问题 1 样');
    expect(await verifyGoods(world.database.ownerSql, villageId)).toBeNull();
    await checkWorld(world.database.ownerSql);
  });

  test('what was not looked at is not recorded', async () => {
    const shown = await preview([HEADINGS, ['雨鞋', '', '双', '日用品区', '30', '', '']]);
    expect(shown.body).toContain('新增 1 样');
    const other = await preview([HEADINGS, ['雨鞋', '', '双', '日用品区', '33', '', '']]);
    const answer = await browser.submit(`${VILLAGE}/goods-imports`, { ...shown.press, lookedAt: other.press.lookedAt });
    expect(await endOf(browser, answer)).toContain('重新看清楚');
    // The same page, pressed again as it was.
    expect(await endOf(browser, await browser.submit(`${VILLAGE}/goods-imports`, shown.press))).toContain(
      '新增了 1 样',
    );
    // Somebody else's press came first.
    const late = await browser.submit(`${VILLAGE}/goods-imports`, other.press);
    expect(await endOf(browser, late)).toContain('重新看清楚');
    expect(await acts()).toHaveLength(4);
    await checkWorld(world.database.ownerSql);
  });

  test('the rows to be mended are taken away, mended there, and imported', async () => {
    const shown = await preview([HEADINGS, ['保温杯', '', '', '日用品区', '30', '', '']]);
    const file = await browser.submit(`${VILLAGE}/goods-imports/problems`, { rows: shown.problems });
    const rows = await readSheet(file.rawPayload);
    if ('refused' in rows) throw new Error(rows.refused);
    expect(rows).toEqual([
      [...HEADINGS, '哪里不对'],
      ['保温杯', '', '', '日用品区', '30', '', '', '没有写单位，比如袋、瓶、个'],
    ]);
    expect((await preview(rows.map((row, at) => (at === 0 ? row : row.with(2, '个'))))).body).toContain('新增 1 样');
  });

  test('is told what to do where a file or a form is not what it should be', async () => {
    const nothing = await browser.upload(`${VILLAGE}/goods-imports/previews`, {}, []);
    expect([nothing.statusCode, nothing.body.includes('还没有选文件')]).toEqual([422, true]);
    expect((await preview([['户主', '小组']])).body).toContain('没有找到表头');
    const many = Array.from({ length: 501 }, (_, n) => [`物品${n}`, '', '个', '日用品区', '1', '', '']);
    expect((await preview([HEADINGS, ...many])).body).toContain('最多 500 行');
    for (const rows of ['', '{', '{}', JSON.stringify([{ row: 0, fields: {} }])]) {
      const answer = await browser.submit(`${VILLAGE}/goods-imports`, { rows, idempotencyKey: 'forged' });
      expect(answer.statusCode, rows).toBe(422);
    }
    expect(await acts()).toHaveLength(4);
  });

  test('by programs: all of it or nothing', async () => {
    const call = async (who: string, payload: object, path = 'goods-imports') =>
      world.app.inject({
        method: 'POST',
        url: `/api/v1${VILLAGE}/${path}`,
        payload,
        headers: { authorization: `Bearer ${await world.apiToken(who)}`, 'idempotency-key': JSON.stringify(payload) },
      });
    const kettle = { name: '电热水壶', unit: '个', zone: 'APPL', unitValueFen: 6_000, yearMax: 2 };
    const wine = { name: '散装白酒', unit: '瓶', zone: 'DAILY', unitValueFen: 2_000 };
    expect((await call(people.supervisor, { goods: [kettle] })).statusCode).toBe(403);
    const looked = await call(people.manager, { goods: [kettle, wine] }, 'goods-import-previews');
    expect(looked.json().items).toMatchObject([{ outcome: 'new' }, { outcome: 'problem' }]);
    expect((await call(people.manager, { goods: [kettle, wine] })).json()).toMatchObject({
      code: 'goods_import_problems',
      problems: [{ row: 2 }],
    });
    expect(await acts()).toHaveLength(4);
    const first = await call(people.manager, { goods: [kettle] });
    expect([first.statusCode, first.json().seqs.length]).toEqual([201, 2]);
    expect((await call(people.manager, { goods: [kettle] })).json()).toEqual(first.json());
    await checkWorld(world.database.ownerSql);
  });

  test('sees which rows were gone through, also after a reload, and cancels it without a trace', async () => {
    const { sql } = world.db;
    const [manager] = await world.database.ownerSql<{ personId: number }[]>`
      select person_id as "personId" from person where username = ${people.manager}`;
    const startedBy = manager?.personId ?? 0;
    const many = Array.from({ length: 25 }, (_, at) => [`瓷碗${at}号`, '', '个', '日用品', '5', '', '']);
    const input = { villageId, idempotencyKey: 'many', recordedBy: startedBy, today: '2026-11-22' };
    const imports = openImports(world.db, () => {});
    const counted: number[] = [];
    const { promise: gate, release } = openGate();
    const start = () =>
      imports.start({ villageId, kind: 'goods', importKey: 'many', startedBy, rowsInAll: 25 }, async (steps) => {
        const reach = (rowsDone: number) => {
          counted.push(rowsDone);
          steps.reach(rowsDone);
        };
        const { decide, record } = takeTurns({ ...steps, reach }, sql);
        const held: Turns['decide'] = async (rows) => {
          const decided = await decide(rows);
          await gate;
          return decided;
        };
        const outcome = await importGoods(
          world.db,
          { ...input, rows: rowsOf([HEADINGS, ...many]) },
          { decide: held, record },
        );
        return 'refused' in outcome ? outcome : { added: outcome.acts.length, limits: 0 };
      });
    const before = await acts();
    const at = `${VILLAGE}/imports/${await start()}`;
    const running = await until(async () => {
      const { body } = await browser.get(at);
      return body.includes('核对了 25 样，共 25 样') ? body : null;
    });
    expect(findHtmlFaults(running)).toEqual([]);
    expect(counted).toEqual([10, 20, 25]);
    expect((await browser.submit(`${at}/cancellation`, {})).statusCode).toBe(303);
    release();
    await until(async () => ((await browser.get(at)).body.includes('已经取消，什么都没有记') ? true : null));
    expect(await acts()).toEqual(before);
    await until(async () => {
      await start();
      return (await browser.get(at)).body.includes('新增了 25 样') ? true : null;
    });
    await imports.stop();
    expect(await acts()).toHaveLength(before.length + 25);
    await checkWorld(world.database.ownerSql);
  });
});
