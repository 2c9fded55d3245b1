import { z } from 'zod';
import { cardByNumber } from '../cards/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import {
  cardNumber,
  day,
  idempotencyHeaders,
  problems,
  signedIn,
  villageParams,
} from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { callNext } from './call-number.ts';
import { NUMBER_STATES } from './decide-number.ts';
import { publicQueue } from './queue.ts';
import { takeNumber } from './take-number.ts';

const number = z.int().min(1).max(999);

const queueAnswer = z.object({
  day,
  isOpen: z.boolean().meta({ description: 'numbers are given now' }),
  lastNumber: z.int(),
  waiting: z.int(),
  called: z.array(number).meta({ description: 'called and not done with, at any counter' }),
});

/** 取号叫号 for programs: a screen in the hall, a machine that gives numbers, a button under the counter. */
export const queueApi: Routes = async (app, { db: { sql } }) => {
  app.get(
    '/api/v1/villages/:village/queue',
    {
      config: { access: 'everybody' },
      schema: {
        summary: "Today's queue in numbers, nobody's name",
        params: villageParams,
        response: { 200: queueAnswer, ...problems },
      },
    },
    async (request) => ({
      day: request.today,
      ...(await publicQueue(sql, { villageId: villageOf(request).villageId, day: request.today })),
    }),
  );

  app.post(
    '/api/v1/villages/:village/queue/numbers',
    {
      config: { access: 'goods.redeem' },
      schema: {
        summary: 'Take the next number of today',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({
          card: cardNumber.optional().meta({ description: 'left out: for whoever stands there' }),
        }),
        response: { 201: z.object({ number }), ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { card } = request.body;
      const household = card === undefined ? null : await cardByNumber(sql, villageId, card);
      if (card !== undefined && !household) return reply.refuse({ refused: 'unknown_card', number: card });
      const outcome = await sql.begin((tx) =>
        takeNumber(tx, {
          villageId,
          day: request.today,
          householdId: household?.householdId ?? null,
          idempotencyKey: request.headers['idempotency-key'],
        }),
      );
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send({ number: outcome.number });
    },
  );

  app.post(
    '/api/v1/villages/:village/queue/calls',
    {
      config: { access: 'goods.redeem' },
      schema: {
        summary: 'Call the next number to this sign-in',
        security: signedIn,
        params: villageParams,
        body: z.object({
          after: number.nullable().meta({
            description: 'whom this sign-in called last, null for nobody: a request that is sent twice calls once',
          }),
          hasCome: z.boolean().default(true).meta({ description: 'whether that one came' }),
        }),
        response: {
          200: z.object({
            number: number.nullable().meta({ description: 'null: nobody waits' }),
            before: z.object({ number, state: z.enum(NUMBER_STATES) }).nullable(),
          }),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { sessionId } = viewerOf(request);
      const place = { villageId, day: request.today, sessionId };
      const outcome = await sql.begin((tx) => callNext(tx, { ...place, ...request.body }));
      return 'refused' in outcome ? reply.refuse(outcome) : outcome;
    },
  );
};
