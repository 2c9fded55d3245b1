import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { WantsPage, type WantValues } from '../../views/goods/wants-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { may, viewerOf, villageOf } from '../people/index.ts';
import { idempotencyHeaders, listOf, problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import { keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { namedWants, nameOf } from './named-wants.ts';
import { MOST_WANTED, noteWant } from './note-want.ts';

const text = z.preprocess((value) => (lastOf(value) ?? '').slice(0, 40), z.string());
const wantForm = z.object({ goods: text, quantity: text, idempotencyKey: text });
const wantsQuery = z.object({ goods: text, done: z.preprocess(lastOf, z.string().optional()) });
const path = '/api/v1/villages/:village/wants';

/** 没有货，记下来: what people came for and the shelf did not have. Nobody's name is asked for. */
export const wantRoutes: Routes = async (app, { db: { sql } }) => {
  app.get(
    '/villages/:village/wants',
    { config: { access: 'village.read' }, schema: { params: villageParams, querystring: wantsQuery } },
    (request, reply) => {
      const { goods, done } = request.query;
      return draw(request, reply, { values: { goods, quantity: '1' }, isDone: done !== undefined });
    },
  );

  app.post(
    '/villages/:village/wants',
    { config: { access: 'goods.redeem' }, schema: { params: villageParams, body: wantForm } },
    async (request, reply) => {
      const { goods, quantity } = request.body;
      const t = translate(request.locale);
      const count = /^\d{1,2}$/.test(quantity.normalize('NFKC')) ? Number(quantity.normalize('NFKC')) : 0;
      const errors = [
        ...(goods === '' ? [{ name: 'goods', message: t('goods.want.goodsError') }] : []),
        ...(count < 1 ? [{ name: 'quantity', message: t('goods.want.quantityError', { most: MOST_WANTED }) }] : []),
      ];
      if (errors.length > 0) return draw(request, reply, { values: { goods, quantity }, errors });
      const { villageId, code } = villageOf(request);
      const idempotencyKey = keyOf(request.body);
      const outcome = await noteWant(sql, { villageId, code: goods, quantity: count, source: 'noted', idempotencyKey });
      if ('refused' in outcome) return draw(request, reply, { values: { goods, quantity }, refusal: outcome });
      return reply.redirect(`/villages/${code}/wants?done=1`, 303);
    },
  );

  app.get(
    path,
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'What was asked for in vain since it last came, without by whom',
        security: signedIn,
        params: villageParams,
        response: {
          200: listOf(z.object({ goods: z.string(), name: z.string(), times: z.int(), quantity: z.int() })),
          ...problems,
        },
      },
    },
    async (request) => {
      const { wants } = await read(request);
      return { items: wants.map(({ code, name, times, quantity }) => ({ goods: code, name, times, quantity })) };
    },
  );

  app.post(
    path,
    {
      config: { access: 'goods.redeem' },
      schema: {
        summary: 'Write down that somebody wanted goods that are not there',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({ goods: z.string().min(1).max(40), quantity: z.int().min(1).max(MOST_WANTED).default(1) }),
        response: { 201: z.object({ goods: z.string() }), ...problems },
      },
    },
    async (request, reply) => {
      const { goods: code, quantity } = request.body;
      const outcome = await noteWant(sql, {
        villageId: villageOf(request).villageId,
        code,
        quantity,
        source: 'noted',
        idempotencyKey: request.headers['idempotency-key'],
      });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(outcome);
    },
  );

  function read(request: FastifyRequest) {
    return namedWants(sql, villageOf(request).villageId, request.today);
  }

  async function draw(
    request: FastifyRequest,
    reply: FastifyReply,
    {
      values,
      errors = [],
      refusal,
      isDone = false,
    }: { values: WantValues; errors?: FieldErrors; refusal?: Refusal; isDone?: boolean },
  ) {
    const { goods, wants } = await read(request);
    setStatus(reply, { errors, refusal });
    return reply.page(
      <WantsPage
        goods={goods.map((item) => ({ code: item.code, name: nameOf(item), isGone: item.quantityOnHand === 0 }))}
        wants={wants}
        values={values}
        idempotencyKey={newIdempotencyKey()}
        errors={errors}
        mayNote={may(viewerOf(request).appointments, 'goods.redeem', villageOf(request))}
        isDone={isDone}
        notice={refusal && refusalNotice(request, refusal)}
      />,
    );
  }
};
