/** Long lists as text with commas: read page by page and sent as they are read, so that no list is too long for the server's memory. */
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { attachment } from './send-workbook.ts';

type Cell = string | number | null;

/** By this mark Excel knows that the text is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

export function sendCsv(
  reply: FastifyReply,
  { name, plainName }: { name: string; plainName: string },
  headings: readonly string[],
  pages: AsyncIterable<readonly (readonly Cell[])[]>,
): FastifyReply {
  async function* text() {
    yield BYTE_ORDER_MARK + csvLine(headings);
    for await (const rows of pages) yield rows.map(csvLine).join('');
  }
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', attachment(name, plainName))
    .send(Readable.from(text()));
}

export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

/** A text that begins like a formula would be one as soon as the file is opened; the apostrophe makes it text for good. */
function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const guarded = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
