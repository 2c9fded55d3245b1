import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { RuleImportPage, RuleImportPreviewPage } from '../../views/rules/rule-import-pages.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { type Imports, runningImport, takeTurns } from '../imports/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf, readCarried } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { RouteServices } from '../platform/http/route-services.ts';
import { sendWorkbook } from '../platform/http/send-workbook.ts';
import {
  MOST_CARRIED_BYTES,
  offerProblemRows,
  type ProblemRows,
  uploadedSheet,
} from '../platform/http/sheet-import.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { foldHeading } from '../platform/sheets/decide-table.ts';
import { ruleCategories } from './categories.ts';
import { decideRuleRows, RULE_COLUMNS, type RuleColumn } from './decide-rule-rows.ts';
import { importRules, type PreviewedRow, previewRules, type TableDecision } from './import-rules.ts';
import { ERRORS, meetingRecord, readRuleChange } from './rule-form.ts';
import { APPROVAL_PATHS, CAP_PER, CAP_PERIODS, isOwnRule, lastRuleVersions, villageRules } from './village-rules.ts';

const config = { access: 'rule.change' } as const;
const anyBody = z.record(z.string(), z.unknown());

/** The most rows that one table may bring. */
const MOST_RULES = 500;

const confirmed = z
  .array(
    z.object({
      row: z.int(),
      code: z.string().max(40).nullable(),
      body: z.record(z.string().max(20), z.string().max(200)),
    }),
  )
  .max(MOST_RULES);

type T = ReturnType<typeof translate>;

/** 导入细则: a table, what would become of each row, and one press. Each row is a rule change of its own; they are recorded together. */
export const ruleImportRoutes: FastifyPluginAsyncZod<RouteServices & { imports: Imports }> = async (
  app,
  { db, imports },
) => {
  const { sql } = db;

  app.get('/villages/:village/rule-imports/new', { config, schema: { params: villageParams } }, (request, reply) =>
    drawUpload(request, reply, { meeting: '', effectiveFrom: request.today }),
  );

  app.get(
    '/villages/:village/rule-imports/template.xlsx',
    { config, schema: { params: villageParams } },
    async (request, reply) => {
      const t = translate(request.locale);
      const rules = await villageRules(sql, villageOf(request).villageId, request.today);
      const columns = RULE_COLUMNS.map((column) => ({ label: labelOf(column, t), kind: 'text' }));
      const points = (centipoints: number | null) => (centipoints === null ? '' : centipoints / 100);
      const rows = rules.map((rule) => [
        rule.code,
        ruleCategories.find(({ code }) => code === rule.category)?.name ?? '',
        rule.name,
        points(rule.pointsCentipoints),
        rule.unit,
        rule.capPeriod === null ? '' : t(`rules.period.${rule.capPeriod}`),
        rule.capMaxCount ?? '',
        points(rule.capMaxCentipoints === null ? null : Math.abs(rule.capMaxCentipoints)),
        rule.capPeriod === null ? '' : t(`rules.capPer.${rule.capPer}`),
        rule.evidence,
        t(`rules.approval.${rule.approvalPath}`),
        rule.decidedBy,
        '',
      ]);
      const name = t('rules.import.template');
      return sendWorkbook(reply, { name: `${name}.xlsx`, plainName: 'rules.xlsx', title: name }, [
        { name, columns, rows },
      ]);
    },
  );

  app.post(
    '/villages/:village/rule-imports/previews',
    { config: { ...config, uploads: true }, schema: { params: villageParams } },
    async (request, reply) => {
      const body = (request.body ?? {}) as Record<string, unknown>;
      const decision = {
        meeting: (lastOf(body['meeting']) ?? '').slice(0, 60),
        effectiveFrom: (lastOf(body['effectiveFrom']) ?? '').slice(0, 10),
      };
      const t = translate(request.locale);
      const errors = [
        ...(meetingRecord.safeParse(decision.meeting).success
          ? []
          : [{ name: 'meeting', message: t('rules.form.meetingError') }]),
        ...(z.iso.date().safeParse(decision.effectiveFrom).success
          ? []
          : [{ name: 'effectiveFrom', message: t('rules.form.effectiveFromError') }]),
      ];
      if (errors.length > 0) return drawUpload(request, reply, decision, { errors });
      const sheet = await uploadedSheet(request);
      if ('refused' in sheet) return drawUpload(request, reply, decision, { refusal: sheet });
      const { villageId } = villageOf(request);
      const rules = (await lastRuleVersions(sql, villageId)).map(({ code, name, isEnded }) => ({
        code,
        name,
        isOver: isEnded && isOwnRule(code),
      }));
      const table = decideRuleRows(sheet, { rules, ...wordsOf(t) });
      if (!table) return drawUpload(request, reply, decision, { refusal: { refused: 'rules_without_headings' } });
      if (table.rows.length > MOST_RULES) {
        return drawUpload(request, reply, decision, {
          refusal: { refused: 'sheet_too_large', mostRows: MOST_RULES } as Refusal,
        });
      }
      const previewed = await previewRules(sql, villageId, table.rows, decision, request.today);
      return drawPreview(request, reply, table.headings, previewed);
    },
  );

  app.post(
    '/villages/:village/rule-imports',
    { config, bodyLimit: MOST_CARRIED_BYTES, schema: { params: villageParams, body: anyBody } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const rows = readCarried(confirmed, request.body['rows']);
      const values = { meeting: '', effectiveFrom: request.today };
      if (!rows) return drawUpload(request, reply, values, { refusal: { refused: 'sheet_not_understood' } });
      const changes = rows.map(({ code: rule, body }) => readRuleChange(rule, body));
      const read = changes.flatMap((one) => ('change' in one ? [one.change] : []));
      const idempotencyKey = keyOf(request.body);
      if (read.length < changes.length) {
        return drawUpload(request, reply, values, { refusal: { refused: 'sheet_not_understood' } });
      }
      const by = { villageId, idempotencyKey, recordedBy: viewerOf(request).personId, today: request.today };
      const lookedAt = lastOf(request.body['lookedAt']) ?? '';
      const importId = await imports.start(
        { villageId, kind: 'rules', importKey: idempotencyKey, startedBy: by.recordedBy, rowsInAll: rows.length },
        async (steps) => {
          const outcome = await importRules(db, { ...by, changes: read, lookedAt }, takeTurns(steps, sql));
          return 'refused' in outcome ? outcome : { imported: outcome.acts.length };
        },
      );
      return reply.redirect(`/villages/${code}/imports/${importId}`, 303);
    },
  );

  offerProblemRows(app, '/villages/:village/rule-imports/problems', config, (t) => t('rules.import.problemFile'));

  async function drawUpload(
    request: FastifyRequest,
    reply: FastifyReply,
    values: TableDecision,
    { errors = [], refusal }: { errors?: { name: string; message: string }[]; refusal?: Refusal } = {},
  ): Promise<FastifyReply> {
    const running = await runningImport(sql, villageOf(request).villageId, 'rules');
    setStatus(reply, { errors, refusal });
    return reply.page(
      <RuleImportPage
        values={values}
        errors={errors}
        notice={refusal && refusalNotice(request, refusal)}
        running={running}
      />,
    );
  }
};

function drawPreview(
  { locale }: FastifyRequest,
  reply: FastifyReply,
  headings: readonly string[],
  { rows: previewed, lookedAt }: Awaited<ReturnType<typeof previewRules>>,
): FastifyReply {
  const t = translate(locale);
  const reasonOf = (row: Extract<PreviewedRow, { outcome: 'problem' }>) =>
    row.refusal ? refusalText(locale, row.refusal) : row.wrong.map((field) => t(ERRORS[field])).join('；');
  const problems = previewed.flatMap((row) => (row.outcome === 'problem' ? [{ ...row, reason: reasonOf(row) }] : []));
  const changes = previewed.flatMap((row) =>
    row.outcome === 'problem' || row.outcome === 'same'
      ? []
      : [
          {
            row: row.row,
            code: row.code,
            body: row.body,
            outcome: row.outcome,
            name: row.after.name,
            before: row.before,
            after: row.outcome === 'end' ? null : row.after,
          },
        ],
  );
  const problemRows: ProblemRows = {
    headings: [...headings],
    rows: problems.map(({ cells, reason }) => ({ cells: [...cells], reason })),
  };
  return reply.page(
    <RuleImportPreviewPage
      changes={changes}
      problems={problems.map(({ row, fields, reason }) => ({ row, name: fields['name'] ?? '', reason }))}
      same={previewed.filter(({ outcome }) => outcome === 'same').length}
      carried={{ rows: JSON.stringify(changes.map(({ row, code, body }) => ({ row, code, body }))), lookedAt }}
      problemRows={JSON.stringify(problemRows)}
      idempotencyKey={newIdempotencyKey()}
    />,
  );
}

function labelOf(column: RuleColumn, t: T): string {
  const shared = { name: 'rules.name', points: 'rules.points', unit: 'rules.unit' } as const;
  if (column === 'name' || column === 'points' || column === 'unit') return t(shared[column]);
  if (column === 'evidence') return t('rules.evidence');
  if (column === 'approvalPath') return t('rules.approval');
  return t(`rules.import.${column}`);
}

/** The words of the reader's language under which the template was written. */
function wordsOf(t: T): { labels: Map<string, RuleColumn>; values: Map<string, string> } {
  return {
    labels: new Map(RULE_COLUMNS.map((column) => [foldHeading(labelOf(column, t)), column])),
    values: new Map([
      ...ruleCategories.map(({ code, name }) => [`category ${foldHeading(name)}`, code] as const),
      ...CAP_PERIODS.map((period) => [`capPeriod ${foldHeading(t(`rules.period.${period}`))}`, period] as const),
      ...CAP_PER.map((whose) => [`capPer ${foldHeading(t(`rules.capPer.${whose}`))}`, whose] as const),
      ...APPROVAL_PATHS.map((path) => [`approvalPath ${foldHeading(t(`rules.approval.${path}`))}`, path] as const),
    ]),
  };
}
