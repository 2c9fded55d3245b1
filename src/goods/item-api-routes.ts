import { z } from 'zod';
import { viewerOf, villageOf } from '../people/index.ts';
import {
  centipoints,
  day,
  idempotencyHeaders,
  listOf,
  problems,
  signedIn,
  villageParams,
} from '../platform/http/api-schemas.ts';
import { rowNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { WRITE_OFF_CAUSES } from './causes.ts';
import { approveProposal, closeProposal } from './close-proposals.ts';
import { priceHistory } from './price-history.ts';
import { placeText, proposalPlace } from './proposal-place.ts';
import { proposals } from './proposals.ts';
import { proposeChange } from './propose-change.ts';
import { renameGoods } from './rename-goods.ts';
import { priceByRate, setTerms } from './set-terms.ts';

const itemParams = villageParams.extend({ goods: z.string().min(1).max(40) });
const proposalParams = villageParams.extend({ proposal: rowNumber });
const PAGE = 50;
const written = z.object({ seq: z.int(), operation: z.string(), recordedAt: z.iso.datetime() });
const most = z.int().min(1).max(9_999).nullable();

const priceAnswer = z.object({
  seq: z.int(),
  priceCentipoints: centipoints,
  effectiveOn: day,
  decidedOn: day,
  method: z.enum(['rate', 'hand', 'newRate', 'first']),
});

const proposalAnswer = z.object({
  proposalId: z.int(),
  kind: z.enum(['price', 'first', 'writeoff']),
  state: z.enum(['open', 'approved', 'declined', 'withdrawn']),
  code: z.string(),
  priceCentipoints: centipoints.nullable(),
  lotId: z.int().nullable(),
  quantity: z.int().nullable(),
  reason: z.string(),
  proposedByName: z.string(),
  decidedByName: z.string().nullable(),
  decidedWhy: z.string().nullable(),
});

const proposalBody = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('price'),
    priceCentipoints: z.int().min(1).max(10_000_000),
    reason: z.string().trim().min(1).max(100),
  }),
  z.object({
    kind: z.literal('writeoff'),
    lotId: z.int().min(1),
    quantity: z.int().min(1).max(9_999),
    reason: z.enum(WRITE_OFF_CAUSES),
  }),
]);

/** Prices and their history, limits, and what waits for a second person's word. */
export const itemApi: Routes = async (app, { db }) => {
  app.get(
    '/api/v1/villages/:village/goods/:goods/prices',
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'What goods cost and cost before',
        params: itemParams,
        response: { 200: listOf(priceAnswer), ...problems },
      },
    },
    async (request) => ({ items: await priceHistory(db.sql, villageOf(request).villageId, request.params.goods) }),
  );

  app.post(
    '/api/v1/villages/:village/goods/:goods/prices',
    {
      config: { access: 'goods.manage' },
      schema: {
        summary: 'Price goods by the village’s rate, from tomorrow on',
        security: signedIn,
        params: itemParams,
        headers: idempotencyHeaders,
        response: { 201: written, ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await priceByRate(db, { ...actOf(request), code: request.params.goods });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send(writtenOf(outcome));
    },
  );

  app.post(
    '/api/v1/villages/:village/goods/:goods/terms',
    {
      config: { access: 'goods.manage' },
      schema: {
        summary: 'Set what a household may fetch, and when more is needed',
        security: signedIn,
        params: itemParams,
        headers: idempotencyHeaders,
        body: z.object({ monthMax: most, yearMax: most, reorder: most }),
        response: { 201: written, ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await setTerms(db, { ...actOf(request), code: request.params.goods, ...request.body });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send(writtenOf(outcome));
    },
  );

  app.post(
    '/api/v1/villages/:village/goods/:goods/names',
    {
      config: { access: 'goods.manage' },
      schema: {
        summary: 'Another name for goods that the village added; what is recorded keeps the name of its day',
        security: signedIn,
        params: itemParams,
        headers: idempotencyHeaders,
        body: z.object({ name: z.string().trim().min(1).max(30) }),
        response: { 201: written, ...problems },
      },
    },
    async (request, reply) => {
      const name = request.body.name.normalize('NFKC');
      const outcome = await renameGoods(db, { ...actOf(request), code: request.params.goods, name });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send(writtenOf(outcome));
    },
  );

  app.post(
    '/api/v1/villages/:village/goods/:goods/proposals',
    {
      config: { access: 'goods.manage' },
      schema: {
        summary: 'Ask for a price by hand, or for goods to be written off',
        security: signedIn,
        params: itemParams,
        body: proposalBody,
        response: { 201: z.object({ proposalId: z.int() }), ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { personId } = viewerOf(request);
      const change = { ...request.body, code: request.params.goods };
      const outcome = await proposeChange(db.sql, { villageId, personId, today: request.today, change });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(outcome);
    },
  );

  app.get(
    '/api/v1/villages/:village/goods-proposals',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'What waits for a second person’s word, and what was decided',
        security: signedIn,
        params: villageParams,
        querystring: z.object({ before: proposalPlace.optional() }),
        response: { 200: listOf(proposalAnswer), ...problems },
      },
    },
    async (request) => {
      const { villageId } = villageOf(request);
      const after = request.query.before;
      const found = await proposals(db.sql, { villageId, today: request.today, after, limit: PAGE + 1 });
      const items = found.slice(0, PAGE);
      const last = items.at(-1);
      return { items, ...(found.length > PAGE && last && { next: placeText(last) }) };
    },
  );

  app.post(
    '/api/v1/villages/:village/goods-proposals/:proposal/decisions',
    {
      config: { access: 'goods.approve' },
      schema: {
        summary: 'Decide on what somebody else asked for',
        security: signedIn,
        params: proposalParams,
        body: z.object({
          decision: z.enum(['approve', 'decline']),
          why: z.string().trim().max(100).optional().meta({ description: 'needed to decline a first price' }),
        }),
        response: { 201: z.object({ proposalId: z.int(), seq: z.int().nullable() }), ...problems },
      },
    },
    async (request, reply) => {
      const proposalId = request.params.proposal;
      const { villageId } = villageOf(request);
      const input = { villageId, proposalId, recordedBy: viewerOf(request).personId, today: request.today };
      if (request.body.decision === 'decline') {
        const closed = await closeProposal(db.sql, { ...input, why: request.body.why }, 'decline');
        return 'refused' in closed ? reply.refuse(closed) : reply.code(201).send({ proposalId, seq: null });
      }
      const outcome = await approveProposal(db, input);
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send({ proposalId, seq: outcome.acts[0]?.seq ?? null });
    },
  );
};

type ActRequest = Parameters<typeof viewerOf>[0] & { headers: { 'idempotency-key': string } };

function actOf(request: ActRequest) {
  return {
    villageId: villageOf(request).villageId,
    idempotencyKey: request.headers['idempotency-key'],
    recordedBy: viewerOf(request).personId,
    today: request.today,
  };
}

function writtenOf({
  operationId,
  recordedAt,
  acts,
}: {
  operationId: string;
  recordedAt: string;
  acts: { seq: number }[];
}) {
  return { seq: acts[0]?.seq ?? 0, operation: operationId, recordedAt };
}
