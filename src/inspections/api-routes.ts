import { z } from 'zod';
import { viewerOf, villageOf } from '../people/index.ts';
import { photosById } from '../photos/index.ts';
import { monthText } from '../platform/calendar-text.ts';
import { addDays, monthOf } from '../platform/clock.ts';
import {
  cardNumber,
  centipoints,
  day,
  idempotencyHeaders,
  problems,
  signedIn,
  villageParams,
} from '../platform/http/api-schemas.ts';
import { lastOf } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { villageSettings } from '../settings/index.ts';
import { VISIT_STATES } from './decide-inspection.ts';
import { listVisits, VISIT_FILTERS } from './list-visits.ts';
import { planVisits } from './plan-visits.ts';
import { monthRatings } from './ratings.ts';
import { recordInspection } from './record-inspection.ts';
import { type Visited, visits } from './visits.ts';

const mark = z.int().min(0).max(2);

const result = z.object({
  seq: z.int(),
  day,
  checklist: z.string(),
  marks: z.array(z.array(mark)).meta({ description: 'one row for each assessor' }),
  median: z.array(mark),
  total: z.int(),
  passed: z.boolean(),
  revisit: day.nullable(),
});

const visitAnswer = z.object({
  card: cardNumber,
  household: z.string(),
  state: z.enum(VISIT_STATES),
  due: day.nullable(),
  assessors: z.array(z.string()),
  results: z.array(result),
});

const posted = z.object({ items: z.array(visitAnswer), seqs: z.array(z.int()) });

/** 五净一规范 as JSON. */
export const inspectionApi: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/api/v1/villages/:village/inspections',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'Households and their visits, the most urgent first',
        security: signedIn,
        params: villageParams,
        querystring: z.object({
          state: z.enum(VISIT_FILTERS).default('all'),
          q: z.preprocess((value) => lastOf(value) ?? '', z.string().max(40)),
          after: z.string().max(10).default(''),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
        response: { 200: z.object({ items: z.array(visitAnswer), next: z.string().optional() }), ...problems },
      },
    },
    async (request) => {
      const { state, q, after, limit } = request.query;
      const all = await visits(sql, villageOf(request).villageId);
      const { items, next } = listVisits(all, { filter: state, text: q, after, limit });
      return { items: items.map(answerOf), ...(next !== null && { next }) };
    },
  );

  app.post(
    '/api/v1/villages/:village/inspections/plans',
    {
      config: { access: 'inspection.plan' },
      schema: {
        summary: 'Say who visits which households: drawn from those who may go, or named',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({
          cards: z.array(cardNumber).min(1).max(2_000),
          people: z.array(z.string().trim().min(1).max(20)).min(1).max(50),
          draw: z.boolean().default(true),
          due: day,
        }),
        response: { 201: posted, ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { cards, people, draw, due } = request.body;
      const outcome = await planVisits(db, {
        villageId,
        cards: [...new Set(cards)],
        people,
        isDrawn: draw,
        due,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send(await answerFor(villageId, cards, outcome.acts));
    },
  );

  app.post(
    '/api/v1/villages/:village/inspections/results',
    {
      config: { access: 'inspection.record' },
      schema: {
        summary: 'What the assessors marked',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({
          occurredOn: day.optional(),
          revisit: day.optional().meta({ description: 'for households that fail; left out, as the village set it' }),
          lines: z
            .array(z.object({ card: cardNumber, marks: z.array(z.array(mark).max(12)).max(5) }))
            .min(1)
            .max(500),
          photos: z.array(z.string().max(40)).max(4).default([]),
        }),
        response: { 201: posted, ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const recordedBy = viewerOf(request).personId;
      const { occurredOn = request.today, revisit, lines, photos: ids } = request.body;
      const numbers = lines.map(({ card }) => card);
      const twice = numbers.find((number, place) => numbers.indexOf(number) !== place);
      if (twice !== undefined) return reply.refuse({ refused: 'duplicate_card', number: twice });
      const photos = await photosById(sql, { villageId, purpose: 'inspection', addedBy: recordedBy, ids });
      if ('refused' in photos) return reply.refuse(photos);
      const { revisitDays } = await villageSettings(sql, villageId);
      const outcome = await recordInspection(db, {
        villageId,
        occurredOn,
        revisit: revisit ?? addDays(request.today, revisitDays),
        lines,
        photos,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy,
        today: request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send(await answerFor(villageId, numbers, outcome.acts));
    },
  );

  app.get(
    '/api/v1/villages/:village/inspections/ratings',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'What the visits of a month propose; points are given by the awards',
        security: signedIn,
        params: villageParams,
        querystring: z.object({ month: monthText.optional() }),
        response: {
          200: z.object({
            month: z.string(),
            items: z.array(
              z.object({
                grade: z.enum(['excellent', 'good', 'pass']),
                rule: z.object({ code: z.string(), name: z.string(), pointsCentipoints: centipoints }).nullable(),
                households: z.array(
                  z.object({
                    card: cardNumber,
                    total: z.int(),
                    seq: z.int(),
                    isBestOfGroup: z.boolean(),
                    award: z
                      .object({ seq: z.int(), waits: z.boolean() })
                      .nullable()
                      .meta({ description: 'what it has by this rule for this month already, or what waits' }),
                  }),
                ),
              }),
            ),
          }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { today } = request;
      const month = request.query.month ?? monthOf(today);
      return { month, items: await monthRatings(sql, { villageId: villageOf(request).villageId, month, today }) };
    },
  );

  async function answerFor(villageId: number, cards: readonly string[], acts: readonly { seq: number }[]) {
    const named = new Set(cards);
    const items = (await visits(sql, villageId)).filter(({ card }) => named.has(card.number)).map(answerOf);
    return { items, seqs: acts.map(({ seq }) => seq) };
  }
};

function answerOf({ card, state, due, plan, results }: Visited) {
  return {
    card: card.number,
    household: card.headName,
    state,
    due,
    assessors: plan?.assessors ?? [],
    results: results.map(({ seq, day: on, checklist, marks, median, total, passed, revisit }) => ({
      seq,
      day: on,
      checklist,
      marks,
      median,
      total,
      passed,
      revisit,
    })),
  };
}
