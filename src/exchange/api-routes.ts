import { z } from 'zod';
import { viewerOf, villageOf } from '../people/index.ts';
import {
  cardNumber,
  centipoints,
  idempotencyHeaders,
  problems,
  quantity,
  signedIn,
  villageParams,
} from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { PROXY_RELATIONS } from './decide-presence.ts';
import { namedPhotos, presenceFields } from './presence-body.ts';
import { redeemGoods } from './redeem-goods.ts';
import { redemption } from './redemption.ts';
import { redemptionAnswer, redemptionAnswerOf } from './redemption-answer.ts';

const redemptionBody = z.object({
  card: cardNumber,
  lines: z
    .array(z.object({ goods: z.string().min(1).max(40), quantity }))
    .min(1)
    .max(100),
  quotedCentipoints: centipoints
    .min(0)
    .optional()
    .meta({ description: 'the total that was agreed to; refused when the price has changed since' }),
  ...presenceFields,
});

const recordedRedemption = redemptionAnswer.extend({
  proxy: z.object({ relation: z.enum(PROXY_RELATIONS), name: z.string().optional() }).optional(),
  confirmedBy: z.string().optional(),
  photos: z.array(z.string()).optional().meta({ description: 'ids of photos that confirm it' }),
  lines: z.array(z.object({ goods: z.string(), quantity: z.int(), priceCentipoints: centipoints })),
  reversedBySeq: z.int().optional(),
});

export const exchangeApi: Routes = async (app, { db }) => {
  app.get(
    '/api/v1/villages/:village/redemptions/:operation',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'One exchange',
        security: signedIn,
        params: villageParams.extend({ operation: z.string().max(40) }),
        response: { 200: recordedRedemption, ...problems },
      },
    },
    async (request, reply) => {
      const found = await redemption(db.sql, villageOf(request).villageId, request.params.operation);
      if (!found) return reply.refuse({ refused: 'unknown_redemption' });
      return {
        seq: found.seq,
        operation: found.operationId,
        card: found.cardNumber,
        spentCentipoints: found.spentCentipoints,
        balanceAfterCentipoints: found.balanceAfterCentipoints,
        recordedAt: found.recordedAt.toISOString(),
        lines: found.lines.map(({ code, quantity, priceCentipoints }) => ({ goods: code, quantity, priceCentipoints })),
        ...(found.proxyRelation !== null && {
          proxy: { relation: found.proxyRelation, ...(found.proxyName !== null && { name: found.proxyName }) },
        }),
        ...(found.confirmedBy !== null && { confirmedBy: found.confirmedBy }),
        ...(found.photos.length > 0 && { photos: found.photos }),
        ...(found.reversedBySeq !== null && { reversedBySeq: found.reversedBySeq }),
      };
    },
  );

  app.post(
    '/api/v1/villages/:village/redemptions',
    {
      config: { access: 'goods.redeem' },
      schema: {
        summary: 'Exchange points for goods',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: redemptionBody,
        response: { 201: redemptionAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { card, lines, photo, ...more } = request.body;
      const { villageId } = villageOf(request);
      const { personId: recordedBy } = viewerOf(request);
      const photos = await namedPhotos(db.sql, { villageId, addedBy: recordedBy }, photo);
      if ('refused' in photos) return reply.refuse(photos);
      const outcome = await redeemGoods(db, {
        villageId,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy,
        today: request.today,
        card,
        lines: lines.map(({ goods, quantity: count }) => ({ code: goods, quantity: count })),
        ...more,
        photos,
        address: request.ip,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send(redemptionAnswerOf(outcome, card));
    },
  );
};
