import { z } from 'zod';
import { viewerOf, villageOf } from '../people/index.ts';
import { photosById } from '../photos/index.ts';
import {
  centipoints,
  day,
  idempotencyHeaders,
  listOf,
  problems,
  signedIn,
  villageParams,
} from '../platform/http/api-schemas.ts';
import { rowNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { aboutClaim, claimId, common, ofClaim, operationAnswer, operationOf, photoIds } from './api-routes.ts';
import { boardSheets } from './board.ts';
import { answerObjection, fileObjection } from './object.ts';
import { MOST_LINES, postSheet } from './post-sheet.ts';

const longText = z.string().trim().min(2).max(200);

const boardAnswer = z.object({
  sheet: z.int(),
  postedOn: day,
  lines: z.array(
    z.object({
      claim: z.string(),
      name: z.string().nullable().meta({ description: 'as the village shows names; null for a deduction' }),
      rule: z.string(),
      isOfPerson: z
        .boolean()
        .meta({ description: 'about one person of the household; another line may be about another' }),
      occurredOn: day,
      amountCentipoints: centipoints,
      state: z.string(),
      clearsOn: day,
      objectableUntil: day,
      answers: z.array(z.object({ outcome: z.enum(['upheld', 'dismissed']), answer: z.string(), answeredOn: day })),
    }),
  ),
});

/** What hangs on the board for other programs: sheets, and who objects to their lines. */
export const boardApi: Routes = async (app, { db }) => {
  const { sql } = db;
  const base = '/api/v1/villages/:village';
  const written = { security: signedIn, headers: idempotencyHeaders };

  app.post(
    `${base}/claims/:claim/objections`,
    {
      config: { access: 'points.award' },
      schema: {
        summary: 'Object to a posted line for somebody',
        ...written,
        params: ofClaim,
        body: z.object({ reason: longText }),
        response: { 201: operationAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { personId, ...about } = aboutClaim(request);
      const outcome = await fileObjection(db, { ...about, reason: request.body.reason, recordedBy: personId });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(operationOf(outcome));
    },
  );

  app.post(
    `${base}/claims/:claim/answers`,
    {
      config: { access: 'claim.endorse' },
      schema: {
        summary: 'Answer an objection, in public, together with a villager representative',
        ...written,
        params: ofClaim,
        body: z.object({
          outcome: z.enum(['upheld', 'dismissed']),
          answer: longText,
          witness: z.string().trim().min(2).max(40),
        }),
        response: { 201: operationAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await answerObjection(db, { ...aboutClaim(request), ...request.body });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(operationOf(outcome));
    },
  );

  app.post(
    `${base}/sheets`,
    {
      config: { access: 'claim.endorse' },
      schema: {
        summary: 'Say that a sheet with these lines hangs on the board: their days begin',
        ...written,
        params: villageParams,
        body: z.object({
          claims: z.array(claimId).min(1).max(MOST_LINES),
          photos: photoIds.meta({ description: 'of the board, from POST …/photos?purpose=board' }),
        }),
        response: { 201: operationAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { personId } = viewerOf(request);
      const { claims, photos: ids } = request.body;
      const named = { villageId: villageOf(request).villageId, purpose: 'board', addedBy: personId, ids } as const;
      const photos = await photosById(db.sql, named);
      if ('refused' in photos) return reply.refuse(photos);
      const outcome = await postSheet(db, { ...common(request), claimIds: claims, photos, personId });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(operationOf(outcome));
    },
  );

  app.get(
    `${base}/board`,
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'What hangs on the board, the latest sheet first',
        params: villageParams,
        querystring: z.object({ before: rowNumber.optional() }),
        response: { 200: listOf(boardAnswer), ...problems },
      },
    },
    async (request) => {
      const found = await boardSheets(sql, villageOf(request).villageId, { ...request.query, limit: 21 });
      const sheets = found.slice(0, 20);
      return {
        items: sheets.map(({ lines, ...sheet }) => ({
          ...sheet,
          lines: lines.map(({ claimId: claim, ...line }) => ({ claim, ...line })),
        })),
        ...(found.length > 20 && { next: String(sheets.at(-1)?.sheet) }),
      };
    },
  );
};
