import { z } from 'zod';
import { reverseActs } from '../ledger/index.ts';
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
import { seqNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { type Act, actBySeq, actsOfOperation, readActs } from './acts.ts';

const seqField = z.int().min(0).meta({ description: "number in the village's public record, from 0 without a gap" });

const actAnswer = z.object({
  seq: seqField,
  id: z.string(),
  type: z.string().meta({ examples: ['points.award', 'points.redeem', 'stock.in'] }),
  occurredOn: day,
  recordedAt: z.iso.datetime(),
  amountCentipoints: centipoints.nullable(),
  facts: z.record(z.string(), z.unknown()).meta({ description: 'public facts, as in the leaf' }),
  leafHash: z.string().meta({ description: 'base64 of the leaf hash in the Merkle tree' }),
  reversesSeq: seqField.nullable(),
  reversedBySeq: seqField.nullable(),
});

const actsQuery = z.object({
  from: seqNumber.default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

const reason = z.string().trim().min(1).max(200);

const reversalBody = z.union([
  z.object({ seq: seqField, reason }),
  z.object({ operation: z.string().min(1).max(40), reason }),
]);

const reversalAnswer = z.object({
  operation: z.string(),
  recordedAt: z.iso.datetime(),
  acts: z.array(
    z.object({
      seq: seqField,
      reversesSeq: seqField,
      card: z.string().nullable(),
      amountCentipoints: centipoints.nullable(),
      balanceAfterCentipoints: centipoints.nullable(),
    }),
  ),
});

export const journalApi: Routes = async (app, { db }) => {
  app.get(
    '/api/v1/villages/:village/acts',
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'The public record in order',
        params: villageParams,
        querystring: actsQuery,
        response: { 200: listOf(actAnswer), ...problems },
      },
    },
    async (request) => {
      const { from, limit } = request.query;
      const newestFirst = await readActs(db.sql, villageOf(request).villageId, { from, limit: limit + 1 }, false);
      const acts = newestFirst.reverse();
      const next = acts[limit];
      return { items: acts.slice(0, limit).map(publicAct), ...(next && { next: String(next.seq) }) };
    },
  );

  app.get(
    '/api/v1/villages/:village/acts/:seq',
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'One act of the public record',
        params: villageParams.extend({ seq: seqNumber }),
        response: { 200: actAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const act = await actBySeq(db.sql, villageOf(request).villageId, request.params.seq, false);
      return act ? publicAct(act) : reply.refuse({ refused: 'unknown_act' });
    },
  );

  app.post(
    '/api/v1/villages/:village/reversals',
    {
      config: { access: 'act.reverse', freshProof: true },
      schema: {
        summary: 'Reverse one act, or all acts of one operation',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: reversalBody,
        response: { 201: reversalAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { body } = request;
      const outcome = await reverseActs(db, {
        villageId,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        which: 'seq' in body ? { seq: body.seq } : { operationId: body.operation },
        reason: body.reason,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      const acts = await actsOfOperation(db.sql, villageId, outcome.operationId, true);
      return reply.code(201).send({
        operation: outcome.operationId,
        recordedAt: outcome.recordedAt,
        acts: acts.map(({ seq, reversesSeq, amountCentipoints, internal }) => ({
          seq,
          reversesSeq: reversesSeq ?? 0,
          card: internal?.cardNumber ?? null,
          amountCentipoints,
          balanceAfterCentipoints: internal?.balanceAfterCentipoints ?? null,
        })),
      });
    },
  );
};

function publicAct(act: Act) {
  const { seq, id, type, occurredOn, amountCentipoints, facts, reversesSeq, reversedBySeq } = act;
  return {
    seq,
    id,
    type,
    occurredOn,
    recordedAt: act.recordedAt.toISOString(),
    amountCentipoints,
    facts,
    leafHash: act.leafHash.toString('base64'),
    reversesSeq,
    reversedBySeq,
  };
}
