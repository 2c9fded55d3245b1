import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CertificatePage } from '../../views/handovers/certificate-page.tsx';
import { HandoverPage } from '../../views/handovers/handover-page.tsx';
import { HandoversPage } from '../../views/handovers/handovers-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { type Capability, may, viewerOf, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { refusalNotice } from '../platform/http/form-answer.tsx';
import { lastOf, rowNumber } from '../platform/http/form-fields.ts';
import { publicOrigin } from '../platform/http/public-origin.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { countedGoods } from './counted-goods.ts';
import type { ShopRole } from './decide-handover.ts';
import { cancelHandover, countForHandover, listOpenItems, openHandover, signHandover } from './hand-over.ts';
import { type Handover, handoverById, handovers } from './handovers.ts';
import { dueHandovers, shopPosts } from './shop-posts.ts';
import { titleProblems } from './title-problems.ts';
import { waiveHandover } from './waive-handover.ts';

const params = villageParams.extend({ handover: rowNumber });
const body = z.record(z.string(), z.unknown());
const PAGE = 30;
const LONGEST_REASON = 100;

type OneRequest = FastifyRequest<{ Params: { handover: number } }>;

/** 移交: who hands the shop to whom; counted, listed, signed by both, or let be by the township. */
export const handoverRoutes: Routes = async (app, { config, db }) => {
  const { sql } = db;

  app.get(
    '/villages/:village/handovers',
    {
      config: { access: 'village.read' },
      schema: {
        params: villageParams,
        querystring: z.object({ before: rowNumber.optional().catch(undefined) }),
      },
    },
    async (request, reply) => drawList(request, reply, { beforeId: request.query.before }),
  );

  app.post(
    '/villages/:village/handovers',
    { config: { access: 'handover.keep' }, schema: { params: villageParams, body } },
    async (request, reply) => {
      const values = { from: lastOf(request.body.from) ?? '', to: lastOf(request.body.to) ?? '', reason: '' };
      const from = readPost(values.from);
      const toPersonId = Number(values.to);
      const errors = [
        ...(from ? [] : [wrong(request, 'from', 'handovers.fromMissing')]),
        ...(Number.isSafeInteger(toPersonId) && toPersonId > 0 ? [] : [wrong(request, 'to', 'handovers.toMissing')]),
      ];
      if (!from || errors.length > 0) return drawList(request, reply, { values, errors });
      const pair = { role: from.role, fromPersonId: from.personId, toPersonId };
      const outcome = await openHandover(sql, { ...askerOf(request), ...pair, today: request.today });
      if ('refused' in outcome) return drawList(request, reply, { values, refusal: outcome });
      return reply.redirect(`${hrefOf(request)}/${outcome.handoverId}`, 303);
    },
  );

  app.post(
    '/villages/:village/handovers/waivers',
    { config: { access: 'handover.waive', freshProof: true }, schema: { params: villageParams, body } },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const values = {
        from: lastOf(request.body.waived) ?? '',
        to: '',
        reason: (lastOf(request.body.reason) ?? '').slice(0, LONGEST_REASON),
      };
      const idempotencyKey = lastOf(request.body.idempotencyKey);
      const post = readPost(values.from);
      const errors = [
        ...(post ? [] : [wrong(request, 'waived', 'handovers.fromMissing')]),
        ...(values.reason.length >= 2 ? [] : [wrong(request, 'reason', 'handovers.reasonMissing')]),
      ];
      if (!post || idempotencyKey === undefined || errors.length > 0) {
        return drawList(request, reply, { values, errors, idempotencyKey });
      }
      const outcome = await waiveHandover(db, {
        villageId,
        role: post.role,
        fromPersonId: post.personId,
        reason: values.reason,
        idempotencyKey,
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return drawList(request, reply, { values, refusal: outcome });
      return reply.redirect(hrefOf(request), 303);
    },
  );

  app.get(
    '/villages/:village/handovers/:handover',
    { config: { access: 'village.read' }, schema: { params } },
    async (request, reply) => drawOne(request, reply),
  );

  app.get(
    '/villages/:village/handovers/:handover/certificate',
    { config: { access: 'village.read' }, schema: { params } },
    async (request, reply) => {
      const { villageId, name, code } = villageOf(request);
      const found = await shownHandover(request);
      if (!found?.openItems || found.stocktakeId === null) return reply.refuse({ refused: 'unknown_handover' });
      const { lines, count } = await countedGoods(sql, villageId, found.stocktakeId);
      return reply.page(
        <CertificatePage
          handover={found}
          lines={lines}
          count={count}
          villageName={name}
          recordUrl={`${publicOrigin(config, request)}/villages/${code}/acts/${found.seq ?? ''}`}
          backHref={`${hrefOf(request)}/${found.handoverId}`}
        />,
      );
    },
  );

  app.post(
    '/villages/:village/handovers/:handover/steps',
    {
      config: { access: 'handover.keep' },
      schema: { params, body: z.object({ step: z.enum(['count', 'list', 'cancel']) }) },
    },
    async (request, reply) => {
      const one = { ...askerOf(request), handoverId: request.params.handover };
      const { step } = request.body;
      if (step === 'count') {
        const counting = await countForHandover(sql, one);
        if ('refused' in counting) return drawOne(request, reply, counting);
        return reply.redirect(`/villages/${villageOf(request).code}/stocktakes/${counting.stocktakeId}`, 303);
      }
      const outcome = await (step === 'list' ? listOpenItems(sql, one) : cancelHandover(sql, one));
      return 'refused' in outcome ? drawOne(request, reply, outcome) : goTo(request, reply);
    },
  );

  app.post(
    '/villages/:village/handovers/:handover/signatures',
    { config: { access: 'handover.keep', freshProof: true }, schema: { params, body } },
    async (request, reply) => {
      const one = { ...askerOf(request), handoverId: request.params.handover, today: request.today };
      const outcome = await signHandover(db, { ...one, seenListedAt: lastOf(request.body.listedAt) ?? '' });
      return 'refused' in outcome ? drawOne(request, reply, outcome) : goTo(request, reply);
    },
  );

  async function shownHandover(request: OneRequest): Promise<Handover | undefined> {
    const { villageId } = villageOf(request);
    const found = await handoverById(sql, villageId, request.params.handover);
    return found ? (await titleProblems(sql, villageId, [found]))[0] : undefined;
  }

  function goTo(request: OneRequest, reply: FastifyReply) {
    return reply.redirect(`${hrefOf(request)}/${request.params.handover}`, 303);
  }

  async function drawList(
    request: FastifyRequest,
    reply: FastifyReply,
    asked: {
      beforeId?: number | undefined;
      refusal?: Refusal;
      errors?: FieldErrors;
      values?: { from: string; to: string; reason: string };
      idempotencyKey?: string | undefined;
    },
  ) {
    const { villageId } = villageOf(request);
    const { beforeId, refusal, errors = [], values = { from: '', to: '', reason: '' } } = asked;
    const village = { villageId, today: request.today };
    const [found, { posts, hasEverHadGoods }, due] = await Promise.all([
      handovers(sql, villageId, { beforeId, limit: PAGE + 1 }),
      shopPosts(sql, village),
      dueHandovers(sql, village),
    ]);
    const rows = found.slice(0, PAGE);
    const href = hrefOf(request);
    const refused = refusal ?? (errors.length > 0 ? { refused: 'invalid_input' } : undefined);
    const present = new Map(posts.filter(({ isGone }) => !isGone).map(({ personId, name }) => [personId, name]));
    return reply
      .code(refused ? refusalStatus(refused) : 200)
      .page(
        <HandoversPage
          rows={rows}
          due={due}
          unsettled={hasEverHadGoods ? posts.filter(({ isSettled }) => !isSettled) : []}
          successors={[...present].map(([personId, name]) => ({ personId, name }))}
          mayOpen={allows(request, 'handover.keep')}
          mayWaive={allows(request, 'handover.waive')}
          values={values}
          idempotencyKey={asked.idempotencyKey ?? newIdempotencyKey()}
          errors={errors}
          notice={refusal && refusalNotice(request, refusal)}
          nextHref={found.length > PAGE ? `${href}?before=${rows.at(-1)?.handoverId}` : undefined}
          firstHref={beforeId === undefined ? undefined : href}
        />,
      );
  }

  async function drawOne(request: OneRequest, reply: FastifyReply, refusal?: Refusal) {
    const found = await shownHandover(request);
    if (!found) return reply.refuse({ refused: 'unknown_handover' });
    return reply
      .code(refusal ? refusalStatus(refusal) : 200)
      .page(
        <HandoverPage
          handover={found}
          reader={readerOf(found, viewerOf(request).personId)}
          notice={refusal && refusalNotice(request, refusal)}
        />,
      );
  }
};

function readerOf({ fromPersonId, toPersonId }: Handover, personId: number): 'from' | 'to' | 'other' {
  if (personId === fromPersonId) return 'from';
  return personId === toPersonId ? 'to' : 'other';
}

/** `manager-12` */
function readPost(text: string): { role: ShopRole; personId: number } | null {
  const [, role, id] = /^(manager|storekeeper)-(\d{1,9})$/.exec(text) ?? [];
  return role === 'manager' || role === 'storekeeper' ? { role, personId: Number(id) } : null;
}

type FieldWord = 'handovers.fromMissing' | 'handovers.toMissing' | 'handovers.reasonMissing';

function wrong(request: FastifyRequest, name: string, word: FieldWord) {
  return { name, message: translate(request.locale)(word) };
}

function askerOf(request: FastifyRequest) {
  return { villageId: villageOf(request).villageId, personId: viewerOf(request).personId };
}

function hrefOf(request: FastifyRequest): string {
  return `/villages/${villageOf(request).code}/handovers`;
}

function allows(request: FastifyRequest, capability: Capability): boolean {
  return may(viewerOf(request).appointments, capability, villageOf(request));
}
