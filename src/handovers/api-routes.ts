import { z } from 'zod';
import { viewerOf, villageOf } from '../people/index.ts';
import { day, idempotencyHeaders, listOf, problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import { rowNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { cancelHandover, countForHandover, listOpenItems, openHandover, signHandover } from './hand-over.ts';
import { type Handover, handovers } from './handovers.ts';
import { OPEN_ITEM_KINDS } from './open-items.ts';
import { dueHandovers } from './shop-posts.ts';
import { titleProblems } from './title-problems.ts';
import { waiveHandover } from './waive-handover.ts';

const role = z.enum(['manager', 'storekeeper']);
const params = villageParams.extend({ handover: rowNumber });
const security = signedIn;

const handoverAnswer = z.object({
  handoverId: z.int(),
  role,
  state: z.enum(['opened', 'counted', 'listed', 'complete', 'cancelled', 'waived']),
  from: z.string(),
  to: z.string().nullable(),
  openedOn: day,
  stocktakeId: z.int().nullable(),
  openItems: z.array(
    z.object({ kind: z.enum(OPEN_ITEM_KINDS), seq: z.int().nullable(), since: day, what: z.string() }),
  ),
  listedAt: z.iso.datetime().nullable().meta({ description: 'names the list; a signature is under exactly this one' }),
  isSignedByFrom: z.boolean(),
  isSignedByTo: z.boolean(),
  closedOn: day.nullable(),
  seq: z.int().nullable(),
});

/** 移交 for programs. */
export const handoverApi: Routes = async (app, { db }) => {
  app.get(
    '/api/v1/villages/:village/handovers',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'Who handed the shop to whom, and who still has to',
        security,
        params: villageParams,
        querystring: z.object({ before: rowNumber.optional() }),
        response: {
          200: listOf(handoverAnswer).extend({
            due: z.array(z.object({ role, from: z.string(), to: z.string(), since: day })),
          }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { villageId } = villageOf(request);
      const [items, due] = await Promise.all([
        handovers(db.sql, villageId, { beforeId: request.query.before, limit: 50 }),
        dueHandovers(db.sql, { villageId, today: request.today }),
      ]);
      return {
        items: (await titleProblems(db.sql, villageId, items)).map(describe),
        due: due.map(({ role: post, fromName, toName, since }) => ({ role: post, from: fromName, to: toName, since })),
      };
    },
  );

  app.post(
    '/api/v1/villages/:village/handovers',
    {
      config: { access: 'handover.keep' },
      schema: {
        summary: 'Begin to hand the shop over',
        security,
        params: villageParams,
        body: z.object({ role, fromPersonId: rowNumber, toPersonId: rowNumber }),
        response: { 201: z.object({ handoverId: z.int() }), ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await openHandover(db.sql, { ...askerOf(request), ...request.body, today: request.today });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(outcome);
    },
  );

  app.post(
    '/api/v1/villages/:village/handovers/:handover/steps',
    {
      config: { access: 'handover.keep' },
      schema: {
        summary: 'Begin the count that belongs to it, write down what is open, or cancel it',
        security,
        params,
        body: z.object({ step: z.enum(['count', 'list', 'cancel']) }),
        response: { 201: z.object({ stocktakeId: z.int().optional() }), ...problems },
      },
    },
    async (request, reply) => {
      const one = { ...askerOf(request), handoverId: request.params.handover };
      const { step } = request.body;
      const command = { count: countForHandover, list: listOpenItems, cancel: cancelHandover }[step];
      const outcome = await command(db.sql, one);
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send('stocktakeId' in outcome ? { stocktakeId: outcome.stocktakeId } : {});
    },
  );

  app.post(
    '/api/v1/villages/:village/handovers/:handover/signatures',
    {
      config: { access: 'handover.keep', freshProof: true },
      schema: {
        summary: 'Sign; with the second signature it is complete',
        security,
        params,
        body: z.object({ listedAt: z.iso.datetime() }),
        response: { 201: z.object({ seq: z.int().nullable() }), ...problems },
      },
    },
    async (request, reply) => {
      const one = { ...askerOf(request), handoverId: request.params.handover, today: request.today };
      const outcome = await signHandover(db, { ...one, seenListedAt: request.body.listedAt });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send({ seq: 'acts' in outcome ? (outcome.acts[0]?.seq ?? null) : null });
    },
  );

  app.post(
    '/api/v1/villages/:village/handovers/waivers',
    {
      config: { access: 'handover.waive', freshProof: true },
      schema: {
        summary: 'Let one change of hands be without a handover',
        security,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({ role, fromPersonId: rowNumber, reason: z.string().trim().min(2).max(100) }),
        response: { 201: z.object({ seq: z.int() }), ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await waiveHandover(db, {
        villageId: villageOf(request).villageId,
        ...request.body,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send({ seq: outcome.acts[0]?.seq ?? 0 });
    },
  );
};

function describe(handover: Handover) {
  const { fromName, toName, fromSignedAt, toSignedAt, openItems, ...rest } = handover;
  return {
    handoverId: rest.handoverId,
    role: rest.role,
    state: rest.state,
    from: fromName,
    to: toName,
    openedOn: rest.openedOn,
    stocktakeId: rest.stocktakeId,
    openItems: openItems ?? [],
    listedAt: rest.listedAt,
    isSignedByFrom: fromSignedAt !== null,
    isSignedByTo: toSignedAt !== null,
    closedOn: rest.closedOn,
    seq: rest.seq,
  };
}

function askerOf(request: Parameters<typeof viewerOf>[0]) {
  return { villageId: villageOf(request).villageId, personId: viewerOf(request).personId };
}
