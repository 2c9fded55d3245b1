import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RatingsPage } from '../../views/inspections/ratings-page.tsx';
import { VisitPage } from '../../views/inspections/visit-page.tsx';
import { VisitPlanPage } from '../../views/inspections/visit-plan-page.tsx';
import { VisitSheetPage } from '../../views/inspections/visit-sheet-page.tsx';
import { VisitsPage } from '../../views/inspections/visits-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { may, staffBelow, viewerOf, villageOf } from '../people/index.ts';
import { photoFields, storePhotos } from '../photos/index.ts';
import { dayText, monthText } from '../platform/calendar-text.ts';
import { addDays, monthBounds, monthOf } from '../platform/clock.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyOf, setStatus } from '../platform/http/form-answer.tsx';
import { allOf, lastOf } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { shownPhotos } from '../problems/index.ts';
import { villageSettings } from '../settings/index.ts';
import { itemsOf } from './checklists.ts';
import { listVisits, VISIT_FILTERS } from './list-visits.ts';
import { planVisits } from './plan-visits.ts';
import { monthRatings } from './ratings.ts';
import { recordInspection } from './record-inspection.ts';
import { visits } from './visits.ts';

const text = z.preprocess((value) => lastOf(value) ?? '', z.string().max(4_000));

const listQuery = z.object({
  state: z.preprocess(lastOf, z.enum(VISIT_FILTERS)).catch('open'),
  q: z.preprocess((value) => (lastOf(value) ?? '').slice(0, 40), z.string()),
  after: z.preprocess((value) => lastOf(value) ?? '', z.string().max(10)),
});

const cardParams = villageParams.extend({ card: z.string().regex(/^\d{10}$/) });

const planForm = z.object({
  cards: z.preprocess(
    (value) => allOf(value).flatMap((part) => part.split(',')),
    z.array(z.string().max(10)).max(2_000),
  ),
  people: text,
  how: text,
  due: text,
  idempotencyKey: text,
});

type PlanForm = z.infer<typeof planForm>;

const resultForm = z.object({ occurredOn: text, revisit: text, idempotencyKey: text }).catchall(z.unknown());

const A_PAGE = 100;

/** 五净一规范 on pages: who is to be visited, who goes, what they marked, and what a month's visits propose. */
export const inspectionRoutes: Routes = async (app, services) => {
  const { db } = services;
  const { sql } = db;

  app.get(
    '/villages/:village/inspections',
    { config: { access: 'village.read' }, schema: { params: villageParams, querystring: listQuery } },
    async (request, reply) => {
      const village = villageOf(request);
      const { state, q, after } = request.query;
      const all = await visits(sql, village.villageId);
      const { appointments } = viewerOf(request);
      return reply.page(
        <VisitsPage
          filters={VISIT_FILTERS}
          filter={state}
          query={q}
          isFirst={after === ''}
          {...listVisits(all, { filter: state, text: q, after, limit: A_PAGE })}
          mayPlan={may(appointments, 'inspection.plan', village)}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/inspections/new',
    { config: { access: 'inspection.plan' }, schema: { params: villageParams, querystring: z.object({ card: text }) } },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const staff = await staffBelow(sql, { regionId: villageId, today: request.today });
      const last = (await visits(sql, villageId)).map(({ plan }) => plan?.candidates ?? []);
      const people = last.find((names) => names.length > 0) ?? [
        ...new Set(staff.map(({ displayName }) => displayName)),
      ];
      return drawPlan(request, reply, {
        cards: request.query.card === '' ? [] : [request.query.card],
        people: people.join('\n'),
        how: 'draw',
        due: addDays(request.today, 7),
        idempotencyKey: newIdempotencyKey(),
      });
    },
  );

  app.post(
    '/villages/:village/inspections',
    { config: { access: 'inspection.plan' }, schema: { params: villageParams, body: planForm } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { body } = request;
      const form = { ...body, idempotencyKey: keyOf(body) };
      const t = translate(request.locale);
      const names = namesOf(form.people);
      const errors: FieldErrors[number][] = [];
      if (form.cards.length === 0) errors.push({ name: 'cards', message: t('inspections.cardsError') });
      if (names.length === 0 || names.some((name) => name.length > 20)) {
        errors.push({ name: 'people', message: t('inspections.peopleError') });
      }
      if (!dayText.safeParse(form.due).success) errors.push({ name: 'due', message: t('inspections.dayError') });
      if (errors.length > 0) return drawPlan(request, reply, form, { errors });
      const outcome = await planVisits(db, {
        villageId,
        due: form.due,
        cards: [...new Set(form.cards)],
        people: names,
        isDrawn: form.how !== 'name',
        idempotencyKey: form.idempotencyKey,
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return drawPlan(request, reply, form, { refusal: outcome });
      return reply.redirect(`/villages/${code}/inspections?state=open`, 303);
    },
  );

  app.get(
    '/villages/:village/inspections/sheets',
    { config: { access: 'village.read' }, schema: { params: villageParams, querystring: z.object({ card: text }) } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const [all, settings] = await Promise.all([visits(sql, villageId), villageSettings(sql, villageId)]);
      const { card } = request.query;
      const waiting = all.filter(({ card: { number }, due }) => (card === '' ? due !== null : number === card));
      return reply.page(
        <VisitSheetPage
          households={waiting}
          items={itemsOf(settings.inspectionChecklist)}
          passMarks={settings.inspectionPassMarks}
          backHref={`/villages/${code}/inspections${card === '' ? '' : `/${card}`}`}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/inspections/ratings',
    {
      config: { access: 'village.read' },
      schema: {
        params: villageParams,
        querystring: z.object({ month: z.preprocess(lastOf, monthText).optional().catch(undefined) }),
      },
    },
    async (request, reply) => {
      const village = villageOf(request);
      const { today } = request;
      const month = request.query.month ?? monthOf(today);
      const { lastDay } = monthBounds(month);
      return reply.page(
        <RatingsPage
          month={month}
          occurredOn={lastDay < today ? lastDay : today}
          ratings={await monthRatings(sql, { villageId: village.villageId, month, today })}
          mayAward={may(viewerOf(request).appointments, 'points.award', village)}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/inspections/:card',
    { config: { access: 'village.read' }, schema: { params: cardParams } },
    (request, reply) => drawVisit(request, reply, request.params.card),
  );

  app.post(
    '/villages/:village/inspections/:card/results',
    {
      config: { access: 'inspection.record', uploads: true },
      schema: { params: cardParams, body: resultForm },
    },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { card } = request.params;
      const { body } = request;
      const typed = Object.fromEntries(Object.entries(body).map(([name, value]) => [name, lastOf(value) ?? '']));
      const idempotencyKey = keyOf(body);
      const recordedBy = viewerOf(request).personId;
      const found = (await visits(sql, villageId)).find((visited) => visited.card.number === card);
      if (!found) return reply.refuse({ refused: 'no_such_card' });
      const settings = await villageSettings(sql, villageId);
      const items = itemsOf(settings.inspectionChecklist);
      const marks = Array.from({ length: found.plan?.count ?? 0 }, (_, row) =>
        items.map((_item, item) => markOf(typed[`mark-${row}-${item}`])),
      );
      const t = translate(request.locale);
      const errors: FieldErrors[number][] = marks.flatMap((row, place) =>
        row.flatMap((mark, item) =>
          mark < 0
            ? [
                {
                  name: `mark-${place}-${item}`,
                  message: t('inspections.markError', {
                    name: found.plan?.assessors[place] ?? t('inspections.assessor', { n: place + 1 }),
                    item: items[item] ?? '',
                  }),
                },
              ]
            : [],
        ),
      );
      if (!dayText.safeParse(body.occurredOn).success) {
        errors.push({ name: 'occurredOn', message: t('inspections.dayError') });
      }
      if (!dayText.safeParse(body.revisit).success)
        errors.push({ name: 'revisit', message: t('inspections.dayError') });
      const answer = { typed, idempotencyKey };
      if (errors.length > 0) return drawVisit(request, reply, card, { ...answer, errors });
      const photos = await storePhotos(services, {
        villageId,
        purpose: 'inspection',
        addedBy: recordedBy,
        fields: photoFields(request),
      });
      if ('refused' in photos) return drawVisit(request, reply, card, { ...answer, refusal: photos });
      const outcome = await recordInspection(db, {
        villageId,
        occurredOn: body.occurredOn,
        revisit: body.revisit,
        lines: [{ card, marks }],
        photos,
        idempotencyKey,
        recordedBy,
        today: request.today,
      });
      const keptIds = photos.map(({ publicId }) => publicId);
      if ('refused' in outcome) return drawVisit(request, reply, card, { ...answer, refusal: outcome, keptIds });
      return reply.redirect(`/villages/${code}/inspections/${card}?done=1`, 303);
    },
  );

  async function drawPlan(
    request: FastifyRequest,
    reply: FastifyReply,
    values: PlanForm,
    { errors = [], refusal }: { errors?: FieldErrors; refusal?: Refusal } = {},
  ) {
    const { villageId } = villageOf(request);
    const [all, settings] = await Promise.all([visits(sql, villageId), villageSettings(sql, villageId)]);
    setStatus(reply, { errors, refusal });
    const isSpent = refusal?.refused === 'key_reused';
    return reply.page(
      <VisitPlanPage
        households={all}
        assessors={settings.inspectionAssessors}
        values={isSpent ? { ...values, idempotencyKey: newIdempotencyKey() } : values}
        errors={errors}
        refusal={refusal}
      />,
    );
  }

  async function drawVisit(
    request: FastifyRequest,
    reply: FastifyReply,
    number: string,
    answer: {
      typed?: Readonly<Record<string, string>>;
      idempotencyKey?: string;
      errors?: FieldErrors;
      refusal?: Refusal;
      keptIds?: readonly string[];
    } = {},
  ) {
    const village = villageOf(request);
    const [all, settings] = await Promise.all([
      visits(sql, village.villageId),
      villageSettings(sql, village.villageId),
    ]);
    const visited = all.find(({ card }) => card.number === number);
    if (!visited) return reply.refuse({ refused: 'no_such_card' });
    const photos = await shownPhotos(
      sql,
      village,
      visited.results.flatMap((result) => result.photos),
    );
    const { errors = [], refusal, typed = {} } = answer;
    setStatus(reply, { errors, refusal });
    const { appointments } = viewerOf(request);
    const isSpent = refusal?.refused === 'key_reused' || answer.idempotencyKey === undefined;
    return reply.page(
      <VisitPage
        visited={visited}
        items={itemsOf(settings.inspectionChecklist)}
        itemsOf={Object.fromEntries(visited.results.map(({ checklist }) => [checklist, itemsOf(checklist)]))}
        photos={photos}
        typed={{
          occurredOn: request.today,
          revisit: addDays(request.today, settings.revisitDays),
          ...typed,
        }}
        idempotencyKey={isSpent ? newIdempotencyKey() : (answer.idempotencyKey ?? '')}
        keptIds={answer.keptIds ?? []}
        errors={errors}
        refusal={refusal}
        isDone={z.object({ done: z.string().optional() }).safeParse(request.query).data?.done !== undefined}
        mayRecord={may(appointments, 'inspection.record', village)}
        mayPlan={may(appointments, 'inspection.plan', village)}
        mayOpen={may(appointments, 'card.open', village)}
      />,
    );
  }
};

/** -1 where nothing was chosen. */
function markOf(typed: string | undefined): number {
  return typed === '0' || typed === '1' || typed === '2' ? Number(typed) : -1;
}

/** One a line, or with commas between them as people paste them. */
function namesOf(typed: string): string[] {
  return [
    ...new Set(
      typed
        .split(/[\n,，、；;]/)
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    ),
  ];
}
