import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type BackfillForm, BackfillsPage } from '../../views/honours/backfills-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { type HouseholdCandidate, householdError } from '../../views/shared/household-field.tsx';
import { Notice } from '../../views/shared/notice.tsx';
import { householdMeant } from '../cards/index.ts';
import { filingRules, MOST_TIMES } from '../claims/index.ts';
import { may, viewerOf, villageOf } from '../people/index.ts';
import { dayText } from '../platform/calendar-text.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyAfter, keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf, seqNumber } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { backfillHonour, firstDayForPoints } from './backfill-honour.ts';
import { backfills } from './backfills.ts';
import { withdrawHonour } from './withdraw-honour.ts';

const text = z.preprocess((value) => lastOf(value) ?? '', z.string().trim().max(2_000));

const backfillForm = z.object({
  card: text,
  rule: text,
  occurredOn: text,
  times: text,
  meeting: text,
  idempotencyKey: text,
});

const withdrawalForm = z.object({ honour: text, reason: text, idempotencyKey: text });

const listQuery = z.object({
  before: z.preprocess(lastOf, seqNumber).optional().catch(undefined),
  done: z.enum(['entered', 'withdrawn']).optional().catch(undefined),
});

const A_PAGE = 20;

const NOTHING_TYPED: BackfillForm = { card: '', rule: '', occurredOn: '', times: '1', meeting: '' };

interface Answer {
  form?: z.infer<typeof backfillForm>;
  withdrawal?: z.infer<typeof withdrawalForm>;
  errors?: FieldErrors;
  refusal?: Refusal;
  /** Households that fit what was typed, where it is more than one. */
  candidates?: readonly HouseholdCandidate[];
}

/** 补录成荣誉 on a page: what was entered too late for points, and the form for more. */
export const backfillRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/villages/:village/honours/backfills',
    { config: { access: 'village.read' }, schema: { params: villageParams, querystring: listQuery } },
    (request, reply) => draw(request, reply),
  );

  app.post(
    '/villages/:village/honours/backfills',
    { config: { access: 'points.award' }, schema: { params: villageParams, body: backfillForm } },
    async (request, reply) => {
      const form = { ...request.body, idempotencyKey: keyOf(request.body) };
      const meant = await householdMeant(sql, villageOf(request).villageId, form.card);
      const errors = faultsOf(request, form);
      if ('candidates' in meant) {
        const unsure = [householdError(translate(request.locale), 'card', meant), ...errors];
        return draw(request, reply, { form, errors: unsure, ...meant });
      }
      if (errors.length > 0) return draw(request, reply, { form, errors });
      const { number } = meant;
      const { rule, occurredOn, times, meeting, idempotencyKey } = form;
      const question = { number, rule, occurredOn, times: Number(times || 1), meeting };
      const outcome = await backfillHonour(db, { ...asked(request), ...question, idempotencyKey });
      if ('refused' in outcome) return draw(request, reply, { form, refusal: outcome });
      return reply.redirect(`/villages/${villageOf(request).code}/honours/backfills?done=entered`, 303);
    },
  );

  app.post(
    '/villages/:village/honours/backfills/withdrawals',
    { config: { access: 'honour.decide' }, schema: { params: villageParams, body: withdrawalForm } },
    async (request, reply) => {
      const t = translate(request.locale);
      const withdrawal = { ...request.body, idempotencyKey: keyOf(request.body) };
      const { honour, reason, idempotencyKey } = withdrawal;
      const errors: FieldErrors[number][] = [];
      if (!/^\d{1,15}$/.test(honour)) errors.push({ name: 'honour', message: t('honours.backfill.whichError') });
      if (!isSaid(reason)) errors.push({ name: 'reason', message: t('honours.reasonError') });
      if (errors.length > 0) return draw(request, reply, { withdrawal, errors });
      const mayHandOut = may(viewerOf(request).appointments, 'goods.redeem', villageOf(request));
      const input = { ...asked(request), honour: Number(honour), reason, mayHandOut, idempotencyKey };
      const outcome = await withdrawHonour(db, input);
      if ('refused' in outcome) return draw(request, reply, { withdrawal, refusal: outcome });
      return reply.redirect(`/villages/${villageOf(request).code}/honours/backfills?done=withdrawn`, 303);
    },
  );

  async function draw(
    request: FastifyRequest,
    reply: FastifyReply,
    { form, withdrawal, errors = [], refusal, candidates }: Answer = {},
  ) {
    const village = villageOf(request);
    const { villageId, code } = village;
    const t = translate(request.locale);
    const { before = Number.MAX_SAFE_INTEGER, done } = listQuery.parse(request.query);
    const [all, rules, firstDay] = await Promise.all([
      backfills(sql, villageId),
      filingRules(sql, villageId, request.today, (name, points) => t('honours.ruleOption', { name, points })),
      firstDayForPoints(sql, villageId, request.today),
    ]);
    const older = all.filter(({ seq }) => seq < before);
    const shown = older.slice(0, A_PAGE);
    const href = `/villages/${code}/honours/backfills`;
    const { appointments } = viewerOf(request);
    setStatus(reply, { errors, refusal });
    const key = keyAfter(refusal, form?.idempotencyKey ?? newIdempotencyKey());
    return reply.page(
      <BackfillsPage
        backfills={shown}
        nextHref={older.length > A_PAGE ? `${href}?before=${shown.at(-1)?.seq}` : undefined}
        firstHref={before === Number.MAX_SAFE_INTEGER ? undefined : href}
        firstDay={firstDay}
        rules={rules}
        form={
          may(appointments, 'points.award', village)
            ? { values: form ?? NOTHING_TYPED, candidates, idempotencyKey: key }
            : undefined
        }
        withdrawalKey={
          may(appointments, 'honour.decide', village)
            ? keyAfter(refusal, withdrawal?.idempotencyKey ?? newIdempotencyKey())
            : undefined
        }
        errors={errors}
        notice={
          refusal
            ? refusalNotice(request, refusal)
            : done && (
                <Notice kind="success" focused>
                  {t(done === 'entered' ? 'honours.backfill.done' : 'honours.done.withdrawn')}
                </Notice>
              )
        }
      />,
    );
  }
};

function asked(request: FastifyRequest) {
  const { villageId } = villageOf(request);
  return { villageId, recordedBy: viewerOf(request).personId, today: request.today };
}

const isSaid = (words: string) => words.length >= 2 && words.length <= 200;

function faultsOf({ locale }: FastifyRequest, form: BackfillForm): FieldErrors {
  const t = translate(locale);
  const errors: FieldErrors[number][] = [];
  if (form.rule === '' || form.rule.length > 40) errors.push({ name: 'rule', message: t('honours.ruleError') });
  if (!/^\d{0,4}$/.test(form.times) || Number(form.times || 1) < 1 || Number(form.times) > MOST_TIMES) {
    errors.push({ name: 'times', message: t('honours.backfill.timesError', { most: MOST_TIMES }) });
  }
  if (!dayText.safeParse(form.occurredOn).success) {
    errors.push({ name: 'occurredOn', message: t('honours.dayError') });
  }
  if (!isSaid(form.meeting)) errors.push({ name: 'meeting', message: t('honours.meetingError') });
  return errors;
}
