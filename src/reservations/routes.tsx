import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PackListPage } from '../../views/reservations/pack-list-page.tsx';
import { NewReservationPage, ReservationPage } from '../../views/reservations/reservation-page.tsx';
import { ReservationsPage } from '../../views/reservations/reservations-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { type HouseholdCandidate, householdError } from '../../views/shared/household-field.tsx';
import { householdMeant } from '../cards/index.ts';
import { keptPhoto, photoAtCounter, readPresence, typedPresence } from '../exchange/index.ts';
import { nameGoods, shelf } from '../goods/index.ts';
import { may, viewerOf, villageOf } from '../people/index.ts';
import { photoFields } from '../photos/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyAfter, keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { seqNumber } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { villageSettings } from '../settings/index.ts';
import { cancelReservation, handOver } from './end-reservation.ts';
import { type ReservationForm, readLines, typedReservation } from './reservation-form.ts';
import { reservationBySeq, reservations } from './reservations.ts';
import { reserveGoods } from './reserve-goods.ts';

const params = villageParams.extend({ reservation: seqNumber });
const body = z.record(z.string(), z.unknown());
const PAGE = 50;
const MOST_PACKS = 500;

interface Drawn {
  errors?: FieldErrors;
  refusal?: Refusal;
  key?: string;
  /** Households that fit what was typed, where it is more than one. */
  candidates?: readonly HouseholdCandidate[];
}

type OneRequest = FastifyRequest<{ Params: { reservation: number } }>;

/** 预留: kept for a household, handed over at the counter, given up; and the list of what to pack. */
export const reservationRoutes: Routes = async (app, services) => {
  const { db } = services;
  const { sql } = db;

  app.get(
    '/villages/:village/reservations',
    {
      config: { access: 'village.read' },
      schema: {
        params: villageParams,
        querystring: z.object({
          state: z.string().optional().catch(undefined),
          before: seqNumber.optional().catch(undefined),
        }),
      },
    },
    async (request, reply) => {
      const { state, before } = request.query;
      const heldOnly = state !== 'all';
      const found = await reservations(sql, villageAt(request), { heldOnly, beforeSeq: before, limit: PAGE + 1 });
      const rows = found.slice(0, PAGE);
      const href = `${hrefOf(request)}${heldOnly ? '?' : '?state=all&'}`;
      return reply.page(
        <ReservationsPage
          rows={rows}
          heldOnly={heldOnly}
          mayReserve={mayReserve(request)}
          nextHref={found.length > PAGE ? `${href}before=${rows.at(-1)?.seq}` : undefined}
          firstHref={before === undefined ? undefined : href.slice(0, -1)}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/reservations/packing',
    { config: { access: 'village.read' }, schema: { params: villageParams } },
    async (request, reply) => {
      const found = await reservations(sql, villageAt(request), { limit: MOST_PACKS });
      const packs = found.filter(({ state }) => state === 'held' || state === 'handed_over');
      const backHref = hrefOf(request);
      return reply.page(<PackListPage villageName={villageOf(request).name} packs={packs} backHref={backHref} />);
    },
  );

  app.get(
    '/villages/:village/reservations/new',
    {
      config: { access: 'goods.reserve' },
      schema: {
        params: villageParams,
        querystring: z.object({ card: z.string().max(20).optional().catch(undefined) }),
      },
    },
    async (request, reply) => drawNew(request, reply, { card: request.query.card ?? '', goods: [], counts: [] }),
  );

  app.post(
    '/villages/:village/reservations',
    { config: { access: 'goods.reserve' }, schema: { params: villageParams, body } },
    async (request, reply) => {
      const form = typedReservation(request.body);
      const { lines, faults } = readLines(form);
      const t = translate(request.locale);
      const meant = await householdMeant(sql, villageAt(request).villageId, form.card);
      const errors = [
        ...('candidates' in meant ? [householdError(t, 'card', meant)] : []),
        ...faults.map(({ name, word }) => ({ name, message: t(word) })),
      ];
      const key = keyOf(request.body);
      if ('candidates' in meant) return drawNew(request, reply, form, { errors, key, ...meant });
      if (errors.length > 0) return drawNew(request, reply, form, { errors, key });
      const outcome = await reserveGoods(db, {
        ...villageAt(request),
        card: meant.number,
        lines,
        isByHousehold: false,
        idempotencyKey: key,
        recordedBy: viewerOf(request).personId,
      });
      if ('refused' in outcome) return drawNew(request, reply, form, { refusal: outcome, key });
      return reply.redirect(`${hrefOf(request)}/${outcome.acts[0]?.seq}`, 303);
    },
  );

  app.get(
    '/villages/:village/reservations/:reservation',
    { config: { access: 'village.read' }, schema: { params } },
    async (request, reply) => drawOne(request, reply),
  );

  app.post(
    '/villages/:village/reservations/:reservation/deliveries',
    { config: { access: 'goods.reserve', uploads: true }, schema: { params, body } },
    async (request, reply) => {
      const key = keyOf(request.body);
      const present = readPresence(request.body);
      const { villageId, today } = villageAt(request);
      const { personId: recordedBy } = viewerOf(request);
      const taken = { villageId, addedBy: recordedBy };
      const photos = await photoAtCounter(services, taken, photoFields(request), request.body);
      const outcome =
        'refused' in present
          ? present
          : 'refused' in photos
            ? photos
            : await handOver(db, {
                villageId,
                today,
                seq: request.params.reservation,
                ...present,
                photos,
                address: request.ip,
                idempotencyKey: key,
                recordedBy,
              });
      if ('refused' in outcome) {
        const photo = keptPhoto(photos, outcome.refused, request.body);
        return drawOne(request, reply, { refusal: outcome, key, photo });
      }
      return reply.redirect(`/villages/${villageOf(request).code}/redemptions/${outcome.operationId}`, 303);
    },
  );

  app.post(
    '/villages/:village/reservations/:reservation/cancellations',
    { config: { access: 'goods.reserve' }, schema: { params, body } },
    async (request, reply) => {
      const outcome = await cancelReservation(db, {
        ...villageAt(request),
        seq: request.params.reservation,
        idempotencyKey: `cancel-${request.params.reservation}`,
        recordedBy: viewerOf(request).personId,
      });
      if ('refused' in outcome) return drawOne(request, reply, { refusal: outcome });
      return reply.redirect(`${hrefOf(request)}/${request.params.reservation}`, 303);
    },
  );

  async function drawNew(
    request: FastifyRequest,
    reply: FastifyReply,
    values: ReservationForm,
    { errors = [], refusal, key = newIdempotencyKey(), candidates }: Drawn = {},
  ) {
    const { villageId, today } = villageAt(request);
    const [there, { reservationDays }] = await Promise.all([
      shelf(sql, villageId, today),
      villageSettings(sql, villageId),
    ]);
    setStatus(reply, { errors, refusal });
    return reply.page(
      <NewReservationPage
        action={hrefOf(request)}
        offered={there.filter(({ quantityOnHand }) => quantityOnHand > 0)}
        values={values}
        candidates={candidates}
        idempotencyKey={keyAfter(refusal, key)}
        errors={errors}
        days={reservationDays}
        notice={refusal && refusalNotice(request, nameGoods(refusal, there))}
      />,
    );
  }

  async function drawOne(
    request: OneRequest,
    reply: FastifyReply,
    {
      refusal,
      key = newIdempotencyKey(),
      photo = { keptIds: [], hasConsent: false, isOpen: false },
    }: { refusal?: Refusal; key?: string; photo?: ReturnType<typeof keptPhoto> } = {},
  ) {
    const found = await reservationBySeq(sql, villageAt(request), request.params.reservation);
    if (!found) return reply.refuse({ refused: 'unknown_reservation' });
    setStatus(reply, { errors: [], refusal });
    return reply.page(
      <ReservationPage
        reservation={found}
        mayReserve={mayReserve(request)}
        photo={photo}
        presence={refusal && typedPresence((request.body ?? {}) as Record<string, unknown>)}
        idempotencyKey={keyAfter(refusal, key)}
        notice={refusal && refusalNotice(request, refusal)}
      />,
    );
  }
};

function villageAt(request: FastifyRequest): { villageId: number; today: string } {
  return { villageId: villageOf(request).villageId, today: request.today };
}

function hrefOf(request: FastifyRequest): string {
  return `/villages/${villageOf(request).code}/reservations`;
}

function mayReserve(request: FastifyRequest): boolean {
  return may(viewerOf(request).appointments, 'goods.reserve', villageOf(request));
}
