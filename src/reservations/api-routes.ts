import { z } from 'zod';
import { namedPhotos, presenceFields } from '../exchange/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import {
  cardNumber,
  centipoints,
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
import { cancelReservation, handOver } from './end-reservation.ts';
import { reservations } from './reservations.ts';
import { reserveGoods } from './reserve-goods.ts';

const params = villageParams.extend({ reservation: seqNumber });
const security = signedIn;

const posted = z.object({ seq: z.int(), operation: z.string(), recordedAt: z.iso.datetime() });

const reservationAnswer = z.object({
  seq: z.int().meta({ description: 'the act that keeps the goods; names the reservation' }),
  state: z.enum(['held', 'handed_over', 'closed', 'cancelled', 'lapsed', 'basket']),
  card: z.string(),
  reservedOn: day,
  until: day,
  centipoints,
  lines: z.array(z.object({ goods: z.string(), quantity: z.int(), priceCentipoints: centipoints })),
  redemption: z.int().nullable(),
});

/** 预留 for programs. */
export const reservationApi: Routes = async (app, { db }) => {
  app.get(
    '/api/v1/villages/:village/reservations',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'What is kept for households, newest first',
        security,
        params: villageParams,
        querystring: z.object({
          state: z.enum(['held', 'all']).optional(),
          before: seqNumber.optional(),
        }),
        response: { 200: listOf(reservationAnswer), ...problems },
      },
    },
    async (request) => {
      const village = { villageId: villageOf(request).villageId, today: request.today };
      const { state, before } = request.query;
      const found = await reservations(db.sql, village, {
        heldOnly: state !== 'all',
        beforeSeq: before,
        limit: 100,
      });
      return {
        items: found.map(({ cardNumber: card, redemption, lines, ...rest }) => ({
          seq: rest.seq,
          state: rest.state,
          card,
          reservedOn: rest.reservedOn,
          until: rest.until,
          centipoints: rest.centipoints,
          lines: lines.map((line) => ({
            goods: line.code,
            quantity: line.quantity,
            priceCentipoints: line.priceCentipoints,
          })),
          redemption: redemption?.seq ?? null,
        })),
      };
    },
  );

  app.post(
    '/api/v1/villages/:village/reservations',
    {
      config: { access: 'goods.reserve' },
      schema: {
        summary: 'Keep goods for a household',
        security,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({
          card: cardNumber,
          lines: z
            .array(z.object({ goods: z.string().min(1).max(40), quantity }))
            .min(1)
            .max(20),
        }),
        response: { 201: posted, ...problems },
      },
    },
    async (request, reply) => {
      const { card, lines } = request.body;
      const outcome = await reserveGoods(db, {
        ...by(request),
        card,
        lines: lines.map(({ goods, quantity: count }) => ({ code: goods, quantity: count })),
        isByHousehold: false,
        idempotencyKey: request.headers['idempotency-key'],
      });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(answerOf(outcome));
    },
  );

  app.post(
    '/api/v1/villages/:village/reservations/:reservation/deliveries',
    {
      config: { access: 'goods.reserve' },
      schema: {
        summary: 'Hand over what was kept, for the points of the day of reservation',
        security,
        params,
        headers: idempotencyHeaders,
        body: z.object(presenceFields),
        response: { 201: posted, ...problems },
      },
    },
    async (request, reply) => {
      const { photo, ...present } = request.body;
      const { villageId, recordedBy } = by(request);
      const photos = await namedPhotos(db.sql, { villageId, addedBy: recordedBy }, photo);
      if ('refused' in photos) return reply.refuse(photos);
      const outcome = await handOver(db, {
        ...by(request),
        seq: request.params.reservation,
        ...present,
        photos,
        address: request.ip,
        idempotencyKey: request.headers['idempotency-key'],
      });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(answerOf(outcome));
    },
  );

  app.post(
    '/api/v1/villages/:village/reservations/:reservation/cancellations',
    {
      config: { access: 'goods.reserve' },
      schema: {
        summary: 'Give up what was kept: points and goods come back',
        security,
        params,
        headers: idempotencyHeaders,
        response: { 201: posted, ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await cancelReservation(db, {
        ...by(request),
        seq: request.params.reservation,
        idempotencyKey: request.headers['idempotency-key'],
      });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(answerOf(outcome));
    },
  );
};

function by(request: Parameters<typeof viewerOf>[0]) {
  const { villageId } = villageOf(request);
  return { villageId, recordedBy: viewerOf(request).personId, today: request.today };
}

function answerOf({
  operationId,
  recordedAt,
  acts,
}: {
  operationId: string;
  recordedAt: string;
  acts: { seq: number }[];
}) {
  return { seq: acts[0]?.seq ?? 0, operation: operationId, recordedAt };
}
