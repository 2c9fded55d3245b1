import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { RosterPreviewPage, RosterUploadPage } from '../../views/roster/roster-pages.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { villagerGroups } from '../cards/index.ts';
import { type Imports, runningImport } from '../imports/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { cardNumber, villageParams } from '../platform/http/api-schemas.ts';
import { lastOf, readCarried } from '../platform/http/form-fields.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { RouteServices } from '../platform/http/route-services.ts';
import { sendWorkbook } from '../platform/http/send-workbook.ts';
import {
  MOST_CARRIED_BYTES,
  offerProblemRows,
  type ProblemRows,
  uploadedSheet,
} from '../platform/http/sheet-import.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { MOST_ROWS } from '../platform/sheets/read-sheet.ts';
import { decideColumns } from './decide-columns.ts';
import type { DecidedRoster, ListedHousehold } from './decide-roster.ts';
import { importRoster, previewRoster, RosterChanged } from './import-roster.ts';
import { readRoster } from './read-roster.ts';

const access = 'household.register';

const names = z.array(z.string().max(20)).max(99);

/** What the preview sends back: the households that somebody has looked at, without names for their parts, for there may be thousands. */
const confirmed = z
  .array(
    z
      .tuple([
        z.int().min(1).max(MOST_ROWS),
        z.int32().positive(),
        z.string().max(20),
        z.int().min(1).max(99),
        z.string().max(20).nullable(),
        names,
      ])
      .transform(([row, groupId, headName, memberCount, phone, members]) => ({
        row,
        groupId,
        headName,
        memberCount,
        phone,
        names: members,
      })),
  )
  .max(MOST_ROWS);

/** Of those who are on the list already: the card, and who is to be named. */
const confirmedNames = z
  .array(z.tuple([cardNumber, names.min(1)]).transform(([number, members]) => ({ number, names: members })))
  .max(MOST_ROWS);

/** 导入花名册: a file, what would become of each row, and one press. Nothing is kept of a file before that press. */
export const rosterRoutes: FastifyPluginAsyncZod<RouteServices & { imports: Imports }> = async (
  app,
  { db, imports },
) => {
  const { sql } = db;

  app.get('/villages/:village/roster', { config: { access }, schema: { params: villageParams } }, (request, reply) =>
    drawUpload(request, reply),
  );

  app.post(
    '/villages/:village/roster/previews',
    { config: { access, uploads: true }, schema: { params: villageParams } },
    async (request, reply) => {
      const rows = await uploadedSheet(request);
      if ('refused' in rows) return drawUpload(request, reply, rows);
      const roster = readRoster(rows);
      if ('refused' in roster) return drawUpload(request, reply, roster);
      const { villageId } = villageOf(request);
      const [decided, groups] = await Promise.all([
        previewRoster(sql, villageId, roster.households),
        villagerGroups(sql, villageId),
      ]);
      return reply.page(
        <RosterPreviewPage
          {...decided}
          problemRows={JSON.stringify(problemRowsOf(request, rows, roster.households, decided.problems))}
          groups={groups}
          hasIdentities={roster.hasIdentities}
          idempotencyKey={newIdempotencyKey()}
        />,
      );
    },
  );

  app.post(
    '/villages/:village/roster/imports',
    {
      config: { access },
      bodyLimit: MOST_CARRIED_BYTES,
      schema: { params: villageParams, body: z.record(z.string(), z.unknown()) },
    },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const households = readCarried(confirmed, request.body['households']);
      const named = readCarried(confirmedNames, request.body['named'] ?? '[]');
      const idempotencyKey = (lastOf(request.body['idempotencyKey']) ?? '').slice(0, 130);
      if (!households || !named || idempotencyKey === '') {
        return drawUpload(request, reply, { refused: 'sheet_not_understood' });
      }
      const { personId } = viewerOf(request);
      const input = { villageId, idempotencyKey, recordedBy: personId, today: request.today, households, named };
      const importId = await imports.start(
        {
          villageId,
          kind: 'households',
          importKey: idempotencyKey,
          startedBy: personId,
          rowsInAll: households.length + named.length,
        },
        (steps) =>
          sql
            .begin((tx) => importRoster(tx, input, steps))
            .catch((error: unknown) => {
              if (error instanceof RosterChanged) return { ...error.refusal };
              throw error;
            }),
      );
      return reply.redirect(`/villages/${code}/imports/${importId}`, 303);
    },
  );

  app.get(
    '/villages/:village/roster/template.xlsx',
    { config: { access }, schema: { params: villageParams } },
    async (request, reply) => {
      const t = translate(request.locale);
      const groups = await villagerGroups(sql, villageOf(request).villageId);
      const labels = [
        t('roster.head'),
        t('roster.group'),
        t('roster.membersHead'),
        t('roster.phoneHead'),
        t('roster.namesHead'),
      ];
      const names = { name: `${t('roster.template')}.xlsx`, plainName: 'roster.xlsx', title: t('roster.template') };
      const columns = labels.map((label) => ({ label, kind: 'text' }));
      return sendWorkbook(reply, names, [
        { name: t('roster.template'), columns, rows: [] },
        { name: t('roster.group'), columns: columns.slice(1, 2), rows: groups.map(({ name }) => [name]) },
      ]);
    },
  );

  offerProblemRows(app, '/villages/:village/roster/problems', { access }, (t) => t('roster.problemFile'));

  /** Each household with all its lines, as they stood there; identity numbers stay where they are. */
  function problemRowsOf(
    { locale }: FastifyRequest,
    rows: readonly (readonly string[])[],
    listed: readonly ListedHousehold[],
    problems: DecidedRoster['problems'],
  ): ProblemRows {
    const t = translate(locale);
    const found = decideColumns(rows);
    const keeps = (_: string, at: number) => at !== found?.columns.identity;
    const linesOf = new Map(listed.map((household) => [household.row, household.rows]));
    return {
      headings: (rows[found?.headingRow ?? 0] ?? []).filter(keeps),
      rows: problems.flatMap(({ row, problems: kinds }) =>
        (linesOf.get(row) ?? []).map((line, at) => ({
          cells: (rows[line - 1] ?? []).filter(keeps),
          reason: at > 0 ? '' : kinds.map((kind) => t(`roster.problem.${kind}`)).join(t('roster.and')),
        })),
      ),
    };
  }

  async function drawUpload(request: FastifyRequest, reply: FastifyReply, refusal?: Refusal): Promise<FastifyReply> {
    const running = await runningImport(sql, villageOf(request).villageId, 'households');
    if (refusal) reply.code(refusalStatus(refusal));
    return reply.page(<RosterUploadPage refusal={refusal && refusalText(request.locale, refusal)} running={running} />);
  }
};
