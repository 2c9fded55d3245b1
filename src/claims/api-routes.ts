import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Capability, may, viewerOf, villageOf } from '../people/index.ts';
import { photosById } from '../photos/index.ts';
import {
  cardNumber,
  centipoints,
  day,
  idempotencyHeaders,
  listOf,
  problems,
  signedIn,
  villageParams,
} from '../platform/http/api-schemas.ts';
import { seqNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { returnClaim, withdrawClaim } from './change-claim.ts';
import { CLAIM_VIEWS, type Claim, claimById, claimList } from './claims.ts';
import { CLAIM_STEPS } from './decide-claim.ts';
import { WAIVABLE } from './decide-separation.ts';
import { declareKin } from './declare-kin.ts';
import { fileClaim } from './file-claim.ts';
import { MOST_CLAIMS, passClaims } from './pass-claims.ts';
import { resubmitClaim } from './resubmit-claim.ts';
import { STEPS } from './routes.tsx';
import { waiveDuties } from './waive-duties.ts';

const PAGE = 100;

export const claimId = z.string().regex(/^[A-Z2-9]{16}$/);
const reason = z.string().trim().min(2).max(100);
const optionalDay = day.nullable();
export const photoIds = z.array(z.string().max(40)).max(4).default([]);

const claimAnswer = z.object({
  claim: z.string(),
  state: z.string(),
  needs: z.array(z.enum(CLAIM_STEPS)).meta({ description: 'who has to agree, in this order' }),
  agreed: z.int().meta({ description: 'how many of them have' }),
  card: z.string(),
  rule: z.string(),
  version: z.int(),
  occurredOn: day,
  amountCentipoints: centipoints,
  note: z.string().nullable(),
  clearsOn: optionalDay.meta({ description: 'the first day on which its points can be spent' }),
  objectableUntil: optionalDay,
  seq: z.int().meta({ description: "number of the last act about it in the village's public record" }),
});

export const operationAnswer = z.object({ operation: z.string(), seq: z.int() });

const listQuery = z.object({
  view: z.enum(CLAIM_VIEWS).default('waiting'),
  before: seqNumber.optional(),
});

export const ofClaim = villageParams.extend({ claim: z.string().max(40) });

/** Claims for other programs, from the first word to the last before they hang on the board: the same commands as the pages. */
export const claimsApi: Routes = async (app, { db }) => {
  const { sql } = db;
  const base = '/api/v1/villages/:village';
  const written = { security: signedIn, headers: idempotencyHeaders };

  app.get(
    `${base}/claims`,
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'What waits for the village, hangs on the board or is done',
        security: signedIn,
        params: villageParams,
        querystring: listQuery,
        response: { 200: listOf(claimAnswer), ...problems },
      },
    },
    async (request) => {
      const { view, before } = request.query;
      const found = await claimList(sql, villageOf(request).villageId, { view, beforeSeq: before, limit: PAGE + 1 });
      const claims = found.slice(0, PAGE);
      const last = claims.at(-1);
      return {
        items: claims.map(answerOf),
        ...(found.length > PAGE && last && { next: String(last.submittedSeq) }),
      };
    },
  );

  app.get(
    `${base}/claims/:claim`,
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'One claim',
        security: signedIn,
        params: ofClaim,
        response: { 200: claimAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const claim = await claimById(sql, villageOf(request).villageId, request.params.claim);
      return claim ? answerOf(claim) : reply.refuse({ refused: 'unknown_claim' });
    },
  );

  app.post(
    `${base}/claims`,
    {
      config: { access: 'points.award' },
      schema: {
        summary: 'Write down what a household asks for; no points move',
        ...written,
        params: villageParams,
        body: z.object({
          card: cardNumber,
          rule: z.string().min(1).max(40),
          member: z.int32().min(1).optional().meta({
            description: 'whom of the household it is about: always where the cap of the rule is each person’s',
          }),
          occurredOn: day,
          note: reason,
          filedBy: z.string().trim().min(2).max(40).optional(),
          photos: photoIds.meta({ description: 'from POST …/photos?purpose=evidence' }),
        }),
        response: { 201: operationAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { card, filedBy = null, photos: ids, ...body } = request.body;
      const recordedBy = viewerOf(request).personId;
      const named = { villageId: villageOf(request).villageId, purpose: 'evidence', addedBy: recordedBy, ids } as const;
      const photos = await photosById(db.sql, named);
      if ('refused' in photos) return reply.refuse(photos);
      const outcome = await fileClaim(db, {
        ...common(request),
        ...body,
        number: card,
        filedBy,
        photos,
        recordedBy,
        isByHousehold: false,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send(operationOf(outcome));
    },
  );

  for (const step of CLAIM_STEPS) {
    const { path, capability } = STEPS[step];
    app.post(
      `${base}/${path}`,
      {
        config: { access: capability },
        schema: {
          summary: `Agree to claims (${step}), or return one with a reason`,
          ...written,
          params: villageParams,
          body: z.object({
            claims: z.array(claimId).min(1).max(MOST_CLAIMS),
            decision: z.enum(['pass', 'return']).default('pass'),
            reason: reason.optional(),
          }),
          response: { 201: z.object({ items: z.array(operationAnswer) }), ...problems },
        },
      },
      async (request, reply) => {
        const { claims, decision, reason: why } = request.body;
        const { personId, displayName } = viewerOf(request);
        if (decision === 'pass') {
          const outcome = await passClaims(db, {
            ...common(request),
            claimIds: claims,
            step,
            personId,
            personName: displayName,
            mayHandOut: allows(request, 'goods.redeem'),
          });
          if ('refused' in outcome) return reply.refuse(outcome);
          return reply.code(201).send({ items: [operationOf(outcome)] });
        }
        const [only = ''] = claims;
        if (claims.length > 1 || why === undefined) return reply.refuse({ refused: 'malformed_input' });
        const outcome = await returnClaim(db, {
          ...common(request),
          claimId: only,
          reason: why,
          steps: [step],
          personId,
        });
        if ('refused' in outcome) return reply.refuse(outcome);
        return reply.code(201).send({ items: [operationOf(outcome)] });
      },
    );
  }

  app.post(
    `${base}/claims/:claim/withdrawals`,
    {
      config: { access: 'points.award' },
      schema: {
        summary: 'Withdraw a claim before it is posted',
        ...written,
        params: ofClaim,
        body: z.object({ reason }),
        response: { 201: operationAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await withdrawClaim(db, { ...aboutClaim(request), reason: request.body.reason });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(operationOf(outcome));
    },
  );

  app.post(
    `${base}/claims/:claim/submissions`,
    {
      config: { access: 'points.award' },
      schema: {
        summary: 'Submit a returned claim again with another note',
        ...written,
        params: ofClaim,
        body: z.object({ note: reason }),
        response: { 201: operationAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await resubmitClaim(db, { ...aboutClaim(request), note: request.body.note });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(operationOf(outcome));
    },
  );

  app.post(
    `${base}/kin`,
    {
      config: { access: 'kin.declare' },
      schema: {
        summary: 'Declare the own household and those of relatives',
        ...written,
        params: villageParams,
        body: z.object({
          own: cardNumber.nullable().default(null),
          relatives: z.array(cardNumber).max(200).default([]),
        }),
        response: { 201: operationAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await declareKin(db, {
        ...common(request),
        ...request.body,
        personId: viewerOf(request).personId,
      });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(operationOf(outcome));
    },
  );

  app.post(
    `${base}/waivers`,
    {
      config: { access: 'duties.waive' },
      schema: {
        summary: 'Let a tiny village do without some separation of duties, for a time',
        ...written,
        params: villageParams,
        body: z.object({ duties: z.array(z.enum(WAIVABLE)).max(WAIVABLE.length), until: day, reason }),
        response: { 201: operationAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await waiveDuties(db, {
        ...common(request),
        ...request.body,
        recordedBy: viewerOf(request).personId,
      });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(operationOf(outcome));
    },
  );
};

/** Of every act about claims. */
export function common(request: FastifyRequest) {
  return {
    villageId: villageOf(request).villageId,
    idempotencyKey: request.headers['idempotency-key'] as string,
    today: request.today,
  };
}

export function aboutClaim(request: FastifyRequest) {
  const { claim } = request.params as { claim: string };
  return { ...common(request), claimId: claim, personId: viewerOf(request).personId };
}

function allows(request: FastifyRequest, capability: Capability): boolean {
  return may(viewerOf(request).appointments, capability, villageOf(request));
}

export function operationOf({ operationId, acts }: { operationId: string; acts: { seq: number }[] }) {
  return { operation: operationId, seq: acts[0]?.seq ?? 0 };
}

function answerOf(claim: Claim): z.input<typeof claimAnswer> {
  const { state, needs, rule, version, occurredOn, amountCentipoints, note, clearsOn, objectableUntil } = claim;
  return {
    claim: claim.claimId,
    state,
    needs,
    agreed: claim.passedBy.length,
    card: claim.number,
    rule,
    version,
    occurredOn,
    amountCentipoints,
    note,
    clearsOn,
    objectableUntil,
    seq: claim.lastSeq,
  };
}
