import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { OwnReservationsPage } from '../../views/reservations/own-reservations-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { Notice } from '../../views/shared/notice.tsx';
import { cardByToken, cardPin, maskName, type ShownCard } from '../cards/index.ts';
import { HOUSEHOLD_ITSELF } from '../claims/index.ts';
import { nameGoods, shelf } from '../goods/index.ts';
import { villageById } from '../people/index.ts';
import { keyAfter, keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf, rowNumber } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { isPublicToken, newIdempotencyKey } from '../platform/ids.ts';
import { villageSettings } from '../settings/index.ts';
import { cancelReservation } from './end-reservation.ts';
import { type ReservationForm, readLines, typedReservation } from './reservation-form.ts';
import { reservations } from './reservations.ts';
import { reserveGoods } from './reserve-goods.ts';

const params = z.object({ token: z.string().max(60) });
const body = z.record(z.string(), z.unknown());
const NOTHING: ReservationForm = { card: '', goods: [], counts: [] };

interface Drawn {
  values?: ReservationForm;
  errors?: FieldErrors;
  refusal?: Refusal;
  key?: string;
  /** What was done just now. */
  done?: string | undefined;
}

/** 我的预留: from the card's own page, where the village lets households reserve; giving up goes always. */
export const villagerReservationRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/C/:token/reservations',
    {
      config: { access: 'everybody' },
      schema: { params, querystring: z.object({ done: z.preprocess(lastOf, z.string().optional()) }) },
    },
    async (request, reply) => {
      const card = await cardOf(request.params.token);
      if (!card) return reply.refuse({ refused: 'broken_card_link' });
      return draw(request, reply, card, { done: request.query.done });
    },
  );

  app.post(
    '/C/:token/reservations',
    { config: { access: 'everybody' }, schema: { params, body } },
    async (request, reply) => {
      const card = await cardOf(request.params.token);
      if (!card) return reply.refuse({ refused: 'broken_card_link' });
      const values = typedReservation(request.body);
      const { lines, faults } = readLines(values);
      const t = translate(request.locale);
      const errors = faults.map(({ name, word }) => ({ name, message: t(word) }));
      const key = keyOf(request.body);
      if (errors.length > 0) return draw(request, reply, card, { values, errors, key });
      const outcome = await reserveGoods(db, {
        villageId: card.villageId,
        card: card.number,
        lines,
        isByHousehold: true,
        pin: lastOf(request.body.pin)?.slice(0, 20),
        address: request.ip,
        idempotencyKey: key,
        recordedBy: HOUSEHOLD_ITSELF,
        today: request.today,
      });
      if ('refused' in outcome) return draw(request, reply, card, { values, refusal: outcome, key });
      return reply.redirect(`/C/${card.token}/reservations?done=1`, 303);
    },
  );

  app.post(
    '/C/:token/reservations/cancellations',
    { config: { access: 'everybody' }, schema: { params, body } },
    async (request, reply) => {
      const card = await cardOf(request.params.token);
      if (!card) return reply.refuse({ refused: 'broken_card_link' });
      const seq = rowNumber.safeParse(lastOf(request.body.seq)).data ?? 0;
      const outcome = await cancelReservation(db, {
        villageId: card.villageId,
        accountId: card.accountId,
        seq,
        idempotencyKey: `cancel-own-${seq}`,
        recordedBy: HOUSEHOLD_ITSELF,
        today: request.today,
      });
      if ('refused' in outcome) return draw(request, reply, card, { refusal: outcome });
      return reply.redirect(`/C/${card.token}/reservations?done=cancelled`, 303);
    },
  );

  async function cardOf(token: string): Promise<ShownCard | null> {
    const folded = token.toUpperCase();
    return isPublicToken(folded) ? cardByToken(sql, folded) : null;
  }

  /** As the page of the card: nothing of it stays anywhere. */
  async function draw(
    request: FastifyRequest,
    reply: FastifyReply,
    card: ShownCard,
    { values = NOTHING, errors = [], refusal, key = newIdempotencyKey(), done }: Drawn,
  ) {
    const { villageId, householdId, accountId, balanceCentipoints } = card;
    const { today } = request;
    const [village, held, there, settings, pin] = await Promise.all([
      villageById(sql, villageId),
      reservations(sql, { villageId, today }, { accountId, heldOnly: true, limit: 20 }),
      shelf(sql, villageId, today),
      villageSettings(sql, villageId),
      cardPin(sql, { villageId, householdId, today }),
    ]);
    request.village = village;
    setStatus(reply, { errors, refusal });
    const t = translate(request.locale);
    return reply
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .header('x-robots-tag', 'noindex, nofollow')
      .page(
        <OwnReservationsPage
          cardHref={`/C/${card.token}`}
          maskedName={maskName(card.headName)}
          textSize={request.textSize ?? 'largest'}
          held={held}
          mayReserve={settings.householdsReserve && card.status === 'active'}
          action={`/C/${card.token}/reservations`}
          offered={there.filter((item) => item.quantityOnHand > 0 && item.priceCentipoints <= balanceCentipoints)}
          values={values}
          idempotencyKey={keyAfter(refusal, key)}
          errors={errors}
          days={settings.reservationDays}
          asksPin={pin !== null}
          notice={
            refusal
              ? refusalNotice(request, nameGoods(refusal, there))
              : done !== undefined && (
                  <Notice kind="success" focused>
                    {t(done === 'cancelled' ? 'reservations.own.cancelled' : 'reservations.own.done')}
                  </Notice>
                )
          }
        />,
      );
  }
};
