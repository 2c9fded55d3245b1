/**
 * The form for goods that come in, as it was typed: nothing is lost on the way from page to page, and a scanner may fill it
 * row by row. Rows are read by their place, so every row sends all of its fields.
 */

import { FUNDS, type Fund } from '../ledger/index.ts';
import { dayText } from '../platform/calendar-text.ts';
import { allOf, lastOf } from '../platform/http/form-fields.ts';
import { parsePoints } from '../platform/points.ts';
import type { ReceiptLine, ReceiptRequest } from './decide-receipt.ts';
import { findGoods } from './find-goods.ts';
import type { ShelfGoods } from './shelf.ts';

export interface ReceiptForm {
  kind: string;
  sourceName: string;
  occurredOn: string;
  papers: ReceiptPapers;
  rows: ReceiptRow[];
}

/** What stands on paper beside the goods, and who else has seen them. */
export interface ReceiptPapers {
  fund: string;
  voucher: string;
  invoice: string;
  witness: string;
  /** `yes`: somebody else looks later. */
  later: string;
}

/** What stands in one row; `goods` are words, a barcode or the name that the page wrote there. */
export interface ReceiptRow {
  goods: string;
  quantity: string;
  value: string;
  useBy: string;
}

/** A row with the goods that it means; several where its words fit several. */
export interface ReadRow extends ReceiptRow {
  found: ShelfGoods[];
}

type ReceiptFault =
  | 'kind_missing'
  | 'source_missing'
  | 'day_wrong'
  | 'fund_wrong'
  | 'voucher_wrong'
  | 'invoice_wrong'
  | 'rows_missing'
  | 'goods_missing'
  | 'goods_unknown'
  | 'goods_ambiguous'
  | 'quantity_wrong'
  | 'value_wrong'
  | 'use_by_wrong';

/** `name` is the field's: `quantity-2` in the third row. */
export interface FaultyField {
  name: string;
  fault: ReceiptFault;
}

const MOST_ROWS = 200;
const MOST_FEN = 10_000_000;

export const BLANK_ROW: ReceiptRow = { goods: '', quantity: '', value: '', useBy: '' };

export function readReceiptForm(body: Readonly<Record<string, unknown>>): ReceiptForm {
  const [goods, quantities, values, useBys] = [body.goods, body.quantity, body.value, body.useBy].map(allOf);
  const rows = (goods ?? []).slice(0, MOST_ROWS).map((text, index) => ({
    goods: fold(text),
    quantity: fold(quantities?.[index]),
    value: fold(values?.[index]),
    useBy: fold(useBys?.[index]),
  }));
  return {
    kind: lastOf(body.kind) ?? '',
    sourceName: (lastOf(body.sourceName) ?? '').slice(0, 80),
    occurredOn: lastOf(body.occurredOn) ?? '',
    papers: {
      fund: lastOf(body.fund) ?? '',
      voucher: fold(lastOf(body.voucher)),
      invoice: fold(lastOf(body.invoice)),
      witness: (lastOf(body.witness) ?? '').trim().slice(0, 40),
      later: lastOf(body.later) ?? '',
    },
    rows,
  };
}

/** Each row with what it means. `3*` before the words counts, as at the counter. */
export function readRows(rows: readonly ReceiptRow[], shelf: readonly ShelfGoods[]): ReadRow[] {
  return rows.map((row) => {
    const [, count, words = row.goods] = /^(\d{1,4})\s*[*x×]\s*(.+)$/i.exec(row.goods) ?? [];
    const found = meant(words, shelf);
    const quantity = row.quantity === '' && count !== undefined ? String(Number(count)) : row.quantity;
    return { ...row, goods: nameOf(found) ?? words, quantity, found };
  });
}

/** After a scan: one piece where no number was typed, and the same goods again is one more. */
export function gatherRows(rows: readonly ReadRow[]): ReadRow[] {
  const gathered: ReadRow[] = [];
  for (const row of rows) {
    const [goods] = row.found;
    if (isBlank(row)) continue;
    const earlier = gathered.find((other) => goods && other.found.length === 1 && other.found[0]?.code === goods.code);
    const isRepeat = row.found.length === 1 && earlier && row.quantity === '' && row.value === '' && row.useBy === '';
    if (isRepeat && /^\d+$/.test(earlier.quantity)) earlier.quantity = String(Number(earlier.quantity) + 1);
    else gathered.push({ ...row, quantity: row.quantity === '' && row.found.length === 1 ? '1' : row.quantity });
  }
  return gathered;
}

/** The request behind a form without faults, or the fields to correct, in the order of the page. */
export function checkReceiptForm(
  { kind, sourceName, occurredOn, papers }: ReceiptForm,
  rows: readonly ReadRow[],
): { request: ReceiptRequest } | { faults: FaultyField[] } {
  const faults: FaultyField[] = [];
  const fail = (name: string, fault: ReceiptFault) => faults.push({ name, fault });
  if (kind !== 'donation' && kind !== 'purchase') fail('kind', 'kind_missing');
  if (sourceName === '') fail('sourceName', 'source_missing');
  if (!isDay(occurredOn)) fail('occurredOn', 'day_wrong');
  const read = readPapers(papers, fail);
  const lines: ReceiptLine[] = [];
  rows.forEach((row, index) => {
    if (isBlank(row)) return;
    const [goods, second] = row.found;
    if (!goods) fail(`goods-${index}`, row.goods === '' ? 'goods_missing' : 'goods_unknown');
    else if (second) fail(`goods-${index}`, 'goods_ambiguous');
    const quantity = /^0*[1-9]\d{0,3}$/.test(row.quantity) ? Number(row.quantity) : null;
    if (quantity === null) fail(`quantity-${index}`, 'quantity_wrong');
    const unitValueFen = row.value === '' ? undefined : readFen(row.value);
    if (unitValueFen === null) fail(`value-${index}`, 'value_wrong');
    const useBy = row.useBy === '' ? undefined : row.useBy;
    if (useBy !== undefined && !isDay(useBy)) fail(`useBy-${index}`, 'use_by_wrong');
    if (goods)
      lines.push({ code: goods.code, quantity: quantity ?? 0, unitValueFen: unitValueFen ?? undefined, useBy });
  });
  if (rows.every(isBlank)) fail('goods-0', 'rows_missing');
  if (faults.length > 0) return { faults };
  return {
    request: {
      source: { kind: kind === 'purchase' ? kind : 'donation', name: sourceName },
      occurredOn,
      lines,
      ...read,
    },
  };
}

function readPapers(
  { fund, voucher, invoice, witness, later }: ReceiptPapers,
  fail: (name: string, fault: ReceiptFault) => void,
): Pick<ReceiptRequest, 'fund' | 'voucher' | 'invoice' | 'witness' | 'isCheckedLater'> {
  const known = FUNDS.find((one): one is Fund => one === fund);
  if (fund !== '' && !known) fail('fund', 'fund_wrong');
  if (voucher !== '' && !/^0*[1-9]\d{0,8}$/.test(voucher)) fail('voucher', 'voucher_wrong');
  if (invoice !== '' && !/^[A-Za-z0-9._-]{1,40}$/.test(invoice)) fail('invoice', 'invoice_wrong');
  return {
    ...(known && { fund: known }),
    ...(voucher !== '' && { voucher: Number(voucher) }),
    ...(invoice !== '' && { invoice }),
    ...(witness !== '' && { witness }),
    ...(witness === '' && later === 'yes' && { isCheckedLater: true }),
  };
}

/** How the page names goods so that the server knows them again: `大米 5kg/袋（dm GR001）`. */
export function goodsLabel({
  name,
  spec,
  initials,
  code,
}: Pick<ShelfGoods, 'name' | 'spec' | 'initials' | 'code'>): string {
  return `${name} ${spec}（${initials} ${code}）`;
}

export function isBlank({ goods, quantity, value, useBy }: ReceiptRow): boolean {
  return goods === '' && quantity === '' && value === '' && useBy === '';
}

function meant(words: string, shelf: readonly ShelfGoods[]): ShelfGoods[] {
  const written = /\(\S+ ([^\s()]+)\)$/.exec(words.normalize('NFKC'))?.[1];
  return findGoods(shelf, written ?? words);
}

function nameOf([goods, second]: readonly ShelfGoods[]): string | undefined {
  return goods && !second ? goodsLabel(goods) : undefined;
}

function readFen(text: string): number | null {
  // Yuan and points share the form "2.5", and fen and centipoints the scale.
  const fen = parsePoints(text);
  return fen !== null && fen >= 0 && fen <= MOST_FEN ? fen : null;
}

export function isDay(text: string): boolean {
  return dayText.safeParse(text).success;
}

/** An input method may be on while a scanner types, so full-width digits and brackets are folded. */
function fold(text = ''): string {
  return text.normalize('NFKC').trim().slice(0, 100);
}
