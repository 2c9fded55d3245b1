import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { PostedOperation } from '../ledger/index.ts';
import { may, viewerOf, villageOf } from '../people/index.ts';
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
import { villageSettings } from '../settings/index.ts';
import { backfillApi } from './backfill-api-routes.ts';
import { honourBoard } from './board.ts';
import { closeRound } from './close-round.ts';
import { ROUND_STATES } from './decide-honour.ts';
import { HONOUR_KINDS } from './honour-kinds.ts';
import { type Round, rounds } from './rounds.ts';
import { abandonRound, nominate, openRound } from './run-round.ts';
import { withdrawHonour } from './withdraw-honour.ts';

const seq = z.int().min(0).meta({ description: "number in the village's public record" });
const kind = z.enum(HONOUR_KINDS);
const words = z.string().trim().min(2).max(200);

const roundAnswer = z.object({
  round: seq,
  n: z.int(),
  kind,
  rule: z.string(),
  openedOn: day,
  closes: day,
  state: z.enum(ROUND_STATES),
  nominations: z.array(
    z.object({
      nomination: seq,
      card: cardNumber.nullable(),
      household: z.string().nullable(),
      member: z.string(),
      reason: z.string(),
      by: z.string(),
      honour: z
        .object({ honour: seq, day, honourCentipoints: centipoints, withdrawn: z.boolean() })
        .nullable()
        .meta({ description: 'null as long as it is not given' }),
    }),
  ),
  result: z.object({ seq, day, words: z.string(), by: z.string(), honourCentipoints: centipoints }).nullable(),
});

const posted = z.object({ operation: z.string(), seqs: z.array(seq) });

const roundParams = villageParams.extend({ round: seqNumber });

/** 评先 as JSON. */
export const honoursApi: Routes = async (app, services) => {
  const { db } = services;
  const { sql } = db;
  await app.register(backfillApi, services);

  app.get(
    '/api/v1/villages/:village/honours',
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'Households that were honoured, with stars; names as the village shows them',
        params: villageParams,
        querystring: z.object({
          from: z.coerce.number().int().min(0).max(1_000_000).default(0),
          limit: z.coerce.number().int().min(1).max(500).default(500),
        }),
        response: {
          200: z.object({
            centipointsAStar: centipoints,
            items: z.array(
              z.object({
                household: z.string(),
                group: z.string(),
                stars: z.int(),
                honourCentipoints: centipoints,
                honours: z.array(z.object({ kind, day, seq })),
              }),
            ),
            next: z.int().optional().meta({ description: '`from` of the next page' }),
          }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { villageId } = villageOf(request);
      const { from, limit } = request.query;
      const { honourStarCentipoints: centipointsAStar } = await villageSettings(sql, villageId);
      const { households } = await honourBoard(sql, { villageId, centipointsAStar });
      return {
        centipointsAStar,
        ...(from + limit < households.length && { next: from + limit }),
        items: households.slice(from, from + limit).map(({ name, groupName, ...household }) => ({
          ...household,
          household: name,
          group: groupName,
        })),
      };
    },
  );

  app.get(
    '/api/v1/villages/:village/honours/rounds',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'Rounds with their nominations, the newest first',
        security: signedIn,
        params: villageParams,
        querystring: z.object({
          before: rowNumber.default(1_000_000_000),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: { 200: z.object({ items: z.array(roundAnswer), next: z.int().optional() }), ...problems },
      },
    },
    async (request) => {
      const { before, limit } = request.query;
      const older = (await rounds(sql, villageOf(request).villageId)).toReversed().filter(({ n }) => n < before);
      const items = older.slice(0, limit);
      return { items: items.map(answerOf), ...(older.length > limit && { next: items.at(-1)?.n }) };
    },
  );

  app.post(
    '/api/v1/villages/:village/honours/rounds',
    {
      config: { access: 'honour.open' },
      schema: {
        summary: 'Open a round',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({ kind, rule: z.string().min(1).max(40), closes: day }),
        response: { 201: posted, ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await openRound(db, { ...asked(request, request.headers['idempotency-key']), ...request.body });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(postedOf(outcome));
    },
  );

  app.post(
    '/api/v1/villages/:village/honours/rounds/:round/nominations',
    {
      config: { access: 'honour.nominate' },
      schema: {
        summary: 'Nominate a household; the round by the number of the act that opened it',
        security: signedIn,
        params: roundParams,
        headers: idempotencyHeaders,
        body: z.object({ card: cardNumber, member: z.string().trim().max(20).default(''), reason: words }),
        response: { 201: posted, ...problems },
      },
    },
    async (request, reply) => {
      const { card, member, reason } = request.body;
      const { round } = request.params;
      const outcome = await nominate(db, {
        ...asked(request, request.headers['idempotency-key']),
        round,
        number: card,
        member,
        reason,
      });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(postedOf(outcome));
    },
  );

  app.post(
    '/api/v1/villages/:village/honours/rounds/:round/result',
    {
      config: { access: 'honour.decide' },
      schema: {
        summary: 'Record whom the meeting honours: honour points, and points by the rule of the round',
        security: signedIn,
        params: roundParams,
        headers: idempotencyHeaders,
        body: z.object({ nominations: z.array(seq).min(1).max(500), meeting: words }),
        response: { 201: posted, ...problems },
      },
    },
    async (request, reply) => {
      const { nominations: chosen, meeting } = request.body;
      const outcome = await closeRound(db, {
        ...deciding(request, request.headers['idempotency-key']),
        round: request.params.round,
        chosen,
        meeting,
      });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(postedOf(outcome));
    },
  );

  app.post(
    '/api/v1/villages/:village/honours/rounds/:round/end',
    {
      config: { access: 'honour.decide' },
      schema: {
        summary: 'End a round in which nobody is honoured',
        security: signedIn,
        params: roundParams,
        headers: idempotencyHeaders,
        body: z.object({ reason: words }),
        response: { 201: posted, ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await abandonRound(db, {
        ...asked(request, request.headers['idempotency-key']),
        round: request.params.round,
        ...request.body,
      });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(postedOf(outcome));
    },
  );

  app.post(
    '/api/v1/villages/:village/honours/withdrawals',
    {
      config: { access: 'honour.decide' },
      schema: {
        summary: 'Withdraw an honour by the number of the act that gave it; its honour points are taken back',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({ honour: seq, reason: words }),
        response: { 201: posted, ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await withdrawHonour(db, {
        ...deciding(request, request.headers['idempotency-key']),
        ...request.body,
      });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(postedOf(outcome));
    },
  );
};

function asked(request: FastifyRequest, idempotencyKey: string) {
  return {
    villageId: villageOf(request).villageId,
    idempotencyKey,
    recordedBy: viewerOf(request).personId,
    today: request.today,
  };
}

function deciding(request: FastifyRequest, idempotencyKey: string) {
  return {
    ...asked(request, idempotencyKey),
    mayHandOut: may(viewerOf(request).appointments, 'goods.redeem', villageOf(request)),
  };
}

function postedOf({ operationId, acts }: PostedOperation) {
  return { operation: operationId, seqs: acts.map((act) => act.seq) };
}

function answerOf({ seq: round, nominations, result, ...rest }: Round) {
  const { n, kind: honour, rule, openedOn, closes, state } = rest;
  return {
    round,
    n,
    kind: honour,
    rule,
    openedOn,
    closes,
    state,
    nominations: nominations.map(({ seq: nomination, household, member, reason, by, honour: given }) => ({
      nomination,
      card: household?.card ?? null,
      household: household?.name ?? null,
      member,
      reason,
      by,
      honour: given && {
        honour: given.seq,
        day: given.day,
        honourCentipoints: given.honourCentipoints,
        withdrawn: given.withdrawn !== null,
      },
    })),
    result,
  };
}
