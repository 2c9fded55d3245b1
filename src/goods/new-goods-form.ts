import { lastOf } from '../platform/http/form-fields.ts';
import { parsePoints } from '../platform/points.ts';
import type { NewGoods } from './decide-new-goods.ts';
import { ZONES } from './shelf.ts';

/** As it was typed. */
export interface NewGoodsForm {
  name: string;
  spec: string;
  unit: string;
  zone: string;
  barcode: string;
  value: string;
}

export interface NewGoodsFault {
  name: keyof NewGoodsForm;
  word:
    | 'goods.new.nameError'
    | 'goods.new.unitError'
    | 'goods.new.zoneError'
    | 'goods.new.barcodeError'
    | 'goods.new.valueError';
}

/** What one piece may be worth. */
export const MOST_FEN = 10_000_000;

/** `suffix` tells the rows of a receipt apart: `name-2`. */
export function typedGoods(body: Readonly<Record<string, unknown>>, prefix = '', suffix = ''): NewGoodsForm {
  const text = (field: string) => (lastOf(body[`${prefix}${field}${suffix}`]) ?? '').normalize('NFKC').trim();
  return {
    name: text('name').slice(0, 30),
    spec: text('spec').slice(0, 30),
    unit: text('unit').slice(0, 6),
    zone: text('zone').slice(0, 20),
    barcode: text('barcode').slice(0, 20),
    value: text('value').slice(0, 12),
  };
}

export function readNewGoods(form: NewGoodsForm): NewGoods | { faults: NewGoodsFault[] } {
  // Yuan and points share the form "2.5", and fen and centipoints the scale.
  const unitValueFen = parsePoints(form.value);
  const zone = ZONES.find((one) => one === form.zone);
  const isValue = unitValueFen !== null && unitValueFen > 0 && unitValueFen <= MOST_FEN;
  const faults: NewGoodsFault[] = [
    ...(form.name.length >= 1 ? [] : [{ name: 'name', word: 'goods.new.nameError' } as const]),
    ...(form.unit.length >= 1 ? [] : [{ name: 'unit', word: 'goods.new.unitError' } as const]),
    ...(zone ? [] : [{ name: 'zone', word: 'goods.new.zoneError' } as const]),
    ...(form.barcode === '' || isBarcode(form.barcode)
      ? []
      : [{ name: 'barcode', word: 'goods.new.barcodeError' } as const]),
    ...(isValue ? [] : [{ name: 'value', word: 'goods.new.valueError' } as const]),
  ];
  if (faults.length > 0 || !zone || unitValueFen === null) return { faults };
  const { name, spec, unit, barcode } = form;
  return { name, spec, unit, zone, barcode: barcode === '' ? null : barcode, unitValueFen };
}

/** As the scanner at the counter reads it. */
export function isBarcode(text: string): boolean {
  return /^(\d{8}|\d{12,14})$/.test(text);
}
