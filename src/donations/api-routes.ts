import { z } from 'zod';
import { FUNDS } from '../ledger/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { photosById } from '../photos/index.ts';
import {
  day,
  idempotencyHeaders,
  listOf,
  problems,
  quantity,
  signedIn,
  villageParams,
} from '../platform/http/api-schemas.ts';
import { seqNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { GIFT_STATES, PURPOSES } from './decide-gift.ts';
import { shownGifts } from './donation-list.ts';
import { donors, keepDonor } from './donors.ts';
import { fundStatement } from './fund-statement.ts';
import { readGifts } from './gifts.ts';
import { recordGift } from './record-gift.ts';
import { shelveGift } from './shelve-gift.ts';

const fen = z.int().min(0).max(1_000_000_000);
const fund = z.enum(FUNDS);
const seq = z.int().min(0);
const line = z.object({ code: z.string().min(1).max(40), quantity, value: fen.meta({ description: 'fen, of one' }) });
const lines = z.array(line).max(50).default([]);
const text = (most: number) => z.string().trim().max(most).default('');
const giftParams = villageParams.extend({ gift: seqNumber });
const posted = z.object({ seq, operation: z.string(), recordedAt: z.iso.datetime() });
const donorKind = z.enum(['enterprise', 'person', 'department']);
const appears = z.enum(['named', 'kind', 'initials']);

const giftAnswer = z.object({
  seq,
  state: z.enum(GIFT_STATES),
  kind: z.enum(['goods', 'money']),
  fund,
  donor: z.object({ kind: donorKind, name: z.string().nullable(), initials: z.string().nullable() }),
  announcedOn: day,
  receipt: z.int().nullable().meta({ description: 'number, without a gap in the village' }),
  goods: z.array(line),
  fen: z.object({
    received: z.int(),
    returned: z.int(),
    money: z.int(),
    other: z.int(),
    waiting: z.int(),
    shelf: z.int(),
    issued: z.int(),
    lost: z.int(),
  }),
  issuedPieces: z.int(),
  households: z.int(),
});

const step = z.discriminatedUnion('step', [
  z.object({ step: z.literal('receive'), lines, fen: fen.default(0) }),
  z.object({
    step: z.literal('spend'),
    fen,
    purpose: z.enum(PURPOSES),
    invoice: z
      .string()
      .regex(/^[A-Za-z0-9._-]{0,60}$/)
      .default(''),
    seller: text(60),
  }),
  z.object({ step: z.literal('trace') }),
  z.object({ step: z.literal('report') }),
]);

const donorBody = z.object({
  publicId: z.string().max(40).optional(),
  name: z.string().trim().min(1).max(60),
  kind: donorKind,
  appears,
  contact: z.string().trim().max(100).nullable().default(null),
  username: z.string().trim().max(40).nullable().default(null),
});

export const donationsApi: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/api/v1/villages/:village/donations',
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'Gifts, where they are now, and what each is worth there',
        params: villageParams,
        querystring: z.object({ before: seqNumber.optional() }),
        response: { 200: listOf(giftAnswer), ...problems },
      },
    },
    async (request) => {
      const all = await shownGifts(sql, villageOf(request).villageId);
      const { before } = request.query;
      const older = before === undefined ? all : all.filter(({ gift }) => gift.seq < before);
      const items = older.slice(0, 100).map(({ gift, donor, sums, issuedPieces, households }) => ({
        seq: gift.seq,
        state: gift.state,
        kind: gift.kind,
        fund: gift.fund,
        donor,
        announcedOn: gift.announcedOn,
        receipt: gift.receipt?.number ?? null,
        goods: [...gift.lines],
        fen: sums,
        issuedPieces,
        households,
      }));
      return { items, ...(older.length > 100 && { next: String(items.at(-1)?.seq) }) };
    },
  );

  app.get(
    '/api/v1/villages/:village/funds',
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'What came into each fund, what was spent on what, and what is left',
        params: villageParams,
        response: {
          200: z.object({
            funds: z.array(
              z.object({
                fund,
                in: z.int(),
                spent: z.int(),
                left: z.int(),
                uninspected: z.int(),
                goodsIn: z.int(),
                byPurpose: z.partialRecord(z.enum(PURPOSES), z.int()),
              }),
            ),
            spendings: z.array(z.object({ seq, on: day, fund, fen: z.int(), purpose: z.enum(PURPOSES) })),
          }),
          ...problems,
        },
      },
    },
    async (request) => fundStatement((await readGifts(sql, villageOf(request).villageId)).gifts),
  );

  app.get(
    '/api/v1/villages/:village/donors',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'The village’s own list of donors',
        security: signedIn,
        params: villageParams,
        response: { 200: listOf(donorBody.extend({ publicId: z.string() })), ...problems },
      },
    },
    async (request) => ({ items: await donors(sql, villageOf(request).villageId) }),
  );

  app.post(
    '/api/v1/villages/:village/donors',
    {
      config: { access: 'gift.record' },
      schema: {
        summary: 'Add a donor, or change how one appears',
        security: signedIn,
        params: villageParams,
        body: donorBody,
        response: { 201: z.object({ publicId: z.string() }), ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { publicId } = request.body;
      const isKnown = publicId === undefined || (await donors(sql, villageId)).some((one) => one.publicId === publicId);
      const kept = isKnown
        ? await keepDonor(sql, villageId, { ...request.body, today: request.today })
        : ({ refused: 'unknown_donor' } as const);
      return 'refused' in kept ? reply.refuse(kept) : reply.code(201).send(kept);
    },
  );

  app.post(
    '/api/v1/villages/:village/gifts',
    {
      config: { access: 'gift.record' },
      schema: {
        summary: 'Record a gift that is promised or there',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({
          donor: z.string().max(40),
          fund: fund.default('donation'),
          wish: text(200),
          isThere: z.boolean().default(true),
          kind: z.enum(['goods', 'money']),
          lines,
          fen: fen.default(0),
          photos: z.array(z.string().max(40)).max(4).default([]),
        }),
        response: { 201: posted, ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { personId } = viewerOf(request);
      const { photos: ids, ...content } = request.body;
      const photos = await photosById(sql, { villageId, purpose: 'gift', addedBy: personId, ids });
      if ('refused' in photos) return reply.refuse(photos);
      const outcome = await recordGift(db, {
        villageId,
        step: { step: 'announce', ...content },
        photos,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: personId,
        today: request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send(answerOf(outcome));
    },
  );

  app.post(
    '/api/v1/villages/:village/gifts/:gift/steps',
    {
      config: { access: 'gift.record' },
      schema: {
        summary: 'Receive a gift, spend its money, trace it, or say that the donor was thanked',
        security: signedIn,
        params: giftParams,
        headers: idempotencyHeaders,
        body: step,
        response: { 201: posted, ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await recordGift(db, {
        villageId: villageOf(request).villageId,
        step: { ...request.body, giftSeq: request.params.gift },
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(answerOf(outcome));
    },
  );

  app.post(
    '/api/v1/villages/:village/gifts/:gift/inspections',
    {
      config: { access: 'gift.inspect' },
      schema: {
        summary: 'Find a gift good or not, as somebody who did not receive it',
        security: signedIn,
        params: giftParams,
        headers: idempotencyHeaders,
        body: z.object({ passed: z.boolean(), lines, reason: text(200) }),
        response: { 201: posted, ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await recordGift(db, {
        villageId: villageOf(request).villageId,
        step: { step: 'inspect', giftSeq: request.params.gift, ...request.body },
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(answerOf(outcome));
    },
  );

  app.post(
    '/api/v1/villages/:village/gifts/:gift/shelvings',
    {
      config: { access: 'gift.record' },
      schema: {
        summary: 'Put what was found good onto the shelf',
        security: signedIn,
        params: giftParams,
        headers: idempotencyHeaders,
        body: z.object({
          lines: z
            .array(line.extend({ useBy: day.optional() }))
            .min(1)
            .max(50),
          voucher: z.int().min(1).max(999_999_999).optional(),
        }),
        response: { 201: posted, ...problems },
      },
    },
    async (request, reply) => {
      const { personId, displayName } = viewerOf(request);
      const outcome = await shelveGift(db, {
        villageId: villageOf(request).villageId,
        giftSeq: request.params.gift,
        lines: request.body.lines.map(({ value, ...rest }) => ({ ...rest, unitValueFen: value })),
        voucher: request.body.voucher,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: personId,
        recorderName: displayName,
        today: request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send(answerOf(outcome));
    },
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
