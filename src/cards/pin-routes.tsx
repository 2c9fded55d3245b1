import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PinPage, type PinPageProps } from '../../views/cards/pin-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { Notice } from '../../views/shared/notice.tsx';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import { lastOf } from '../platform/http/form-fields.ts';
import { isRefusal, type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { cardPin, type PinActor, removeCardPin, setCardPin, UNLOCK_REASONS, unlockCardPin } from './card-pin.ts';
import { cardByNumber, type HouseholdCard } from './household-card.ts';

const params = villageParams.extend({ number: z.string().max(20) });

const text = z.preprocess((value) => lastOf(value) ?? '', z.string().max(200));

const form = z.object({
  step: z.preprocess(lastOf, z.enum(['set', 'remove', 'unlock'])),
  pin: text,
  repeated: text,
  present: text,
  reason: text,
});

type PinForm = z.infer<typeof form>;

const isPresent = z
  .literal(true)
  .meta({ description: 'somebody of the household stands at the counter and asked for it' });

const pinAnswer = z.object({
  isSet: z.boolean(),
  setAt: z.iso.datetime().nullable(),
  isLocked: z.boolean().meta({ description: 'after five wrong ones, until the next day or until it is unlocked' }),
});

/** 兑换密码: set, changed, removed and opened again by the manager, with the household at the counter. Digits are never answered. */
export const cardPinRoutes: Routes = async (app, { db: { sql } }) => {
  const access = { access: 'household.change' } as const;

  app.get('/villages/:village/cards/:number/pin', { config: access, schema: { params } }, (request, reply) =>
    draw(request, reply),
  );

  app.post(
    '/villages/:village/cards/:number/pin',
    { config: access, schema: { params, body: form } },
    async (request, reply) => {
      const body = request.body;
      const card = await cardOf(request);
      if (!card) return refuse(request, reply);
      const errors = errorsIn(request, body);
      if (errors.length > 0) return draw(request, reply.code(422), { errors });
      const outcome = await carryOut(request, card, body);
      if ('refused' in outcome) return answerRefusal(request, reply, outcome);
      return reply.redirect(`/villages/${villageOf(request).code}/cards/${card.number}?done=pin_${body.step}`, 303);
    },
  );

  app.get(
    '/api/v1/villages/:village/cards/:number/pin',
    {
      config: access,
      schema: {
        summary: 'Whether a household has digits for the counter',
        security: signedIn,
        params,
        response: { 200: pinAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const card = await cardOf(request);
      return card ? stateOf(request, card) : refuse(request, reply);
    },
  );

  app.post(
    '/api/v1/villages/:village/cards/:number/pin',
    {
      config: access,
      schema: {
        summary: 'Set or change the digits that an exchange asks for',
        security: signedIn,
        params,
        body: z.object({ pin: z.string().max(20).meta({ description: 'four to six digits' }), isPresent }),
        response: { 200: pinAnswer, ...problems },
      },
    },
    (request, reply) => answerApi(request, reply, (card) => setCardPin(sql, actorOf(request), card, request.body.pin)),
  );

  app.post(
    '/api/v1/villages/:village/cards/:number/pin/removals',
    {
      config: access,
      schema: {
        summary: 'The household wants no digits any more',
        security: signedIn,
        params,
        body: z.object({ isPresent }),
        response: { 200: pinAnswer, ...problems },
      },
    },
    (request, reply) => answerApi(request, reply, (card) => removeCardPin(sql, actorOf(request), card)),
  );

  app.post(
    '/api/v1/villages/:village/cards/:number/pin/unlockings',
    {
      config: access,
      schema: {
        summary: 'Open locked digits before the day is over',
        security: signedIn,
        params,
        body: z.object({ reason: z.enum(UNLOCK_REASONS) }),
        response: { 200: pinAnswer, ...problems },
      },
    },
    (request, reply) =>
      answerApi(request, reply, (card) => unlockCardPin(sql, actorOf(request), card, request.body.reason)),
  );

  function cardOf(request: FastifyRequest): Promise<HouseholdCard | null> {
    return cardByNumber(sql, villageOf(request).villageId, numberOf(request));
  }

  function carryOut(request: FastifyRequest, card: HouseholdCard, { step, pin, reason }: PinForm) {
    const actor = actorOf(request);
    if (step === 'set') return setCardPin(sql, actor, card, pin);
    if (step === 'remove') return removeCardPin(sql, actor, card);
    const known = UNLOCK_REASONS.find((one) => one === reason);
    if (!known) throw new Error('a form without a reason was let through');
    return unlockCardPin(sql, actor, card, known);
  }

  async function answerApi(
    request: FastifyRequest,
    reply: FastifyReply,
    change: (card: HouseholdCard) => Promise<object>,
  ) {
    const card = await cardOf(request);
    if (!card) return refuse(request, reply);
    const outcome = await change(card);
    return isRefusal(outcome) ? reply.refuse(outcome) : stateOf(request, card);
  }

  async function stateOf(request: FastifyRequest, card: HouseholdCard): Promise<z.infer<typeof pinAnswer>> {
    const found = await cardPin(sql, { ...card, villageId: villageOf(request).villageId, today: request.today });
    return { isSet: found !== null, setAt: found?.setAt.toISOString() ?? null, isLocked: found?.isLocked ?? false };
  }

  /** What is wrong with the digits stands beside their field; the rest above the form. */
  function answerRefusal(request: FastifyRequest, reply: FastifyReply, outcome: Refusal) {
    const message = refusalText(request.locale, outcome);
    reply.code(refusalStatus(outcome));
    return outcome.refused.startsWith('card_pin_')
      ? draw(request, reply, { errors: [{ name: 'pin', message }] })
      : draw(request, reply, {
          notice: (
            <Notice kind="refusal" focused>
              {message}
            </Notice>
          ),
        });
  }

  async function draw(
    request: FastifyRequest,
    reply: FastifyReply,
    { errors = [], notice }: Partial<Pick<PinPageProps, 'errors' | 'notice'>> = {},
  ): Promise<FastifyReply> {
    const card = await cardOf(request);
    if (!card) return refuse(request, reply);
    const pin = await cardPin(sql, { ...card, villageId: villageOf(request).villageId, today: request.today });
    return reply.page(<PinPage household={card} pin={pin} reasons={UNLOCK_REASONS} errors={errors} notice={notice} />);
  }
};

function numberOf({ params: given }: FastifyRequest): string {
  return (given as z.infer<typeof params>).number;
}

function actorOf(request: FastifyRequest): PinActor {
  return { villageId: villageOf(request).villageId, personId: viewerOf(request).personId, address: request.ip };
}

function refuse(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.refuse({ refused: 'no_such_card', number: numberOf(request) });
}

function errorsIn(
  { locale }: FastifyRequest,
  { step, pin, repeated, present, reason }: PinForm,
): PinPageProps['errors'] {
  const t = translate(locale);
  if (step === 'unlock') {
    const isKnown = UNLOCK_REASONS.some((known) => known === reason);
    return isKnown ? [] : [{ name: 'reason', message: t('cards.pin.reasonError') }];
  }
  const errors = present === 'yes' ? [] : [{ name: `present-${step}`, message: t('cards.pin.presentError') }];
  if (step === 'remove') return errors;
  if (pin !== repeated) errors.unshift({ name: 'repeated', message: t('cards.pin.repeatedError') });
  return errors;
}
