import { calculateColumnWidth, writeXlsx } from 'hucre/xlsx';
import { guardText } from './guard-text.ts';

type WorkbookCell = string | number | null;

interface WorkbookSheet {
  name: string;
  columns: readonly { label: string; kind: string }[];
  rows: readonly (readonly WorkbookCell[])[];
}

/** An .xlsx file: a heading row that stays in sight, widths that fit, numbers as numbers, and no text that could be a formula. */
export async function writeWorkbook(sheets: readonly WorkbookSheet[], title: string): Promise<Buffer> {
  const bytes = await writeXlsx({
    properties: { title },
    defaultFont: { name: 'Microsoft YaHei', size: 11 },
    sheets: sheets.map(({ name, columns, rows }) => {
      const headings = columns.map(({ label }) => guardText(label));
      const body = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? guardText(cell) : cell)));
      return {
        name: sheetName(name),
        columns: columns.map(({ kind }, index) => ({
          width: widthOf([headings[index] ?? '', ...body.map((row) => row[index] ?? null)]),
          ...(kind === 'yuan' && { numFmt: '0.00' }),
          ...((kind === 'text' || kind === 'words') && {
            style: { alignment: { wrapText: true, vertical: 'top' as const } },
          }),
        })),
        rows: [headings, ...body],
        cells: new Map(
          headings.map((heading, index) => [
            `0,${index}`,
            { value: heading, type: 'string' as const, style: { font: { bold: true } } },
          ]),
        ),
        freezePane: { rows: 1 },
        pageSetup: {
          paperSize: 'a4' as const,
          fitToPage: true,
          fitToWidth: 1,
          fitToHeight: 0,
          printTitlesRow: '$1:$1',
        },
      };
    }),
  });
  return Buffer.from(bytes);
}

/** At most 31 characters and none of those that separate a sheet from a cell. */
export function sheetName(name: string): string {
  return name.replace(/[\\/*?:[\]]/g, ' ').slice(0, 31);
}

function widthOf(cells: WorkbookCell[]): number {
  return calculateColumnWidth(cells, { minWidth: 8, maxWidth: 60 });
}
