import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Counter, CounterPage, type CounterPageProps } from '../../views/exchange/counter-page.tsx';
import type { CounterHousehold } from '../../views/exchange/counter-person.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { type CardPin, cardPin, type HouseholdCard, maskName } from '../cards/index.ts';
import { nameGoods, ZONES } from '../goods/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { photoFields } from '../photos/index.ts';
import { cardNumber, villageParams } from '../platform/http/api-schemas.ts';
import { lastOf } from '../platform/http/form-fields.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import type { Locale } from '../platform/i18n/locale.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { spendableOf } from '../settings/index.ts';
import { type BasketEntry, basketFields, readBasket } from './basket.ts';
import { type Counter as CounterState, counter } from './counter.ts';
import { decideBasket } from './decide-basket.ts';
import type { Shown } from './decide-display.ts';
import { registerDisplays } from './display-routes.tsx';
import { keptPhoto, photoAtCounter } from './photo-at-counter.ts';
import { readPresence, typedPresence } from './presence-form.ts';
import { type CounterQueue, counterQueue } from './queue.ts';
import { type RedemptionInput, redeemGoods } from './redeem-goods.ts';
import { showOnTill } from './till.ts';

const fields = z.record(z.string(), z.unknown());

const confirmation = z.object({
  idempotencyKey: z.string().min(1).max(200),
  card: cardNumber,
  quotedCentipoints: z.coerce.number().int().min(0),
});

/** The counter: every step is a plain GET form, and only the last press writes. */
export const counterRoutes: Routes = async (app, services) => {
  const { db } = services;
  const displays = registerDisplays(app, services);

  app.get(
    '/villages/:village/counter',
    { config: { access: 'goods.redeem' }, schema: { params: villageParams, querystring: fields } },
    async (request, reply) => {
      const village = villageOf(request);
      const { card, step, pick, code } = request.query;
      const asked = { card: lastOf(card), step: lastOf(step), code: lastOf(pick) ?? lastOf(code) };
      const found = await counter(db.sql, village, { ...asked, entries: readBasket(request.query) }, request.today);
      const pin = await pinOf(request, found);
      const props = counterProps(request, found, pin, newIdempotencyKey());
      await tell(request, shownOf(props));
      const address = counterAddress(village.code, found);
      if (request.headers['hx-request-type'] === 'partial') {
        return reply.header('hx-push-url', address).fragment(<Counter {...props} />);
      }
      // What was scanned or pressed leaves the address: a refresh adds nothing, and a card's token stays nowhere.
      const isStep = asked.step !== undefined || asked.code !== undefined;
      const isTaken = found.unknown === null && found.candidates === null;
      if (isStep && isTaken) return reply.redirect(address, 303);
      return reply.page(<CounterPage {...props} queue={await queueOf(request)} />);
    },
  );

  app.post(
    '/villages/:village/redemptions',
    { config: { access: 'goods.redeem', uploads: true }, schema: { params: villageParams, body: fields } },
    async (request, reply) => {
      const village = villageOf(request);
      const entries = readBasket(request.body);
      const card = lastOf(request.body.card);
      const read = readConfirmation(request.body, entries, card);
      const { villageId } = village;
      const { personId: recordedBy } = viewerOf(request);
      const by = { villageId, recordedBy, today: request.today, address: request.ip };
      const taken = { villageId, addedBy: recordedBy };
      const photos = await photoAtCounter(services, taken, photoFields(request), request.body);
      const outcome =
        'refused' in read ? read : 'refused' in photos ? photos : await redeemGoods(db, { ...by, ...read, photos });
      if (!('refused' in outcome)) {
        const [act] = outcome.acts;
        const spentCentipoints = -(act?.amountCentipoints ?? 0);
        await tell(request, { kind: 'done', spentCentipoints, leftCentipoints: act?.balanceAfterCentipoints ?? 0 });
        return reply.redirect(`/villages/${village.code}/redemptions/${outcome.operationId}`, 303);
      }
      const found = await counter(db.sql, village, { card, entries }, request.today);
      // A key that belongs to another basket would be refused for ever.
      const key = outcome.refused === 'key_reused' ? undefined : lastOf(request.body.idempotencyKey);
      const pin = await pinOf(request, found);
      const props = counterProps(request, found, pin, key ?? newIdempotencyKey());
      return reply
        .code(refusalStatus(outcome))
        .page(
          <CounterPage
            {...props}
            queue={await queueOf(request)}
            presence={typedPresence(request.body)}
            photo={keptPhoto(photos, outcome.refused, request.body)}
            unknown={undefined}
            refusal={refusalText(request.locale, nameGoods(outcome, found.shelf))}
          />,
        );
    },
  );

  /** A display that cannot be told is no reason to keep people waiting. */
  async function tell(request: FastifyRequest, shown: Shown): Promise<void> {
    const till = { sessionId: viewerOf(request).sessionId, villageId: villageOf(request).villageId };
    try {
      if (await showOnTill(db.sql, { ...till, shown })) displays.look();
    } catch (error) {
      request.log.warn({ err: error }, 'the display at the counter was not told');
    }
  }

  function queueOf(request: FastifyRequest): Promise<CounterQueue> {
    const { sessionId } = viewerOf(request);
    return counterQueue(db.sql, { villageId: villageOf(request).villageId, day: request.today, sessionId });
  }

  async function pinOf(request: FastifyRequest, { household }: CounterState): Promise<CardPin | null> {
    const { villageId } = villageOf(request);
    return household && cardPin(db.sql, { villageId, householdId: household.householdId, today: request.today });
  }
};

/** The confirmed basket, or what the form got wrong. */
function readConfirmation(
  body: Record<string, unknown>,
  entries: readonly BasketEntry[],
  card: string | undefined,
): Refusal | Omit<RedemptionInput, 'villageId' | 'recordedBy' | 'today' | 'address'> {
  if (card === undefined) return { refused: 'no_card_chosen' };
  if (entries.length === 0) return { refused: 'empty_basket' };
  const parsed = confirmation.safeParse(body);
  const lines = entries.flatMap(({ code, quantity }) => (quantity === null ? [] : [{ code, quantity }]));
  if (!parsed.success || lines.length < entries.length) return { refused: 'invalid_input' };
  const present = readPresence(body);
  return 'refused' in present ? present : { ...parsed.data, lines, ...present };
}

function counterAddress(villageCode: string, { household, entries }: CounterState): string {
  const query = new URLSearchParams({ ...(household && { card: household.number }), ...basketFields(entries) });
  return `/villages/${villageCode}/counter${query.size > 0 ? `?${query}` : ''}`;
}

function counterProps(
  request: FastifyRequest,
  { household, unspendable, pendingCentipoints, entries, shelf, candidates, unknown }: CounterState,
  pin: CardPin | null,
  idempotencyKey: string,
): CounterPageProps {
  const { locale } = request;
  const t = translate(locale);
  const { code } = villageOf(request);
  const spendable = household && unspendable && spendableOf(household.balanceCentipoints, unspendable);
  const decided = decideBasket(entries, shelf, spendable);
  const byCode = new Map(shelf.map((item) => [item.code, item]));
  const [unknownGoods] = decided.unknown;
  const refusal = unknown ?? (unknownGoods === undefined ? null : { refused: 'unknown_goods', goods: unknownGoods });
  return {
    counterHref: `/villages/${code}/counter`,
    redemptionsHref: `/villages/${code}/redemptions`,
    parkName: `baskets ${code} ${viewerOf(request).personId}`,
    idempotencyKey,
    household: household
      ? {
          ...describe(household, locale),
          spendableCentipoints: spendable ?? 0,
          unspendable: unspendable ?? undefined,
          pendingCentipoints,
        }
      : undefined,
    pin: pin ? { isLocked: pin.isLocked } : undefined,
    basket: decided.lines,
    totalCentipoints: decided.totalCentipoints,
    missingCentipoints: decided.missingCentipoints,
    omissions: decided.omissions.map((way) =>
      way.flatMap(({ code, quantity }) => {
        const item = byCode.get(code);
        return item ? [{ name: item.name, unit: item.unit, quantity }] : [];
      }),
    ),
    isReady: decided.isReady,
    zones: ZONES.map((zone) => ({
      code: zone,
      name: t(`goods.zone.${zone}`),
      goods: shelf.filter((item) => item.zone === zone),
    })),
    candidates: candidates
      ? { ...candidates, households: candidates.households.map((one) => describe(one, locale)) }
      : undefined,
    unknown: refusal ? refusalText(locale, refusal) : undefined,
  };
}

/** What the customer may see of it: the name as on a board, for others stand behind. */
function shownOf(props: CounterPageProps): Shown {
  const { household, basket, totalCentipoints, missingCentipoints } = props;
  if (!household && basket.length === 0) return { kind: 'idle' };
  return {
    kind: 'serving',
    name: household ? maskName(household.name) : null,
    balanceCentipoints: household?.balanceCentipoints ?? null,
    totalCentipoints,
    missingCentipoints,
    lines: basket.map(({ goods, quantity, lineCentipoints }) => ({
      name: goods.name,
      unit: goods.unit,
      quantity: quantity ?? 0,
      lineCentipoints,
    })),
  };
}

const UNUSABLE = { registered: 'card_not_open', frozen: 'card_frozen', closed: 'card_closed', active: null } as const;

function describe(
  { headName, groupName, number, balanceCentipoints, status, isRecalled }: HouseholdCard,
  locale: Locale,
): CounterHousehold {
  const refused = isRecalled && status === 'frozen' ? 'card_recalled' : UNUSABLE[status];
  return {
    name: headName,
    groupName,
    cardNumber: number,
    balanceCentipoints,
    refusal: refused === null ? undefined : refusalText(locale, { refused, number } as { refused: string }),
  };
}
