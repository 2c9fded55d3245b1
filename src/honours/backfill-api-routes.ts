import { z } from 'zod';
import { MOST_TIMES } from '../claims/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import {
  cardNumber,
  centipoints,
  day,
  idempotencyHeaders,
  problems,
  signedIn,
  villageParams,
} from '../platform/http/api-schemas.ts';
import { seqNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { backfillHonour } from './backfill-honour.ts';
import { backfills } from './backfills.ts';

const seq = z.int().min(0).meta({ description: "number in the village's public record" });

const backfillAnswer = z.object({
  seq,
  day,
  honourCentipoints: centipoints,
  ruleName: z.string(),
  times: z.int(),
  meeting: z.string(),
  by: z.string(),
  card: cardNumber.nullable(),
  household: z.string().nullable(),
  withdrawn: z.boolean(),
});

/** 补录成荣誉 as JSON. */
export const backfillApi: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/api/v1/villages/:village/honours/backfills',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'What was entered too late for points and counts as honour, the newest first',
        security: signedIn,
        params: villageParams,
        querystring: z.object({
          before: seqNumber.optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: { 200: z.object({ items: z.array(backfillAnswer), next: seq.optional() }), ...problems },
      },
    },
    async (request) => {
      const { before = Number.MAX_SAFE_INTEGER, limit } = request.query;
      const older = (await backfills(sql, villageOf(request).villageId)).filter((one) => one.seq < before);
      const items = older.slice(0, limit).map(({ household, withdrawn, ...backfill }) => ({
        ...backfill,
        card: household?.card ?? null,
        household: household?.name ?? null,
        withdrawn: withdrawn !== null,
      }));
      return { items, ...(older.length > limit && { next: items.at(-1)?.seq }) };
    },
  );

  app.post(
    '/api/v1/villages/:village/honours/backfills',
    {
      config: { access: 'points.award' },
      schema: {
        summary: 'Honour for what was done too long ago for points; /honours/withdrawals takes it back',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({
          card: cardNumber,
          rule: z.string().min(1).max(40),
          occurredOn: day,
          times: z.int().min(1).max(MOST_TIMES).default(1),
          meeting: z.string().trim().min(2).max(200),
        }),
        response: { 201: z.object({ operation: z.string(), seqs: z.array(seq) }), ...problems },
      },
    },
    async (request, reply) => {
      const { card: number, ...question } = request.body;
      const outcome = await backfillHonour(db, {
        villageId: villageOf(request).villageId,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
        ...question,
        number,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send({ operation: outcome.operationId, seqs: outcome.acts.map((act) => act.seq) });
    },
  );
};
