import type { FastifyReply } from 'fastify';
import { type OfficeForm, writeWorkbook } from '../sheets/write-workbook.ts';

export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A workbook to take away: its name for people, and one in plain letters for browsers that know no other. */
export async function sendWorkbook(
  reply: FastifyReply,
  { name, plainName, title }: { name: string; plainName: string; title: string },
  sheets: Parameters<typeof writeWorkbook>[0],
  form?: OfficeForm,
): Promise<FastifyReply> {
  return reply
    .type(WORKBOOK_TYPE)
    .header('content-disposition', attachment(name, plainName))
    .send(await writeWorkbook(sheets, title, form));
}

export function attachment(name: string, plainName: string): string {
  return `attachment; filename="${plainName}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}
