import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CopyPage } from '../../views/cards/copy-page.tsx';
import { cardByNumber, type HouseholdCard } from '../cards/index.ts';
import { recordPersonalView, recordSecurityEvent, viewerOf, villageOf } from '../people/index.ts';
import { problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import { lastOf, seqNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { copyAnswer, describeCopy } from './copy-answer.ts';
import { type HouseholdCopy, householdCopy } from './household-copy.ts';

/** Many years of a household fit; what is beyond comes in further parts. */
const MOST_ACTS = 5_000;
const MOST_ON_A_PAGE = 1_000;

const params = villageParams.extend({ number: z.string().max(20) });

const fromSeq = seqNumber;

const partQuery = z.object({ from: z.preprocess(lastOf, fromSeq).optional().catch(undefined) });

/** 本户资料: a copy of everything for the household that asks for it. Each one made stands in the security log. */
export const copyRoutes: Routes = async (app, { db }) => {
  const config = { access: 'village.read', freshProof: true } as const;

  app.get(
    '/villages/:village/cards/:number/copy',
    { config, schema: { params, querystring: partQuery } },
    async (request, reply) => {
      const card = await cardOf(request);
      if (!card) return refuse(request, reply);
      const copy = await copyFor(request, card, { form: 'page', limit: MOST_ON_A_PAGE });
      const href = `/villages/${villageOf(request).code}/cards/${card.number}`;
      return reply
        .header('cache-control', 'no-store')
        .page(
          <CopyPage
            {...copy}
            number={card.number}
            madeAt={new Date()}
            madeBy={viewerOf(request).displayName}
            backHref={href}
            fileHref={`${href}/copy.json`}
            nextHref={copy.nextSeq === null ? undefined : `${href}/copy?from=${copy.nextSeq}`}
          />,
        );
    },
  );

  app.get(
    '/villages/:village/cards/:number/copy.json',
    { config, schema: { params, querystring: partQuery } },
    async (request, reply) => {
      const card = await cardOf(request);
      if (!card) return refuse(request, reply);
      const copy = await copyFor(request, card, { form: 'file', limit: MOST_ACTS });
      return reply
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="household-${card.number}-${request.today}.json"`)
        .type('application/json; charset=utf-8')
        .send(`${JSON.stringify(describeCopy(madeFor(request), copy), null, 2)}\n`);
    },
  );

  // Whoever signed in a while ago proves who they are on a form; what it answers to leads back to what was asked for.
  for (const url of ['/villages/:village/cards/:number/copy', '/villages/:village/cards/:number/copy.json']) {
    app.post(url, { config, schema: { params, querystring: partQuery } }, (request, reply) =>
      reply.redirect(request.url, 303),
    );
  }

  app.get(
    '/api/v1/villages/:village/cards/:number/copy',
    {
      config,
      schema: {
        summary: 'Everything that is held about one household, for that household',
        security: signedIn,
        params,
        querystring: z.object({ from: fromSeq.optional() }),
        response: { 200: copyAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const card = await cardOf(request);
      if (!card) return refuse(request, reply);
      return describeCopy(madeFor(request), await copyFor(request, card, { form: 'program', limit: MOST_ACTS }));
    },
  );

  function cardOf(request: FastifyRequest): Promise<HouseholdCard | null> {
    return cardByNumber(db.sql, villageOf(request).villageId, numberOf(request));
  }

  /** What is handed out is noted first: a copy that nobody can know of is none. */
  async function copyFor(
    request: FastifyRequest,
    { householdId, number }: HouseholdCard,
    { form, limit }: { form: 'page' | 'file' | 'program'; limit: number },
  ): Promise<HouseholdCopy> {
    const { villageId, regionId } = villageOf(request);
    const { personId } = viewerOf(request);
    await db.sql.begin(async (tx) => {
      await recordPersonalView(tx, { personId, villageId, householdId, kind: 'copy' });
      const details = { card: number, form };
      await recordSecurityEvent(tx, { kind: 'household.copied', personId, regionId, address: request.ip, details });
    });
    const { from } = request.query as z.infer<typeof partQuery>;
    return householdCopy(db, { villageId, householdId, today: request.today, fromSeq: from, limit });
  }
};

function numberOf({ params: given }: FastifyRequest): string {
  return (given as z.infer<typeof params>).number;
}

function refuse(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.refuse({ refused: 'no_such_card', number: numberOf(request) });
}

function madeFor(request: FastifyRequest) {
  const { code, name } = villageOf(request);
  return { village: { code, name }, madeBy: viewerOf(request).displayName };
}
