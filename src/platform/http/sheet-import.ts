/** What every import of a table shares: the file that was chosen, and the rows that have to be mended as a file to take away. */
import type { FastifyContextConfig, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Translate, translate } from '../../../views/shared/dictionary.ts';
import { readSheet, SHEET_TOO_LARGE, type Sheet } from '../sheets/read-sheet.ts';
import { villageParams } from './api-schemas.ts';
import { readCarried } from './form-fields.ts';
import type { Refusal } from './refusals.ts';
import type { Routes } from './route-services.ts';
import { sendWorkbook } from './send-workbook.ts';

export async function uploadedSheet({ uploads }: FastifyRequest): Promise<Sheet | Refusal> {
  const [file] = uploads.files;
  if (uploads.refused) return SHEET_TOO_LARGE;
  return file ? readSheet(file.content) : { refused: 'no_sheet_chosen' };
}

/** A preview of a long list sends back more than an ordinary form does. */
export const MOST_CARRIED_BYTES = 4 * 1024 * 1024;

export type ProblemRows = z.infer<typeof problemRows>;

const cell = z.string().max(300);
const problemRows = z.object({
  headings: z.array(cell).max(40),
  rows: z.array(z.object({ cells: z.array(cell).max(40), reason: z.string().max(1_000) })).max(5_000),
});

/** The rows that could not be taken, with the reason behind each, as a workbook: mended there, it is imported again. */
export function offerProblemRows(
  app: Parameters<Routes>[0],
  url: string,
  config: FastifyContextConfig,
  fileName: (t: Translate) => string,
): void {
  app.post(
    url,
    {
      config,
      bodyLimit: MOST_CARRIED_BYTES,
      schema: { params: villageParams, body: z.record(z.string(), z.unknown()) },
    },
    async (request, reply) => {
      const found = readCarried(problemRows, request.body['rows']);
      if (!found) return reply.refuse({ refused: 'sheet_not_understood' });
      const t = translate(request.locale);
      return sendProblemRows(reply, found, { name: fileName(t), reason: t('shared.import.what') });
    },
  );
}

function sendProblemRows(
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
