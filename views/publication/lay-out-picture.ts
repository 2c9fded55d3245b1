/**
 * Where each word of the long picture stands: a record laid out for the width of a phone, one part under the other, large enough to be
 * read without zooming. Letters are counted, not measured: a Chinese one is as wide as it is high in every font.
 */
import type { CellKind, RecordPart } from './record-parts.ts';

export const PICTURE_WIDTH = 1080;
export const MARGIN = 48;

/** What one picture may be high: decoders of pictures end at 32,767 pixels, and below the rows stand the codes. */
const MOST_ROWS_HEIGHT = 28_000;

const INNER = PICTURE_WIDTH - 2 * MARGIN;
const SIZE = 28;
const SMALLEST_SIZE = 18;
const LEADING = 1.45;
const GAP = 20;
const FEWEST_FLEXIBLE_LETTERS = 7;

export interface PlacedText {
  x: number;
  y: number;
  words: string;
  size: number;
  isBold?: boolean;
  isSoft?: boolean;
  isEnd?: boolean;
}

export interface PlacedPart {
  texts: PlacedText[];
  /** Hairlines under the rows. */
  rules: number[];
  /** Where the next part begins. */
  end: number;
  /** Rows for which there was no room. */
  left: number;
}

const ENDS: ReadonlySet<CellKind> = new Set(['count', 'points', 'signed', 'yuan']);

/** No line begins with these. */
const CLOSING = /^[，。、；：！？）》”]/;

/** In letters: what is not Chinese is about half as wide. */
function lettersOf(words: string): number {
  return [...words].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.6), 0);
}

/** Numbers and words in Latin letters stay whole. */
export function wrap(words: string, size: number, width: number = INNER): string[] {
  const lines: string[] = [''];
  for (const piece of words.match(/[\x21-\x7e]+|./gsu) ?? []) {
    const line = `${lines.at(-1)}${piece}`;
    if (lines.at(-1) !== '' && !CLOSING.test(piece) && lettersOf(line.trimEnd()) * size > width)
      lines.push(piece.trimStart());
    else lines[lines.length - 1] = line;
  }
  return lines;
}

type Part = Pick<RecordPart, 'title' | 'columns'> & {
  rows: readonly (readonly string[])[];
  totals?: readonly string[];
};

/** A heading, the rows in columns, and under each row what is too long for a column. */
export function layOutPart(part: Part, top: number, nothing: string): PlacedPart {
  const { columns, rows } = part;
  const texts: PlacedText[] = [{ x: MARGIN, y: top + 40, words: part.title, size: 36, isBold: true }];
  if (rows.length === 0) {
    texts.push({ x: MARGIN, y: top + 92, words: nothing, size: SIZE, isSoft: true });
    return { texts, rules: [], end: top + 130, left: 0 };
  }
  const below = columns.flatMap(({ kind, rowHeader }, at) => (kind === 'words' && !rowHeader ? [at] : []));
  const beside = columns.flatMap((_, at) => (below.includes(at) ? [] : [at]));
  const { size, places } = placeColumns(part, beside);
  const leading = size * LEADING;
  const rules: number[] = [];
  let y = top + 60;
  const put = (cells: readonly string[], look: Pick<PlacedText, 'isBold' | 'isSoft'>) => {
    const lines = beside.map((at) => wrap(cells[at] ?? '', size, places.get(at)?.width ?? INNER));
    beside.forEach((at, index) => {
      const { x = MARGIN, width = INNER } = places.get(at) ?? {};
      const isEnd = ENDS.has(columns[at]?.kind ?? 'text');
      lines[index]?.forEach((words, line) => {
        if (words !== '')
          texts.push({ x: isEnd ? x + width : x, y: y + (line + 1) * leading, words, size, isEnd, ...look });
      });
    });
    y += Math.max(...lines.map(({ length }) => length)) * leading;
    for (const words of below.flatMap((at) => wrap(cells[at] ?? '', size)).filter(Boolean)) {
      y += leading;
      texts.push({ x: MARGIN, y, words, size, isSoft: true });
    }
    y += 16;
    rules.push(y);
  };
  put(
    columns.map(({ label }) => label),
    { isSoft: true },
  );
  let left = rows.length;
  for (const row of rows) {
    if (y > MOST_ROWS_HEIGHT) break;
    put(row, {});
    left -= 1;
  }
  if (part.totals) put(part.totals, { isBold: true });
  return { texts, rules, end: y + 30, left };
}

type Places = { size: number; places: Map<number, { x: number; width: number }> };

/** Each column as wide as its longest cell; the one that names the row gets what is left, and smaller letters help where nothing is. */
function placeColumns({ columns, rows, totals = [] }: Part, beside: readonly number[]): Places {
  // Bold letters are wider.
  const all = [columns.map(({ label }) => label), ...rows, totals.map((words) => (words === '' ? '' : `${words} `))];
  const naming = beside.find((at) => columns[at]?.rowHeader) ?? beside[0] ?? 0;
  const letters = new Map(beside.map((at) => [at, mostLetters(all, at)]));
  const others = beside.filter((at) => at !== naming).reduce((sum, at) => sum + (letters.get(at) ?? 0), 0);
  const gaps = GAP * (beside.length - 1);
  const fewest = columns[naming]?.kind === 'words' ? FEWEST_FLEXIBLE_LETTERS : (letters.get(naming) ?? 0);
  const size = Math.max(SMALLEST_SIZE, Math.min(SIZE, Math.floor((INNER - gaps) / (others + fewest))));
  const places: Places['places'] = new Map();
  let x = MARGIN;
  for (const at of beside) {
    const width = at === naming ? INNER - gaps - others * size : (letters.get(at) ?? 0) * size;
    places.set(at, { x, width });
    x += width + GAP;
  }
  return { size, places };
}

/** Not by one call of `Math.max`, which takes no more than some ten thousand rows. */
function mostLetters(rows: readonly (readonly string[])[], at: number): number {
  return rows.reduce((most, row) => Math.max(most, lettersOf(row[at] ?? '')), 0);
}
