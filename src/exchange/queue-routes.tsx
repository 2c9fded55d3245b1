import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import { QueuePage, type QueuePageProps } from '../../views/exchange/queue-page.tsx';
import { NumberSlipPage, QueueSheetPage } from '../../views/exchange/queue-paper.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { Notice } from '../../views/shared/notice.tsx';
import { viewerOf, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf, rowNumber } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { type Called, type CallRefusal, callNext, moveNumber } from './call-number.ts';
import { counterQueue, queueOn } from './queue.ts';
import { closeQueue, openQueue } from './queue-day.ts';
import { takeNumber } from './take-number.ts';
import { type Taker, takerOf } from './taker.ts';

const text = z.preprocess((value) => lastOf(value)?.slice(0, 100), z.string().optional());
const numberField = z.preprocess(lastOf, rowNumber).optional().catch(undefined);
const day = z.object({ move: z.preprocess(lastOf, z.enum(['open', 'close'])) });
const taking = z.object({ code: text, card: text, who: text, idempotencyKey: text });
const moving = z.object({
  move: z.preprocess(lastOf, z.enum(['next', 'missed-next', 'call', 'again', 'miss', 'return', 'leave'])),
  number: numberField,
  /** Whom this counter had called when the form was drawn. */
  after: numberField,
  from: text,
});

interface Drawn {
  typed?: string;
  fits?: Extract<Taker, { kind: 'many' }>['households'];
  wordFault?: 'exchange.queue.whoError' | 'exchange.queue.whoUnknown' | 'exchange.queue.whoMany';
  refusal?: Refusal;
  notice?: ComponentChildren;
  key?: string;
}

/** 取号叫号: numbers on an exchange day, for whoever keeps the counter. */
export const queueRoutes: Routes = async (app, { db: { sql } }) => {
  app.get(
    '/villages/:village/queue',
    {
      config: { access: 'goods.redeem' },
      schema: { params: villageParams, querystring: z.object({ given: numberField }) },
    },
    (request, reply) => draw(request, reply, { notice: givenNotice(request, request.query.given) }),
  );

  app.post(
    '/villages/:village/queue/days',
    { config: { access: 'goods.redeem' }, schema: { params: villageParams, body: day } },
    async (request, reply) => {
      const place = placeOf(request);
      if (request.body.move === 'close') await closeQueue(sql, place);
      else {
        const { personId } = viewerOf(request);
        const outcome = await sql.begin((tx) => openQueue(tx, { ...place, personId }));
        if ('refused' in outcome) return draw(request, reply, { refusal: outcome });
      }
      return reply.redirect(hrefOf(request), 303);
    },
  );

  app.post(
    '/villages/:village/queue/numbers',
    { config: { access: 'goods.redeem' }, schema: { params: villageParams, body: taking } },
    async (request, reply) => {
      const { code = '', card, who } = request.body;
      const key = keyOf(request.body);
      const place = placeOf(request);
      const taker: Taker =
        who === 'nobody' ? { kind: 'nobody' } : await takerOf(sql, place.villageId, card === undefined ? code : card);
      if (taker.kind === 'unsaid') return draw(request, reply, { wordFault: 'exchange.queue.whoError', key });
      if (taker.kind === 'unknown')
        return draw(request, reply, { wordFault: 'exchange.queue.whoUnknown', typed: code, key });
      if (taker.kind === 'many')
        return draw(request, reply, {
          wordFault: 'exchange.queue.whoMany',
          typed: code,
          fits: taker.households,
          key,
        });
      const householdId = taker.kind === 'household' ? taker.householdId : null;
      const outcome = await sql.begin((tx) => takeNumber(tx, { ...place, householdId, idempotencyKey: key }));
      if ('refused' in outcome) return draw(request, reply, { refusal: outcome, typed: code, key });
      return reply.redirect(`${hrefOf(request)}?given=${outcome.number}`, 303);
    },
  );

  app.post(
    '/villages/:village/queue/calls',
    { config: { access: 'goods.redeem' }, schema: { params: villageParams, body: moving } },
    async (request, reply) => {
      const { move, number, after, from } = request.body;
      const place = { ...placeOf(request), sessionId: viewerOf(request).sessionId };
      const isNext = move === 'next' || move === 'missed-next';
      const outcome = await sql.begin(
        async (tx): Promise<Called | CallRefusal> =>
          isNext
            ? callNext(tx, { ...place, after: after ?? null, hasCome: move === 'next' })
            : moveNumber(tx, { ...place, number: number ?? 0, event: move }),
      );
      if ('refused' in outcome) return draw(request, reply, { refusal: outcome });
      return reply.redirect(from === 'counter' ? `/villages/${villageOf(request).code}/counter` : hrefOf(request), 303);
    },
  );

  app.get(
    '/villages/:village/queue/numbers/:number/slip',
    {
      config: { access: 'goods.redeem' },
      schema: { params: villageParams.extend({ number: rowNumber }) },
    },
    async (request, reply) => {
      const queue = await queueOn(sql, placeOf(request));
      const waiting = queue?.numbers.filter(({ state }) => state === 'waiting') ?? [];
      const found = queue?.numbers.find(({ number }) => number === request.params.number);
      if (!found) return reply.refuse({ refused: 'unknown_number' });
      const place = waiting.indexOf(found);
      return reply.page(
        <NumberSlipPage
          villageName={villageOf(request).name}
          number={found.number}
          takenAt={found.takenAt}
          ahead={Math.max(place, 0)}
          backHref={hrefOf(request)}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/queue/sheet',
    { config: { access: 'goods.redeem' }, schema: { params: villageParams } },
    async (request, reply) => {
      const queue = await queueOn(sql, placeOf(request));
      return reply.page(
        <QueueSheetPage
          villageName={villageOf(request).name}
          numbers={queue?.numbers ?? []}
          backHref={hrefOf(request)}
        />,
      );
    },
  );

  async function draw(
    request: FastifyRequest,
    reply: FastifyReply,
    { typed = '', fits = [], wordFault, refusal, notice, key = newIdempotencyKey() }: Drawn,
  ) {
    const place = placeOf(request);
    const { sessionId } = viewerOf(request);
    const [counter, queue] = await Promise.all([counterQueue(sql, { ...place, sessionId }), queueOn(sql, place)]);
    const message = wordFault && translate(request.locale)(wordFault, { words: typed });
    const errors: QueuePageProps['errors'] = message === undefined ? [] : [{ name: 'code', message }];
    setStatus(reply, { errors, refusal });
    return reply.page(
      <QueuePage
        counter={counter}
        queue={queue}
        idempotencyKey={key}
        typed={typed}
        fits={fits}
        errors={errors}
        notice={refusal ? refusalNotice(request, refusal) : notice}
      />,
    );
  }
};

function givenNotice({ locale }: FastifyRequest, number: number | undefined): ComponentChildren {
  if (number === undefined) return null;
  return (
    <Notice kind="success" title={translate(locale)('exchange.queue.given', { number })} focused>
      <a href={`queue/numbers/${number}/slip`}>{translate(locale)('exchange.queue.slip')}</a>
    </Notice>
  );
}

function placeOf(request: FastifyRequest) {
  return { villageId: villageOf(request).villageId, day: request.today };
}

function hrefOf(request: FastifyRequest): string {
  return `/villages/${villageOf(request).code}/queue`;
}
