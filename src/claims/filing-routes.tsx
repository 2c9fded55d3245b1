import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { NewClaimPage } from '../../views/claims/new-claim-page.tsx';
import { OwnClaimPage, OwnObjectionPage } from '../../views/claims/own-claim-page.tsx';
import { formatDay } from '../../views/shared/day-text.tsx';
import { translate, type WordKey } from '../../views/shared/dictionary.ts';
import { type HouseholdCandidate, householdError } from '../../views/shared/household-field.tsx';
import { Notice } from '../../views/shared/notice.tsx';
import { cardByToken, householdMeant, maskName, maskRefusal, nameSetting, type ShownCard } from '../cards/index.ts';
import { viewerOf, villageById, villageOf } from '../people/index.ts';
import { photoFields, type StoredPhoto, storePhotos } from '../photos/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { isPublicToken, newIdempotencyKey } from '../platform/ids.ts';
import { formatSignedPoints } from '../platform/points.ts';
import { publicName } from './board.ts';
import { type FilingForm, filingForm, hasLength, missingFields, ownObjectionForm } from './claim-form.ts';
import { objectableClaims } from './claims.ts';
import { fileClaim } from './file-claim.ts';
import { filingRules } from './filing-rules.ts';
import { fileObjection, HOUSEHOLD_ITSELF } from './object.ts';

const tokenParams = z.object({ token: z.string().max(60) });
const newQuery = z.object({ card: z.preprocess((value) => (lastOf(value) ?? '').slice(0, 20), z.string()) });
const doneQuery = z.object({ done: z.preprocess(lastOf, z.string().optional()) });

type Errors = { name: string; message: string }[];

interface Drawn {
  form?: FilingForm;
  errors?: Errors;
  refusal?: Refusal;
  /** What was taken in already: it is not sent again. */
  photos?: readonly StoredPhoto[];
  isDone?: boolean;
  /** Households that fit what was typed, where it is more than one. */
  candidates?: readonly HouseholdCandidate[];
}

/** 申报: by the household itself from its card, without signing in, or written down for it by the office. */
export const filingRoutes: Routes = async (app, services) => {
  const { db } = services;
  const { sql } = db;

  app.get(
    '/villages/:village/claims/new',
    { config: { access: 'points.award' }, schema: { params: villageParams, querystring: newQuery } },
    (request, reply) => drawNew(request, reply, { form: empty(request, request.query.card) }),
  );

  app.post(
    '/villages/:village/claims',
    { config: { access: 'points.award', uploads: true }, schema: { params: villageParams, body: filingForm } },
    async (request, reply) => {
      const form = request.body;
      const errors = wrongFields(request, form, true);
      if (errors.length > 0) return drawNew(request, reply, { form, errors });
      const { villageId, code } = villageOf(request);
      const meant = await householdMeant(sql, villageId, form.card);
      const recordedBy = viewerOf(request).personId;
      const photos = await evidenceOf(request, villageId, recordedBy);
      if ('refused' in photos) return drawNew(request, reply, { form, refusal: photos });
      if ('candidates' in meant) {
        const unsure = [householdError(translate(request.locale), 'card', meant)];
        return drawNew(request, reply, { form, errors: unsure, photos, ...meant });
      }
      const outcome = await fileClaim(db, {
        ...inputOf(request, form),
        villageId,
        number: meant.number,
        recordedBy,
        isByHousehold: false,
        photos,
      });
      if ('refused' in outcome) return drawNew(request, reply, { form, refusal: outcome, photos });
      return reply.redirect(`/villages/${code}/claims?view=waiting&done=file`, 303);
    },
  );

  app.get(
    '/C/:token/claims/new',
    { config: { access: 'everybody' }, schema: { params: tokenParams, querystring: doneQuery } },
    (request, reply) => drawOwn(request, reply, request.params.token, { isDone: request.query.done !== undefined }),
  );

  app.post(
    '/C/:token/claims',
    { config: { access: 'everybody', uploads: true }, schema: { params: tokenParams, body: filingForm } },
    async (request, reply) => {
      const form = request.body;
      const { token } = request.params;
      const card = await cardOf(token);
      if (!card) return reply.refuse({ refused: 'broken_card_link' });
      const errors = wrongFields(request, form, false);
      if (errors.length > 0) return drawOwn(request, reply, token, { form, errors });
      const photos = await evidenceOf(request, card.villageId, null);
      if ('refused' in photos) return drawOwn(request, reply, token, { form, refusal: photos });
      const outcome = await fileClaim(db, {
        ...inputOf(request, form),
        villageId: card.villageId,
        number: card.number,
        recordedBy: HOUSEHOLD_ITSELF,
        isByHousehold: true,
        photos,
      });
      if ('refused' in outcome) return drawOwn(request, reply, token, { form, refusal: outcome, photos });
      return reply.redirect(`/C/${card.token}/claims/new?done=1`, 303);
    },
  );

  app.get(
    '/C/:token/objections/new',
    { config: { access: 'everybody' }, schema: { params: tokenParams, querystring: doneQuery } },
    (request, reply) =>
      drawObjection(request, reply, request.params.token, { isDone: request.query.done !== undefined }),
  );

  app.post(
    '/C/:token/objections',
    { config: { access: 'everybody' }, schema: { params: tokenParams, body: ownObjectionForm } },
    async (request, reply) => {
      const { claim, reason, idempotencyKey } = request.body;
      const { token } = request.params;
      const card = await cardOf(token);
      if (!card) return reply.refuse({ refused: 'broken_card_link' });
      const values = { claim, reason };
      const errors = [
        ...(hasLength(claim, 1, 40) ? [] : [wrong(request, 'claim', 'claims.object.lineError')]),
        ...(hasLength(reason, 2, 200) ? [] : [wrong(request, 'reason', 'claims.object.reasonError')]),
      ];
      if (errors.length > 0) return drawObjection(request, reply, token, { values, errors });
      const outcome = await fileObjection(db, {
        villageId: card.villageId,
        claimId: claim,
        reason,
        recordedBy: HOUSEHOLD_ITSELF,
        idempotencyKey: keyOf({ idempotencyKey }),
        today: request.today,
      });
      if ('refused' in outcome) return drawObjection(request, reply, token, { values, refusal: outcome });
      return reply.redirect(`/C/${card.token}/objections/new?done=1`, 303);
    },
  );

  function evidenceOf(request: FastifyRequest, villageId: number, addedBy: number | null) {
    return storePhotos(services, { villageId, purpose: 'evidence', addedBy, fields: photoFields(request) });
  }

  async function cardOf(token: string): Promise<ShownCard | null> {
    const folded = token.toUpperCase();
    return isPublicToken(folded) ? cardByToken(sql, folded) : null;
  }

  function inputOf(request: FastifyRequest, form: FilingForm) {
    return {
      rule: form.rule,
      occurredOn: form.occurredOn,
      note: form.note,
      forWhom: form.forWhom.slice(0, 40),
      filedBy: form.filedBy === '' ? null : form.filedBy.slice(0, 40),
      idempotencyKey: keyOf(form),
      today: request.today,
    };
  }

  async function offered(request: FastifyRequest, villageId: number) {
    const t = translate(request.locale);
    return filingRules(sql, villageId, request.today, (name, points) => t('claims.file.ruleText', { name, points }));
  }

  async function drawNew(
    request: FastifyRequest,
    reply: FastifyReply,
    { form = empty(request), errors = [], refusal, photos = [], candidates }: Drawn,
  ): Promise<FastifyReply> {
    setStatus(reply, { errors, refusal });
    return reply.page(
      <NewClaimPage
        rules={await offered(request, villageOf(request).villageId)}
        values={form}
        candidates={candidates}
        idempotencyKey={form.idempotencyKey || newIdempotencyKey()}
        keptIds={photos.map(({ publicId }) => publicId)}
        errors={errors}
        notice={refusal && refusalNotice(request, refusal)}
      />,
    );
  }

  /** As the page of the card: nothing of it stays anywhere. */
  async function openCard(request: FastifyRequest, reply: FastifyReply, token: string): Promise<ShownCard | null> {
    reply
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .header('x-robots-tag', 'noindex, nofollow');
    const card = await cardOf(token);
    if (card) request.village = await villageById(sql, card.villageId);
    return card;
  }

  async function drawOwn(
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    { form = empty(request), errors = [], refusal, photos = [], isDone }: Drawn,
  ): Promise<FastifyReply> {
    const card = await openCard(request, reply, token);
    if (!card) return reply.refuse({ refused: 'broken_card_link' });
    setStatus(reply, { errors, refusal });
    return reply.page(
      <OwnClaimPage
        cardHref={`/C/${card.token}`}
        maskedName={maskName(card.headName)}
        textSize={request.textSize ?? 'largest'}
        rules={await offered(request, card.villageId)}
        values={form}
        idempotencyKey={form.idempotencyKey || newIdempotencyKey()}
        keptIds={photos.map(({ publicId }) => publicId)}
        errors={errors}
        notice={
          refusal
            ? refusalNotice(request, toldToHousehold(refusal))
            : isDone && (
                <Notice kind="success" focused>
                  {translate(request.locale)('claims.done.file')}
                </Notice>
              )
        }
      />,
    );
  }

  async function drawObjection(
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    {
      values = { claim: '', reason: '' },
      errors = [],
      refusal,
      isDone,
    }: { values?: { claim: string; reason: string }; errors?: Errors; refusal?: Refusal; isDone?: boolean },
  ): Promise<FastifyReply> {
    const card = await openCard(request, reply, token);
    if (!card) return reply.refuse({ refused: 'broken_card_link' });
    const t = translate(request.locale);
    const [claims, { level }] = await Promise.all([
      objectableClaims(sql, card.villageId, request.today),
      nameSetting(sql, card.villageId),
    ]);
    setStatus(reply, { errors, refusal });
    return reply.page(
      <OwnObjectionPage
        cardHref={`/C/${card.token}`}
        maskedName={maskName(card.headName)}
        textSize={request.textSize ?? 'largest'}
        lines={claims.map((claim) => ({
          value: claim.claimId,
          label: t('claims.object.lineText', {
            sheet: claim.sheet ?? 0,
            day: formatDay(claim.occurredOn, request.locale, { today: request.today }),
            name: publicName(claim, level) ?? t('claims.board.unnamed'),
            rule: claim.ruleName,
            points: formatSignedPoints(claim.amountCentipoints),
          }),
        }))}
        values={values}
        idempotencyKey={newIdempotencyKey()}
        errors={errors}
        notice={
          refusal
            ? refusalNotice(request, maskRefusal(refusal))
            : isDone && (
                <Notice kind="success" focused>
                  {t('claims.done.object')}
                </Notice>
              )
        }
      />,
    );
  }
};

function empty(request: FastifyRequest, card = ''): FilingForm {
  return { card, rule: '', occurredOn: request.today, note: '', forWhom: '', filedBy: '', idempotencyKey: '' };
}

function wrongFields(request: FastifyRequest, form: FilingForm, asksCard: boolean): Errors {
  return missingFields(form, asksCard).map(({ name, key }) => wrong(request, name, key));
}

function wrong({ locale }: FastifyRequest, name: string, key: WordKey) {
  return { name, message: (translate(locale) as (key: WordKey) => string)(key) };
}

/** What a village is told of a list of households is said otherwise to the household that asks for itself. */
const OWN_WORDS = new Map([
  ['rule_cap_reached', 'own_rule_cap_reached'],
  ['month_limit_reached', 'own_month_limit_reached'],
  ['year_limit_reached', 'own_year_limit_reached'],
]);

function toldToHousehold(refusal: Refusal): Refusal {
  const masked = maskRefusal(refusal);
  return { ...masked, refused: OWN_WORDS.get(masked.refused) ?? masked.refused };
}
