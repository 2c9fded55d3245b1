import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ClaimPage, type ClaimPageProps } from '../../views/claims/claim-page.tsx';
import { ClaimsPage } from '../../views/claims/claims-page.tsx';
import { translate, type WordKey } from '../../views/shared/dictionary.ts';
import { Notice } from '../../views/shared/notice.tsx';
import { type Capability, may, viewerOf, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf, seqNumber } from '../platform/http/form-fields.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { shownPhotos } from '../problems/index.ts';
import { returnClaim, withdrawClaim } from './change-claim.ts';
import { claimForm, decisionForm, hasLength } from './claim-form.ts';
import { CLAIM_VIEWS, claimById, claimList } from './claims.ts';
import { CLAIM_STEPS, type ClaimStep, decideClaim, nextStep } from './decide-claim.ts';
import { decideSeparation } from './decide-separation.ts';
import { relationsOf } from './kinship.ts';
import { answerObjection, fileObjection } from './object.ts';
import { objectionsOf } from './objections.ts';
import { MOST_CLAIMS, passClaims } from './pass-claims.ts';
import { resubmitClaim } from './resubmit-claim.ts';
import { waitingCounts } from './waiting-counts.ts';
import { waivedDuties } from './waived-duties.ts';

const LIST_PAGE = 50;

const listQuery = z.object({
  view: z.preprocess(lastOf, z.enum(['mine', ...CLAIM_VIEWS]).optional()).catch(undefined),
  q: z.preprocess((value) => (lastOf(value) ?? '').slice(0, 40), z.string()),
  before: z.preprocess(lastOf, seqNumber).optional().catch(undefined),
  done: z.preprocess(lastOf, z.string().optional()),
  count: z.preprocess(lastOf, z.coerce.number().int().min(0).max(10_000)).catch(0),
});

const claimParams = villageParams.extend({ claim: z.string().max(40) });

const doneQuery = z.object({ done: z.preprocess(lastOf, z.string().optional()) });

/** Who may give which word: the noun of its address and the right that it takes. */
export const STEPS = {
  record: { path: 'claim-records', capability: 'points.award' },
  group: { path: 'claim-reviews', capability: 'claim.review' },
  committee: { path: 'claim-approvals', capability: 'claim.approve' },
  supervisor: { path: 'claim-endorsements', capability: 'claim.endorse' },
} as const satisfies Record<ClaimStep, { path: string; capability: Capability }>;

interface Drawn {
  typed?: Record<string, string>;
  errors?: ClaimPageProps['errors'];
  refusal?: Refusal;
}

/** 申报和审批: the list of what waits, and each claim with what its reader can do about it. */
export const claimsRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/villages/:village/claims',
    { config: { access: 'village.read' }, schema: { params: villageParams, querystring: listQuery } },
    (request, reply) => drawList(request, reply),
  );

  for (const step of CLAIM_STEPS) {
    const { path, capability } = STEPS[step];
    app.post(
      `/villages/:village/${path}`,
      { config: { access: capability }, schema: { params: villageParams, body: decisionForm } },
      async (request, reply) => {
        const { villageId, code } = villageOf(request);
        const { claims, decision, reason, idempotencyKey } = request.body;
        const key = keyOf({ idempotencyKey });
        const list = `/villages/${code}/claims`;
        if (decision !== 'return') {
          if (claims.length === 0) return reply.redirect(list, 303);
          const outcome = await passClaims(db, {
            villageId,
            claimIds: claims.slice(0, MOST_CLAIMS),
            step,
            ...actorOf(request),
            idempotencyKey: key,
            today: request.today,
          });
          if ('refused' in outcome) return drawList(request, reply, outcome);
          return reply.redirect(`${list}?done=pass&count=${Math.min(claims.length, MOST_CLAIMS)}`, 303);
        }
        const [claimId = ''] = claims;
        if (!hasLength(reason, 2, 100)) {
          return drawClaim(request, reply, claimId, {
            typed: { reason },
            errors: [wrong(request, 'reason', 'claims.reasonError')],
          });
        }
        const outcome = await returnClaim(db, {
          villageId,
          claimId,
          reason,
          steps: [step],
          personId: viewerOf(request).personId,
          idempotencyKey: key,
          today: request.today,
        });
        if ('refused' in outcome) return drawClaim(request, reply, claimId, { typed: { reason }, refusal: outcome });
        return reply.redirect(`${list}/${claimId}?done=return`, 303);
      },
    );
  }

  app.get(
    '/villages/:village/claims/:claim',
    { config: { access: 'village.read' }, schema: { params: claimParams, querystring: doneQuery } },
    (request, reply) => drawClaim(request, reply, request.params.claim, {}, request.query.done),
  );

  const ofClaim = { params: claimParams, body: claimForm };

  app.post(
    '/villages/:village/claims/:claim/withdrawals',
    { config: { access: 'points.award' }, schema: ofClaim },
    async (request, reply) => {
      const { withdrawal } = request.body;
      const typed = { withdrawal };
      if (!hasLength(withdrawal, 2, 100)) {
        return refuseField(request, reply, typed, 'withdrawal', 'claims.reasonError');
      }
      const outcome = await withdrawClaim(db, { ...common(request), reason: withdrawal });
      return 'refused' in outcome
        ? drawClaim(request, reply, request.params.claim, { typed, refusal: outcome })
        : done(request, reply, 'withdraw');
    },
  );

  app.post(
    '/villages/:village/claims/:claim/submissions',
    { config: { access: 'points.award' }, schema: ofClaim },
    async (request, reply) => {
      const { note } = request.body;
      if (!hasLength(note, 2, 100)) return refuseField(request, reply, { note }, 'note', 'claims.file.noteError');
      const outcome = await resubmitClaim(db, { ...common(request), note });
      return 'refused' in outcome
        ? drawClaim(request, reply, request.params.claim, { typed: { note }, refusal: outcome })
        : done(request, reply, 'resubmit');
    },
  );

  app.post(
    '/villages/:village/claims/:claim/objections',
    { config: { access: 'points.award' }, schema: ofClaim },
    async (request, reply) => {
      const { objection } = request.body;
      const typed = { objection };
      if (!hasLength(objection, 2, 200)) {
        return refuseField(request, reply, typed, 'objection', 'claims.object.reasonError');
      }
      const { personId, ...rest } = common(request);
      const outcome = await fileObjection(db, { ...rest, reason: objection, recordedBy: personId });
      return 'refused' in outcome
        ? drawClaim(request, reply, request.params.claim, { typed, refusal: outcome })
        : done(request, reply, 'object');
    },
  );

  app.post(
    '/villages/:village/claims/:claim/answers',
    { config: { access: 'claim.endorse' }, schema: ofClaim },
    async (request, reply) => {
      const { outcome: result, answer, witness } = request.body;
      const typed = { outcome: result, answer, witness };
      const errors = [
        ...(result === 'upheld' || result === 'dismissed'
          ? []
          : [wrong(request, 'outcome', 'claims.answer.outcomeError')]),
        ...(hasLength(answer, 2, 200) ? [] : [wrong(request, 'answer', 'claims.answer.answerError')]),
        ...(hasLength(witness, 2, 40) ? [] : [wrong(request, 'witness', 'claims.answer.witnessError')]),
      ];
      if (errors.length > 0 || (result !== 'upheld' && result !== 'dismissed')) {
        return drawClaim(request, reply, request.params.claim, { typed, errors });
      }
      const outcome = await answerObjection(db, { ...common(request), outcome: result, answer, witness });
      return 'refused' in outcome
        ? drawClaim(request, reply, request.params.claim, { typed, refusal: outcome })
        : done(request, reply, 'answer');
    },
  );

  type OfClaim = FastifyRequest<{ Params: z.infer<typeof claimParams>; Body: z.infer<typeof claimForm> }>;

  function common(request: Pick<OfClaim, 'params' | 'body' | 'today'> & FastifyRequest) {
    return {
      villageId: villageOf(request).villageId,
      claimId: request.params.claim,
      personId: viewerOf(request).personId,
      idempotencyKey: keyOf(request.body),
      today: request.today,
    };
  }

  function done(request: FastifyRequest, reply: FastifyReply, what: string): FastifyReply {
    const { claim } = request.params as z.infer<typeof claimParams>;
    return reply.redirect(`/villages/${villageOf(request).code}/claims/${claim}?done=${what}`, 303);
  }

  function refuseField(
    request: FastifyRequest,
    reply: FastifyReply,
    typed: Record<string, string>,
    name: string,
    key: WordKey,
  ): Promise<FastifyReply> {
    const { claim } = request.params as z.infer<typeof claimParams>;
    return drawClaim(request, reply, claim, { typed, errors: [wrong(request, name, key)] });
  }

  async function drawList(request: FastifyRequest, reply: FastifyReply, refusal?: Refusal): Promise<FastifyReply> {
    const { villageId, code } = villageOf(request);
    const { view: asked, q, before, done: what, count } = listQuery.parse(request.query ?? {});
    const mine = stepsOf(request);
    const reader = { personId: viewerOf(request).personId, today: request.today };
    const counts = await waitingCounts(sql, villageId, reader);
    const step = mine.find((candidate) => (counts.steps[candidate] ?? 0) > 0) ?? null;
    // Where nothing waits for the reader, who it waits for is what they come to see.
    const view = asked ?? (step || refusal ? 'mine' : 'waiting');
    const window = { beforeSeq: before, limit: LIST_PAGE + 1 };
    const found =
      view !== 'mine'
        ? await claimList(sql, villageId, { view, query: q, ...window })
        : step
          ? await claimList(sql, villageId, { view: 'waiting', steps: [step], reader, ...window })
          : [];
    const claims = found.slice(0, LIST_PAGE);
    const href = `/villages/${code}/claims`;
    const kept = `view=${view}&q=${encodeURIComponent(q)}&`;
    if (refusal) reply.code(refusalStatus(refusal));
    return reply.page(
      <ClaimsPage
        view={view}
        query={q}
        claims={claims}
        counts={counts}
        step={step}
        idempotencyKey={newIdempotencyKey()}
        may={{
          file: allows(request, 'points.award'),
          post: allows(request, 'claim.endorse'),
          declare: allows(request, 'kin.declare'),
        }}
        nextHref={found.length > LIST_PAGE ? `${href}?${kept}before=${claims.at(-1)?.submittedSeq}` : undefined}
        firstHref={before === undefined ? undefined : `${href}?${kept}`}
        notice={refusal ? refusalNotice(request, refusal) : doneNotice(request, what, { count })}
      />,
    );
  }

  async function drawClaim(
    request: FastifyRequest,
    reply: FastifyReply,
    claimId: string,
    { typed = {}, errors = [], refusal }: Drawn,
    what?: string,
  ): Promise<FastifyReply> {
    const { villageId } = villageOf(request);
    const { personId, mayHandOut } = actorOf(request);
    const [claim, objections, relations, waived] = await Promise.all([
      claimById(sql, villageId, claimId),
      objectionsOf(sql, villageId, [claimId]),
      relationsOf(sql, villageId, personId),
      waivedDuties(sql, villageId, request.today),
    ]);
    if (!claim) return reply.refuse({ refused: 'unknown_claim' });
    const photos = await shownPhotos(sql, villageOf(request), claim.photos);
    const { state, needs, passedBy, recordedBy, objectableUntil } = claim;
    const progress = { state, needs, passed: passedBy.length };
    const next = nextStep(progress);
    const steps = stepsOf(request);
    const step = next && steps.includes(next) ? next : null;
    const actor = { personId, mayHandOut, relation: relations.get(claim.householdId) ?? null };
    const stepsAside = step && decideSeparation({ step, actor, recordedBy, passedBy, waived });
    const records = allows(request, 'points.award');
    const isDoubted = objections.some(({ outcome }) => outcome === null);
    const returning = next ?? (state === 'committee_passed' ? 'committee' : null);
    setStatus(reply, { errors, refusal });
    return reply.page(
      <ClaimPage
        claim={claim}
        objections={objections}
        photos={[...photos.values()]}
        idempotencyKey={newIdempotencyKey()}
        may={{
          step: stepsAside ? null : step,
          return: returning && steps.includes(returning) ? returning : null,
          withdraw: records && decideClaim(progress, 'withdraw') !== null,
          resubmit: records && state === 'returned',
          object:
            records &&
            !isDoubted &&
            decideClaim(progress, 'object') !== null &&
            request.today <= (objectableUntil ?? ''),
          answer: isDoubted && allows(request, 'claim.endorse'),
        }}
        stepsAside={stepsAside && { refused: stepsAside, name: claim.headName }}
        typed={typed}
        errors={errors}
        notice={refusal ? refusalNotice(request, refusal) : doneNotice(request, what, {})}
      />,
    );
  }
};

/** The words that somebody may give in the village of the address, whatever stands against single lines. */
function stepsOf(request: FastifyRequest): ClaimStep[] {
  return CLAIM_STEPS.filter((step) => allows(request, STEPS[step].capability));
}

function allows(request: FastifyRequest, capability: Capability): boolean {
  return may(viewerOf(request).appointments, capability, villageOf(request));
}

/** Who gives a word. */
function actorOf(request: FastifyRequest) {
  const { personId, displayName } = viewerOf(request);
  return { personId, personName: displayName, mayHandOut: allows(request, 'goods.redeem') };
}

function wrong({ locale }: FastifyRequest, name: string, key: WordKey) {
  return { name, message: (translate(locale) as (key: WordKey) => string)(key) };
}

function doneNotice({ locale }: FastifyRequest, what: string | undefined, { count = 0 }: { count?: number }) {
  const t = translate(locale);
  if (what === 'pass') return <Notice kind="success">{t('claims.done.pass', { count })}</Notice>;
  const key = (['return', 'withdraw', 'resubmit', 'object', 'answer', 'file'] as const).find((one) => one === what);
  return key && <Notice kind="success">{t(`claims.done.${key}`)}</Notice>;
}
