/** 物品目录表: what each row of a table of goods says. What it means for the village says decide-goods-import.ts. */
import { decideTable, foldHeading, type Table } from '../platform/sheets/decide-table.ts';

export const GOODS_COLUMNS = [
  'code',
  'name',
  'spec',
  'unit',
  'zone',
  'value',
  'barcode',
  'monthMax',
  'yearMax',
  'reorder',
] as const;

export type GoodsColumn = (typeof GOODS_COLUMNS)[number];

/** A price in points is recognised so that it can be said that nothing comes of it: the rate or a second person decides it. */
export type ReadColumn = GoodsColumn | 'price';

/** Further headings under which offices and shops write the same. */
const SYNONYMS: Readonly<Partial<Record<string, ReadColumn>>> = {
  编号: 'code',
  货号: 'code',
  商品编码: 'code',
  商品编号: 'code',
  货品编号: 'code',
  物品编号: 'code',
  名称: 'name',
  品名: 'name',
  货名: 'name',
  商品: 'name',
  商品名称: 'name',
  物品: 'name',
  物品名称: 'name',
  物资名称: 'name',
  货物名称: 'name',
  商品名: 'name',
  产品名称: 'name',
  规格: 'spec',
  规格型号: 'spec',
  '规格/型号': 'spec',
  包装规格: 'spec',
  型号: 'spec',
  单位: 'unit',
  计量单位: 'unit',
  分区: 'zone',
  区: 'zone',
  货架: 'zone',
  类别: 'zone',
  分类: 'zone',
  单价: 'value',
  价格: 'value',
  进价: 'value',
  采购价: 'value',
  采购单价: 'value',
  零售价: 'value',
  市场单价: 'value',
  市场价: 'value',
  参考价: 'value',
  条码: 'barcode',
  条形码: 'barcode',
  商品条码: 'barcode',
  商品条形码: 'barcode',
  '69码': 'barcode',
  每月限量: 'monthMax',
  每月最多: 'monthMax',
  每年限量: 'yearMax',
  每年最多: 'yearMax',
  补货线: 'reorder',
  分值: 'price',
  积分: 'price',
  兑换分值: 'price',
  兑换积分: 'price',
  所需积分: 'price',
};

export interface GoodsTable extends Table {
  /** There are prices in points in the file, which were not read. */
  hasPrices: boolean;
}

/** `zones` says under which words a zone stands in a table: 粮油区 → GRAIN_OIL. */
export function decideGoodsRows(
  sheet: readonly (readonly string[])[],
  { labels, zones }: { labels: ReadonlyMap<string, GoodsColumn>; zones: ReadonlyMap<string, string> },
): GoodsTable | null {
  const table = decideTable<ReadColumn>(sheet, {
    labels,
    synonyms: SYNONYMS,
    isHeading: (columns) => columns.has('name') && columns.size > 1,
    clean: (column, cell) => cleaned(column, cell, zones),
  });
  return table && { ...table, hasPrices: table.rows.some(({ fields }) => (fields['price'] ?? '') !== '') };
}

function cleaned(column: ReadColumn, cell: string, zones: ReadonlyMap<string, string>): string {
  const text = cell.normalize('NFKC').trim();
  if (column === 'value')
    return text
      .replace(/^[¥￥]/, '')
      .replace(/元.*$/, '')
      .trim();
  if (column === 'barcode') return text.replaceAll(/[\s']/g, '');
  if (column === 'monthMax' || column === 'yearMax' || column === 'reorder')
    return text === '不限' ? '' : text.replace(/^(\d+)\D+$/, '$1');
  if (column === 'zone') return zones.get(foldZone(text)) ?? text;
  return text;
}

/** 粮油区, 粮油 and 粮油类 are one. */
export function foldZone(text: string): string {
  return foldHeading(text).replace(/[区區类類]$/, '');
}
