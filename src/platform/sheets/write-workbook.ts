import { type Cell, type CellStyle, calculateColumnWidth, writeXlsx } from 'hucre/xlsx';
import { guardText } from './guard-text.ts';

type WorkbookCell = string | number | null;

interface WorkbookSheet {
  name: string;
  columns: readonly { label: string; kind: string }[];
  rows: readonly (readonly WorkbookCell[])[];
}

/** What an office's form has around its table, the same on every sheet. */
export interface OfficeForm {
  /** Above the table, in large letters across it; the name of the sheet follows. */
  title: string;
  /** Below the title: which version, of which day. */
  note: string;
  /** Below the table: who signs. */
  foot: string;
}

const FONT = 'Microsoft YaHei';
/** In letters: a title and who signs fit across a sheet of A4 that is filled so far. */
const FORM_WIDTH = 72;
const LINE = { style: 'thin' } as const;
const BOX: NonNullable<CellStyle['border']> = { top: LINE, right: LINE, bottom: LINE, left: LINE };

/** An .xlsx file: a heading row that stays in sight, widths that fit, numbers as numbers, and no text that could be a formula. */
export async function writeWorkbook(
  sheets: readonly WorkbookSheet[],
  title: string,
  form?: OfficeForm,
): Promise<Buffer> {
  const bytes = await writeXlsx({
    properties: { title },
    defaultFont: { name: FONT, size: 11 },
    sheets: sheets.map(({ name, columns, rows }) => {
      const headings = columns.map(({ label }) => guardText(label));
      const body = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? guardText(cell) : cell)));
      const above = form ? [[guardText(`${form.title} ${name}`)], [guardText(form.note)]] : [];
      const below = form ? [[], [guardText(form.foot)]] : [];
      const all = [...above, headings, ...body, ...below];
      const acrossRows = form ? [0, 1, all.length - 1] : [];
      const cells = new Map<string, Partial<Cell>>();
      const draw = (row: number, column: number, style: CellStyle) => {
        const value = all[row]?.[column] ?? null;
        const type = typeof value === 'number' ? 'number' : value === null ? 'empty' : 'string';
        cells.set(`${row},${column}`, { value, type, style });
      };
      for (const column of headings.keys()) {
        draw(above.length, column, { font: { name: FONT, size: 11, bold: true }, ...(form && { border: BOX }) });
        if (!form) continue;
        for (const row of body.keys()) draw(above.length + 1 + row, column, bodyStyle(columns[column]?.kind ?? ''));
      }
      if (form) {
        draw(0, 0, { font: { name: FONT, size: 16, bold: true }, alignment: { horizontal: 'center' } });
        draw(1, 0, { alignment: { horizontal: 'center' } });
        draw(all.length - 1, 0, { alignment: { horizontal: 'left' } });
      }
      const widths = columns.map((_, index) =>
        widthOf([headings[index] ?? '', ...body.map((row) => row[index] ?? null)]),
      );
      const missing = form ? FORM_WIDTH - widths.reduce((sum, width) => sum + width, 0) : 0;
      if (missing > 0) widths[0] = (widths[0] ?? 0) + missing;
      return {
        name: sheetName(name),
        columns: columns.map(({ kind }, index) => ({ width: widths[index] ?? 8, ...columnStyle(kind) })),
        rows: all,
        cells,
        merges: acrossRows.map((row) => ({ startRow: row, startCol: 0, endRow: row, endCol: columns.length - 1 })),
        freezePane: { rows: above.length + 1 },
        pageSetup: {
          paperSize: 'a4' as const,
          fitToPage: true,
          fitToWidth: 1,
          fitToHeight: 0,
          printTitlesRow: `$1:$${above.length + 1}`,
        },
      };
    }),
  });
  return Buffer.from(bytes);
}

function columnStyle(kind: string): { numFmt?: string; style?: CellStyle } {
  if (kind === 'yuan') return { numFmt: '0.00' };
  return kind === 'text' || kind === 'words' ? { style: { alignment: { wrapText: true, vertical: 'top' } } } : {};
}

/** A cell with a style of its own does without its column's. */
function bodyStyle(kind: string): CellStyle {
  const { numFmt, style } = columnStyle(kind);
  return { ...style, ...(numFmt !== undefined && { numFmt }), border: BOX };
}

/** At most 31 characters and none of those that separate a sheet from a cell. */
export function sheetName(name: string): string {
  return name.replace(/[\\/*?:[\]]/g, ' ').slice(0, 31);
}

function widthOf(cells: WorkbookCell[]): number {
  return calculateColumnWidth(cells, { minWidth: 8, maxWidth: 60 });
}
