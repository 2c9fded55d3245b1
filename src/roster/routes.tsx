import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RosterDonePage, RosterPreviewPage, RosterUploadPage } from '../../views/roster/roster-pages.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { villagerGroups } from '../cards/index.ts';
import { villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { lastOf, readCarried } from '../platform/http/form-fields.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { sendWorkbook } from '../platform/http/send-workbook.ts';
import { offerProblemRows, type ProblemRows, uploadedSheet } from '../platform/http/sheet-import.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { MOST_ROWS } from '../platform/sheets/read-sheet.ts';
import { decideColumns } from './decide-columns.ts';
import type { DecidedRoster } from './decide-roster.ts';
import { importRoster, MOST_HOUSEHOLDS, previewRoster } from './import-roster.ts';
import { readRoster } from './read-roster.ts';

const access = 'household.register';

const household = z.object({
  row: z.int().min(1).max(MOST_ROWS),
  groupId: z.int32().positive(),
  headName: z.string().max(20),
  memberCount: z.int().min(1).max(99),
  phone: z.string().max(20).nullable(),
});

/** What the preview sends back: the households that somebody has looked at. */
const confirmed = z.array(household).max(MOST_HOUSEHOLDS);

/** 导入花名册: a file, what would become of each row, and one press. Nothing is kept of a file before that press. */
export const rosterRoutes: Routes = async (app, { db }) => {
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
    { config: { access }, schema: { params: villageParams, body: z.record(z.string(), z.unknown()) } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const households = readCarried(confirmed, request.body['households']);
      const idempotencyKey = (lastOf(request.body['idempotencyKey']) ?? '').slice(0, 150);
      if (!households || idempotencyKey === '') {
        return drawUpload(request, reply, { refused: 'sheet_not_understood' });
      }
      const outcome = await importRoster(sql, { villageId, idempotencyKey, households });
      if ('refused' in outcome) return drawUpload(request, reply, outcome);
      return reply.redirect(`/villages/${code}/roster/done?count=${outcome.imported}`, 303);
    },
  );

  app.get(
    '/villages/:village/roster/template.xlsx',
    { config: { access }, schema: { params: villageParams } },
    async (request, reply) => {
      const t = translate(request.locale);
      const groups = await villagerGroups(sql, villageOf(request).villageId);
      const labels = [t('roster.head'), t('roster.group'), t('roster.membersHead'), t('roster.phoneHead')];
      const names = { name: `${t('roster.template')}.xlsx`, plainName: 'roster.xlsx', title: t('roster.template') };
      const columns = labels.map((label) => ({ label, kind: 'text' }));
      return sendWorkbook(reply, names, [
        { name: t('roster.template'), columns, rows: [] },
        { name: t('roster.group'), columns: columns.slice(1, 2), rows: groups.map(({ name }) => [name]) },
      ]);
    },
  );

  offerProblemRows(app, '/villages/:village/roster/problems', { access }, (t) => t('roster.problemFile'));

  app.get(
    '/villages/:village/roster/done',
    {
      config: { access },
      schema: { params: villageParams, querystring: z.object({ count: z.coerce.number().int().min(0).catch(0) }) },
    },
    (request, reply) => reply.page(<RosterDonePage count={request.query.count} />),
  );

  /** Each household with all its lines, as they stood there; identity numbers stay where they are. */
  function problemRowsOf(
    { locale }: FastifyRequest,
    rows: readonly (readonly string[])[],
    listed: readonly { row: number }[],
    problems: DecidedRoster['problems'],
  ): ProblemRows {
    const t = translate(locale);
    const found = decideColumns(rows);
    const keeps = (_: string, at: number) => at !== found?.columns.identity;
    const ends = new Map(listed.map(({ row }, at) => [row, (listed[at + 1]?.row ?? rows.length + 1) - 1]));
    return {
      headings: (rows[found?.headingRow ?? 0] ?? []).filter(keeps),
      rows: problems.flatMap(({ row, problems: kinds }) =>
        rows.slice(row - 1, ends.get(row)).map((cells, at) => ({
          cells: cells.filter(keeps),
          reason: at > 0 ? '' : kinds.map((kind) => t(`roster.problem.${kind}`)).join(t('roster.and')),
        })),
      ),
    };
  }

  function drawUpload(request: FastifyRequest, reply: FastifyReply, refusal?: Refusal): FastifyReply {
    if (refusal) reply.code(refusalStatus(refusal));
    return reply.page(<RosterUploadPage refusal={refusal && refusalText(request.locale, refusal)} />);
  }
};
