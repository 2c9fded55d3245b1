import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AwardLive, type AwardLiveProps } from '../../views/awards/award-bar.tsx';
import { AwardPage, type AwardPageProps } from '../../views/awards/award-page.tsx';
import { AwardPreviewPage } from '../../views/awards/award-preview-page.tsx';
import { RuleChoices } from '../../views/awards/rule-choices.tsx';
import { translate, type WordKey } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { Notice } from '../../views/shared/notice.tsx';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { issueStop } from '../claims/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { photoFields, storePhotos } from '../photos/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { refusalNotice } from '../platform/http/form-answer.tsx';
import { lastOf } from '../platform/http/form-fields.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { worksByKeyboard } from '../platform/http/works-by-keyboard.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { villageSettings } from '../settings/index.ts';
import { householdsByGroup, offeredRules } from './award-choices.ts';
import {
  type AwardForm,
  awardForm,
  byCard,
  decidedFields,
  keyOf,
  memberAnswers,
  missingFields,
  timesOf,
} from './award-form.ts';
import { awardLive } from './award-live.ts';
import { awardPoints } from './award-points.ts';
import { type AwardPreview, awardPreview, type PreviewRefusal } from './award-preview.ts';
import { collectHousehold, isCollecting, type OpenNames } from './collect-household.ts';
import { decideStop } from './decide-awards.ts';
import { savedLists, withLists } from './saved-lists.ts';

const optional = z.preprocess((value) => lastOf(value) ?? '', z.string().max(200));

const formQuery = z.object({ card: optional, ruleQuery: optional, rule: optional, times: optional });

const ERRORS = {
  rule: 'awards.new.ruleError',
  groups: 'awards.new.whoError',
  occurredOn: 'awards.new.dayError',
  times: 'awards.new.timesError',
  note: 'awards.new.noteError',
} as const satisfies Record<string, WordKey>;

/** Form, preview, confirmation. Only the last one writes; until then everything typed travels with the page. */
export const awardingRoutes: Routes = async (app, services) => {
  const { db } = services;
  const { sql } = db;

  app.get(
    '/villages/:village/awards/new',
    { config: { access: 'points.award' }, schema: { params: villageParams, querystring: formQuery } },
    async (request, reply) => {
      const { card, rule, ruleQuery, times } = request.query;
      if (request.headers['hx-request'] !== undefined) {
        const asked = { day: request.today, query: ruleQuery, chosen: rule };
        return reply.fragment(<RuleChoices {...(await offeredRules(sql, villageOf(request).villageId, asked))} />);
      }
      const form = awardForm.parse({ cards: card, rule, ruleQuery, times, occurredOn: request.today });
      return drawForm(request, reply, form);
    },
  );

  app.post(
    '/villages/:village/award-previews',
    {
      config: { access: 'points.award', uploads: true },
      schema: { params: villageParams, body: awardForm },
    },
    async (request, reply) => {
      const asked = await withLists(sql, villageOf(request).villageId, request.body);
      const photos = await evidenceOf(request);
      if ('refused' in photos) return drawForm(request, reply, { ...asked, photoIds: [] }, { refusal: photos });
      const form = { ...asked, photoIds: photos.map(({ publicId }) => publicId) };
      if (request.headers['hx-request-type'] === 'partial') {
        return reply.fragment(<AwardLive {...(await drawnLive(request, form))} />);
      }
      if (form.change !== '' || (await isSearch(request, form))) return drawForm(request, reply, form);
      if (isCollecting(form)) return drawCollected(request, reply, form);
      const wrong = missingFields(form);
      if (wrong.length > 0) {
        reply.code(422);
        return drawForm(request, reply, form, { errors: wrong.map((name) => errorAt(request, name)) });
      }
      const preview = await awardPreview(sql, villageOf(request).villageId, form, request.today);
      if ('refused' in preview) return drawForm(request, reply, form, { refusal: preview });
      return drawPreview(request, reply, form, preview);
    },
  );

  app.post(
    '/villages/:village/awards',
    {
      config: { access: 'points.award', uploads: true },
      schema: { params: villageParams, body: awardForm },
    },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const asked = await withLists(sql, villageId, request.body);
      const photos = await evidenceOf(request);
      if ('refused' in photos) return drawForm(request, reply, { ...asked, photoIds: [] }, { refusal: photos });
      const form = { ...asked, photoIds: photos.map(({ publicId }) => publicId) };
      const wrong = missingFields(form);
      if (wrong.length > 0 || form.idempotencyKey === '') {
        reply.code(422);
        return drawForm(request, reply, form, { errors: wrong.map((name) => errorAt(request, name)) });
      }
      const numbers = await chosenCards(villageId, form, request.today);
      const outcome =
        'refused' in numbers
          ? numbers
          : await awardPoints(db, {
              villageId,
              idempotencyKey: form.idempotencyKey,
              recordedBy: viewerOf(request).personId,
              today: request.today,
              rule: form.rule,
              occurredOn: form.occurredOn,
              times: timesOf(form),
              ...numbers,
              note: form.note === '' ? undefined : form.note,
              photos,
              confirmedCentipoints: /^-?\d{1,9}$/.test(form.total) ? Number(form.total) : undefined,
            });
      if (!('refused' in outcome)) {
        return reply.redirect(`/villages/${code}/awards/${outcome.operationId}`, 303);
      }
      // What has changed since the preview shows in a fresh one, with the reason above it.
      const preview = await awardPreview(sql, villageId, form, request.today);
      if ('refused' in preview) return drawForm(request, reply, form, { refusal: outcome });
      return drawPreview(request, reply, form, preview, { refusal: outcome });
    },
  );

  /** Whatever becomes of the form: they are not sent a second time. */
  function evidenceOf(request: FastifyRequest) {
    const { villageId } = villageOf(request);
    const addedBy = viewerOf(request).personId;
    return storePhotos(services, { villageId, purpose: 'evidence', addedBy, fields: photoFields(request) });
  }

  /** A list that comes straight from the preview is taken as it is, so that a repeat is the same request. */
  async function chosenCards(
    villageId: number,
    form: AwardForm,
    today: string,
  ): Promise<PreviewRefusal | { cards: string[]; members: Record<string, number[]> }> {
    const { cards, members } = form;
    if (form.names === '' && form.groups.length === 0 && form.skipped.length === 0) return { cards, members };
    const preview = await awardPreview(sql, villageId, form, today);
    if ('refused' in preview) return preview;
    const [name] = preview.open;
    if (name?.kind === 'member') return { refused: 'member_missing', number: name.card, name: name.text };
    if (name?.kind === 'unknown') return { refused: 'name_unknown', name: name.text };
    if (name) return { refused: 'name_ambiguous', name: name.text, count: name.candidates.length };
    const named = preview.lines.flatMap(({ number, member }) => (member ? { number, ...member } : []));
    return { cards: preview.numbers, members: byCard(named) };
  }

  /** Enter anywhere in the form presses its first button, the search: it counts only where something is left to find. */
  async function isSearch(request: FastifyRequest, { find, ruleQuery, rule }: AwardForm): Promise<boolean> {
    if (find === '' || ruleQuery === '') return false;
    if (rule === '') return true;
    const { found } = await offeredRules(sql, villageOf(request).villageId, {
      day: request.today,
      query: ruleQuery,
      chosen: rule,
    });
    return !found.some(({ code }) => code === rule);
  }

  async function drawForm(
    request: FastifyRequest,
    reply: FastifyReply,
    form: AwardForm,
    { errors = [], refusal, asked }: { errors?: FieldErrors; refusal?: Refusal; asked?: OpenNames } = {},
  ): Promise<FastifyReply> {
    const { villageId } = villageOf(request);
    const [rules, groups, lists, stop, live] = await Promise.all([
      offeredRules(sql, villageId, { day: request.today, query: form.ruleQuery, chosen: form.rule }),
      householdsByGroup(sql, villageId),
      savedLists(sql, villageId),
      refusal ? null : stopOf(request),
      asked && drawnLive(request, form),
    ]);
    if (refusal) reply.code(refusalStatus(refusal));
    return reply.page(
      <AwardPage
        rules={rules}
        groups={describeGroups(request, groups)}
        lists={lists}
        values={{
          ...form,
          groups: form.groups.map(String),
          members: memberAnswers(form.members),
          occurredOn: form.occurredOn || request.today,
        }}
        draftKey={keyOf(form)}
        keptIds={form.photoIds}
        errors={errors}
        notice={
          refusal ? (
            <RefusalNotice request={request} refusal={refusal} />
          ) : (
            stop && <Notice kind="warning">{refusalText(request.locale, stop)}</Notice>
          )
        }
        collected={asked && live && { asked, live }}
        isWhoNext={asked !== undefined || (form.find !== '' && rules.chosen !== undefined)}
        isByKeyboard={worksByKeyboard(request.headers)}
      />,
    );
  }

  /** 红色先不发, before anybody has filled in the form for nothing. */
  async function stopOf(request: FastifyRequest): Promise<Refusal | null> {
    const { villageId } = villageOf(request);
    const settings = await villageSettings(sql, villageId);
    return decideStop(await issueStop(sql, { villageId, today: request.today }, settings));
  }

  /** Without a script: the household that was typed or scanned is among those that are chosen, and the next one may come. */
  async function drawCollected(request: FastifyRequest, reply: FastifyReply, form: AwardForm): Promise<FastifyReply> {
    const { cards, members, open } = await collectHousehold(sql, villageOf(request).villageId, form);
    return drawForm(request, reply, { ...form, cards, members, code: '', names: form.listed }, { asked: open });
  }

  async function drawnLive(request: FastifyRequest, form: AwardForm): Promise<AwardLiveProps> {
    const { refusal, ...live } = await awardLive(sql, villageOf(request).villageId, form, request.today);
    return { ...live, refusal: refusal && refusalText(request.locale, refusal) };
  }
};

function drawPreview(
  request: FastifyRequest,
  reply: FastifyReply,
  form: AwardForm,
  preview: AwardPreview,
  { refusal }: { refusal?: Refusal } = {},
): FastifyReply {
  if (refusal) reply.code(refusalStatus(refusal));
  const isDecided = preview.open.length === 0 && preview.excluded.length === 0;
  // A key that belongs to another list would be refused for ever.
  const isSpent = refusal?.refused === 'key_reused';
  return reply.page(
    <AwardPreviewPage
      idempotencyKey={isSpent ? newIdempotencyKey() : keyOf(form)}
      rule={preview.rule}
      occurredOn={form.occurredOn}
      times={timesOf(form)}
      note={form.note}
      photos={form.photoIds.length}
      open={preview.open}
      refused={preview.excluded}
      lines={preview.lines}
      skippedNames={preview.skippedNames}
      fields={isDecided ? decidedFields(form, preview.lines) : undecidedFields(form)}
      notice={refusal && <RefusalNotice request={request} refusal={refusal} />}
    />,
  );
}

function undecidedFields(form: AwardForm): Record<string, string> {
  const { rule, occurredOn, times, note, names, groups, cards, members, skipped, picks, photoIds } = form;
  return {
    rule,
    occurredOn,
    times,
    note,
    names,
    groups: groups.join(','),
    cards: cards.join(','),
    members: memberAnswers(members).join(','),
    skip: skipped.join(','),
    photoIds: photoIds.join(','),
    ...Object.fromEntries([...picks].map(([place, pick]) => [`pick-${place}`, pick])),
  };
}

function errorAt({ locale }: FastifyRequest, name: keyof typeof ERRORS): FieldErrors[number] {
  return { name, message: (translate(locale) as (key: WordKey) => string)(ERRORS[name]) };
}

function RefusalNotice({ request, refusal }: { request: FastifyRequest; refusal: Refusal }) {
  return refusalNotice(request, refusal);
}

/** Namesakes are told apart by the end of the card number, and who has no open card yet says so. */
function describeGroups(
  { locale }: FastifyRequest,
  groups: Awaited<ReturnType<typeof householdsByGroup>>,
): AwardPageProps['groups'] {
  const t = translate(locale);
  const counts = new Map<string, number>();
  for (const { headName } of groups.flatMap(({ households }) => households)) {
    counts.set(headName, (counts.get(headName) ?? 0) + 1);
  }
  return groups.map(({ groupId, name, households }) => ({
    groupId,
    name,
    households: households.map(({ number, headName, status, initials, lastN, groupPosition }) => ({
      number,
      headName,
      keys: `${initials} ${lastN} ${groupPosition}`,
      hint:
        status !== 'active'
          ? t(`cards.status.${status}`)
          : (counts.get(headName) ?? 0) > 1
            ? number.slice(-4)
            : undefined,
    })),
  }));
}
