import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { StatementPage, type StatementPageProps, VillagerStatementPage } from '../../views/cards/statement-page.tsx';
import { recordPersonalView, viewerOf, villageById, villageOf } from '../people/index.ts';
import { dayText } from '../platform/calendar-text.ts';
import { centipoints, day, problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import { lastOf } from '../platform/http/form-fields.ts';
import { isPublicToken } from '../platform/ids.ts';
import { type CardStatement, cardStatement, STATEMENT_KINDS } from './card-statement.ts';
import { cardByNumber, cardByToken, type HouseholdCard } from './household-card.ts';
import { maskName } from './mask-name.ts';
import type { CardsServices } from './pending-line.ts';
import { answerBrokenCard, keepPrivate, villagerTextSize } from './villager-routes.tsx';

/** Further back is carried forward in one line. */
const MOST_LINES = 2_000;

/** A day that nobody can have chosen is left out rather than refused: the form offers a calendar. */
const asOfQuery = z.object({ asOf: z.preprocess(lastOf, dayText).optional().catch(undefined) });

const cardParams = villageParams.extend({ number: z.string().max(20) });

const statementAnswer = z.object({
  number: z.string(),
  asOf: day.meta({ description: 'acts recorded until the end of this day in village time' }),
  balanceCentipoints: centipoints,
  sumCentipoints: centipoints.meta({ description: 'all amounts added up again' }),
  isSound: z.boolean().meta({ description: 'numbers without a gap, every balance and the sum agree' }),
  firstWrongN: z.int().nullable(),
  carried: z.object({ count: z.int(), centipoints }).meta({ description: 'older entries than those listed' }),
  parts: z.array(
    z.object({
      kind: z.enum(STATEMENT_KINDS),
      count: z.int(),
      centipoints,
    }),
  ),
  entries: z.array(
    z.object({
      n: z.int(),
      seq: z.int(),
      type: z.string(),
      amountCentipoints: centipoints,
      balanceAfterCentipoints: centipoints,
      occurredOn: day,
      recordedAt: z.iso.datetime(),
      recordedBy: z.string(),
      ruleName: z.string().nullable(),
      ruleVersion: z.int().nullable(),
      goods: z.array(
        z.object({ name: z.string(), unit: z.string(), quantity: z.int(), priceCentipoints: centipoints }),
      ),
      note: z.string().nullable(),
      reversesSeq: z.int().nullable(),
      reversedBySeq: z.int().nullable(),
    }),
  ),
});

/** 对账单: why a card holds what it holds, for the office with names, for whoever holds the card without. */
export const statementRoutes: FastifyPluginAsyncZod<CardsServices> = async (app, { db, pendingOf }) => {
  app.get(
    '/villages/:village/cards/:number/statement',
    { config: { access: 'village.read' }, schema: { params: cardParams, querystring: asOfQuery } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { number } = request.params;
      const card = await cardByNumber(db.sql, villageId, number);
      if (!card) return reply.refuse({ refused: 'no_such_card', number });
      await noteView(request, card, 'statement');
      const href = `/villages/${code}/cards/${number}`;
      const statement = await statementOf(request, villageId, card);
      return reply
        .header('cache-control', 'no-store')
        .page(
          <StatementPage {...statement} householdName={card.headName} backHref={href} href={`${href}/statement`} />,
        );
    },
  );

  app.get(
    '/C/:token/statement',
    {
      config: { access: 'everybody' },
      schema: { params: z.object({ token: z.string() }), querystring: asOfQuery },
    },
    async (request, reply) => {
      keepPrivate(reply);
      const token = request.params.token.toUpperCase();
      const card = isPublicToken(token) ? await cardByToken(db.sql, token) : null;
      if (!card) return answerBrokenCard(db.sql, reply, token);
      request.village = await villageById(db.sql, card.villageId);
      return reply.page(
        <VillagerStatementPage
          {...(await statementOf(request, card.villageId, card))}
          householdName={maskName(card.headName)}
          textSize={villagerTextSize(request)}
          backHref={`/C/${token}`}
          href={`/C/${token}/statement`}
        />,
      );
    },
  );

  app.get(
    '/api/v1/villages/:village/cards/:number/statement',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'Why a card holds what it holds, oldest entry first',
        security: signedIn,
        params: cardParams,
        querystring: z.object({ asOf: day.optional() }),
        response: { 200: statementAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { number } = request.params;
      const card = await cardByNumber(db.sql, villageId, number);
      if (!card) return reply.refuse({ refused: 'no_such_card', number });
      await noteView(request, card, 'program');
      const { asOf, ...statement } = await statementOf(request, villageId, card);
      return describeStatement(number, asOf ?? request.today, statement);
    },
  );

  function noteView(request: FastifyRequest, { householdId }: HouseholdCard, kind: 'statement' | 'program') {
    const { personId } = viewerOf(request);
    return recordPersonalView(db.sql, { personId, villageId: villageOf(request).villageId, householdId, kind });
  }

  async function statementOf(
    request: FastifyRequest,
    villageId: number,
    { accountId, number, groupName }: HouseholdCard,
  ): Promise<CardStatement & Pick<StatementPageProps, 'asOf' | 'cardNumber' | 'groupName' | 'pending'>> {
    const { asOf: wanted } = request.query as { asOf?: string | undefined };
    const asOf = wanted === undefined || wanted >= request.today ? undefined : wanted;
    const [statement, pending] = await Promise.all([
      cardStatement(db, { villageId, accountId, asOf, limit: MOST_LINES }),
      // What waits now says nothing of a day in the past.
      asOf === undefined ? pendingOf({ villageId, accountId, today: request.today }) : [],
    ]);
    return { ...statement, pending, asOf, cardNumber: number, groupName };
  }
};

function describeStatement(number: string, asOf: string, statement: CardStatement): z.infer<typeof statementAnswer> {
  const { lines, carriedCount, carriedCentipoints, statedCentipoints, sumCentipoints, isSound, firstWrongN } =
    statement;
  return {
    number,
    asOf,
    balanceCentipoints: statedCentipoints,
    sumCentipoints,
    isSound,
    firstWrongN,
    carried: { count: carriedCount, centipoints: carriedCentipoints },
    parts: statement.parts,
    entries: lines.map((line) => ({ ...line, recordedAt: line.recordedAt.toISOString() })),
  };
}
