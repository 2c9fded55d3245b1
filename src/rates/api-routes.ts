import { z } from 'zod';
import { villageTerms } from '../ledger/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import {
  centipoints,
  day,
  idempotencyHeaders,
  problems,
  signedIn,
  villageParams,
} from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { changeRate, MOST_FEN_PER_POINT } from './change-rate.ts';
import { rateHistory } from './rate-history.ts';

const fenPerPoint = z.int().min(1).max(MOST_FEN_PER_POINT).meta({ description: 'what a point is worth, in fen' });

const answer = z.object({
  fenPerPoint,
  changes: z.array(
    z.object({
      seq: z.int(),
      changedOn: day,
      wasFen: fenPerPoint,
      fenPerPoint,
      beforeCentipoints: centipoints.meta({ description: 'what all households held' }),
      afterCentipoints: centipoints,
      rounding: z.int().meta({ description: 'what rounding up gave to households, in hundredths of a fen' }),
    }),
  ),
});

/** 分值 as JSON. */
export const rateApi: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/api/v1/villages/:village/rate',
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'What a point is worth, and what it was worth before',
        params: villageParams,
        response: { 200: answer, ...problems },
      },
    },
    (request) => readRate(villageOf(request).villageId),
  );

  app.post(
    '/api/v1/villages/:village/rate',
    {
      config: { access: 'setting.change' },
      schema: {
        summary:
          'A point is worth something else from now on: everybody’s points are converted and the shelf is priced anew',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({
          fenPerPoint,
          reason: z.string().trim().min(2).max(100).meta({ description: 'who decided it and when' }),
        }),
        response: { 201: answer, ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const outcome = await changeRate(db, {
        ...request.body,
        villageId,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send(await readRate(villageId));
    },
  );

  async function readRate(villageId: number) {
    const [terms, changes] = await Promise.all([villageTerms(sql, villageId), rateHistory(sql, villageId)]);
    return { fenPerPoint: terms.fenPerPoint, changes };
  }
};
