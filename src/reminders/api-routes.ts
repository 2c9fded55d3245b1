import { z } from 'zod';
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
import { lastOf, seqNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { closeReminder } from './close-reminder.ts';
import { REMINDER_STATES } from './decide-reminder.ts';
import { giveReminder } from './give-reminder.ts';
import { REMINDER_VIEWS, type Reminder, reminderBySeq, reminderList } from './reminders.ts';

const reminderAnswer = z.object({
  seq: z.int().meta({ description: 'number of the act that gave it' }),
  state: z.enum(REMINDER_STATES),
  card: cardNumber,
  household: z.string(),
  rule: z.string(),
  ruleName: z.string(),
  pointsCentipoints: centipoints.meta({ description: 'what it would cost' }),
  givenOn: day,
  due: day.meta({ description: 'the first day on which points may be taken' }),
  note: z.string().nullable().meta({ description: 'what is to be put right; null when it was erased' }),
  by: z.string(),
  closed: z.object({ seq: z.int(), on: day, by: z.string(), note: z.string().nullable() }).nullable(),
  deductSeq: z.int().nullable().meta({ description: 'number of the deduction that stands on it' }),
});

const listQuery = z.object({
  view: z.enum(REMINDER_VIEWS).default('standing'),
  q: z.preprocess((value) => lastOf(value) ?? '', z.string().max(40)),
  before: seqNumber.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const reminderParams = villageParams.extend({ seq: seqNumber });

const note = z.string().trim().min(2).max(100);

/** 提醒单 as JSON. */
export const reminderApi: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/api/v1/villages/:village/reminders',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'Written reminders before points are taken, the latest first',
        security: signedIn,
        params: villageParams,
        querystring: listQuery,
        response: { 200: z.object({ items: z.array(reminderAnswer), next: z.int().optional() }), ...problems },
      },
    },
    async (request) => {
      const { view, q, before, limit } = request.query;
      const window = { view, today: request.today, query: q, beforeSeq: before, limit: limit + 1 };
      const found = await reminderList(sql, villageOf(request).villageId, window);
      const items = found.slice(0, limit).map(answerOf);
      const last = items.at(-1);
      return { items, ...(found.length > limit && last && { next: last.seq }) };
    },
  );

  app.post(
    '/api/v1/villages/:village/reminders',
    {
      config: { access: 'points.award' },
      schema: {
        summary: 'Remind a household of a rule',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({ card: cardNumber, rule: z.string().min(1).max(40), note }),
        response: { 201: reminderAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { card: number, ...body } = request.body;
      const outcome = await giveReminder(db, {
        villageId,
        number,
        ...body,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send(await answerBySeq(villageId, outcome.acts[0]?.seq ?? -1));
    },
  );

  app.post(
    '/api/v1/villages/:village/reminders/:seq/closing',
    {
      config: { access: 'points.award' },
      schema: {
        summary: 'It was put right: nothing is deducted on it any more',
        security: signedIn,
        params: reminderParams,
        headers: idempotencyHeaders,
        body: z.object({ note }),
        response: { 201: reminderAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { seq } = request.params;
      const outcome = await closeReminder(db, {
        villageId,
        seq,
        note: request.body.note,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send(await answerBySeq(villageId, seq));
    },
  );

  async function answerBySeq(villageId: number, seq: number) {
    const reminder = await reminderBySeq(sql, villageId, seq);
    if (!reminder) throw new Error('a reminder that was recorded is not there');
    return answerOf(reminder);
  }
};

function answerOf(reminder: Reminder): z.infer<typeof reminderAnswer> {
  const { seq, state, rule, ruleName, pointsCentipoints, givenOn, due, note: words, by, closed, deductSeq } = reminder;
  return {
    seq,
    state,
    card: reminder.number,
    household: reminder.headName,
    rule,
    ruleName,
    pointsCentipoints,
    givenOn,
    due,
    note: words,
    by,
    closed,
    deductSeq,
  };
}
