import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { NewReminderPage } from '../../views/reminders/new-reminder-page.tsx';
import { ReminderPage } from '../../views/reminders/reminder-page.tsx';
import { ReminderSlipPage } from '../../views/reminders/reminder-slip-page.tsx';
import { RemindersPage } from '../../views/reminders/reminders-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { type HouseholdCandidate, householdError } from '../../views/shared/household-field.tsx';
import { cardByNumber, householdMeant } from '../cards/index.ts';
import { may, viewerOf, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyAfter, keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf, seqNumber } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { formatPoints } from '../platform/points.ts';
import { isSafetyRule, villageRules } from '../rules/index.ts';
import { villageSettings } from '../settings/index.ts';
import { closeReminder } from './close-reminder.ts';
import { giveReminder } from './give-reminder.ts';
import { REMINDER_VIEWS, reminderBySeq, reminderList } from './reminders.ts';

const text = z.preprocess((value) => (lastOf(value) ?? '').slice(0, 2_000), z.string());

const listQuery = z.object({
  view: z.preprocess(lastOf, z.enum(REMINDER_VIEWS)).catch('standing'),
  q: z.preprocess((value) => (lastOf(value) ?? '').slice(0, 40), z.string()),
  before: z.preprocess(lastOf, seqNumber).optional().catch(undefined),
});

const newQuery = z.object({ card: text, rule: text });

const reminderParams = villageParams.extend({ seq: seqNumber });

const reminderForm = z.object({ card: text, rule: text, note: text, idempotencyKey: text });

const closingForm = z.object({ note: text, idempotencyKey: text });

const A_PAGE = 50;

interface Answer<Form> {
  form: Form;
  errors?: FieldErrors;
  refusal?: Refusal;
  /** Households that fit what was typed, where it is more than one. */
  candidates?: readonly HouseholdCandidate[];
}

/** 提醒单: before points are taken, what is to be put right and until when; closed where it was. */
export const reminderRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/villages/:village/reminders',
    { config: { access: 'village.read' }, schema: { params: villageParams, querystring: listQuery } },
    async (request, reply) => {
      const village = villageOf(request);
      const { view, q, before } = request.query;
      const window = { view, today: request.today, query: q, beforeSeq: before, limit: A_PAGE + 1 };
      const [found, { reminderDays }, safety] = await Promise.all([
        reminderList(sql, village.villageId, window),
        villageSettings(sql, village.villageId),
        safetyRules(request),
      ]);
      const items = found.slice(0, A_PAGE);
      return reply.page(
        <RemindersPage
          views={REMINDER_VIEWS}
          view={view}
          query={q}
          isFirst={before === undefined}
          items={items}
          next={found.length > A_PAGE ? (items.at(-1)?.seq ?? null) : null}
          reminderDays={reminderDays}
          safetyRules={safety}
          mayGive={may(viewerOf(request).appointments, 'points.award', village)}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/reminders/new',
    { config: { access: 'points.award' }, schema: { params: villageParams, querystring: newQuery } },
    (request, reply) => {
      const { card, rule } = request.query;
      return drawNew(request, reply, { form: { card, rule, note: '', idempotencyKey: newIdempotencyKey() } });
    },
  );

  app.post(
    '/villages/:village/reminders',
    { config: { access: 'points.award' }, schema: { params: villageParams, body: reminderForm } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const form = { ...request.body, idempotencyKey: keyOf(request.body) };
      const t = translate(request.locale);
      const meant = await householdMeant(sql, villageId, form.card);
      const errors = [
        ...('candidates' in meant ? [householdError(t, 'card', meant)] : []),
        ...(form.rule === '' ? [{ name: 'rule', message: t('reminders.ruleError') }] : []),
        ...(isNote(form.note) ? [] : [{ name: 'note', message: t('reminders.noteError') }]),
      ];
      if ('candidates' in meant) return drawNew(request, reply, { form, errors, ...meant });
      if (errors.length > 0) return drawNew(request, reply, { form, errors });
      const outcome = await giveReminder(db, {
        villageId,
        number: meant.number,
        rule: form.rule,
        note: form.note,
        idempotencyKey: form.idempotencyKey,
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return drawNew(request, reply, { form, refusal: outcome });
      return reply.redirect(`/villages/${code}/reminders/${outcome.acts[0]?.seq}?done=1`, 303);
    },
  );

  app.get(
    '/villages/:village/reminders/:seq',
    { config: { access: 'village.read' }, schema: { params: reminderParams } },
    (request, reply) => drawReminder(request, reply, request.params.seq),
  );

  app.get(
    '/villages/:village/reminders/:seq/slip',
    { config: { access: 'village.read' }, schema: { params: reminderParams } },
    async (request, reply) => {
      const { villageId, code, name } = villageOf(request);
      const { seq } = request.params;
      const reminder = await reminderBySeq(sql, villageId, seq);
      if (!reminder) return reply.refuse({ refused: 'unknown_reminder' });
      return reply.page(
        <ReminderSlipPage villageName={name} reminder={reminder} backHref={`/villages/${code}/reminders/${seq}`} />,
      );
    },
  );

  app.post(
    '/villages/:village/reminders/:seq/closing',
    { config: { access: 'points.award' }, schema: { params: reminderParams, body: closingForm } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { seq } = request.params;
      const form = { ...request.body, idempotencyKey: keyOf(request.body) };
      if (!isNote(form.note)) {
        const errors = [{ name: 'note', message: translate(request.locale)('reminders.closing.noteError') }];
        return drawReminder(request, reply, seq, { form, errors });
      }
      const outcome = await closeReminder(db, {
        villageId,
        seq,
        note: form.note,
        idempotencyKey: form.idempotencyKey,
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) {
        if (outcome.refused === 'unknown_reminder') return reply.refuse(outcome);
        return drawReminder(request, reply, seq, { form, refusal: outcome });
      }
      return reply.redirect(`/villages/${code}/reminders/${seq}?done=1`, 303);
    },
  );

  /** Named on the page: of these nobody is reminded. */
  async function safetyRules(request: FastifyRequest): Promise<string[]> {
    const rules = await villageRules(sql, villageOf(request).villageId, request.today);
    return rules.filter(isSafetyRule).map(({ name }) => name);
  }

  async function drawNew(
    request: FastifyRequest,
    reply: FastifyReply,
    { form, errors = [], refusal, candidates }: Answer<z.infer<typeof reminderForm>>,
  ) {
    const { villageId } = villageOf(request);
    const t = translate(request.locale);
    const [rules, household, { reminderDays }] = await Promise.all([
      villageRules(sql, villageId, request.today),
      cardByNumber(sql, villageId, form.card),
      villageSettings(sql, villageId),
    ]);
    setStatus(reply, { errors, refusal });
    return reply.page(
      <NewReminderPage
        values={form}
        idempotencyKey={keyAfter(refusal, form.idempotencyKey)}
        headName={household?.headName}
        candidates={candidates}
        reminderDays={reminderDays}
        rules={rules
          .filter((rule) => rule.pointsCentipoints < 0 && !isSafetyRule(rule))
          .map(({ code, name, pointsCentipoints }) => ({
            value: code,
            label: t('reminders.ruleOption', { name, points: formatPoints(-pointsCentipoints) }),
          }))}
        safetyRules={rules.filter(isSafetyRule).map(({ name }) => name)}
        errors={errors}
        notice={refusal && refusalNotice(request, refusal)}
      />,
    );
  }

  async function drawReminder(
    request: FastifyRequest,
    reply: FastifyReply,
    seq: number,
    answer?: Answer<z.infer<typeof closingForm>>,
  ) {
    const village = villageOf(request);
    const reminder = await reminderBySeq(sql, village.villageId, seq);
    if (!reminder) return reply.refuse({ refused: 'unknown_reminder' });
    const { errors = [], refusal } = answer ?? {};
    setStatus(reply, { errors, refusal });
    return reply.page(
      <ReminderPage
        reminder={reminder}
        note={answer?.form.note ?? ''}
        idempotencyKey={keyAfter(refusal, answer?.form.idempotencyKey ?? newIdempotencyKey())}
        mayClose={may(viewerOf(request).appointments, 'points.award', village)}
        isDone={(request.query as { done?: string }).done !== undefined}
        errors={errors}
        notice={refusal && refusalNotice(request, refusal)}
      />,
    );
  }
};

function isNote(note: string): boolean {
  return note.length >= 2 && note.length <= 100;
}
