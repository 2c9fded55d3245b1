import { z } from 'zod';
import { viewerOf, villageOf } from '../people/index.ts';
import { photosById, storeVoice } from '../photos/index.ts';
import {
  cardNumber,
  day,
  idempotencyHeaders,
  listOf,
  problems,
  signedIn,
  villageParams,
} from '../platform/http/api-schemas.ts';
import { seqNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { WISH_KINDS, WISH_STATES } from './decide-wish.ts';
import { fileWish } from './file-wish.ts';
import { keepWish, type WishStep } from './keep-wish.ts';
import { purchaseList } from './purchase-list.ts';
import { saysSomething } from './wish-form.ts';
import { readWishes } from './wishes.ts';

const wishParams = villageParams.extend({ wish: z.string().max(40) });
const line = z.string().trim().min(2).max(200);
const posted = z.object({ seq: z.int(), operation: z.string(), recordedAt: z.iso.datetime() });
const photos = z.array(z.string().max(40)).max(4).default([]);
const item = z.string().max(40).nullable().default(null);

const wishAnswer = z.object({
  wish: z.string(),
  kind: z.enum(WISH_KINDS),
  state: z.enum(WISH_STATES).meta({ description: 'a promise past its day is open again' }),
  words: z.string().nullable(),
  openedOn: day.nullable(),
  claimedUntil: day.nullable(),
  thanks: z.string().nullable(),
});

const step = z.discriminatedUnion('step', [
  z.object({ step: z.literal('check'), opens: z.object({ words: line, item }).nullable().default(null) }),
  z.object({ step: z.literal('open'), words: line, item }),
  z.object({ step: z.literal('decline'), reason: line }),
  z.object({ step: z.literal('release') }),
  z.object({ step: z.literal('echo'), words: line, photos }),
  z.object({ step: z.literal('close') }),
]);

export const wishesApi: Routes = async (app, services) => {
  const { db } = services;
  const { sql } = db;

  app.get(
    '/api/v1/villages/:village/wishes',
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'The wish wall: what is needed, never by whom',
        params: villageParams,
        querystring: z.object({ from: seqNumber.default(0) }),
        response: { 200: listOf(wishAnswer), ...problems },
      },
    },
    async (request) => {
      const { from } = request.query;
      const { wishes } = await readWishes(sql, villageOf(request).villageId, request.today);
      const onWall = wishes.filter(({ openedOn }) => openedOn !== null).reverse();
      const items = onWall.slice(from, from + 100).map((wish) => ({
        wish: wish.wishId,
        kind: wish.kind,
        state: wish.now,
        words: wish.words,
        openedOn: wish.openedOn,
        claimedUntil: wish.now === 'claimed' ? (wish.claim?.until ?? null) : null,
        thanks: wish.echo?.words ?? null,
      }));
      return { items, ...(from + 100 < onWall.length && { next: String(from + 100) }) };
    },
  );

  app.post(
    '/api/v1/villages/:village/wishes',
    {
      config: { access: 'wish.keep' },
      schema: {
        summary: 'File a wish for a household',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({
          card: cardNumber,
          kind: z.enum(WISH_KINDS),
          words: z
            .string()
            .trim()
            .max(200)
            .default('')
            .meta({ description: 'at least two letters, or none where there is a voice' }),
          voice: z.string().max(40).nullable().default(null).meta({ description: 'from POST …/voices' }),
          contact: z.string().trim().max(100).nullable().default(null),
          photos: photos.pipe(z.array(z.string()).max(1)),
        }),
        response: { 201: posted.extend({ wish: z.string() }), ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { personId } = viewerOf(request);
      const { card, photos: ids, voice: voiceId, ...wish } = request.body;
      const kept = await photosById(sql, { villageId, purpose: 'wish', addedBy: personId, ids });
      if ('refused' in kept) return reply.refuse(kept);
      const voice = await storeVoice(services, {
        villageId,
        addedBy: personId,
        uploads: request.uploads,
        body: { voiceId: voiceId ?? '' },
      });
      if (voice !== null && typeof voice !== 'string') return reply.refuse(voice);
      if (!saysSomething(wish.words, voice)) return reply.refuse({ refused: 'wish_says_nothing' });
      const outcome = await fileWish(db, {
        villageId,
        number: card,
        ...wish,
        photos: [...ids, ...(voice === null ? [] : [voice])],
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: personId,
        today: request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send({ ...answerOf(outcome), wish: outcome.wishId });
    },
  );

  app.post(
    '/api/v1/villages/:village/wishes/:wish/steps',
    {
      config: { access: 'wish.keep' },
      schema: {
        summary: 'Check a wish, put it on the wall, decline it, open it again, thank, or close it',
        security: signedIn,
        params: wishParams,
        headers: idempotencyHeaders,
        body: step,
        response: { 201: posted, ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { personId } = viewerOf(request);
      const { body } = request;
      const ids = body.step === 'echo' ? body.photos : [];
      const kept = await photosById(sql, { villageId, purpose: 'echo', addedBy: personId, ids });
      if ('refused' in kept) return reply.refuse(kept);
      const wanted: WishStep =
        body.step === 'release'
          ? { ...body, by: null }
          : body.step === 'echo'
            ? { step: 'echo', words: body.words }
            : body;
      const outcome = await keepWish(db, {
        villageId,
        wishId: request.params.wish,
        step: wanted,
        photos: kept,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: personId,
        today: request.today,
      });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(answerOf(outcome));
    },
  );

  app.post(
    '/api/v1/villages/:village/wishes/:wish/deliveries',
    {
      config: { access: 'wish.deliver' },
      schema: {
        summary: 'Say that a wish was fulfilled, as a gift or for points',
        security: signedIn,
        params: wishParams,
        headers: idempotencyHeaders,
        body: z.object({
          as: z.enum(['gift', 'points']),
          giftSeq: z.int().min(0).nullable().default(null),
          redemption: z.int().min(0).nullable().default(null),
        }),
        response: { 201: posted, ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await keepWish(db, {
        villageId: villageOf(request).villageId,
        wishId: request.params.wish,
        step: { step: 'deliver', ...request.body },
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(answerOf(outcome));
    },
  );

  for (const [path, name, summary] of [
    ['claims', 'claim', 'Promise a wish, as a donor'],
    ['releases', 'release', 'Give a promised wish back'],
  ] as const) {
    app.post(
      `/api/v1/villages/:village/wishes/:wish/${path}`,
      {
        config: { access: 'gift.own' },
        schema: {
          summary,
          security: signedIn,
          params: wishParams,
          headers: idempotencyHeaders,
          response: { 201: posted, ...problems },
        },
      },
      async (request, reply) => {
        const { personId, displayName } = viewerOf(request);
        const outcome = await keepWish(db, {
          villageId: villageOf(request).villageId,
          wishId: request.params.wish,
          step: { step: name, by: { personId, displayName } },
          idempotencyKey: request.headers['idempotency-key'],
          recordedBy: personId,
          today: request.today,
        });
        return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(answerOf(outcome));
      },
    );
  }

  app.get(
    '/api/v1/villages/:village/purchase-list',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'What to buy with the money that is left',
        security: signedIn,
        params: villageParams,
        response: {
          200: z.object({
            budgetFen: z.int(),
            lines: z.array(
              z.object({
                code: z.string(),
                name: z.string(),
                unit: z.string(),
                onHand: z.int(),
                wished: z.int(),
                wanted: z.int().meta({ description: 'how often it was asked for in vain since it last came' }),
                exchanged: z.int().meta({ description: 'how often it was exchanged in the last three months' }),
                quantity: z.int(),
                costFen: z.int(),
                fits: z.boolean(),
              }),
            ),
          }),
          ...problems,
        },
      },
    },
    (request) => purchaseList(sql, villageOf(request).villageId, request.today),
  );
};

function answerOf({
  acts,
  operationId,
  recordedAt,
}: {
  acts: { seq: number }[];
  operationId: string;
  recordedAt: string;
}) {
  return { seq: acts[0]?.seq ?? 0, operation: operationId, recordedAt };
}
