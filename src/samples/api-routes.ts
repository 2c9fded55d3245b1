import { z } from 'zod';
import { viewerOf, villageOf } from '../people/index.ts';
import { monthText } from '../platform/calendar-text.ts';
import { day, idempotencyHeaders, problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { LINE_STATES } from './decide-sample.ts';
import { SAMPLE_KINDS } from './draw-sample.ts';
import { type Sample, samples } from './samples.ts';
import { checkLine, publishSeed } from './take-sample.ts';

const sampleAnswer = z.object({
  month: monthText,
  seq: z.int().meta({ description: 'number of the act that published the seed' }),
  seed: z
    .string()
    .meta({ description: 'of each kind the smallest SHA-256 of <seed>:<kind>:<act>[:<goods>] were drawn' }),
  drawnOn: day,
  lines: z.array(
    z.object({
      kind: z.enum(SAMPLE_KINDS),
      seq: z.int(),
      item: z.string().nullable(),
      state: z.enum(LINE_STATES),
      note: z.string(),
    }),
  ),
});

/** 每月抽查 as JSON. */
export const sampleApi: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/api/v1/villages/:village/samples',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'The monthly samples, the newest first',
        security: signedIn,
        params: villageParams,
        response: { 200: z.object({ items: z.array(sampleAnswer) }), ...problems },
      },
    },
    async (request) => ({ items: (await samples(sql, villageOf(request).villageId)).map(answerOf) }),
  );

  app.post(
    '/api/v1/villages/:village/samples',
    {
      config: { access: 'sample.draw' },
      schema: {
        summary: 'Publish the seed of a month that is over, which draws its sample',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({ month: monthText }),
        response: { 201: sampleAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { month } = request.body;
      const outcome = await publishSeed(db, {
        villageId,
        month,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send(await answerFor(villageId, month));
    },
  );

  app.post(
    '/api/v1/villages/:village/samples/:month/checks',
    {
      config: { access: 'sample.draw' },
      schema: {
        summary: 'What was seen of one drawn line; a finding opens a problem',
        security: signedIn,
        params: villageParams.extend({ month: monthText }),
        headers: idempotencyHeaders,
        body: z.object({
          kind: z.enum(SAMPLE_KINDS),
          seq: z.int().min(0),
          item: z.string().max(64).nullable().default(null),
          good: z.boolean(),
          note: z.string().trim().max(200).default(''),
        }),
        response: { 201: sampleAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { month } = request.params;
      const { kind, seq, item, good, note } = request.body;
      const outcome = await checkLine(db, {
        villageId,
        month,
        line: { kind, seq, item },
        isGood: good,
        note,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send(await answerFor(villageId, month));
    },
  );

  async function answerFor(villageId: number, month: string) {
    const sample = (await samples(sql, villageId)).find((one) => one.month === month);
    if (!sample) throw new Error(`the sample of ${month} is not there`);
    return answerOf(sample);
  }
};

function answerOf({ lines, ...sample }: Sample) {
  return { ...sample, lines: lines.map(({ kind, seq, item, state, note }) => ({ kind, seq, item, state, note })) };
}
