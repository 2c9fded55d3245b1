import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ActivitiesPage } from '../../views/activities/activities-page.tsx';
import { ActivityPage } from '../../views/activities/activity-page.tsx';
import { AwardActivityPage } from '../../views/activities/award-activity-page.tsx';
import { NewActivityPage } from '../../views/activities/new-activity-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { allCards } from '../cards/index.ts';
import { may, viewerOf, villageOf } from '../people/index.ts';
import { photoFields, storePhotos } from '../photos/index.ts';
import { dayText } from '../platform/calendar-text.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyAfter, keyOf, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf, rowNumber } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { shownPhotos } from '../problems/index.ts';
import { ruleOn, villageRules } from '../rules/index.ts';
import { activities } from './activities.ts';
import { type ActivityForm, activityForm, type MembersLine, readMembers } from './activity-form.ts';
import { ACTIVITY_KINDS } from './activity-kinds.ts';
import { awardActivity, previewActivityAward } from './award-activity.ts';
import { membersMeant, type UnclearLine } from './members-meant.ts';
import { recordActivity } from './record-activity.ts';

const A_PAGE = 50;

const listQuery = z.object({
  q: z.preprocess((value) => (lastOf(value) ?? '').slice(0, 40), z.string()),
  before: z.preprocess(lastOf, rowNumber).optional().catch(undefined),
});

const activityParams = villageParams.extend({ activity: rowNumber });

const awardForm = z.object({
  total: z.preprocess((value) => lastOf(value) ?? '', z.string().max(20)),
  idempotencyKey: z.preprocess((value) => lastOf(value) ?? '', z.string().max(200)),
});

const DONE = z.object({ done: z.enum(['recorded', 'awarded']).optional().catch(undefined) });

/** 集体活动 on pages: what was done together, who came, and one press that gives everybody on the list the points of it. */
export const activityRoutes: Routes = async (app, services) => {
  const { db } = services;
  const { sql } = db;

  app.get(
    '/villages/:village/activities',
    { config: { access: 'village.read' }, schema: { params: villageParams, querystring: listQuery } },
    async (request, reply) => {
      const village = villageOf(request);
      const { q, before = Number.MAX_SAFE_INTEGER } = request.query;
      const found = (await activities(sql, village.villageId)).filter(
        ({ seq, name, place }) => seq < before && (q === '' || name.includes(q) || place.includes(q)),
      );
      const items = found.slice(0, A_PAGE);
      const href = (last?: number) =>
        `/villages/${village.code}/activities?${new URLSearchParams({ q, ...(last && { before: String(last) }) })}`;
      return reply.page(
        <ActivitiesPage
          items={items}
          query={q}
          nextHref={found.length > A_PAGE ? href(items.at(-1)?.seq) : undefined}
          firstHref={request.query.before === undefined ? undefined : href()}
          mayRecord={may(viewerOf(request).appointments, 'activity.record', village)}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/activities/new',
    { config: { access: 'activity.record' }, schema: { params: villageParams } },
    (request, reply) =>
      drawForm(request, reply, {
        ...activityForm.parse({ occurredOn: request.today }),
        idempotencyKey: newIdempotencyKey(),
      }),
  );

  app.post(
    '/villages/:village/activities',
    { config: { access: 'activity.record', uploads: true }, schema: { params: villageParams, body: activityForm } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const form = { ...request.body, idempotencyKey: keyOf(request.body) };
      const recordedBy = viewerOf(request).personId;
      const { kind, lines, errors } = readForm(request, form);
      const members = await membersMeant(sql, villageId, lines, form.cards);
      const photos = await storePhotos(services, {
        villageId,
        purpose: 'evidence',
        addedBy: recordedBy,
        fields: photoFields(request),
      });
      if ('refused' in photos) return drawForm(request, reply, form, { refusal: photos });
      const keptIds = photos.map(({ publicId }) => publicId);
      if (!(members instanceof Map)) errors.push(unclearHousehold(request, members));
      if (!kind || !(members instanceof Map) || errors.length > 0) {
        return drawForm(request, reply, form, { errors, keptIds });
      }
      const { name, place, occurredOn, rule, cards, idempotencyKey } = form;
      const outcome = await recordActivity(db, {
        villageId,
        kind,
        name,
        place,
        occurredOn,
        rule: rule === '' ? null : rule,
        cards,
        members,
        photos,
        idempotencyKey,
        recordedBy,
        today: request.today,
      });
      if ('refused' in outcome) return drawForm(request, reply, form, { refusal: outcome, keptIds });
      return reply.redirect(`/villages/${code}/activities/${outcome.acts[0]?.seq}?done=recorded`, 303);
    },
  );

  app.get(
    '/villages/:village/activities/:activity',
    { config: { access: 'village.read' }, schema: { params: activityParams, querystring: DONE } },
    async (request, reply) => {
      const village = villageOf(request);
      const [activity] = await activities(sql, village.villageId, request.params.activity);
      if (!activity) return reply.refuse({ refused: 'unknown_activity' });
      const [photos, rule] = await Promise.all([
        shownPhotos(sql, village, activity.photos),
        activity.rule === null ? null : ruleOn(sql, village.villageId, activity.rule, activity.occurredOn),
      ]);
      return reply.page(
        <ActivityPage
          activity={activity}
          ruleName={rule?.name ?? null}
          photos={[...photos.values()]}
          mayAward={may(viewerOf(request).appointments, 'points.award', village)}
          done={request.query.done}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/activities/:activity/awards/new',
    { config: { access: 'points.award' }, schema: { params: activityParams } },
    (request, reply) => drawAward(request, reply, request.params.activity, newIdempotencyKey()),
  );

  app.post(
    '/villages/:village/activities/:activity/awards',
    { config: { access: 'points.award' }, schema: { params: activityParams, body: awardForm } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { activity } = request.params;
      const idempotencyKey = keyOf(request.body);
      const { total } = request.body;
      const outcome = await awardActivity(db, {
        villageId,
        activity,
        confirmedCentipoints: /^\d{1,9}$/.test(total) ? Number(total) : undefined,
        idempotencyKey,
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return drawAward(request, reply, activity, idempotencyKey, outcome);
      return reply.redirect(`/villages/${code}/activities/${activity}?done=awarded`, 303);
    },
  );

  async function drawForm(
    request: FastifyRequest,
    reply: FastifyReply,
    values: ActivityForm,
    { errors = [], refusal, keptIds = [] }: { errors?: FieldErrors; refusal?: Refusal; keptIds?: string[] } = {},
  ) {
    const { villageId } = villageOf(request);
    const [rules, cards] = await Promise.all([villageRules(sql, villageId, request.today), allCards(sql, villageId)]);
    setStatus(reply, { errors, refusal });
    const open = cards.filter(({ status }) => status !== 'closed');
    const groups = new Map(open.map(({ groupId, groupName }) => [groupId, groupName]));
    return reply.page(
      <NewActivityPage
        kinds={ACTIVITY_KINDS}
        rules={rules.filter(({ pointsCentipoints }) => pointsCentipoints > 0)}
        groups={[...groups].map(([groupId, name]) => ({
          groupId,
          name,
          households: open.filter((card) => card.groupId === groupId),
        }))}
        values={{ ...values, idempotencyKey: keyAfter(refusal, values.idempotencyKey) }}
        keptIds={keptIds}
        errors={errors}
        refusal={refusal}
      />,
    );
  }

  async function drawAward(
    request: FastifyRequest,
    reply: FastifyReply,
    activity: number,
    idempotencyKey: string,
    refusal?: Refusal,
  ) {
    const { villageId } = villageOf(request);
    const preview = await previewActivityAward(sql, { villageId, activity, today: request.today });
    if ('refused' in preview) return reply.refuse(refusal ?? preview);
    const cards = new Map(
      preview.activity.attendance.flatMap(({ household }) => (household ? [[household.card, household]] : [])),
    );
    setStatus(reply, { errors: [], refusal });
    return reply.page(
      <AwardActivityPage
        activity={preview.activity}
        rule={preview.rule}
        lines={preview.lines.map(({ number, member, amountCentipoints, balanceAfterCentipoints, needs }) => ({
          number,
          memberName: member?.name,
          headName: cards.get(number)?.name ?? '',
          groupName: cards.get(number)?.groupName ?? '',
          amountCentipoints,
          balanceAfterCentipoints,
          balanceCentipoints: balanceAfterCentipoints - (needs.length > 0 ? 0 : amountCentipoints),
          waits: needs.length > 0,
        }))}
        excluded={[...preview.strangers, ...preview.refusals].map((why) => ({
          number: why.number,
          headName: cards.get(why.number)?.name ?? '',
          why,
        }))}
        idempotencyKey={keyAfter(refusal, idempotencyKey)}
        refusal={refusal}
      />,
    );
  }
};

function readForm({ locale }: FastifyRequest, form: ActivityForm) {
  const t = translate(locale);
  const kind = ACTIVITY_KINDS.find((one) => one === form.kind);
  const members = readMembers(form.members);
  const lines: MembersLine[] = 'wrongLine' in members ? [] : members;
  const errors: FieldErrors[number][] = [];
  if (!kind) errors.push({ name: 'kind', message: t('activities.kindError') });
  if (form.name.length < 2 || form.name.length > 60) errors.push({ name: 'name', message: t('activities.nameError') });
  if (form.place === '' || form.place.length > 60) errors.push({ name: 'place', message: t('activities.placeError') });
  if (!dayText.safeParse(form.occurredOn).success) {
    errors.push({ name: 'occurredOn', message: t('activities.dayError') });
  }
  if (form.cards.length === 0) errors.push({ name: 'cards', message: t('activities.whoError') });
  if ('wrongLine' in members) {
    errors.push({ name: 'members', message: t('activities.membersError', { line: members.wrongLine }) });
  }
  return { kind, lines, errors };
}

function unclearHousehold({ locale }: FastifyRequest, { line, household, numbers }: UnclearLine): FieldErrors[number] {
  const t = translate(locale);
  const message =
    numbers.length === 0
      ? t('activities.membersUnknown', { line, name: household })
      : t('activities.membersSeveral', { line, name: household, numbers: numbers.join(t('shared.comma')) });
  return { name: 'members', message };
}
