import { expect, test } from 'vitest';
import { findGoods } from '../../src/goods/find-goods.ts';
import { checkReceiptForm, gatherRows, goodsLabel, readReceiptForm, readRows } from '../../src/goods/receipt-form.ts';
import type { ShelfGoods } from '../../src/goods/shelf.ts';
import { textSearchKeys } from '../../src/platform/search-keys.ts';

const shelf = [
  ['GR001', '大米', '5kg/袋', 12],
  ['GR002', '大米', '10kg/袋', 12],
  ['GR003', '特一粉(面粉)', '5kg/袋', 12],
  ['GR005', '菜籽油', '5L/桶', 18],
  ['WA003', '洗洁精', '1kg/瓶', 36],
  ['DA008', '拖把', '把', null],
].map(
  ([code, name, spec, shelfLifeMonths], index) =>
    ({
      goodsId: index,
      code,
      barcode: `690000000000${index}`,
      zone: 'DAILY',
      name,
      spec,
      unit: '件',
      unitValueFen: 100,
      priceCentipoints: 50,
      quantityOnHand: 0,
      shelfLifeMonths,
      monthlyQuota: null,
      ...textSearchKeys(String(name)),
    }) as ShelfGoods,
);

test.each([
  ['GR001', ['GR001']],
  ['gr001', ['GR001']],
  ['6900000000004', ['WA003']],
  ['大米', ['GR001', 'GR002']],
  ['大米 10kg', ['GR002']],
  ['dm', ['GR001', 'GR002']],
  ['面粉', ['GR003']],
  ['mf', ['GR003']],
  ['caizi', ['GR005']],
  ['xjj', ['WA003']],
  ['ｘｊｊ', ['WA003']],
  ['j', []],
  ['', []],
  ['没有', []],
])('%j finds %j', (query, codes) => {
  expect(findGoods(shelf, query).map(({ code }) => code)).toEqual(codes);
});

const rowsOf = (...goods: string[]) =>
  readRows(
    goods.map((words) => ({ goods: words, quantity: '', value: '', useBy: '' })),
    shelf,
  );

test('every name that the form writes is read back as those goods', () => {
  for (const goods of shelf) {
    const { rows } = readReceiptForm({ goods: goodsLabel(goods) });
    expect(readRows(rows, shelf)[0]?.found).toEqual([goods]);
  }
});

test('a scan is one piece, the same goods again one more, and 3* before it three', () => {
  const scanned = gatherRows(rowsOf('WA003', '', '6900000000004', '3*GR005', 'dm'));
  expect(scanned.map(({ found, quantity }) => [found.length, quantity])).toEqual([
    [1, '2'],
    [1, '3'],
    [2, ''],
  ]);
});

const papers = { fund: '', voucher: '', invoice: '', witness: '', later: '' };
const form = { kind: 'purchase', sourceName: '批发部', occurredOn: '2026-11-21', papers, rows: [] };

test('a form without faults becomes the request', () => {
  const rows = readRows(
    [
      { goods: 'GR001', quantity: '10', value: '27.5', useBy: '2027-05-01' },
      { goods: '', quantity: '', value: '', useBy: '' },
      { goods: 'tb', quantity: '02', value: '', useBy: '' },
    ],
    shelf,
  );
  expect(checkReceiptForm(form, rows)).toEqual({
    request: {
      source: { kind: 'purchase', name: '批发部' },
      occurredOn: '2026-11-21',
      lines: [
        { code: 'GR001', quantity: 10, unitValueFen: 2750, useBy: '2027-05-01' },
        { code: 'DA008', quantity: 2, unitValueFen: undefined, useBy: undefined },
      ],
    },
  });
});

test.each([
  ['quantity', '0', 'quantity-0 quantity_wrong'],
  ['quantity', '-3', 'quantity-0 quantity_wrong'],
  ['quantity', '1.5', 'quantity-0 quantity_wrong'],
  ['quantity', '', 'quantity-0 quantity_wrong'],
  ['value', '-1', 'value-0 value_wrong'],
  ['value', '1.234', 'value-0 value_wrong'],
  ['useBy', '2026-02-30', 'useBy-0 use_by_wrong'],
  ['goods', 'dm', 'goods-0 goods_ambiguous'],
  ['goods', '没有', 'goods-0 goods_unknown'],
  ['goods', '', 'goods-0 goods_missing'],
])('%s %j is the fault %s', (field, typed, fault) => {
  const rows = readRows([{ goods: 'GR001', quantity: '1', value: '', useBy: '', [field]: typed }], shelf);
  const checked = checkReceiptForm(form, rows);
  expect('faults' in checked && checked.faults.map(({ name, fault: what }) => `${name} ${what}`)).toEqual([fault]);
});

test('an empty form names everything that is missing', () => {
  const checked = checkReceiptForm({ kind: '', sourceName: '', occurredOn: '', papers, rows: [] }, rowsOf(''));
  expect('faults' in checked && checked.faults.map(({ fault }) => fault)).toEqual([
    'kind_missing',
    'source_missing',
    'day_wrong',
    'rows_missing',
  ]);
});
