import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DebtsPage } from '../../views/cards/debts-page.tsx';
import { recordListView, viewerOf, villageOf } from '../people/index.ts';
import { centipoints, day, listOf, problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import { lastOf, seqNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { debts } from './debts.ts';

const PAGE = 50;

const listQuery = z.object({
  q: z.preprocess((value) => (lastOf(value) ?? '').slice(0, 100), z.string()),
  from: z.preprocess(lastOf, seqNumber).optional().catch(undefined),
});

const debtAnswer = z.object({
  cardNumber: z.string(),
  headName: z.string(),
  groupName: z.string(),
  status: z.enum(['registered', 'active', 'frozen', 'closed']),
  owedCentipoints: centipoints,
  since: day.meta({ description: 'the day on which its balance fell below nothing' }),
  ruleName: z.string().nullable(),
  seq: z.int().meta({ description: 'the act with which it began' }),
});

/** 欠扣的户, for those who run and watch the shop. */
export const debtRoutes: Routes = async (app, { db: { sql } }) => {
  app.get(
    '/villages/:village/debts',
    { config: { access: 'village.read' }, schema: { params: villageParams, querystring: listQuery } },
    async (request, reply) => {
      const { q, from = 0 } = request.query;
      const { code } = villageOf(request);
      const { lines, ...sums } = await find(request, q, from);
      const href = (offset: number) => {
        const query = new URLSearchParams({ ...(q !== '' && { q }), ...(offset > 0 && { from: String(offset) }) });
        return `/villages/${code}/debts${query.size > 0 ? `?${query}` : ''}`;
      };
      return reply.page(
        <DebtsPage
          {...sums}
          query={q}
          lines={lines.slice(0, PAGE)}
          nextHref={lines.length > PAGE ? href(from + PAGE) : undefined}
          firstHref={from > 0 ? href(0) : undefined}
        />,
      );
    },
  );

  app.get(
    '/api/v1/villages/:village/debts',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'Households that owe points, since when and what for; who has owed longest first',
        security: signedIn,
        params: villageParams,
        querystring: z.object({ q: z.string().max(100).default(''), cursor: seqNumber.default(0) }),
        response: {
          200: listOf(debtAnswer).extend({ householdCount: z.int(), totalCentipoints: centipoints }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { q, cursor } = request.query;
      const { lines, ...sums } = await find(request, q, cursor);
      return {
        items: lines.slice(0, PAGE),
        ...sums,
        ...(lines.length > PAGE && { next: String(cursor + PAGE) }),
      };
    },
  );

  async function find(request: FastifyRequest, query: string, offset: number) {
    const { villageId } = villageOf(request);
    await recordListView(sql, { ...viewerOf(request), villageId });
    return debts(sql, { villageId, query, offset, limit: PAGE + 1 });
  }
};
