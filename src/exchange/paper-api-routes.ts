import { z } from 'zod';
import { slipNumbers } from '../goods/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { dayText } from '../platform/calendar-text.ts';
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
import { redeemOnPaper } from './redeem-on-paper.ts';
import { redemptionAnswer, redemptionAnswerOf } from './redemption-answer.ts';

const access = 'goods.redeem';
const security = signedIn;
const personName = z.string().trim().min(1).max(20);

/** 补录纸条 for programs: which numbers nobody has entered, and one exchange that was written on paper. */
export const paperApi: Routes = async (app, { db }) => {
  app.get(
    '/api/v1/villages/:village/paper-slips',
    {
      config: { access },
      schema: {
        summary: 'Numbers between the first and the last slip that nobody entered, and the one that comes next',
        security,
        params: villageParams,
        response: { 200: z.object({ missing: z.array(z.int()), next: z.int().nullable() }), ...problems },
      },
    },
    async (request) => {
      const { missing, next } = await slipNumbers(db.sql, villageOf(request).villageId, 'exchanges');
      return { missing, next };
    },
  );

  app.post(
    '/api/v1/villages/:village/paper-slips',
    {
      config: { access },
      schema: {
        summary: 'Enter an exchange that was written on a numbered slip while there was no network',
        security,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({
          slip: z.int().min(1).max(999_999_999).meta({ description: 'the number on the paper; each is entered once' }),
          day: dayText.meta({ description: 'the day on the paper; its prices count' }),
          handedOutBy: personName,
          witness: personName.meta({ description: 'somebody else who was there' }),
          card: cardNumber,
          lines: z
            .array(z.object({ goods: z.string().min(1).max(40), quantity }))
            .min(1)
            .max(20),
          quotedCentipoints: centipoints
            .min(0)
            .optional()
            .meta({ description: 'what is written on the paper; refused when the prices of its day say otherwise' }),
        }),
        response: { 201: redemptionAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { card, lines, quotedCentipoints, ...paper } = request.body;
      const outcome = await redeemOnPaper(db, {
        villageId: villageOf(request).villageId,
        recordedBy: viewerOf(request).personId,
        today: request.today,
        idempotencyKey: request.headers['idempotency-key'],
        card,
        lines: lines.map(({ goods, quantity: count }) => ({ code: goods, quantity: count })),
        quotedCentipoints,
        paper,
      });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(redemptionAnswerOf(outcome, card));
    },
  );
};
