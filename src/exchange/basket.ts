import { allOf } from '../platform/http/form-fields.ts';

/**
 * The basket as the counter's address and forms carry it: `quantity.GR001=2`. What was typed is kept as it was typed, so that
 * a wrong number comes back to be corrected instead of disappearing.
 */
export interface BasketEntry {
  /** The goods' code. */
  code: string;
  typed: string;
  /** Null where what was typed is no whole number from 1 to 9999. */
  quantity: number | null;
}

const PREFIX = 'quantity.';
const MOST_LINES = 100;

/** Reads the fields of a query or form; a line that was set to nothing or to 0 is gone. */
export function readBasket(fields: Readonly<Record<string, unknown>>): BasketEntry[] {
  const entries = Object.entries(fields).flatMap(([name, value]) => {
    const last = allOf(value).at(-1);
    if (!name.startsWith(PREFIX) || name.length > 60 || last === undefined) return [];
    const typed = last.normalize('NFKC').trim().slice(0, 20);
    return [{ code: name.slice(PREFIX.length), typed, quantity: readQuantity(typed) }];
  });
  return entries.filter(({ code, typed }) => code !== '' && !/^0*$/.test(typed)).slice(0, MOST_LINES);
}

/** A whole number from 1 to 9999, or null. */
function readQuantity(typed: string): number | null {
  return /^0*[1-9]\d{0,3}$/.test(typed) ? Number(typed) : null;
}

export function basketFields(entries: readonly BasketEntry[]): Record<string, string> {
  return Object.fromEntries(entries.map(({ code, typed }) => [PREFIX + code, typed]));
}

/** Some more, or less, of some goods; none left takes the line away. */
export function addToBasket(entries: readonly BasketEntry[], code: string, count: number): BasketEntry[] {
  const before = entries.find((entry) => entry.code === code);
  const quantity = Math.min((before?.quantity ?? 0) + count, 9999);
  return setInBasket(entries, code, quantity);
}

function setInBasket(entries: readonly BasketEntry[], code: string, quantity: number): BasketEntry[] {
  if (quantity <= 0) return entries.filter((entry) => entry.code !== code);
  const line = { code, typed: String(quantity), quantity };
  return entries.some((entry) => entry.code === code)
    ? entries.map((entry) => (entry.code === code ? line : entry))
    : [...entries, line];
}

/** What the small buttons send: `+GR001` one more, `-GR001` one less, `=2*GR001` exactly two. */
export function takeStep(entries: readonly BasketEntry[], step: string): BasketEntry[] {
  const [, sign = '', count, code = ''] = /^([+=-])(?:(\d{1,4})\*)?(.{1,40})$/.exec(step) ?? [];
  if (sign === '=') return setInBasket(entries, code, Number(count ?? 0));
  if (sign === '') return [...entries];
  return addToBasket(entries, code, sign === '+' ? 1 : -1);
}
