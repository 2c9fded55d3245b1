import { z } from 'zod';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { photosById } from '../photos/index.ts';
import {
  cardNumber,
  centipoints,
  day,
  idempotencyHeaders,
  problems,
  signedIn,
  villageParams,
} from '../platform/http/api-schemas.ts';
import { rowNumber, seqNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { type Activity, activities } from './activities.ts';
import { ACTIVITY_KINDS } from './activity-kinds.ts';
import { awardActivity, previewActivityAward } from './award-activity.ts';
import { ACTIVITY_STATES } from './decide-activity.ts';
import { recordActivity } from './record-activity.ts';

const seq = z.int().min(0).meta({ description: "number in the village's public record" });
const kind = z.enum(ACTIVITY_KINDS);

const activityAnswer = z.object({
  activity: seq,
  kind,
  occurredOn: day,
  name: z.string(),
  place: z.string(),
  rule: z.string().nullable(),
  state: z.enum(ACTIVITY_STATES),
  attended: z.int(),
  attendance: z.array(
    z.object({
      card: cardNumber.nullable(),
      household: z.string().nullable(),
      members: z.string(),
      award: z.object({ centipoints, seq, waits: z.boolean() }).nullable(),
    }),
  ),
});

const activityParams = villageParams.extend({ activity: seqNumber });

/** 集体活动 as JSON. */
export const activitiesApi: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/api/v1/villages/:village/activities',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'Activities with who came and what they got, the newest first',
        security: signedIn,
        params: villageParams,
        querystring: z.object({
          before: rowNumber.default(1_000_000_000),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: { 200: z.object({ items: z.array(activityAnswer), next: z.int().optional() }), ...problems },
      },
    },
    async (request) => {
      const { before, limit } = request.query;
      const older = (await activities(sql, villageOf(request).villageId)).filter((one) => one.seq < before);
      const items = older.slice(0, limit);
      return { items: items.map(answerOf), ...(older.length > limit && { next: items.at(-1)?.seq }) };
    },
  );

  app.post(
    '/api/v1/villages/:village/activities',
    {
      config: { access: 'activity.record' },
      schema: {
        summary: 'Record an activity and who came',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({
          kind,
          name: z.string().trim().min(2).max(60),
          place: z.string().trim().min(1).max(60),
          occurredOn: day.optional(),
          rule: z.string().min(1).max(40).optional().meta({ description: 'by which everybody who came gets points' }),
          attendance: z
            .array(z.object({ card: cardNumber, members: z.string().trim().max(60).default('') }))
            .min(1)
            .max(2_000),
          photos: z.array(z.string().max(40)).max(4).default([]),
        }),
        response: { 201: activityAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const recordedBy = viewerOf(request).personId;
      const { occurredOn = request.today, rule = null, attendance, photos: ids, ...about } = request.body;
      const photos = await photosById(sql, { villageId, purpose: 'evidence', addedBy: recordedBy, ids });
      if ('refused' in photos) return reply.refuse(photos);
      const outcome = await recordActivity(db, {
        ...about,
        villageId,
        occurredOn,
        rule,
        cards: attendance.map(({ card }) => card),
        members: new Map(attendance.flatMap(({ card, members }) => (members === '' ? [] : [[card, members]]))),
        photos,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy,
        today: request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send(await answerFor(villageId, outcome.acts[0]?.seq));
    },
  );

  app.get(
    '/api/v1/villages/:village/activities/:activity/awards',
    {
      config: { access: 'points.award' },
      schema: {
        summary: 'What everybody who came would get, and who is left out and why; nothing is written',
        security: signedIn,
        params: activityParams,
        response: {
          200: z.object({
            items: z.array(
              z.object({ card: cardNumber, member: z.string().nullable(), amountCentipoints: centipoints }),
            ),
            leftOut: z.array(
              z.object({
                card: cardNumber,
                code: z.string(),
                person: z
                  .string()
                  .nullable()
                  .meta({ description: 'a name on the list that nobody is registered under' }),
                detail: z.string(),
              }),
            ),
          }),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { activity } = request.params;
      const preview = await previewActivityAward(sql, { villageId, activity, today: request.today });
      if ('refused' in preview) return reply.refuse(preview);
      return {
        items: preview.lines.map(({ number: card, member, amountCentipoints }) => ({
          card,
          member: member?.name ?? null,
          amountCentipoints,
        })),
        leftOut: [...preview.strangers, ...preview.refusals].map((why) => ({
          card: why.number,
          code: why.refused,
          person: 'person' in why ? why.person : null,
          detail: refusalText(request.locale, why),
        })),
      };
    },
  );

  app.post(
    '/api/v1/villages/:village/activities/:activity/awards',
    {
      config: { access: 'points.award' },
      schema: {
        summary: 'Give everybody who came the points of the rule; whoever can get none is left out',
        security: signedIn,
        params: activityParams,
        headers: idempotencyHeaders,
        body: z.object({
          confirmedCentipoints: centipoints.optional().meta({ description: 'refused where it comes to another sum' }),
        }),
        response: { 201: activityAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { activity } = request.params;
      const outcome = await awardActivity(db, {
        villageId,
        activity,
        confirmedCentipoints: request.body.confirmedCentipoints,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send(await answerFor(villageId, activity));
    },
  );

  async function answerFor(villageId: number, activity: number | undefined) {
    const [found] = await activities(sql, villageId, activity ?? -1);
    if (!found) throw new Error('what was recorded is there');
    return answerOf(found);
  }
};

function answerOf({ seq: activity, attendance, ...rest }: Activity) {
  const { kind: what, occurredOn, name, place, rule, state, attended } = rest;
  return {
    activity,
    kind: what,
    occurredOn,
    name,
    place,
    rule,
    state,
    attended,
    attendance: attendance.map(({ household, members, award }) => ({
      card: household?.card ?? null,
      household: household?.name ?? null,
      members,
      award,
    })),
  };
}
