import { z } from 'zod';
import { CAUSES } from '../goods/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { listOf, problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import { rowNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { KINDS_BY_HAND, STOCKTAKE_KINDS, stocktakes } from './stocktake.ts';
import { moveOn, nameCauses, openStocktake, postStocktake, saveCounts } from './take-stock.ts';

const params = villageParams.extend({ stocktake: rowNumber });
const security = signedIn;
const done = z.object({ stocktakeId: z.int() });

const stocktakeAnswer = z.object({
  stocktakeId: z.int(),
  kind: z.enum(STOCKTAKE_KINDS),
  state: z.enum(['counting', 'reviewing', 'posted', 'abandoned']),
  openedByName: z.string(),
  secondCounter: z.string(),
  cursor: z.int().meta({ description: 'how many acts the record held when it was opened' }),
  seq: z.int().nullable(),
  surplusFen: z.int().nullable(),
  shortageFen: z.int().nullable(),
});

/** Counts of the shelf. None of these says what should be there while it is counted. */
export const stocktakeApi: Routes = async (app, { db }) => {
  app.get(
    '/api/v1/villages/:village/stocktakes',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'The counts of a village, newest first',
        security,
        params: villageParams,
        querystring: z.object({ before: rowNumber.optional() }),
        response: { 200: listOf(stocktakeAnswer), ...problems },
      },
    },
    async (request) => {
      const { villageId } = villageOf(request);
      return { items: await stocktakes(db.sql, villageId, { beforeId: request.query.before, limit: 50 }) };
    },
  );

  app.post(
    '/api/v1/villages/:village/stocktakes',
    {
      config: { access: 'goods.manage' },
      schema: {
        summary: 'Begin a count',
        security,
        params: villageParams,
        body: z.object({ kind: z.enum(KINDS_BY_HAND), secondCounter: z.string().trim().max(40) }),
        response: { 201: done, ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await openStocktake(db.sql, { ...askerOf(request), ...request.body });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(outcome);
    },
  );

  app.post(
    '/api/v1/villages/:village/stocktakes/:stocktake/counts',
    {
      config: { access: 'goods.manage' },
      schema: {
        summary: 'Say how many were counted',
        security,
        params,
        body: z.object({
          countedAt: z.iso.datetime({ offset: true }).optional(),
          counts: z.array(z.object({ code: z.string().max(40), counted: z.int().min(0).max(99_999) })).max(1_000),
        }),
        response: { 201: z.object({ saved: z.int() }), ...problems },
      },
    },
    async (request, reply) => {
      const { counts, countedAt } = request.body;
      const outcome = await saveCounts(db.sql, {
        ...askerOf(request),
        stocktakeId: request.params.stocktake,
        counts,
        countedAt: countedAt === undefined ? undefined : new Date(countedAt),
      });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(outcome);
    },
  );

  app.post(
    '/api/v1/villages/:village/stocktakes/:stocktake/steps',
    {
      config: { access: 'goods.manage' },
      schema: {
        summary: 'Go on to the review, back to the counting, or abandon a count',
        security,
        params,
        body: z.object({ step: z.enum(['review', 'recount', 'abandon']) }),
        response: { 201: done, ...problems },
      },
    },
    async (request, reply) => {
      const one = { ...askerOf(request), stocktakeId: request.params.stocktake };
      const outcome = await moveOn(db.sql, one, request.body.step);
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(outcome);
    },
  );

  app.post(
    '/api/v1/villages/:village/stocktakes/:stocktake/causes',
    {
      config: { access: 'goods.manage' },
      schema: {
        summary: 'Say why there is more or less',
        security,
        params,
        body: z.object({
          causes: z.array(z.object({ code: z.string().max(40), cause: z.enum(CAUSES) })).max(1_000),
        }),
        response: { 201: done, ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { causes } = request.body;
      const outcome = await nameCauses(db.sql, { villageId, stocktakeId: request.params.stocktake, causes });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(outcome);
    },
  );

  app.post(
    '/api/v1/villages/:village/stocktakes/:stocktake/postings',
    {
      config: { access: 'goods.check' },
      schema: {
        summary: 'Record a count with its differences',
        security,
        params,
        response: { 201: z.object({ seq: z.int(), operation: z.string(), recordedAt: z.iso.datetime() }), ...problems },
      },
    },
    async (request, reply) => {
      const one = { ...askerOf(request), stocktakeId: request.params.stocktake, today: request.today };
      const outcome = await postStocktake(db, one);
      if ('refused' in outcome) return reply.refuse(outcome);
      const { operationId, recordedAt, acts } = outcome;
      return reply.code(201).send({ seq: acts[0]?.seq ?? 0, operation: operationId, recordedAt });
    },
  );
};

function askerOf(request: Parameters<typeof viewerOf>[0]) {
  return { villageId: villageOf(request).villageId, personId: viewerOf(request).personId };
}
