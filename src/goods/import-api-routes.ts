import { z } from 'zod';
import { viewerOf, villageOf } from '../people/index.ts';
import { centipoints, idempotencyHeaders, problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { addedGoods } from './add-goods.ts';
import type { GoodsFault, GoodsRow } from './decide-goods-import.ts';
import { importGoods, MOST_GOODS, previewGoods } from './import-goods.ts';
import { isBarcode, MOST_FEN } from './new-goods-form.ts';
import { ZONES } from './shelf.ts';

const most = z.int().min(1).max(9_999).nullable();

const body = z.object({
  goods: z
    .array(
      z.object({
        code: z.string().trim().max(20).optional(),
        name: z.string().trim().min(1).max(30),
        spec: z.string().trim().max(30).default(''),
        unit: z.string().trim().min(1).max(6).optional(),
        zone: z.enum(ZONES).optional(),
        barcode: z.string().refine(isBarcode).optional(),
        unitValueFen: z.int().min(1).max(MOST_FEN).optional(),
        monthMax: most.optional(),
        yearMax: most.optional(),
        reorder: most.optional(),
      }),
    )
    .min(1)
    .max(MOST_GOODS),
});

const outcome = z.object({
  /** Its place in the list, from 1. */
  row: z.int(),
  outcome: z.enum(['new', 'limits', 'same', 'problem']),
  code: z.string().optional(),
  priceCentipoints: centipoints.optional(),
  /** Somebody else approves that price before anybody may have them. */
  waits: z.boolean().optional(),
  differences: z.array(z.string()).optional(),
  faults: z.array(z.string()).optional(),
  refusal: z.object({ refused: z.string() }).nullish(),
});

const config = { access: 'goods.manage' } as const;

/** 导入物品 by programs: what a list would do, and doing it, all of it or nothing. */
export const goodsImportApi: Routes = async (app, { db }) => {
  app.post(
    '/api/v1/villages/:village/goods-import-previews',
    {
      config,
      schema: {
        summary: 'What a list of goods would do; nothing is written',
        security: signedIn,
        params: villageParams,
        body,
        response: { 200: z.object({ items: z.array(outcome) }), ...problems },
      },
    },
    async (request) => {
      const preview = await previewGoods(db.sql, villageOf(request).villageId, request.body.goods.map(rowOf));
      return { items: preview.rows.map((row) => ('faults' in row ? { ...row, faults: [...row.faults] } : row)) };
    },
  );

  app.post(
    '/api/v1/villages/:village/goods-imports',
    {
      config,
      schema: {
        summary: 'Add what a list has that the village has not, and set its limits: all of it or nothing',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body,
        response: {
          201: z.object({
            operation: z.string(),
            recordedAt: z.iso.datetime(),
            seqs: z.array(z.int()),
            added: z
              .array(z.object({ seq: z.int(), code: z.string(), priceCentipoints: centipoints, waits: z.boolean() }))
              .meta({
                description: 'those that wait nobody may have before their price is approved: see first-prices',
              }),
          }),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const imported = await importGoods(db, {
        villageId,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
        rows: request.body.goods.map(rowOf),
      });
      if ('refused' in imported) return reply.refuse(imported);
      const { operationId: operation, recordedAt, acts } = imported;
      const added = await addedGoods(db.sql, villageId, imported);
      return reply.code(201).send({ operation, recordedAt, seqs: acts.map(({ seq }) => seq), added });
    },
  );
};

function rowOf(given: z.infer<typeof body>['goods'][number], index: number): GoodsRow {
  const { code = '', name, spec, unit = '', zone = '', barcode = null, unitValueFen = 0 } = given;
  const missing = (field: GoodsFault, isThere: boolean) => (isThere ? [] : [field]);
  return {
    row: index + 1,
    code,
    goods: { name, spec, unit, zone, barcode, unitValueFen },
    faults: [...missing('unit', unit !== ''), ...missing('zone', zone !== ''), ...missing('value', unitValueFen > 0)],
    limits: {
      ...(given.monthMax !== undefined && { monthMax: given.monthMax }),
      ...(given.yearMax !== undefined && { yearMax: given.yearMax }),
      ...(given.reorder !== undefined && { reorder: given.reorder }),
    },
  };
}
