import type { FastifyReply } from 'fastify';
import { writeWorkbook } from '../sheets/write-workbook.ts';

/** A workbook to take away: its name for people, and one in plain letters for browsers that know no other. */
export async function sendWorkbook(
  reply: FastifyReply,
  { name, plainName, title }: { name: string; plainName: string; title: string },
  sheets: Parameters<typeof writeWorkbook>[0],
): Promise<FastifyReply> {
  return reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header('content-disposition', attachment(name, plainName))
    .send(await writeWorkbook(sheets, title));
}

export function attachment(name: string, plainName: string): string {
  return `attachment; filename="${plainName}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}

/** The rows of an import that could not be taken, with the reason behind each: mended there, the file is imported again. */
export function sendProblemRows(
  reply: FastifyReply,
  { headings, rows }: ProblemRows,
  words: { name: string; reason: string },
): Promise<FastifyReply> {
  const columns = [...headings, words.reason].map((label) => ({ label, kind: 'text' }));
  const width = columns.length - 1;
  const cells = rows.map(({ cells: row, reason }) => [
    ...Array.from({ length: width }, (_, at) => row[at] ?? ''),
    reason,
  ]);
  return sendWorkbook(reply, { name: `${words.name}.xlsx`, plainName: 'problems.xlsx', title: words.name }, [
    { name: words.name, columns, rows: cells },
  ]);
}

export interface ProblemRows {
  headings: string[];
  rows: { cells: string[]; reason: string }[];
}
