/** Long lists as a file: read page by page and sent as they are read, so that no list is too long for the server's memory. */
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { FastifyReply } from 'fastify';
import { writeXlsxStream } from 'hucre/xlsx';
import { guardText } from '../sheets/guard-text.ts';
import { sheetName } from '../sheets/write-workbook.ts';
import { attachment, WORKBOOK_TYPE } from './send-workbook.ts';

export type ListCell = string | number | null;

export const LIST_FORMATS = ['csv', 'xlsx'] as const;

export interface SentList {
  /** For people, without its ending, and one in plain letters for browsers that know no other. */
  name: string;
  plainName: string;
  columns: readonly { label: string; isYuan: boolean }[];
  pages: AsyncIterable<readonly (readonly ListCell[])[]>;
}

/** By this mark Excel knows that the text is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

export function sendList(reply: FastifyReply, list: SentList, format: (typeof LIST_FORMATS)[number]): FastifyReply {
  reply.header('content-disposition', attachment(`${list.name}.${format}`, `${list.plainName}.${format}`));
  return format === 'csv'
    ? reply.type('text/csv; charset=utf-8').send(Readable.from(csv(list)))
    : reply.type(WORKBOOK_TYPE).send(Readable.fromWeb(workbook(list)));
}

async function* csv({ columns, pages }: SentList) {
  yield BYTE_ORDER_MARK + csvLine(columns.map(({ label }) => label));
  for await (const rows of pages) yield rows.map(csvLine).join('');
}

export function csvLine(cells: readonly ListCell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: ListCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const guarded = guardText(cell);
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Widths go by the headings, because nobody waits for the last row before the first is sent. */
const LETTER_WIDTH = 2.2;
const LEAST_WIDTH = 12;

function workbook({ name, columns, pages }: SentList): ReadableStream<Uint8Array> {
  async function* rows() {
    for await (const page of pages) {
      for (const row of page) yield row.map((cell) => (typeof cell === 'string' ? guardText(cell) : cell));
    }
  }
  return writeXlsxStream(rows(), {
    name: sheetName(name),
    columns: columns.map(({ label, isYuan }) => ({
      header: guardText(label),
      width: Math.max(LEAST_WIDTH, label.length * LETTER_WIDTH),
      ...(isYuan && { numFmt: '0.00' }),
    })),
    freezePane: { rows: 1 },
  }) as ReadableStream<Uint8Array>;
}
