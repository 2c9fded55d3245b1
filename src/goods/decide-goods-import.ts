/**
 * 导入物品: what becomes of each row of a list of goods. New goods come under the village's own codes at its rate; of goods that it has
 * only the limits change, for words and value stand in the record and a price is another matter. Nothing is taken that is not wholly
 * understood, and nothing twice.
 */
import {
  type AddedGoods,
  decideNewGoods,
  type NewGoods,
  type NewGoodsRefusal,
  plainWords,
} from './decide-new-goods.ts';

/** What a household may fetch at most, null: no limit; from so few on more is needed, null: the usual number. */
export interface Limits {
  monthMax: number | null;
  yearMax: number | null;
  reorder: number | null;
}

export type GoodsFault = 'name' | 'unit' | 'zone' | 'barcode' | 'value' | 'limits';

export interface GoodsRow {
  row: number;
  /** The code that stands in the file; empty where there is none. */
  code: string;
  goods: NewGoods;
  /** What of it is wrong or not there. Goods that the village has need only a name. */
  faults: readonly GoodsFault[];
  /** Of the limits those that the file has a column for. */
  limits: Partial<Limits>;
}

export interface KnownGoods extends NewGoods, Limits {
  code: string;
}

export interface ImportBasis {
  fenPerPoint: number;
  firstPriceWaits: boolean;
  known: readonly KnownGoods[];
}

/** What a file says otherwise of goods that the village has. */
export type Difference = 'name' | 'spec' | 'unit' | 'zone' | 'barcode' | 'value';

export type ImportedRow = { row: number; written: string } & (
  | ({ outcome: 'new'; goods: NewGoods; limits: Limits | null } & AddedGoods)
  | { outcome: 'limits'; code: string; before: Limits; limits: Limits }
  | { outcome: 'same'; code: string; differences: Difference[] }
  | { outcome: 'problem'; faults: readonly (GoodsFault | 'twice' | 'other')[]; refusal: NewGoodsRefusal | null }
);

/** One after the other, as each is asked for. */
export function* decideGoodsImport(
  rows: readonly GoodsRow[],
  { known, ...terms }: ImportBasis,
): Generator<ImportedRow> {
  const added: KnownGoods[] = [];
  const seen = new Set<string>();
  const decide = (row: GoodsRow): ImportedRow => {
    const place = { row: row.row, written: [row.goods.name, row.goods.spec].filter((text) => text !== '').join(' ') };
    const problem = (...faults: readonly (GoodsFault | 'twice' | 'other')[]): ImportedRow => ({
      ...place,
      outcome: 'problem',
      faults,
      refusal: null,
    });
    const here = findKnown(row, known);
    if (here === 'other') return problem('other');
    if (here ? seen.has(here.code) : findKnown(row, added) !== null) return problem('twice');
    if (here) {
      seen.add(here.code);
      if (row.faults.includes('limits')) return problem('limits');
      const limits = limitsAfter(here, row.limits);
      if (!areSame(here, limits))
        return { ...place, outcome: 'limits', code: here.code, before: limitsAfter(here, {}), limits };
      return { ...place, outcome: 'same', code: here.code, differences: differencesOf(row, here) };
    }
    if (row.faults.length > 0) return problem(...row.faults);
    const decided = decideNewGoods(row.goods, { ...terms, known: [...known, ...added] });
    if ('refused' in decided) return { ...place, outcome: 'problem', faults: [], refusal: decided };
    const usual = usualLimits(row.goods.zone);
    const limits = limitsAfter(usual, row.limits);
    added.push({ ...row.goods, ...limits, code: decided.code });
    return { ...place, outcome: 'new', ...decided, goods: row.goods, limits: areSame(usual, limits) ? null : limits };
  };
  for (const row of rows) yield decide(row);
}

/** By its name and what it is measured in, or by its barcode. A code counts where the name agrees: V001 is something else elsewhere. */
function findKnown({ code, goods }: GoodsRow, known: readonly KnownGoods[]): KnownGoods | 'other' | null {
  const name = plainWords(goods.name);
  const byCode = known.find((one) => one.code === code);
  if (byCode && (name === '' || plainWords(byCode.name) === name)) return byCode;
  const same = known.find((one) => plainWords(one.name) === name && plainWords(one.spec) === plainWords(goods.spec));
  const found = same ?? known.find(({ barcode }) => barcode !== null && barcode === goods.barcode) ?? null;
  return found === null && byCode ? 'other' : found;
}

/** An appliance lasts: one a year. */
function usualLimits(zone: string): Limits {
  return { monthMax: null, yearMax: zone === 'APPL' ? 1 : null, reorder: null };
}

function limitsAfter({ monthMax, yearMax, reorder }: Limits, given: Partial<Limits>): Limits {
  return { monthMax, yearMax, reorder, ...given };
}

function areSame(left: Limits, right: Limits): boolean {
  return left.monthMax === right.monthMax && left.yearMax === right.yearMax && left.reorder === right.reorder;
}

/** Only what the file says at all. */
function differencesOf({ goods, faults }: GoodsRow, here: KnownGoods): Difference[] {
  const says = (field: Difference, isOther: boolean) =>
    isOther && !faults.some((fault) => fault === field) ? [field] : [];
  return [
    ...says('name', plainWords(goods.name) !== plainWords(here.name)),
    ...says('spec', goods.spec !== '' && plainWords(goods.spec) !== plainWords(here.spec)),
    ...says('unit', goods.unit !== here.unit),
    ...says('zone', goods.zone !== here.zone),
    ...says('barcode', goods.barcode !== null && goods.barcode !== here.barcode),
    ...says('value', goods.unitValueFen !== here.unitValueFen),
  ];
}
