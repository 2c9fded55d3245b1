/**
 * What a household asks for and doubts by its own card, for other programs: the same as the pages behind the QR code. The card's token
 * is a key, so it stands in a header and in no address.
 */
import { z } from 'zod';
import { cardByToken, maskRefusal, nameSetting, type ShownCard } from '../cards/index.ts';
import { centipoints, day, idempotencyHeaders, listOf, problems } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { isPublicToken } from '../platform/ids.ts';
import { publicName } from './board.ts';
import { objectableClaims } from './claims.ts';
import { fileClaim } from './file-claim.ts';
import { fileObjection, HOUSEHOLD_ITSELF } from './object.ts';
import { explainedClaims } from './pending-lines.ts';

const cardHeaders = z.object({
  'card-token': z.string().max(60).meta({ description: 'what the QR code of the card opens: /C/<token>' }),
});

const writtenHeaders = cardHeaders.extend(idempotencyHeaders.shape);

const ownClaim = z.object({
  claim: z.string(),
  state: z.string(),
  rule: z.string(),
  ruleName: z.string(),
  occurredOn: day,
  amountCentipoints: centipoints,
  clearsOn: day.nullable().meta({ description: 'the first day on which its points can be spent' }),
  why: z.string().nullable().meta({ description: 'why it was returned, or by which answer it does not count' }),
});

const objectableLine = z.object({
  claim: z.string(),
  sheet: z.int(),
  name: z.string().nullable().meta({ description: 'as the village shows names; null for a deduction' }),
  ruleName: z.string(),
  amountCentipoints: centipoints,
  objectableUntil: day.nullable(),
});

const recorded = z.object({ seq: z.int().meta({ description: "number in the village's public record" }) });

export const cardClaimsApi: Routes = async (app, { db }) => {
  const { sql } = db;
  const config = { access: 'everybody' } as const;

  app.get(
    '/api/v1/own-card/claims',
    {
      config,
      schema: {
        summary:
          'What a household has asked for and cannot spend yet, and for a month what an objection has taken away',
        headers: cardHeaders,
        response: { 200: listOf(ownClaim), ...problems },
      },
    },
    async (request, reply) => {
      const card = await cardOf(request.headers['card-token']);
      if (!card) return reply.refuse({ refused: 'broken_card_link' });
      const claims = await explainedClaims(sql, { ...card, today: request.today });
      reply.header('cache-control', 'no-store');
      return {
        items: claims.map(({ claimId, state, rule, ruleName, occurredOn, amountCentipoints, clearsOn, why }) => ({
          claim: claimId,
          state,
          rule,
          ruleName,
          occurredOn,
          amountCentipoints,
          clearsOn,
          why,
        })),
      };
    },
  );

  app.post(
    '/api/v1/own-card/claims',
    {
      config,
      schema: {
        summary: 'Ask for points; they count once the village has decided',
        headers: writtenHeaders,
        body: z.object({
          rule: z.string().min(1).max(40),
          forWhom: z
            .string()
            .trim()
            .max(40)
            .optional()
            .meta({ description: 'name of the person, where the cap of the rule is each person’s' }),
          occurredOn: day,
          note: z.string().trim().min(2).max(100),
          filedBy: z.string().trim().min(1).max(40).optional(),
        }),
        response: { 201: recorded, ...problems },
      },
    },
    async (request, reply) => {
      const card = await cardOf(request.headers['card-token']);
      if (!card) return reply.refuse({ refused: 'broken_card_link' });
      const { filedBy = null, ...asked } = request.body;
      const outcome = await fileClaim(db, {
        ...asked,
        filedBy,
        villageId: card.villageId,
        number: card.number,
        recordedBy: HOUSEHOLD_ITSELF,
        isByHousehold: true,
        idempotencyKey: request.headers['idempotency-key'],
        today: request.today,
      });
      return 'refused' in outcome
        ? reply.refuse(maskRefusal(outcome))
        : reply.code(201).send({ seq: outcome.acts[0]?.seq ?? 0 });
    },
  );

  app.get(
    '/api/v1/own-card/objectable',
    {
      config,
      schema: {
        summary: 'Lines on the board that somebody may still object to',
        headers: cardHeaders,
        response: { 200: listOf(objectableLine), ...problems },
      },
    },
    async (request, reply) => {
      const card = await cardOf(request.headers['card-token']);
      if (!card) return reply.refuse({ refused: 'broken_card_link' });
      const [claims, { level }] = await Promise.all([
        objectableClaims(sql, card.villageId, request.today),
        nameSetting(sql, card.villageId),
      ]);
      reply.header('cache-control', 'no-store');
      return {
        items: claims.map((claim) => ({
          claim: claim.claimId,
          sheet: claim.sheet ?? 0,
          name: publicName(claim, level),
          ruleName: claim.ruleName,
          amountCentipoints: claim.amountCentipoints,
          objectableUntil: claim.objectableUntil,
        })),
      };
    },
  );

  app.post(
    '/api/v1/own-card/objections',
    {
      config,
      schema: {
        summary: 'Object to a line on the board; it stops, all the others go on',
        headers: writtenHeaders,
        body: z.object({ claim: z.string().regex(/^[A-Z2-9]{16}$/), reason: z.string().trim().min(2).max(200) }),
        response: { 201: recorded, ...problems },
      },
    },
    async (request, reply) => {
      const card = await cardOf(request.headers['card-token']);
      if (!card) return reply.refuse({ refused: 'broken_card_link' });
      const outcome = await fileObjection(db, {
        villageId: card.villageId,
        claimId: request.body.claim,
        reason: request.body.reason,
        recordedBy: HOUSEHOLD_ITSELF,
        idempotencyKey: request.headers['idempotency-key'],
        today: request.today,
      });
      return 'refused' in outcome
        ? reply.refuse(maskRefusal(outcome))
        : reply.code(201).send({ seq: outcome.acts[0]?.seq ?? 0 });
    },
  );

  async function cardOf(token: string): Promise<ShownCard | null> {
    const folded = token.toUpperCase();
    return isPublicToken(folded) ? cardByToken(sql, folded) : null;
  }
};
