import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { GoodsImportPage, GoodsImportPreviewPage } from '../../views/goods/import-pages.tsx';
import { type Translate, translate } from '../../views/shared/dictionary.ts';
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
import { MOST_ROWS } from '../platform/sheets/read-sheet.ts';
import type { ImportedRow } from './decide-goods-import.ts';
import { decideGoodsRows, foldZone, GOODS_COLUMNS, type GoodsColumn, type GoodsTable } from './decide-goods-rows.ts';
import { knownGoods } from './goods-item.ts';
import { readGoodsRow } from './goods-row.ts';
import { importGoods, isTaken, MOST_GOODS, previewGoods } from './import-goods.ts';
import { ZONES } from './shelf.ts';

const config = { access: 'goods.manage' } as const;

/** What the preview sends back: the rows that somebody has looked at. */
const carried = z
  .array(z.object({ row: z.int().min(1).max(MOST_ROWS), fields: z.record(z.string().max(20), z.string().max(200)) }))
  .max(MOST_GOODS);

/** 导入物品: a table, what would become of each row, and one press. Nothing is kept of a file before that press. */
export const goodsImportRoutes: FastifyPluginAsyncZod<RouteServices & { imports: Imports }> = async (
  app,
  { db, imports },
) => {
  const { sql } = db;

  app.get('/villages/:village/goods-imports/new', { config, schema: { params: villageParams } }, (request, reply) =>
    drawUpload(request, reply),
  );

  app.get(
    '/villages/:village/goods-imports/template.xlsx',
    { config, schema: { params: villageParams } },
    async (request, reply) => {
      const t = translate(request.locale);
      const goods = await knownGoods(sql, villageOf(request).villageId);
      const columns = GOODS_COLUMNS.map((column) => ({ label: t(`goods.import.${column}`), kind: 'text' }));
      const rows = goods.map((one) => [
        one.code,
        one.name,
        one.spec,
        one.unit,
        t(`goods.zone.${one.zone}`),
        one.unitValueFen / 100,
        one.barcode ?? '',
        one.monthMax ?? '',
        one.yearMax ?? '',
        one.reorder ?? '',
      ]);
      const name = t('goods.import.template');
      return sendWorkbook(reply, { name: `${name}.xlsx`, plainName: 'goods.xlsx', title: name }, [
        { name, columns, rows },
        {
          name: t('goods.import.zone'),
          columns: columns.slice(4, 5),
          rows: ZONES.map((zone) => [t(`goods.zone.${zone}`)]),
        },
      ]);
    },
  );

  app.post(
    '/villages/:village/goods-imports/previews',
    { config: { ...config, uploads: true }, schema: { params: villageParams } },
    async (request, reply) => {
      const sheet = await uploadedSheet(request);
      if ('refused' in sheet) return drawUpload(request, reply, sheet);
      const table = decideGoodsRows(sheet, wordsOf(translate(request.locale)));
      if (!table || table.rows.length === 0) return drawUpload(request, reply, { refused: 'goods_without_headings' });
      if (table.rows.length > MOST_GOODS) {
        return drawUpload(request, reply, { refused: 'sheet_too_large', mostRows: MOST_GOODS } as Refusal);
      }
      const preview = await previewGoods(sql, villageOf(request).villageId, table.rows.map(readGoodsRow));
      const taken = new Set(preview.rows.filter(isTaken).map(({ row }) => row));
      return reply.page(
        <GoodsImportPreviewPage
          {...outcomesOf(request, preview.rows)}
          hasPrices={table.hasPrices}
          carried={{
            rows: JSON.stringify(
              table.rows.filter(({ row }) => taken.has(row)).map(({ row, fields }) => ({ row, fields })),
            ),
            lookedAt: preview.lookedAt,
          }}
          problemRows={JSON.stringify(problemRowsOf(request, table, preview.rows))}
          idempotencyKey={newIdempotencyKey()}
        />,
      );
    },
  );

  app.post(
    '/villages/:village/goods-imports',
    {
      config,
      bodyLimit: MOST_CARRIED_BYTES,
      schema: { params: villageParams, body: z.record(z.string(), z.unknown()) },
    },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const rows = readCarried(carried, request.body['rows']);
      if (!rows) return drawUpload(request, reply, { refused: 'sheet_not_understood' });
      const idempotencyKey = keyOf(request.body);
      const recordedBy = viewerOf(request).personId;
      const lookedAt = lastOf(request.body['lookedAt']) ?? '';
      const importId = await imports.start(
        { villageId, kind: 'goods', importKey: idempotencyKey, startedBy: recordedBy, rowsInAll: rows.length },
        async (steps) => {
          const input = {
            villageId,
            idempotencyKey,
            recordedBy,
            today: request.today,
            rows: rows.map(readGoodsRow),
            lookedAt,
          };
          const outcome = await importGoods(db, input, takeTurns(steps, sql));
          if ('refused' in outcome) return outcome;
          const added = outcome.acts.filter(({ type }) => type === 'goods.add').length;
          return { added, limits: outcome.acts.length - added };
        },
      );
      return reply.redirect(`/villages/${code}/imports/${importId}`, 303);
    },
  );

  offerProblemRows(app, '/villages/:village/goods-imports/problems', config, (t) => t('goods.import.problemFile'));

  async function drawUpload(request: FastifyRequest, reply: FastifyReply, refusal?: Refusal): Promise<FastifyReply> {
    const running = await runningImport(sql, villageOf(request).villageId, 'goods');
    setStatus(reply, { errors: [], refusal });
    return reply.page(<GoodsImportPage notice={refusal && refusalNotice(request, refusal)} running={running} />);
  }
};

function outcomesOf(request: FastifyRequest, rows: readonly ImportedRow[]) {
  return {
    added: rows.filter((row) => row.outcome === 'new'),
    changed: rows.filter((row) => row.outcome === 'limits'),
    known: rows.filter((row) => row.outcome === 'same'),
    problems: rows.flatMap((row) =>
      row.outcome === 'problem' ? [{ row: row.row, written: row.written, reason: reasonOf(request, row) }] : [],
    ),
  };
}

function reasonOf({ locale }: FastifyRequest, row: Extract<ImportedRow, { outcome: 'problem' }>): string {
  const t = translate(locale);
  if (row.refusal) return refusalText(locale, row.refusal);
  return row.faults.map((fault) => t(`goods.import.fault.${fault}`)).join(t('goods.import.and'));
}

function problemRowsOf(
  request: FastifyRequest,
  { headings, rows }: GoodsTable,
  decided: readonly ImportedRow[],
): ProblemRows {
  return {
    headings: [...headings],
    rows: decided.flatMap((row, at) =>
      row.outcome === 'problem' ? [{ cells: [...(rows[at]?.cells ?? [])], reason: reasonOf(request, row) }] : [],
    ),
  };
}

/** The words of the reader's language under which the template was written; zones also as the county names them. */
function wordsOf(t: Translate): { labels: Map<string, GoodsColumn>; zones: Map<string, string> } {
  const chinese = translate('zh-CN');
  return {
    labels: new Map(GOODS_COLUMNS.map((column) => [foldHeading(t(`goods.import.${column}`)), column])),
    zones: new Map(
      [t, chinese].flatMap((words) => ZONES.map((zone) => [foldZone(words(`goods.zone.${zone}`)), zone] as const)),
    ),
  };
}
