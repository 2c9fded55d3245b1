import { z } from 'zod';
import { claimsOfOperation, MOST_TIMES } from '../claims/index.ts';
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
import type { Routes } from '../platform/http/route-services.ts';
import { awardPoints, MOST_CARDS } from './award-points.ts';
import type { NamedMembers } from './decide-awards.ts';
import { trialApi } from './trial-api-routes.ts';

/** Of one household in one award; more than any has. */
const MOST_PERSONS = 30;

const member = z.int32().min(1);

const isEachOnce = (members: readonly number[]) => new Set(members).size === members.length;

const awardBody = z.object({
  rule: z.string().min(1).max(40),
  occurredOn: day.optional(),
  cards: z.array(cardNumber).min(1).max(MOST_CARDS),
  members: z
    .record(
      cardNumber,
      z.union([member.transform((one) => [one]), z.array(member).min(1).max(MOST_PERSONS).refine(isEachOnce)]),
    )
    .optional()
    .meta({
      description:
        'whom of a household it is about, by its card: always where the cap of the rule is each person’s, and then each of several ' +
        'has an act of her own; where the cap is the household’s, several are one act that names nobody',
    }),
  times: z.int().min(1).max(MOST_TIMES).optional().meta({
    description: "for how many of the rule's units, such as kilograms; rules that are counted one by one have none",
  }),
  note: z.string().trim().max(200).optional(),
  photos: z.array(z.string().max(40)).max(4).default([]).meta({
    description: 'from POST …/photos?purpose=evidence; each act of the award names them',
  }),
});

const awardAnswer = z.object({
  operation: z.string(),
  recordedAt: z.iso.datetime(),
  acts: z.array(
    z.object({
      seq: z.int().meta({ description: "number in the village's public record" }),
      card: z.string(),
      member: z.int().optional().meta({ description: 'whose it is, where somebody was named' }),
      amountCentipoints: centipoints,
      balanceAfterCentipoints: centipoints,
    }),
  ),
  claims: z
    .array(
      z.object({ claim: z.string(), card: z.string(), amountCentipoints: centipoints, needs: z.array(z.string()) }),
    )
    .meta({ description: 'lines that count only when somebody has agreed: see /claims' }),
});

export const awardsApi: Routes = async (app, services) => {
  const { db } = services;
  await app.register(trialApi, services);

  app.post(
    '/api/v1/villages/:village/awards',
    {
      config: { access: 'points.award' },
      bodyLimit: 262_144,
      schema: {
        summary: 'Award or deduct points by a rule; all cards or none',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: awardBody,
        response: { 201: awardAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { occurredOn = request.today, photos: ids, ...award } = request.body;
      const { villageId } = villageOf(request);
      const recordedBy = viewerOf(request).personId;
      const photos = await photosById(db.sql, { villageId, purpose: 'evidence', addedBy: recordedBy, ids });
      if ('refused' in photos) return reply.refuse(photos);
      const outcome = await awardPoints(db, {
        villageId,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy,
        today: request.today,
        occurredOn,
        photos,
        ...award,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      const claims = await claimsOfOperation(db.sql, villageId, outcome.operationId);
      const whose = whoseActs(award, outcome.acts.length);
      return reply.code(201).send({
        operation: outcome.operationId,
        recordedAt: outcome.recordedAt,
        acts: outcome.acts.flatMap(({ seq, amountCentipoints, balanceAfterCentipoints }, index) =>
          amountCentipoints === null
            ? []
            : [
                {
                  seq,
                  ...(whose[index] ?? { card: '' }),
                  amountCentipoints,
                  balanceAfterCentipoints: balanceAfterCentipoints ?? 0,
                },
              ],
        ),
        claims: claims.map(({ claimId, number, amountCentipoints, needs }) => ({
          claim: claimId,
          card: number,
          amountCentipoints,
          needs,
        })),
      });
    },
  );
};

/** Which act is whose, in their order: as many as there are cards, or, where each person has one, as there are persons. */
function whoseActs(
  { cards, members = {} }: { cards: readonly string[]; members?: NamedMembers | undefined },
  acts: number,
): { card: string; member?: number }[] {
  const named = (card: string) => (members[card] ?? []).map((one) => ({ card, member: one }));
  if (acts > cards.length) return cards.flatMap(named);
  return cards.map((card) => (members[card]?.length === 1 ? named(card)[0] : null) ?? { card });
}
