/** What stands in the counter's one field: scanned or typed, a person or goods, perhaps with `3*` before it. */
export type CounterCode =
  | { kind: 'nothing' }
  /** The QR of a card. */
  | { kind: 'token'; token: string }
  | { kind: 'card'; number: string }
  | { kind: 'barcode'; barcode: string; count: number }
  /** A goods code, a name, pinyin or initials, a part of a card number. */
  | { kind: 'words'; words: string; count: number };

const MOST = 9999;

/** Full-width letters and digits are folded, for an input method may be on while a scanner types. */
export function readCode(text: string): CounterCode {
  const folded = text.normalize('NFKC').trim();
  const multiplied = /^(\d{1,4})\s*[*x×]\s*(.*)$/i.exec(folded);
  const count = multiplied ? Math.min(Math.max(Number(multiplied[1]), 1), MOST) : 1;
  const code = multiplied ? (multiplied[2] ?? '').trim() : folded;
  if (code === '') return { kind: 'nothing' };
  const token = /(?:\/C\/|^)([A-Z2-9]{26})(?:[/?#]|$)/i.exec(code)?.[1];
  if (token) return { kind: 'token', token: token.toUpperCase() };
  if (/^\d{10}$/.test(code)) return { kind: 'card', number: code };
  if (/^(\d{8}|\d{12,14})$/.test(code)) return { kind: 'barcode', barcode: code, count };
  return { kind: 'words', words: code, count };
}
