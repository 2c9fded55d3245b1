import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RateFormPage } from '../../views/rates/rate-form-page.tsx';
import { RatePage } from '../../views/rates/rate-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { villageTerms } from '../ledger/index.ts';
import { may, viewerOf, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyAfter, keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { parsePoints } from '../platform/points.ts';
import { changeRate, MOST_FEN_PER_POINT, previewRate } from './change-rate.ts';
import { rateHistory } from './rate-history.ts';

const form = z.record(z.string(), z.unknown());

/** 分值: everybody reads what a point is worth and was; who records what the meeting decided sees first what would become of it. */
export const rateRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/villages/:village/rate',
    { config: { access: 'everybody' }, schema: { params: villageParams } },
    async (request, reply) => {
      const village = villageOf(request);
      const [{ fenPerPoint }, history] = await Promise.all([
        villageTerms(sql, village.villageId),
        rateHistory(sql, village.villageId),
      ]);
      const { viewer } = request;
      const mayChange = viewer !== null && may(viewer.appointments, 'setting.change', village);
      return reply.page(
        <RatePage villageName={village.name} fenPerPoint={fenPerPoint} history={history} mayChange={mayChange} />,
      );
    },
  );

  app.get(
    '/villages/:village/rate/change',
    { config: { access: 'setting.change' }, schema: { params: villageParams } },
    (request, reply) => {
      const yuan = lastOf((request.query as Record<string, unknown>)['yuan']);
      return draw(request, reply, { yuan, reason: '', idempotencyKey: newIdempotencyKey() });
    },
  );

  app.post(
    '/villages/:village/rate/change',
    { config: { access: 'setting.change' }, schema: { params: villageParams, body: form } },
    async (request, reply) => {
      const { body } = request;
      const drawn = {
        yuan: lastOf(body['yuan']) ?? '',
        reason: (lastOf(body['reason']) ?? '').trim().slice(0, 200),
        idempotencyKey: keyOf(body),
      };
      const fenPerPoint = fenOf(drawn.yuan);
      const isReasonWrong = drawn.reason.length < 2 || drawn.reason.length > 100;
      if (fenPerPoint === null || isReasonWrong) return draw(request, reply, { ...drawn, isReasonWrong });
      const { villageId, code } = villageOf(request);
      const outcome = await changeRate(db, {
        villageId,
        fenPerPoint,
        reason: drawn.reason,
        idempotencyKey: drawn.idempotencyKey,
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return draw(request, reply, { ...drawn, refusal: outcome });
      return reply.redirect(`/villages/${code}/rate`, 303);
    },
  );

  async function draw(request: FastifyRequest, reply: FastifyReply, drawn: Drawn): Promise<FastifyReply> {
    const { villageId } = villageOf(request);
    const { yuan, reason, refusal, isReasonWrong = false } = drawn;
    const t = translate(request.locale);
    const fenPerPoint = yuan === undefined ? null : fenOf(yuan);
    const errors = [
      ...(yuan !== undefined && fenPerPoint === null ? [{ name: 'yuan', message: t('rates.yuanError') }] : []),
      ...(isReasonWrong ? [{ name: 'reason', message: t('settings.reasonError') }] : []),
    ];
    const [{ fenPerPoint: current }, previewed] = await Promise.all([
      villageTerms(sql, villageId),
      fenPerPoint === null ? null : previewRate(sql, { villageId, fenPerPoint, today: request.today }),
    ]);
    const refused = refusal ?? (previewed && 'refused' in previewed ? previewed : undefined);
    setStatus(reply, { errors, refusal: refused });
    return reply.page(
      <RateFormPage
        currentFen={current}
        yuan={yuan?.slice(0, 20) ?? ''}
        fenPerPoint={fenPerPoint}
        change={previewed && 'acts' in previewed ? previewed : null}
        reason={reason}
        idempotencyKey={keyAfter(refusal, drawn.idempotencyKey)}
        errors={errors}
        notice={refused && refusalNotice(request, refused)}
        waits={previewed && 'held' in previewed ? previewed : undefined}
      />,
    );
  }
};

interface Drawn {
  /** As it was typed; nothing before anything was. */
  yuan: string | undefined;
  reason: string;
  idempotencyKey: string;
  isReasonWrong?: boolean;
  refusal?: Refusal;
}

function fenOf(yuan: string): number | null {
  const fen = parsePoints(yuan.normalize('NFKC').slice(0, 20));
  return fen !== null && fen >= 1 && fen <= MOST_FEN_PER_POINT ? fen : null;
}
