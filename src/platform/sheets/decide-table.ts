/**
 * Tables as offices write them: columns in whatever order, titles above the headings, and more words in a heading than it needs.
 * Which heading means what says the list that is imported.
 */

export interface TableRow {
  /** Of the file, from 1. */
  row: number;
  cells: readonly string[];
  fields: Readonly<Record<string, string>>;
}

export interface Table {
  headings: readonly string[];
  rows: TableRow[];
}

/** How far down the headings may stand. */
export const MOST_TITLES = 15;

export function decideTable<Column extends string>(
  sheet: readonly (readonly string[])[],
  {
    labels,
    synonyms,
    isHeading,
    clean,
  }: {
    /** The words of the reader's language, under which the template was written; folded, as are the synonyms. */
    labels: ReadonlyMap<string, Column>;
    synonyms: Readonly<Partial<Record<string, Column>>>;
    isHeading: (columns: ReadonlySet<Column>) => boolean;
    clean: (column: Column, cell: string) => string;
  },
): Table | null {
  const columnOf = (heading: string) => labels.get(foldHeading(heading)) ?? synonyms[foldHeading(heading)];
  const headingRow = sheet
    .slice(0, MOST_TITLES)
    .findIndex((row) => isHeading(new Set(row.map(columnOf).filter((column) => column !== undefined))));
  const headings = sheet[headingRow];
  if (!headings) return null;
  const columns = headings.map(columnOf);
  const rows = sheet.slice(headingRow + 1).flatMap((cells, index) => {
    if (cells.every((cell) => cell === '')) return [];
    const fields: Record<string, string> = {};
    for (const [at, column] of columns.entries()) {
      // Of two columns of one name the first counts.
      if (column && fields[column] === undefined) fields[column] = clean(column, cells[at] ?? '');
    }
    return [{ row: headingRow + index + 2, cells, fields }];
  });
  return { headings, rows };
}

/** 做 什 么（必填） → 做什么 */
export function foldHeading(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[([【].*$/, '')
    .replaceAll(/[\s:*、'_]/g, '')
    .toLowerCase();
}
