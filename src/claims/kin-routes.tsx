import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { KinPage, type KinPageProps } from '../../views/claims/kin-page.tsx';
import { WaiverPage, type WaiverPageProps } from '../../views/claims/waiver-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { Notice } from '../../views/shared/notice.tsx';
import { viewerOf, villageOf } from '../people/index.ts';
import { dayText } from '../platform/calendar-text.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { allOf, lastOf } from '../platform/http/form-fields.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { hasLength } from './claim-form.ts';
import { WAIVABLE } from './decide-separation.ts';
import { declareKin } from './declare-kin.ts';
import { declaredHouseholds } from './kinship.ts';
import { waiveDuties } from './waive-duties.ts';
import { lastWaiver } from './waived-duties.ts';

const text = z.preprocess((value) => (lastOf(value) ?? '').slice(0, 2_000), z.string());

const kinForm = z.object({ own: text, relatives: text, idempotencyKey: text });

const waiverForm = z.object({
  duties: z.preprocess((value) => allOf(value).slice(0, 10), z.array(z.string())),
  until: text,
  reason: text,
  idempotencyKey: text,
});

const doneQuery = z.object({ done: z.preprocess(lastOf, z.string().optional()) });

interface Drawn<Values> {
  values?: Values;
  errors?: KinPageProps['errors'];
  refusal?: Refusal;
  isDone?: boolean;
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
      const values = { own, relatives };
      const outcome = await declareKin(db, {
        villageId,
        personId: viewerOf(request).personId,
        own: own === '' ? null : own.slice(0, 20),
        relatives: relatives
          .split(/[\s,，、;；]+/)
          .filter(Boolean)
          .slice(0, 200),
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
    (request, reply) => drawWaiver(request, reply, { isDone: request.query.done !== undefined }),
  );

  app.post(
    '/villages/:village/waivers',
    { config: { access: 'duties.waive' }, schema: { params: villageParams, body: waiverForm } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { idempotencyKey, ...values } = request.body;
      const t = translate(request.locale);
      const errors = [
        ...(dayText.safeParse(values.until).success ? [] : [{ name: 'until', message: t('claims.waiver.untilError') }]),
        ...(hasLength(values.reason, 2, 100) ? [] : [{ name: 'reason', message: t('claims.reasonError') }]),
      ];
      if (errors.length > 0) return drawWaiver(request, reply, { values, errors });
      const outcome = await waiveDuties(db, {
        villageId,
        ...values,
        duties: WAIVABLE.filter((duty) => values.duties.includes(duty)),
        recordedBy: viewerOf(request).personId,
        idempotencyKey: keyOf({ idempotencyKey }),
        today: request.today,
      });
      if ('refused' in outcome) return drawWaiver(request, reply, { values, refusal: outcome });
      return reply.redirect(`/villages/${code}/waivers?done=1`, 303);
    },
  );

  async function drawKin(
    request: FastifyRequest,
    reply: FastifyReply,
    { values, errors = [], refusal, isDone }: Drawn<KinPageProps['values']>,
  ): Promise<FastifyReply> {
    const declared = await declaredHouseholds(sql, villageOf(request).villageId, viewerOf(request).personId);
    const numbers = (relation: 'own' | 'relative') =>
      declared.filter((one) => one.relation === relation).map(({ number }) => number);
    if (refusal) reply.code(refusalStatus(refusal));
    return reply.page(
      <KinPage
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

  async function drawWaiver(
    request: FastifyRequest,
    reply: FastifyReply,
    { values, errors = [], refusal, isDone }: Drawn<WaiverPageProps['values']>,
  ): Promise<FastifyReply> {
    const current = await lastWaiver(sql, villageOf(request).villageId);
    setStatus(reply, { errors, refusal });
    return reply.page(
      <WaiverPage
        current={current && current.until >= request.today ? current : null}
        choices={WAIVABLE}
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
