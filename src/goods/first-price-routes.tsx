import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FirstPricesCheckPage, FirstPricesPage } from '../../views/goods/first-prices-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { Notice } from '../../views/shared/notice.tsx';
import { viewerOf, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyAfter, keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { allOf, lastOf, rowNumber } from '../platform/http/form-fields.ts';
import { isRefusal, type Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { approveFirstPrices, declineFirstPrices } from './close-proposals.ts';
import { decideProposal } from './decide-proposal.ts';
import { countFirstPrices, type Proposal, proposals } from './proposals.ts';

const access = 'goods.approve';
const PAGE = 100;

const text = (most: number) => z.preprocess((value) => (lastOf(value) ?? '').slice(0, most), z.string());

const listQuery = z.object({
  q: text(40),
  before: z.preprocess(lastOf, rowNumber.optional()).catch(undefined),
  done: z.preprocess(lastOf, z.enum(['approved', 'declined']).optional()).catch(undefined),
  count: z.preprocess(lastOf, rowNumber.optional()).catch(undefined),
});

const ticked = z.preprocess(
  (value) => allOf(value).filter((one) => /^[1-9]\d{0,8}$/.test(one)),
  z.array(z.coerce.number()),
);

const lookForm = z.object({ proposals: ticked, q: text(40), which: text(10) });

const decisionForm = z.object({
  proposals: ticked,
  decision: z.enum(['approve', 'decline']),
  why: text(100),
  idempotencyKey: text(200),
});

interface Checked {
  why?: string;
  key?: string;
  refusal?: Refusal;
}

/** 新物品的分值，一起看: what waits for its first price, looked at and decided together by somebody who did not add it. */
export const firstPriceRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/villages/:village/first-prices',
    { config: { access }, schema: { params: villageParams, querystring: listQuery } },
    (request, reply) => drawList(request, reply, request.query),
  );

  app.post(
    '/villages/:village/first-prices/checks',
    { config: { access }, schema: { params: villageParams, body: lookForm } },
    async (request, reply) => {
      const { q, which, proposals: named } = request.body;
      const found = await waiting(request, { q, ...(which !== 'all' && { named }) });
      if (!found.some((one) => mayDecide(request, one))) {
        return drawList(request, reply, { q }, { refused: 'no_first_price_chosen' });
      }
      return drawCheck(request, reply, found);
    },
  );

  app.post(
    '/villages/:village/first-prices/decisions',
    { config: { access }, schema: { params: villageParams, body: decisionForm } },
    async (request, reply) => {
      const { proposals: named, decision, why } = request.body;
      const key = keyOf(request.body);
      const { villageId, code } = villageOf(request);
      const input = { villageId, proposalIds: named, recordedBy: viewerOf(request).personId, today: request.today };
      const outcome =
        decision === 'approve'
          ? await approveFirstPrices(db, { ...input, idempotencyKey: key })
          : await sql.begin((tx) => declineFirstPrices(tx, { ...input, why }));
      if (isRefusal(outcome)) {
        const left = await waiting(request, { named });
        return drawCheck(request, reply, left, { why, key, refusal: outcome });
      }
      const done = new URLSearchParams({
        done: decision === 'approve' ? 'approved' : 'declined',
        count: String(new Set(named).size),
      });
      return reply.redirect(`/villages/${code}/first-prices?${done}`, 303);
    },
  );

  async function waiting(
    request: FastifyRequest,
    { q, named, before, limit }: { q?: string; named?: number[]; before?: number | undefined; limit?: number },
  ): Promise<Proposal[]> {
    const { villageId } = villageOf(request);
    const after = before === undefined ? undefined : { isOpen: true, proposalId: before };
    return proposals(sql, {
      villageId,
      today: request.today,
      waitingFirst: true,
      query: named ? '' : q,
      proposalIds: named,
      after,
      limit,
    });
  }

  async function drawList(
    request: FastifyRequest,
    reply: FastifyReply,
    { q, before, done, count: doneCount = 0 }: Partial<z.infer<typeof listQuery>> & { q: string },
    refusal?: Refusal,
  ) {
    const { villageId, code } = villageOf(request);
    const t = translate(request.locale);
    const [found, count] = await Promise.all([
      waiting(request, { q, before, limit: PAGE + 1 }),
      countFirstPrices(sql, villageId, q),
    ]);
    const rows = found.slice(0, PAGE);
    const href = `/villages/${code}/first-prices`;
    const address = (values: Record<string, string>) => {
      const query = new URLSearchParams({ ...(q !== '' && { q }), ...values }).toString();
      return query === '' ? href : `${href}?${query}`;
    };
    setStatus(reply, { errors: [], refusal });
    return reply.page(
      <FirstPricesPage
        href={href}
        query={q}
        count={count}
        rows={rows.map((one) => ({ ...one, isOwn: !mayDecide(request, one) }))}
        nextHref={found.length > PAGE ? address({ before: String(rows.at(-1)?.proposalId) }) : undefined}
        firstHref={before === undefined ? undefined : address({})}
        notice={
          refusal
            ? refusalNotice(request, refusal)
            : done && (
                <Notice kind="success" focused>
                  {t(`goods.first.${done}`, { count: doneCount })}
                </Notice>
              )
        }
      />,
    );
  }

  async function drawCheck(
    request: FastifyRequest,
    reply: FastifyReply,
    found: readonly Proposal[],
    { why = '', key = newIdempotencyKey(), refusal }: Checked = {},
  ) {
    setStatus(reply, { errors: [], refusal });
    return reply.page(
      <FirstPricesCheckPage
        href={`/villages/${villageOf(request).code}/first-prices`}
        rows={found.filter((one) => mayDecide(request, one))}
        why={why}
        idempotencyKey={keyAfter(refusal, key)}
        notice={refusal && refusalNotice(request, refusal)}
      />,
    );
  }
};

function mayDecide(request: FastifyRequest, proposal: Proposal): boolean {
  return !('refused' in decideProposal(proposal, 'approve', viewerOf(request).personId));
}
