import type { GoodsFault, GoodsRow, Limits } from './decide-goods-import.ts';
import { readNewGoods, typedGoods } from './new-goods-form.ts';

/** What a row of a table says, read as the form of new goods reads it. */
export function readGoodsRow({ row, fields }: { row: number; fields: Readonly<Record<string, string>> }): GoodsRow {
  const form = typedGoods(fields);
  const read = readNewGoods(form);
  const limits = readLimits(fields);
  const { name, spec, unit, zone } = form;
  const goodsFaults: GoodsFault[] = 'faults' in read ? read.faults.flatMap(({ name: field }) => faultOf(field)) : [];
  return {
    row,
    code: (fields['code'] ?? '').slice(0, 20),
    goods: 'faults' in read ? { name, spec, unit, zone, barcode: form.barcode || null, unitValueFen: 0 } : read,
    faults: [...goodsFaults, ...(limits ? [] : ['limits' as const])],
    limits: limits ?? {},
  };
}

/** What it is measured in is never wrong. */
function faultOf(field: string): GoodsFault[] {
  return FAULTS.filter((fault) => fault === field);
}

const FAULTS = ['name', 'unit', 'zone', 'barcode', 'value'] as const satisfies readonly GoodsFault[];
const LIMITS = ['monthMax', 'yearMax', 'reorder'] as const satisfies readonly (keyof Limits)[];

/** Only of the columns that are there; null where one holds no number of pieces. */
function readLimits(fields: Readonly<Record<string, string>>): Partial<Limits> | null {
  const limits: Partial<Limits> = {};
  for (const name of LIMITS) {
    const text = fields[name];
    if (text === undefined) continue;
    if (text !== '' && !/^[1-9]\d{0,3}$/.test(text)) return null;
    limits[name] = text === '' ? null : Number(text);
  }
  return limits;
}
