import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ReversalDonePage } from '../../views/journal/reversal-done-page.tsx';
import { REASONS, type Reason, ReversalPage, type ReversalPageProps } from '../../views/journal/reversal-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { UNDO_MINUTES } from '../cards/index.ts';
import { type ActSelection, reverseActs } from '../ledger/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { lastOf } from '../platform/http/form-fields.ts';
import { refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { actsOfOperation } from './acts.ts';
import { type ReversalBasis, reversalBasis } from './reversal-basis.ts';

const LONGEST_REASON = 100;

const selection = z.object({
  seq: z
    .preprocess(lastOf, z.string().regex(/^\d{1,15}$/))
    .transform(Number)
    .optional(),
  operation: z.preprocess(lastOf, z.string().regex(/^[A-Z2-9]{16}$/)).optional(),
});

const reversalForm = z
  .object({
    idempotencyKey: z.preprocess(lastOf, z.string().max(200)),
    reason: z.preprocess(lastOf, z.enum(REASONS)),
    otherReason: z.preprocess(lastOf, z.string().max(LONGEST_REASON).optional()),
  })
  .refine(({ reason, otherReason }) => reason !== 'other' || otherReason !== undefined, { path: ['otherReason'] });

export const reversalRoutes: Routes = async (app, { db }) => {
  app.get('/villages/:village/reversals', { config: { access: 'village.read' } }, (request, reply) =>
    reply.redirect(`/villages/${villageOf(request).code}/acts?kind=reversal`, 303),
  );

  app.get('/villages/:village/reversals/new', { config: { access: 'act.reverse' } }, async (request, reply) => {
    const which = selectionOf(request.query);
    const basis = which && (await reversalBasis(db.sql, villageOf(request).villageId, which));
    if (!which || !basis) return reply.refuse({ refused: 'unknown_act' });
    return drawForm(request, reply, { which, basis, idempotencyKey: newIdempotencyKey() });
  });

  app.post(
    '/villages/:village/reversals',
    { config: { access: 'act.reverse', freshProof: true } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const body = (request.body ?? {}) as Record<string, unknown>;
      const which = selectionOf(body);
      const form = reversalForm.safeParse(body);
      const drawAgain = async (status: number, more: Pick<Partial<ReversalPageProps>, 'errors' | 'refusal'>) => {
        const basis = which && (await reversalBasis(db.sql, villageId, which));
        if (!which || !basis) return reply.refuse({ refused: 'unknown_act' });
        reply.code(status);
        return drawForm(request, reply, {
          which,
          basis,
          idempotencyKey: lastOf(body['idempotencyKey']) ?? newIdempotencyKey(),
          chosen: lastOf(body['reason']),
          otherReason: lastOf(body['otherReason']),
          ...more,
        });
      };
      if (!which) return reply.refuse({ refused: 'unknown_act' });
      if (!form.success) return drawAgain(422, { errors: errorsOf(form.error, request) });
      const outcome = await reverseActs(db, {
        villageId,
        idempotencyKey: form.data.idempotencyKey,
        recordedBy: viewerOf(request).personId,
        which,
        reason: reasonText(form.data, request),
      });
      if ('refused' in outcome) return drawAgain(refusalStatus(outcome), { refusal: outcome });
      return reply.redirect(`/villages/${code}/reversals/${outcome.operationId}`, 303);
    },
  );

  app.get('/villages/:village/reversals/:operation', { config: { access: 'village.read' } }, async (request, reply) => {
    const { villageId, code } = villageOf(request);
    const { operation } = request.params as { operation: string };
    const acts = await actsOfOperation(db.sql, villageId, operation, true);
    const [first] = acts;
    if (!first || first.reversesSeq === null) return reply.refuse({ refused: 'not_found' });
    return reply.page(<ReversalDonePage acts={acts} villageHref={`/villages/${code}`} />);
  });
};

function selectionOf(given: unknown): ActSelection | null {
  const parsed = selection.safeParse(given);
  if (!parsed.success) return null;
  const { seq, operation } = parsed.data;
  if (operation !== undefined) return { operationId: operation };
  return seq === undefined ? null : { seq };
}

type FormDraft = { which: ActSelection; basis: ReversalBasis } & Pick<ReversalPageProps, 'idempotencyKey'> &
  Partial<Omit<ReversalPageProps, 'which' | 'basis'>>;

function drawForm(request: FastifyRequest, reply: FastifyReply, { which, basis, ...rest }: FormDraft) {
  const reasons = reasonsFor(basis);
  return reply.page(
    <ReversalPage
      chosen={reasons[0] === 'undo' ? 'undo' : undefined}
      {...rest}
      which={'seq' in which ? { seq: which.seq } : { operation: which.operationId }}
      basis={basis}
      villageHref={`/villages/${villageOf(request).code}`}
      reasons={reasons}
    />,
  );
}

/** Noticed at once: one press less. Goods are offered as a reason only where goods moved. */
function reasonsFor({ acts }: ReversalBasis): Reason[] {
  const [first] = acts;
  const isFresh = first !== undefined && Date.now() - first.recordedAt.getTime() < UNDO_MINUTES * 60_000;
  const hasGoods = acts.some(({ goods }) => goods.length > 0);
  return REASONS.filter((reason) => (reason !== 'undo' || isFresh) && (reason !== 'goods' || hasGoods));
}

/** Kept as it was read by the person who chose it. */
function reasonText({ reason, otherReason }: z.infer<typeof reversalForm>, { locale }: FastifyRequest): string {
  return reason === 'other' && otherReason ? otherReason : translate(locale)(`journal.reversal.reason.${reason}`);
}

function errorsOf(error: z.ZodError, { locale }: FastifyRequest) {
  const t = translate(locale);
  const names = new Set(error.issues.map(({ path }) => path[0]));
  return [
    ...(names.has('reason') ? [{ name: 'reason', message: t('journal.reversal.wrongReason') }] : []),
    ...(names.has('otherReason') ? [{ name: 'otherReason', message: t('journal.reversal.wrongOther') }] : []),
  ];
}
