import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CopyPage } from '../../views/cards/copy-page.tsx';
import { recordPersonalView, recordSecurityEvent, viewerOf, villageOf } from '../people/index.ts';
import { cardNumber, centipoints, day, problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import { lastOf } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { cardByNumber, type HouseholdCard } from './household-card.ts';
import { type CopiedAct, type HouseholdCopy, householdCopy } from './household-copy.ts';

/** Many years of a household fit; what is beyond comes in further parts. */
const MOST_ACTS = 5_000;
const MOST_ON_A_PAGE = 1_000;

const params = villageParams.extend({ number: z.string().max(20) });

const fromSeq = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const partQuery = z.object({ from: z.preprocess(lastOf, fromSeq).optional().catch(undefined) });

const moment = z.iso.datetime();

const copyAnswer = z.object({
  village: z.object({ code: z.string(), name: z.string() }),
  madeAt: moment,
  madeBy: z.string().meta({ description: 'who made this copy' }),
  household: z.object({
    headName: z.string(),
    pinyin: z.string().meta({ description: 'search keys of the name' }),
    initials: z.string(),
    groupName: z.string(),
    memberCount: z.int(),
    phone: z.string().nullable(),
    registeredAt: moment,
    vacatedOn: day.nullable(),
    pinSetAt: moment.nullable(),
    isErased: z.boolean(),
  }),
  accounts: z.array(
    z.object({
      kind: z.string(),
      pseudonym: z.string().meta({ description: 'its name in the public log' }),
      status: z.string(),
      balanceCentipoints: centipoints,
    }),
  ),
  cards: z.array(
    z.object({
      number: cardNumber,
      issuedAt: moment,
      endedAt: moment.nullable(),
      recalledAt: moment.nullable(),
    }),
  ),
  acts: z.array(
    z.object({
      seq: z.int().meta({ description: "number in the village's public record" }),
      id: z.string(),
      type: z.string(),
      occurredOn: day,
      recordedAt: moment,
      recordedBy: z.string(),
      n: z.int().nullable().meta({ description: 'number of the entry in the passbook; null where no points moved' }),
      amountCentipoints: centipoints.nullable(),
      balanceAfterCentipoints: centipoints.nullable(),
      ruleName: z.string().nullable(),
      ruleVersion: z.int().nullable(),
      goods: z.array(
        z.object({ name: z.string(), unit: z.string(), quantity: z.int(), priceCentipoints: centipoints }),
      ),
      proxyRelation: z.string().nullable().meta({ description: 'who fetched the goods, if not the household' }),
      reversesSeq: z.int().nullable(),
      reversedBySeq: z.int().nullable(),
      facts: z.record(z.string(), z.json()).meta({ description: 'what the public log says of it' }),
      leafHash: z.string().meta({ description: 'SHA-256 in the public log, hexadecimal' }),
      openings: z
        .array(z.tuple([z.string(), z.string(), z.string()]))
        .meta({ description: 'salt, name, value: what the public log holds a digest of only' }),
    }),
  ),
  views: z.array(z.object({ by: z.string(), kind: z.string(), viewedAt: moment })),
  leftOut: z.array(z.string()).meta({ description: 'what is held and not given, and why' }),
  nextSeq: z.int().nullable().meta({ description: 'where the next part begins: ?from=' }),
});

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
        .send(`${JSON.stringify(describeCopy(request, copy), null, 2)}\n`);
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
      return describeCopy(request, await copyFor(request, card, { form: 'program', limit: MOST_ACTS }));
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
    return householdCopy(db, { villageId, householdId, fromSeq: from, limit });
  }
};

function numberOf({ params: given }: FastifyRequest): string {
  return (given as z.infer<typeof params>).number;
}

function refuse(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.refuse({ refused: 'no_such_card', number: numberOf(request) } as Refusal);
}

function describeCopy(request: FastifyRequest, copy: HouseholdCopy): z.infer<typeof copyAnswer> {
  const { code, name } = villageOf(request);
  const { household, accounts, cards, acts, views, nextSeq } = copy;
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    village: { code, name },
    madeAt: new Date().toISOString(),
    madeBy: viewerOf(request).displayName,
    household: {
      ...household,
      registeredAt: household.registeredAt.toISOString(),
      pinSetAt: iso(household.pinSetAt),
    },
    accounts,
    cards: cards.map(({ number, issuedAt, endedAt, recalledAt }) => ({
      number,
      issuedAt: issuedAt.toISOString(),
      endedAt: iso(endedAt),
      recalledAt: iso(recalledAt),
    })),
    acts: acts.map(describeAct),
    views: views.map(({ displayName, kind, viewedAt }) => ({
      by: displayName,
      kind,
      viewedAt: viewedAt.toISOString(),
    })),
    leftOut: [
      'the token in the QR code of the card: it is a key, and stands on the card itself',
      'the digits for the counter: only a hash is kept that nobody can turn back',
      'names and card numbers of other households in a split or merger: they are data of those households',
    ],
    nextSeq,
  };
}

type AnsweredAct = z.infer<typeof copyAnswer>['acts'][number];

function describeAct(act: CopiedAct): AnsweredAct {
  const { seq, actId, type, occurredOn, recordedAt, recordedBy, facts, leafHashHex, openings } = act;
  const { n, amountCentipoints, balanceAfterCentipoints } = act;
  const { ruleName, ruleVersion, goods, proxyRelation, reversesSeq, reversedBySeq } = act;
  return {
    seq,
    id: actId,
    type,
    occurredOn,
    recordedAt: recordedAt.toISOString(),
    recordedBy,
    n,
    amountCentipoints,
    balanceAfterCentipoints,
    ruleName,
    ruleVersion,
    goods,
    proxyRelation,
    reversesSeq,
    reversedBySeq,
    facts: facts as AnsweredAct['facts'],
    leafHash: leafHashHex,
    openings: openings.map(([salt, name, value]) => [salt, name, value]),
  };
}
