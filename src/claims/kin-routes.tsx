import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { KinPage, type KinPageProps } from '../../views/claims/kin-page.tsx';
import { WaiverPage, type WaiverPageProps } from '../../views/claims/waiver-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { householdError } from '../../views/shared/household-field.tsx';
import { Notice } from '../../views/shared/notice.tsx';
import { householdsMeant } from '../cards/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { dayText } from '../platform/calendar-text.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { allOf, lastOf } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { hasLength } from './claim-form.ts';
import { WAIVABLE } from './decide-separation.ts';
import { declareKin } from './declare-kin.ts';
import { declaredHouseholds } from './kinship.ts';
import { waiveDuties } from './waive-duties.ts';
import { lastWaiver } from './waived-duties.ts';

const text = z.preprocess((value) => (lastOf(value) ?? '').slice(0, 2_000), z.string());

/** What was typed, a line each, and what was ticked beside it. */
const lines = z.preprocess((value) => allOf(value).join('\n').slice(0, 2_000), z.string());

const kinForm = z.object({ own: text, relatives: lines, idempotencyKey: text });

/** The one that the way to the page is about, such as a red stop. */
const oneDuty = z.preprocess(lastOf, z.literal('solvency_stop').optional()).catch(undefined);

const waiverForm = z.object({
  duty: oneDuty,
  duties: z.preprocess((value) => allOf(value).slice(0, 10), z.array(z.string())),
  until: text,
  reason: text,
  idempotencyKey: text,
});

const MOST_KIN = 200;

const doneQuery = z.object({ done: z.preprocess(lastOf, z.string().optional()), duty: oneDuty });

interface Drawn<Values> {
  values?: Values;
  errors?: KinPageProps['errors'];
  refusal?: Refusal;
  isDone?: boolean;
  alone?: WaiverPageProps['alone'];
  unsure?: Pick<KinPageProps, 'ownCandidates' | 'unsure'>;
}

/** 亲属回避 and what a township waives of it. */
export const kinRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/villages/:village/kin',
    { config: { access: 'kin.declare' }, schema: { params: villageParams, querystring: doneQuery } },
    (request, reply) => drawKin(request, reply, { isDone: request.query.done !== undefined }),
  );

  app.post(
    '/villages/:village/kin',
    { config: { access: 'kin.declare' }, schema: { params: villageParams, body: kinForm } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { own, relatives, idempotencyKey } = request.body;
      const meant = await kinMeant(request, { own, relatives });
      const { values, errors } = meant;
      if (errors.length > 0) return drawKin(request, reply, { values, errors, unsure: meant });
      const outcome = await declareKin(db, {
        villageId,
        personId: viewerOf(request).personId,
        own: meant.own,
        relatives: meant.relatives,
        idempotencyKey: keyOf({ idempotencyKey }),
        today: request.today,
      });
      if ('refused' in outcome) return drawKin(request, reply, { values, refusal: outcome });
      return reply.redirect(`/villages/${code}/kin?done=1`, 303);
    },
  );

  app.get(
    '/villages/:village/waivers',
    { config: { access: 'duties.waive' }, schema: { params: villageParams, querystring: doneQuery } },
    (request, reply) => {
      const { done, duty } = request.query;
      return drawWaiver(request, reply, { isDone: done !== undefined, alone: duty });
    },
  );

  app.post(
    '/villages/:village/waivers',
    { config: { access: 'duties.waive' }, schema: { params: villageParams, body: waiverForm } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { idempotencyKey, duty: alone, ...values } = request.body;
      const t = translate(request.locale);
      const errors = [
        // Nothing ticked takes back what was permitted; where nothing was it is forgotten.
        ...(values.duties.length > 0 || (await currentWaiver(request))
          ? []
          : [{ name: 'duties', message: t('claims.waiver.dutiesError') }]),
        ...(dayText.safeParse(values.until).success ? [] : [{ name: 'until', message: t('claims.waiver.untilError') }]),
        ...(hasLength(values.reason, 2, 100) ? [] : [{ name: 'reason', message: t('claims.reasonError') }]),
      ];
      if (errors.length > 0) return drawWaiver(request, reply, { values, errors, alone });
      const outcome = await waiveDuties(db, {
        villageId,
        ...values,
        duties: WAIVABLE.filter((duty) => values.duties.includes(duty)),
        recordedBy: viewerOf(request).personId,
        idempotencyKey: keyOf({ idempotencyKey }),
        today: request.today,
      });
      if ('refused' in outcome) return drawWaiver(request, reply, { values, refusal: outcome, alone });
      return reply.redirect(`/villages/${code}/waivers?done=1`, 303);
    },
  );

  /** Each household that was typed, as it is called; of several that fit somebody chooses, and the lines that are clear stay. */
  async function kinMeant(request: FastifyRequest, typed: KinPageProps['values']) {
    const { villageId } = villageOf(request);
    const t = translate(request.locale);
    const texts = typed.relatives
      .split(/[\s,，、;；]+/)
      .filter(Boolean)
      .slice(0, MOST_KIN);
    const [ownMeant, ...meant] = await householdsMeant(sql, villageId, [typed.own, ...texts]);
    const own = typed.own.trim() === '' ? null : ownMeant;
    const read = texts.flatMap((text, place) => (meant[place] ? [{ text, ...meant[place] }] : []));
    const unclear = read.flatMap((one) => ('candidates' in one ? [one] : []));
    const unsure = unclear.filter(({ candidates }) => candidates.length > 0);
    const first = unclear.find(({ candidates }) => candidates.length === 0) ?? unclear[0];
    const errors = [
      ...(own && 'candidates' in own ? [householdError(t, 'own', own)] : []),
      ...(first
        ? [
            {
              name: 'relatives',
              message: t(first.candidates.length === 0 ? 'claims.kin.unknown' : 'claims.kin.several', {
                name: first.text,
              }),
            },
          ]
        : []),
    ];
    const kept = read.filter((one) => !unsure.some(({ text }) => text === one.text));
    return {
      own: own && 'number' in own ? own.number : null,
      relatives: [...new Set(read.flatMap((one) => ('number' in one ? [one.number] : [])))],
      values: { own: typed.own, relatives: kept.map(({ text }) => text).join('\n') },
      errors,
      ownCandidates: own && 'candidates' in own ? own.candidates : undefined,
      unsure,
    };
  }

  async function drawKin(
    request: FastifyRequest,
    reply: FastifyReply,
    { values, errors = [], refusal, isDone, unsure }: Drawn<KinPageProps['values']>,
  ): Promise<FastifyReply> {
    const declared = await declaredHouseholds(sql, villageOf(request).villageId, viewerOf(request).personId);
    const numbers = (relation: 'own' | 'relative') =>
      declared.filter((one) => one.relation === relation).map(({ number }) => number);
    setStatus(reply, { errors, refusal });
    return reply.page(
      <KinPage
        ownCandidates={unsure?.ownCandidates}
        unsure={unsure?.unsure}
        declared={declared}
        values={values ?? { own: numbers('own')[0] ?? '', relatives: numbers('relative').join('\n') }}
        idempotencyKey={newIdempotencyKey()}
        errors={errors}
        notice={
          refusal
            ? refusalNotice(request, refusal)
            : isDone && <Notice kind="success">{translate(request.locale)('claims.done.kin')}</Notice>
        }
      />,
    );
  }

  async function currentWaiver(request: FastifyRequest) {
    const last = await lastWaiver(sql, villageOf(request).villageId);
    return last && last.until >= request.today ? last : null;
  }

  async function drawWaiver(
    request: FastifyRequest,
    reply: FastifyReply,
    { values, errors = [], refusal, isDone, alone }: Drawn<WaiverPageProps['values']>,
  ): Promise<FastifyReply> {
    const current = await currentWaiver(request);
    setStatus(reply, { errors, refusal });
    return reply.page(
      <WaiverPage
        current={current}
        choices={WAIVABLE}
        alone={alone}
        values={values ?? { duties: current?.duties ?? [], until: current?.until ?? '', reason: '' }}
        idempotencyKey={newIdempotencyKey()}
        errors={errors}
        notice={
          refusal
            ? refusalNotice(request, refusal)
            : isDone && <Notice kind="success">{translate(request.locale)('claims.done.waiver')}</Notice>
        }
      />,
    );
  }
};
