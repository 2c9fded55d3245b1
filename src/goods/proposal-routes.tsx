import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ProposalsPage } from '../../views/goods/proposals-page.tsx';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { type Capability, may, viewerOf, villageOf } from '../people/index.ts';
import { villageDay } from '../platform/clock.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { lastOf, rowNumber } from '../platform/http/form-fields.ts';
import { isRefusal, type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { approveProposal, closeProposal } from './close-proposals.ts';
import { decideProposal, type ProposalEvent } from './decide-proposal.ts';
import { type ProposalPlace, placeText, proposalPlace } from './proposal-place.ts';
import { countFirstPrices, type Proposal, proposals } from './proposals.ts';

const params = villageParams.extend({ proposal: rowNumber });
const PAGE = 50;

/** What waits for a second person's word: prices by hand, first prices and write-offs. */
export const proposalRoutes: Routes = async (app, { db }) => {
  app.get(
    '/villages/:village/goods-proposals',
    {
      config: { access: 'village.read' },
      schema: {
        params: villageParams,
        querystring: z.object({ before: z.preprocess(lastOf, proposalPlace.optional()).catch(undefined) }),
      },
    },
    async (request, reply) => drawList(request, reply, request.query.before),
  );

  app.post(
    '/villages/:village/goods-proposals/:proposal/decisions',
    {
      config: { access: 'goods.approve' },
      schema: {
        params,
        body: z.object({ decision: z.enum(['approve', 'decline']), why: z.string().trim().max(100).optional() }),
      },
    },
    async (request, reply) => {
      const input = inputOf(request, request.params.proposal);
      const { decision, why } = request.body;
      return answer(
        request,
        reply,
        decision === 'approve'
          ? await approveProposal(db, input)
          : await closeProposal(db.sql, { ...input, why }, decision),
      );
    },
  );

  app.post(
    '/villages/:village/goods-proposals/:proposal/withdrawals',
    { config: { access: 'goods.manage' }, schema: { params } },
    async (request, reply) =>
      answer(request, reply, await closeProposal(db.sql, inputOf(request, request.params.proposal), 'withdraw')),
  );

  async function answer(request: FastifyRequest, reply: FastifyReply, outcome: object) {
    if (isRefusal(outcome)) return drawList(request, reply, undefined, outcome);
    return reply.redirect(`/villages/${villageOf(request).code}/goods-proposals`, 303);
  }

  async function drawList(request: FastifyRequest, reply: FastifyReply, after?: ProposalPlace, refusal?: Refusal) {
    const { villageId, code } = villageOf(request);
    const [found, firstPrices] = await Promise.all([
      proposals(db.sql, { villageId, today: request.today, after, limit: PAGE + 1 }),
      countFirstPrices(db.sql, villageId),
    ]);
    const shown = found.slice(0, PAGE);
    const last = shown.at(-1);
    const rows = shown.map((proposal) => describe(request, proposal));
    const href = `/villages/${code}/goods-proposals`;
    return reply
      .code(refusal ? refusalStatus(refusal) : 200)
      .page(
        <ProposalsPage
          href={href}
          stockHref={`/villages/${code}/goods`}
          open={rows.filter(({ state }) => state === 'open')}
          decided={rows.filter(({ state }) => state !== 'open')}
          firstPrices={
            firstPrices > 1 && allows(request, 'goods.approve')
              ? { count: firstPrices, href: `/villages/${code}/first-prices` }
              : undefined
          }
          refusal={refusal && refusalText(request.locale, refusal)}
          nextHref={found.length > PAGE && last ? `${href}?before=${placeText(last)}` : undefined}
          firstHref={after === undefined ? undefined : href}
        />,
      );
  }
};

function inputOf(request: FastifyRequest, proposalId: number) {
  const { villageId } = villageOf(request);
  return { villageId, proposalId, recordedBy: viewerOf(request).personId, today: request.today };
}

function describe(request: FastifyRequest, { proposedAt, decidedAt, ...proposal }: Proposal) {
  const can = (event: ProposalEvent) => !('refused' in decideProposal(proposal, event, viewerOf(request).personId));
  return {
    ...proposal,
    proposedDay: villageDay(proposedAt),
    decidedDay: decidedAt && villageDay(decidedAt),
    mayDecide: can('approve') && allows(request, 'goods.approve'),
    mayWithdraw: can('withdraw') && allows(request, 'goods.manage'),
  };
}

function allows(request: FastifyRequest, capability: Capability): boolean {
  return may(viewerOf(request).appointments, capability, villageOf(request));
}
