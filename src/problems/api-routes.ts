import { z } from 'zod';
import { type Capability, viewerOf, villageOf } from '../people/index.ts';
import { photosById } from '../photos/index.ts';
import {
  cardNumber,
  day,
  idempotencyHeaders,
  problems as refusals,
  signedIn,
  villageParams,
} from '../platform/http/api-schemas.ts';
import { lastOf, rowNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { changeProblem } from './change-problem.ts';
import { countProblems } from './count-problems.ts';
import { PROBLEM_STATES, type ProblemStep } from './decide-problem.ts';
import { listProblems, PROBLEM_FILTERS } from './list-problems.ts';
import { PROBLEM_ORIGINS } from './open-problem.ts';
import { type Problem, problems } from './problems.ts';
import { recordFinding } from './record-finding.ts';

const problemAnswer = z.object({
  n: z.int().meta({ description: 'counted upward in the village, without a gap' }),
  seq: z.int().meta({ description: 'number of the act that found it' }),
  state: z.enum(PROBLEM_STATES),
  origin: z.enum(PROBLEM_ORIGINS),
  foundOn: day,
  what: z.string(),
  card: cardNumber.nullable(),
  act: z.int().nullable().meta({ description: 'number of the act that it is about' }),
  owner: z.string().nullable(),
  due: day.nullable(),
  steps: z.array(z.object({ seq: z.int(), type: z.string(), day, by: z.string(), note: z.string() })),
});

const counts = z.object({
  found: z.int(),
  open: z.int(),
  closed: z.int(),
  longTerm: z.int(),
  unassigned: z.int(),
  unconfirmed: z.int(),
  overdue: z.int(),
  overdueDays: z.int(),
});

const listQuery = z.object({
  state: z.enum(PROBLEM_FILTERS).default('all'),
  q: z.preprocess((value) => lastOf(value) ?? '', z.string().max(40)),
  before: rowNumber.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const problemParams = villageParams.extend({ problem: rowNumber });

const note = z.string().trim().max(200);
const photoIds = z
  .array(z.string().max(40))
  .max(4)
  .default([])
  .meta({ description: 'from POST …/photos?purpose=evidence' });

const STEPS = [
  {
    path: 'assignments',
    access: 'problem.direct',
    summary: 'Give a problem to somebody, with a day',
    body: z.object({ owner: z.int().meta({ description: 'id of the person' }), due: day }),
    step: (body: { owner: number; due: string }): ProblemStep => ({
      kind: 'assign',
      ownerId: body.owner,
      due: body.due,
    }),
  },
  {
    path: 'deferrals',
    access: 'problem.direct',
    summary: 'Cannot be done soon: looked at again on a day',
    body: z.object({ review: day, note: note.min(2) }),
    step: (body: { review: string; note: string }): ProblemStep => ({ kind: 'defer', ...body }),
  },
  {
    path: 'fixes',
    access: 'problem.fix',
    summary: 'It is fixed: how, in words or by photos',
    body: z.object({ note: note.default(''), photos: photoIds }),
    step: (body: { note: string; photos: string[] }): ProblemStep => ({
      kind: 'fix',
      note: body.note,
      photoCount: body.photos.length,
    }),
  },
  {
    path: 'checks',
    access: 'problem.close',
    summary: 'Somebody else looked at it',
    body: z.object({ good: z.boolean(), note: note.default('') }),
    step: (body: { good: boolean; note: string }): ProblemStep => ({
      kind: 'check',
      isGood: body.good,
      note: body.note,
    }),
  },
  {
    path: 'closures',
    access: 'problem.close',
    summary: 'Close a checked problem',
    body: z.object({}),
    step: (): ProblemStep => ({ kind: 'close' }),
  },
] as const satisfies readonly {
  path: string;
  access: Capability;
  summary: string;
  body: z.ZodObject;
  step: (body: never) => ProblemStep;
}[];

/** 问题台账 as JSON. */
export const problemApi: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/api/v1/villages/:village/problems',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'The problem ledger, the newest first',
        security: signedIn,
        params: villageParams,
        querystring: listQuery,
        response: { 200: z.object({ counts, items: z.array(problemAnswer), next: z.int().optional() }), ...refusals },
      },
    },
    async (request) => {
      const { state, q, before, limit } = request.query;
      const all = await problems(sql, villageOf(request).villageId);
      const query = { filter: state, text: q, before: before ?? null, limit };
      const { items, next } = listProblems(all, query, request.today);
      return { counts: countProblems(all, request.today), items: items.map(answerOf), ...(next !== null && { next }) };
    },
  );

  app.post(
    '/api/v1/villages/:village/problems',
    {
      config: { access: 'problem.find' },
      schema: {
        summary: 'Write a problem down',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({ what: note.min(2), card: cardNumber.optional(), photos: photoIds }),
        response: { 201: problemAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const recordedBy = viewerOf(request).personId;
      const { what, card, photos: ids } = request.body;
      const photos = await photosById(sql, { villageId, purpose: 'evidence', addedBy: recordedBy, ids });
      if ('refused' in photos) return reply.refuse(photos);
      const outcome = await recordFinding(db, {
        villageId,
        what,
        card,
        photos,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy,
        today: request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      const found = (await problems(sql, villageId)).find(({ seq }) => seq === outcome.acts[0]?.seq);
      if (!found) throw new Error('a problem that was recorded is not there');
      return reply.code(201).send(answerOf(found));
    },
  );

  for (const { path, access, summary, body, step } of STEPS) {
    app.post(
      `/api/v1/villages/:village/problems/:problem/${path}`,
      {
        config: { access },
        schema: {
          summary,
          security: signedIn,
          params: problemParams,
          headers: idempotencyHeaders,
          body: body as z.ZodObject,
          response: { 201: problemAnswer, ...refusals },
        },
      },
      async (request, reply) => {
        const { villageId } = villageOf(request);
        const recordedBy = viewerOf(request).personId;
        const { problem: n } = request.params;
        const known = (await problems(sql, villageId)).find((one) => one.n === n);
        if (!known) return reply.refuse({ refused: 'unknown_problem' });
        const named = request.body['photos'];
        const ids = Array.isArray(named) ? named.map(String) : [];
        const photos = await photosById(sql, { villageId, purpose: 'evidence', addedBy: recordedBy, ids });
        if ('refused' in photos) return reply.refuse(photos);
        const outcome = await changeProblem(db, {
          villageId,
          problem: known.seq,
          // Each body was read by the schema beside it.
          step: (step as (body: unknown) => ProblemStep)(request.body),
          photos,
          idempotencyKey: request.headers['idempotency-key'],
          recordedBy,
          today: request.today,
        });
        if ('refused' in outcome) return reply.refuse(outcome);
        const changed = (await problems(sql, villageId)).find((one) => one.n === n);
        return reply.code(201).send(answerOf(changed ?? known));
      },
    );
  }
};

function answerOf({ n, seq, state, origin, foundOn, what, household, act, owner, due, steps }: Problem) {
  return {
    n,
    seq,
    state,
    origin,
    foundOn,
    what,
    act,
    owner,
    due,
    card: household?.card ?? null,
    steps: steps.map(({ seq: number, type, day: on, by, note: words }) => ({
      seq: number,
      type,
      day: on,
      by,
      note: words,
    })),
  };
}
