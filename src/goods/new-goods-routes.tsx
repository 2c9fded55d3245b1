import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { NewGoodsPage } from '../../views/goods/new-goods-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { viewerOf, villageOf } from '../people/index.ts';
import { centipoints, idempotencyHeaders, problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import { keyAfter, keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { villageSettings } from '../settings/index.ts';
import { addedGoods, addGoods } from './add-goods.ts';
import { isBarcode, type NewGoodsForm, readNewGoods, typedGoods } from './new-goods-form.ts';
import { ZONES } from './shelf.ts';

const body = z.record(z.string(), z.unknown());

/** 新增物品: a kind of goods that is not in the county's list, by page and API. */
export const newGoodsRoutes: Routes = async (app, { db }) => {
  app.get(
    '/villages/:village/goods/new',
    {
      config: { access: 'goods.manage' },
      schema: {
        params: villageParams,
        querystring: z.object({ barcode: z.string().max(20).optional().catch(undefined) }),
      },
    },
    async (request, reply) => {
      const { barcode = '' } = request.query;
      return draw(request, reply, { ...typedGoods({}), barcode, zone: 'DAILY' });
    },
  );

  app.post(
    '/villages/:village/goods',
    { config: { access: 'goods.manage' }, schema: { params: villageParams, body } },
    async (request, reply) => {
      const form = typedGoods(request.body);
      const read = readNewGoods(form);
      const key = keyOf(request.body);
      if ('faults' in read) {
        const t = translate(request.locale);
        const errors = read.faults.map(({ name, word }) => ({ name, message: t(word) }));
        return draw(request, reply, form, { errors, key });
      }
      const { villageId, code } = villageOf(request);
      const by = { villageId, recordedBy: viewerOf(request).personId, today: request.today };
      const outcome = await addGoods(db, { ...by, ...read, idempotencyKey: key });
      if ('refused' in outcome) return draw(request, reply, form, { refusal: outcome, key });
      return reply.redirect(`/villages/${code}/goods?q=${encodeURIComponent(read.name)}`, 303);
    },
  );

  app.post(
    '/api/v1/villages/:village/goods',
    {
      config: { access: 'goods.manage' },
      schema: {
        summary: 'Add a kind of goods that the county’s list does not have',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({
          name: z.string().trim().min(1).max(30),
          spec: z.string().trim().max(30).default(''),
          unit: z.string().trim().min(1).max(6),
          zone: z.enum(ZONES),
          barcode: z.string().refine(isBarcode).optional(),
          unitValueFen: z.int().min(1).max(10_000_000).meta({
            description:
              'in hundredths of a yuan; the price follows by the village’s rate, and may wait for somebody’s approval',
          }),
        }),
        response: {
          201: z.object({
            seq: z.int(),
            code: z.string(),
            priceCentipoints: centipoints,
            waits: z.boolean().meta({
              description: 'nobody may have them before somebody else approves that price: see first-prices',
            }),
            recordedAt: z.iso.datetime(),
          }),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const { barcode, ...goods } = request.body;
      const { villageId } = villageOf(request);
      const outcome = await addGoods(db, {
        villageId,
        ...goods,
        barcode: barcode ?? null,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      const [added] = await addedGoods(db.sql, villageId, outcome);
      if (!added) throw new Error('goods that were added are not there');
      return reply.code(201).send({ ...added, recordedAt: outcome.recordedAt });
    },
  );

  async function draw(
    request: FastifyRequest,
    reply: FastifyReply,
    values: NewGoodsForm,
    { errors = [], refusal, key = newIdempotencyKey() }: { errors?: FieldErrors; refusal?: Refusal; key?: string } = {},
  ) {
    const { firstPriceNeedsSecond } = await villageSettings(db.sql, villageOf(request).villageId);
    setStatus(reply, { errors, refusal });
    return reply.page(
      <NewGoodsPage
        values={values}
        waits={firstPriceNeedsSecond}
        idempotencyKey={keyAfter(refusal, key)}
        errors={errors}
        notice={refusal && refusalNotice(request, refusal)}
      />,
    );
  }
};
