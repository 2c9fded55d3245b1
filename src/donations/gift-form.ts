/** The forms about gifts as they were typed: rows of goods are read by their place, amounts are yuan. */
import { dayText } from '../platform/calendar-text.ts';
import { allOf, lastOf } from '../platform/http/form-fields.ts';
import { parsePoints } from '../platform/points.ts';
import type { GiftLine } from './decide-gift.ts';

export interface TypedRow {
  goods: string;
  quantity: string;
  value: string;
  useBy: string;
}

type Body = Readonly<Record<string, unknown>>;

const MOST_ROWS = 50;
const MOST_FEN = 1_000_000_000;

export function typedRows(body: Body): TypedRow[] {
  const [goods, quantities, values, useBys] = [body['goods'], body['quantity'], body['value'], body['useBy']].map(
    allOf,
  );
  return (goods ?? []).slice(0, MOST_ROWS).map((code, place) => ({
    goods: fold(code),
    quantity: fold(quantities?.[place]),
    value: fold(values?.[place]),
    useBy: fold(useBys?.[place]),
  }));
}

export type ReadLine = GiftLine & { useBy: string | undefined };

/** Null where a row is not as it should be. Rows without goods or without a quantity are left out. */
export function readLines(rows: readonly TypedRow[], worthOf: ReadonlyMap<string, number>): ReadLine[] | null {
  const lines: ReadLine[] = [];
  for (const row of rows) {
    if (row.goods === '' && row.quantity === '' && row.value === '') continue;
    const known = worthOf.get(row.goods);
    const value = row.value === '' ? known : (readFen(row.value) ?? undefined);
    if (known === undefined || value === undefined || !/^\d{0,4}$/.test(row.quantity)) return null;
    if (row.useBy !== '' && !dayText.safeParse(row.useBy).success) return null;
    const quantity = Number(row.quantity || 0);
    if (quantity > 0) lines.push({ code: row.goods, quantity, value, useBy: row.useBy || undefined });
  }
  return lines;
}

export function readFen(text: string): number | null {
  // Yuan and points share the form "2.5", and fen and centipoints the scale.
  const fen = parsePoints(text);
  return fen !== null && fen >= 0 && fen <= MOST_FEN ? fen : null;
}

export function typed(body: Body, name: string, most = 200): string {
  return fold(lastOf(body[name]) ?? '').slice(0, most);
}

function fold(text = ''): string {
  return text.normalize('NFKC').trim().slice(0, 200);
}
