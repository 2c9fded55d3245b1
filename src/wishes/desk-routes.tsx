import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { giftInWords } from '../../views/donations/gift-words.tsx';
import { goodsInWords } from '../../views/goods/goods-in-words.ts';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { formatDay } from '../../views/shared/format-day.ts';
import { type HouseholdCandidate, householdError } from '../../views/shared/household-field.tsx';
import { Notice } from '../../views/shared/notice.tsx';
import { PurchaseListPage } from '../../views/wishes/purchase-list-page.tsx';
import { NewWishPage, WishDeskPage } from '../../views/wishes/wish-desk-pages.tsx';
import { WishPage } from '../../views/wishes/wish-page.tsx';
import { householdMeant } from '../cards/index.ts';
import { shelf } from '../goods/index.ts';
import { type Capability, may, viewerOf, villageOf } from '../people/index.ts';
import { photoByPublicId, photoFields, photoHref, type StoredPhoto, storePhotos, storeVoice } from '../photos/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyAfter, keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf, typedWords } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { allowSounds } from '../platform/http/security-headers.ts';
import { nextWishState, type WishEvent } from './decide-wish.ts';
import { deliverables } from './deliverables.ts';
import { fileWish } from './file-wish.ts';
import { keepWish, type WishStep } from './keep-wish.ts';
import { purchaseList } from './purchase-list.ts';
import { isLine, keptIds, kindOf, saysSomething, type TypedWish, typedNumber, typedWish } from './wish-form.ts';
import { wishPersons } from './wish-persons.ts';
import { readWishes, type Wish } from './wishes.ts';

const PAGE = 30;
const fields = z.record(z.string(), z.unknown());
const wishParams = z.object({ village: z.string(), wish: z.string().max(40) });
const listQuery = z.object({
  q: z.preprocess((value) => lastOf(value) ?? '', z.string().trim().max(60)).catch(''),
  from: z.preprocess(lastOf, z.coerce.number().int().min(0).max(1_000_000)).catch(0),
});

interface Drawn {
  body?: Readonly<Record<string, unknown>>;
  kept?: readonly string[];
  voice?: string | null;
  errors?: FieldErrors;
  candidates?: readonly HouseholdCandidate[];
  refusal?: Refusal | undefined;
}

/** 心愿登记: what staff do with wishes, and the list that they buy by. */
export const wishDeskRoutes: Routes = async (app, services) => {
  const { db } = services;
  const { sql } = db;
  const read = { access: 'village.read' } as const;
  const keep = { access: 'wish.keep', uploads: true } as const;

  app.get(
    '/villages/:village/wish-desk',
    { config: read, schema: { params: villageParams, querystring: listQuery } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { q, from } = request.query;
      const { wishes } = await readWishes(sql, villageId, request.today);
      const persons = await wishPersons(
        sql,
        villageId,
        wishes.map(({ wishId }) => wishId),
      );
      const known = [...wishes].reverse().flatMap((wish) => {
        const person = persons.get(wish.wishId);
        return person ? [{ wish, person }] : [];
      });
      const found = known.filter(
        ({ wish, person }) => person.headName.includes(q) || person.words.includes(q) || (wish.words ?? '').includes(q),
      );
      const waits = ({ wish }: (typeof found)[number]) => ['submitted', 'checked', 'delivered'].includes(wish.now);
      const sorted = [...found.filter(waits), ...found.filter((one) => !waits(one))];
      const href = (at: number) =>
        `/villages/${code}/wish-desk?${new URLSearchParams({ ...(q && { q }), ...(at > 0 && { from: String(at) }) })}`;
      return reply.page(
        <WishDeskPage
          wishes={sorted.slice(from, from + PAGE)}
          mayFile={allows(request, 'wish.keep')}
          query={q}
          nextHref={from + PAGE < sorted.length ? href(from + PAGE) : undefined}
          firstHref={from > 0 ? href(0) : undefined}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/purchase-list',
    { config: read, schema: { params: villageParams } },
    async (request, reply) =>
      reply.page(<PurchaseListPage {...(await purchaseList(sql, villageOf(request).villageId, request.today))} />),
  );

  app.get('/villages/:village/wishes/new', { config: { access: 'wish.keep' } }, (request, reply) =>
    drawNew(request, reply, {}),
  );

  app.post(
    '/villages/:village/wishes',
    { config: keep, schema: { params: villageParams, body: fields } },
    async (request, reply) => {
      const { body } = request;
      const t = translate(request.locale);
      const { villageId, code } = villageOf(request);
      const { personId } = viewerOf(request);
      const values: TypedWish = typedWish(body);
      const meant = await householdMeant(sql, villageId, typedWords(body, 'number', 60));
      const voice = await storeVoice(services, { villageId, addedBy: personId, uploads: request.uploads, body });
      if (voice !== null && typeof voice !== 'string') return drawNew(request, reply, { body, refusal: voice });
      const wordsError = t(values.words === '' ? 'wishes.wordsOrVoice' : 'wishes.wordsError');
      const errors = [
        ...('candidates' in meant ? [householdError(t, 'number', meant)] : []),
        ...(saysSomething(values.words, voice) ? [] : [{ name: 'words', message: wordsError }]),
      ];
      const photos = await photosOf(request, 'wish', 1);
      if ('refused' in photos) return drawNew(request, reply, { body, voice, refusal: photos });
      const ids = photos.map(({ publicId }) => publicId);
      if ('candidates' in meant || errors.length > 0) {
        return drawNew(request, reply, { body, kept: ids, voice, errors, ...('candidates' in meant && meant) });
      }
      const outcome = await fileWish(db, {
        villageId,
        number: meant.number,
        kind: kindOf(values),
        words: values.words,
        contact: values.contact || null,
        photos: [...ids, ...(voice === null ? [] : [voice])],
        idempotencyKey: keyOf(body),
        recordedBy: personId,
        today: request.today,
      });
      if ('refused' in outcome) return drawNew(request, reply, { body, kept: ids, voice, refusal: outcome });
      return reply.redirect(`/villages/${code}/wishes/${outcome.wishId}?saved=1`, 303);
    },
  );

  app.get('/villages/:village/wishes/:wish', { config: read, schema: { params: wishParams } }, (request, reply) =>
    draw(request, reply, request.params.wish, {}),
  );

  app.post(
    '/villages/:village/wishes/:wish/steps',
    { config: keep, schema: { params: wishParams, body: fields } },
    async (request, reply) => {
      const { body } = request;
      const t = translate(request.locale);
      const step = readStep(body, t('wishes.wordsError'), t('wishes.step.reasonError'));
      if ('errors' in step) return draw(request, reply, request.params.wish, { body, errors: step.errors });
      const photos = step.step === 'echo' ? await photosOf(request, 'echo', 4) : [];
      if ('refused' in photos) return draw(request, reply, request.params.wish, { body, refusal: photos });
      return post(request, reply, step, photos);
    },
  );

  app.post(
    '/villages/:village/wishes/:wish/deliveries',
    { config: { access: 'wish.deliver' }, schema: { params: wishParams, body: fields } },
    (request, reply) => {
      const { body } = request;
      const as = lastOf(body['as']) === 'points' ? 'points' : 'gift';
      const giftSeq = typedNumber(body, 'ofGift');
      return post(request, reply, { step: 'deliver', as, giftSeq, redemption: typedNumber(body, 'redemption') }, []);
    },
  );

  async function post(request: FastifyRequest, reply: FastifyReply, step: WishStep, photos: StoredPhoto[]) {
    const { villageId, code } = villageOf(request);
    const body = request.body as Record<string, unknown>;
    const { wish: wishId } = request.params as { wish: string };
    const outcome = await keepWish(db, {
      villageId,
      wishId,
      step,
      photos,
      idempotencyKey: keyOf(body),
      recordedBy: viewerOf(request).personId,
      today: request.today,
    });
    if (!('refused' in outcome)) return reply.redirect(`/villages/${code}/wishes/${wishId}?saved=1`, 303);
    const kept = photos.map(({ publicId }) => publicId);
    return draw(request, reply, wishId, { body, kept, refusal: outcome });
  }

  function photosOf(request: FastifyRequest, purpose: 'wish' | 'echo', most: number) {
    const { villageId } = villageOf(request);
    const addedBy = viewerOf(request).personId;
    return storePhotos(services, { villageId, purpose, addedBy, fields: photoFields(request), most });
  }

  async function drawNew(
    request: FastifyRequest,
    reply: FastifyReply,
    { body = {}, kept, voice = null, errors = [], candidates, refusal }: Drawn,
  ) {
    setStatus(reply, { errors, refusal });
    return reply.page(
      <NewWishPage
        values={{ ...typedWish(body), number: typedWords(body, 'number', 60) }}
        candidates={candidates}
        keptPhotos={kept ?? keptIds(body)}
        keptVoice={voice ?? undefined}
        idempotencyKey={keyAfter(refusal, keyOf(body))}
        errors={errors}
        notice={refusal && refusalNotice(request, refusal)}
      />,
    );
  }

  async function draw(
    request: FastifyRequest,
    reply: FastifyReply,
    wishId: string,
    { body = {}, kept, errors = [], refusal }: Drawn,
  ): Promise<FastifyReply> {
    const { villageId, code } = villageOf(request);
    const [{ wishes }, persons, goods] = await Promise.all([
      readWishes(sql, villageId, request.today),
      wishPersons(sql, villageId, [wishId]),
      shelf(sql, villageId, request.today),
    ]);
    const wish = wishes.find((one) => one.wishId === wishId);
    const person = persons.get(wishId);
    if (!wish || !person) return reply.refuse({ refused: 'unknown_wish' });
    const todo = todoOf(request, wish);
    const { gifts, redemptions } = todo.includes('deliver')
      ? await deliverables(sql, villageId, person.number)
      : { gifts: [], redemptions: [] };
    const ids = [...person.photos, ...(wish.echo?.photos ?? [])];
    const photos = await Promise.all(ids.map((id) => photoByPublicId(sql, villageId, id)));
    setStatus(reply, { errors, refusal });
    const shown = photos.flatMap((photo) => (photo ? [{ ...photo, href: photoHref(code, photo) }] : []));
    const voices = shown.filter(({ media }) => media !== 'jpeg');
    if (voices.length > 0) allowSounds(reply);
    const isSaved = z.object({ saved: z.string().optional() }).parse(request.query).saved !== undefined;
    const t = translate(request.locale);
    const names = ['words', 'reason', 'item', 'as', 'ofGift', 'redemption'];
    return reply.page(
      <WishPage
        wish={wish}
        person={person}
        todo={todo}
        gifts={gifts.map(({ gift, ...shown }) => ({
          value: String(gift.seq),
          label: t('wishes.step.giftOption', {
            seq: gift.seq,
            day: formatDay(gift.receipt?.on ?? gift.announcedOn, request.locale),
            what: giftInWords({ gift, ...shown }, t),
          }),
        }))}
        redemptions={redemptions.map(({ seq, occurredOn, lines }) => ({
          value: String(seq),
          label: t('wishes.step.redemptionOption', {
            seq,
            day: formatDay(occurredOn, request.locale),
            goods: goodsInWords(t, lines),
          }),
        }))}
        goods={goods.map((item) => ({ code: item.code, name: `${item.name} ${item.spec}` }))}
        photos={shown.filter(({ media }) => media === 'jpeg')}
        voices={voices}
        values={Object.fromEntries(
          names.flatMap((name) => (body[name] === undefined ? [] : [[name, typedWords(body, name)]])),
        )}
        keptPhotos={kept ?? keptIds(body)}
        idempotencyKey={keyAfter(refusal, keyOf(body))}
        errors={errors}
        notice={
          refusal
            ? refusalNotice(request, refusal)
            : isSaved && (
                <Notice kind="success" focused>
                  {translate(request.locale)('wishes.saved')}
                </Notice>
              )
        }
      />,
    );
  }
};

function readStep(
  body: Readonly<Record<string, unknown>>,
  wordsError: string,
  reasonError: string,
): WishStep | { errors: FieldErrors } {
  const step = lastOf(body['step']);
  const words = typedWords(body, 'words');
  const wall = { words, item: typedWords(body, 'item', 40) || null };
  if (step === 'release') return { step, by: null };
  if (step === 'close') return { step };
  if (step === 'decline') {
    const reason = typedWords(body, 'reason');
    return reason === '' ? { errors: [{ name: 'reason', message: reasonError }] } : { step, reason };
  }
  if (step === 'check' && lastOf(body['wall']) === 'later') return { step, opens: null };
  if (!isLine(words)) return { errors: [{ name: 'words', message: wordsError }] };
  if (step === 'echo') return { step, words };
  return step === 'open' ? { step, ...wall } : { step: 'check', opens: wall };
}

/** What whoever looks may do now; promises are for donors, on the wall. */
function todoOf(request: FastifyRequest, wish: Wish): WishEvent[] {
  const mayKeep = allows(request, 'wish.keep');
  const mayDeliver = allows(request, 'wish.deliver');
  const order: WishEvent[] = ['check', 'open', 'deliver', 'echo', 'release', 'close', 'decline'];
  return order.filter(
    (event) => nextWishState(wish.now, event) !== null && (event === 'deliver' ? mayDeliver : mayKeep),
  );
}

function allows(request: FastifyRequest, capability: Capability): boolean {
  return may(viewerOf(request).appointments, capability, villageOf(request));
}
