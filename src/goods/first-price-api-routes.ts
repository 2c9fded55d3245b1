import { z } from 'zod';
import { viewerOf, villageOf } from '../people/index.ts';
import {
  centipoints,
  idempotencyHeaders,
  listOf,
  problems,
  signedIn,
  villageParams,
} from '../platform/http/api-schemas.ts';
import { rowNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { approveFirstPrices, declineFirstPrices } from './close-proposals.ts';
import { decideProposal } from './decide-proposal.ts';
import { proposals } from './proposals.ts';

const PAGE = 100;

const firstPrice = z.object({
  proposalId: z.int(),
  code: z.string(),
  name: z.string(),
  spec: z.string(),
  unit: z.string(),
  unitValueFen: z.int(),
  priceCentipoints: centipoints,
  proposedByName: z.string(),
  isOwn: z
    .boolean()
    .meta({ description: 'whoever asks added these goods or asked for the price, and decides nothing' }),
});

const named = z.array(rowNumber).min(1);

const decision = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('approve'), proposals: named }),
  z.object({ decision: z.literal('decline'), proposals: named, why: z.string().trim().min(1).max(100) }),
]);

/** First prices that wait, and all or some of them decided together. */
export const firstPriceApi: Routes = async (app, { db }) => {
  app.get(
    '/api/v1/villages/:village/first-prices',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'Goods whose first price waits for somebody’s approval',
        security: signedIn,
        params: villageParams,
        querystring: z.object({
          q: z.string().max(40).default('').meta({ description: 'name, pinyin, initials or code' }),
          cursor: rowNumber.optional(),
        }),
        response: { 200: listOf(firstPrice), ...problems },
      },
    },
    async (request) => {
      const { q: query, cursor } = request.query;
      const found = await proposals(db.sql, {
        villageId: villageOf(request).villageId,
        today: request.today,
        waitingFirst: true,
        query,
        after: cursor === undefined ? undefined : { isOpen: true, proposalId: cursor },
        limit: PAGE + 1,
      });
      const { personId } = viewerOf(request);
      const items = found.slice(0, PAGE).map((one) => ({
        ...one,
        priceCentipoints: one.priceCentipoints ?? 0,
        isOwn: 'refused' in decideProposal(one, 'approve', personId),
      }));
      return { items, ...(found.length > PAGE && { next: String(items.at(-1)?.proposalId) }) };
    },
  );

  app.post(
    '/api/v1/villages/:village/first-prices/decisions',
    {
      config: { access: 'goods.approve' },
      schema: {
        summary: 'Approve or decline several first prices together: all of them, or none',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: decision,
        response: {
          201: z.object({
            proposals: z.array(z.int()),
            operation: z.string().nullable().meta({ description: 'null when declined: nothing is recorded then' }),
            seqs: z.array(z.int()),
          }),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const input = {
        villageId: villageOf(request).villageId,
        proposalIds: body.proposals,
        recordedBy: viewerOf(request).personId,
        today: request.today,
      };
      if (body.decision === 'decline') {
        const declined = await db.sql.begin((tx) => declineFirstPrices(tx, { ...input, why: body.why }));
        if ('refused' in declined) return reply.refuse(declined);
        return reply.code(201).send({ proposals: declined.proposalIds, operation: null, seqs: [] });
      }
      const outcome = await approveFirstPrices(db, { ...input, idempotencyKey: request.headers['idempotency-key'] });
      if ('refused' in outcome) return reply.refuse(outcome);
      const { operationId: operation, acts } = outcome;
      return reply.code(201).send({ proposals: body.proposals, operation, seqs: acts.map(({ seq }) => seq) });
    },
  );
};
