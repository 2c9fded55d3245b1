import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { BalancesPage, EarnedPage } from '../../views/cards/standing-pages.tsx';
import { recordListView, viewerOf, villageOf } from '../people/index.ts';
import { dayText, monthText } from '../platform/calendar-text.ts';
import { monthOf } from '../platform/clock.ts';
import { centipoints, day, listOf, problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import { lastOf, seqNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { balancesOn, earnedIn, type Standing } from './balances-on.ts';

/** A whole village on one page; only a very large one is read in parts. */
const MOST_LINES = 2_000;

const isMonth = monthText.meta({ description: 'month in village time', examples: ['2026-11'] });

const from = z.preprocess(lastOf, z.coerce.number().int().min(0).max(1_000_000)).optional().catch(undefined);

const balancesQuery = z.object({ on: z.preprocess(lastOf, dayText).optional().catch(undefined), from });

const earnedQuery = z.object({ month: z.preprocess(lastOf, isMonth).optional().catch(undefined), from });

const cursor = seqNumber.default(0);

const household = { cardNumber: z.string().nullable(), headName: z.string(), groupName: z.string() };

const totals = { householdCount: z.int(), totalCentipoints: centipoints };

/** 某一天的余额, 某个月的加分: the board as it was, for those who run and watch the shop. */
export const standingRoutes: Routes = async (app, { db: { sql } }) => {
  app.get(
    '/villages/:village/balances',
    { config: { access: 'village.read' }, schema: { params: villageParams, querystring: balancesQuery } },
    async (request, reply) => {
      const { on = request.today, from: offset = 0 } = request.query;
      const { villageId, code } = villageOf(request);
      await recordListView(sql, { ...viewerOf(request), villageId });
      const found = await balancesOn(sql, on, { villageId, limit: MOST_LINES + 1, offset });
      const href = `/villages/${code}/balances?on=${on}`;
      return reply.page(<BalancesPage {...page(found, href, offset)} on={on} />);
    },
  );

  app.get(
    '/villages/:village/earned',
    { config: { access: 'village.read' }, schema: { params: villageParams, querystring: earnedQuery } },
    async (request, reply) => {
      const { month = monthOf(request.today), from: offset = 0 } = request.query;
      const { villageId, code } = villageOf(request);
      await recordListView(sql, { ...viewerOf(request), villageId });
      const found = await earnedIn(sql, month, { villageId, limit: MOST_LINES + 1, offset });
      const href = `/villages/${code}/earned?month=${month}`;
      return reply.page(<EarnedPage {...page(found, href, offset)} month={month} />);
    },
  );

  app.get(
    '/api/v1/villages/:village/balances',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'What every household had at the end of a day, by the time of recording',
        security: signedIn,
        params: villageParams,
        querystring: z.object({ on: day.optional(), cursor }),
        response: {
          200: listOf(z.object({ ...household, balanceCentipoints: centipoints, entryCount: z.int() })).extend({
            on: day,
            ...totals,
          }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { on = request.today, cursor: offset } = request.query;
      await recordListView(sql, { ...viewerOf(request), ...villageOf(request) });
      const found = await balancesOn(sql, on, windowOf(request, offset));
      return { on, ...answer(found, offset) };
    },
  );

  app.get(
    '/api/v1/villages/:village/earned',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'What households earned and lost in a month, by the day on which it happened',
        security: signedIn,
        params: villageParams,
        querystring: z.object({ month: isMonth.optional(), cursor }),
        response: {
          200: listOf(
            z.object({
              ...household,
              awardCount: z.int(),
              awardedCentipoints: centipoints,
              deductedCentipoints: centipoints,
            }),
          ).extend({ month: isMonth, ...totals }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { month = monthOf(request.today), cursor: offset } = request.query;
      await recordListView(sql, { ...viewerOf(request), ...villageOf(request) });
      const found = await earnedIn(sql, month, windowOf(request, offset));
      return { month, ...answer(found, offset) };
    },
  );
};

function windowOf(request: FastifyRequest, offset: number) {
  return { villageId: villageOf(request).villageId, limit: MOST_LINES + 1, offset };
}

function page<Line>({ lines, ...sums }: Standing<Line>, href: string, offset: number) {
  return {
    lines: lines.slice(0, MOST_LINES),
    ...sums,
    nextHref: lines.length > MOST_LINES ? `${href}&from=${offset + MOST_LINES}` : undefined,
    firstHref: offset > 0 ? href : undefined,
  };
}

function answer<Line>({ lines, ...sums }: Standing<Line>, offset: number) {
  return {
    items: lines.slice(0, MOST_LINES),
    ...sums,
    ...(lines.length > MOST_LINES && { next: String(offset + MOST_LINES) }),
  };
}
