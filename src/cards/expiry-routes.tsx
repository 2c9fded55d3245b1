import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ExpiryPage } from '../../views/cards/expiry-page.tsx';
import { ExpiryResultPage } from '../../views/cards/expiry-result-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { dayText } from '../platform/calendar-text.ts';
import { villageDay, villageTime } from '../platform/clock.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyAfter, refusalNotice } from '../platform/http/form-answer.tsx';
import { lastOf } from '../platform/http/form-fields.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { expirePoints, expiringPoints } from './expire-points.ts';
import { householdOperation } from './operation-households.ts';

const day = z.preprocess(lastOf, dayText);

/** 积分到期: what is too old by a day is shown household by household, then cleared away in one press. */
export const expiryRoutes: Routes = async (app, { db }) => {
  app.get(
    '/villages/:village/expiries/new',
    { config: { access: 'points.expire' }, schema: { params: villageParams } },
    (request, reply) => {
      const given = (request.query as Record<string, unknown>)['on'];
      const on = day.safeParse(given);
      const isWrong = given !== undefined && !on.success;
      return draw(request, reply, { on: on.data ?? request.today, isWrong, idempotencyKey: newIdempotencyKey() });
    },
  );

  app.post(
    '/villages/:village/expiries',
    {
      config: { access: 'points.expire' },
      schema: { params: villageParams, body: z.record(z.string(), z.unknown()) },
    },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const on = day.safeParse(request.body['on']);
      const idempotencyKey = lastOf(request.body['idempotencyKey'])?.slice(0, 200) ?? newIdempotencyKey();
      if (!on.success) return draw(request, reply, { on: request.today, isWrong: true, idempotencyKey });
      const outcome = await expirePoints(db, {
        villageId,
        idempotencyKey,
        recordedBy: viewerOf(request).personId,
        today: request.today,
        occurredOn: on.data,
      });
      if ('refused' in outcome) return draw(request, reply, { on: on.data, idempotencyKey, refusal: outcome });
      return reply.redirect(`/villages/${code}/expiries/${outcome.operationId}`, 303);
    },
  );

  app.get(
    '/villages/:village/expiries/:operation',
    {
      config: { access: 'village.read' },
      schema: { params: villageParams.extend({ operation: z.string().max(40) }) },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const operationId = request.params.operation;
      const operation = await householdOperation(db.sql, { villageId, operationId, kind: 'expiry' });
      if (!operation) return reply.refuse({ refused: 'not_found' });
      const { recordedAt } = operation;
      return reply.page(
        <ExpiryResultPage {...operation} recordedOn={{ day: villageDay(recordedAt), time: villageTime(recordedAt) }} />,
      );
    },
  );

  async function draw(
    request: FastifyRequest,
    reply: FastifyReply,
    { on, idempotencyKey, isWrong = false, refusal }: DrawnExpiry,
  ): Promise<FastifyReply> {
    const { villageId } = villageOf(request);
    const expiring = await expiringPoints(db.sql, villageId, on);
    const t = translate(request.locale);
    if (refusal) reply.code(refusalStatus(refusal));
    else if (isWrong) reply.code(422);
    return reply.page(
      <ExpiryPage
        {...expiring}
        idempotencyKey={keyAfter(refusal, idempotencyKey)}
        day={on}
        isDue={on <= request.today}
        errors={isWrong ? [{ name: 'on', message: t('cards.expiry.dayError') }] : []}
        notice={refusal && refusalNotice(request, refusal)}
      />,
    );
  }
};

interface DrawnExpiry {
  on: string;
  idempotencyKey: string;
  isWrong?: boolean;
  refusal?: Refusal;
}
