import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { Notice } from '../../views/shared/notice.tsx';
import { VillagerWishPage } from '../../views/wishes/villager-wish-page.tsx';
import { cardByToken } from '../cards/index.ts';
import { villageById } from '../people/index.ts';
import { photoFields, storePhotos, storeVoice } from '../photos/index.ts';
import { keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { isPublicToken, newIdempotencyKey } from '../platform/ids.ts';
import { fileWish } from './file-wish.ts';
import { ownWishes } from './wall.ts';
import { BLANK_WISH, keptIds, kindOf, saysSomething, type TypedWish, typedWish } from './wish-form.ts';

const tokenParams = z.object({ token: z.string().max(60) });
const fields = z.record(z.string(), z.unknown());

interface Drawn {
  values?: TypedWish;
  kept?: readonly string[];
  voice?: string | null;
  key?: string;
  errors?: FieldErrors;
  refusal?: Refusal | undefined;
  isSent?: boolean;
}

/** 许心愿 on the page behind a card's code: whoever holds the card wishes for its household; no account, no script. */
export const villagerWishRoutes: Routes = async (app, services) => {
  const { db } = services;
  const { sql } = db;

  app.get(
    '/C/:token/wishes',
    {
      config: { access: 'everybody' },
      schema: { params: tokenParams, querystring: z.object({ sent: z.string().optional() }) },
    },
    (request, reply) => draw(request, reply, request.params.token, { isSent: request.query.sent !== undefined }),
  );

  app.post(
    '/C/:token/wishes',
    { config: { access: 'everybody', uploads: true }, schema: { params: tokenParams, body: fields } },
    async (request, reply) => {
      const { body } = request;
      const token = request.params.token.toUpperCase();
      const card = isPublicToken(token) ? await cardByToken(sql, token) : null;
      if (!card) return reply.refuse({ refused: 'broken_card_link' });
      const values = typedWish(body);
      const kept = keptIds(body);
      const key = keyOf(body);
      const { villageId, number } = card;
      const voice = await storeVoice(services, { villageId, addedBy: null, uploads: request.uploads, body });
      if (voice !== null && typeof voice !== 'string') {
        return draw(request, reply, token, { values, kept, key, refusal: voice });
      }
      if (!saysSomething(values.words, voice)) {
        const t = translate(request.locale);
        const message = t(values.words === '' ? 'wishes.wordsOrVoice' : 'wishes.wordsError');
        return draw(request, reply, token, { values, kept, voice, key, errors: [{ name: 'words', message }] });
      }
      const photos = await storePhotos(services, {
        villageId,
        purpose: 'wish',
        addedBy: null,
        fields: photoFields(request),
        most: 1,
      });
      if ('refused' in photos) return draw(request, reply, token, { values, voice, key, refusal: photos });
      const ids = photos.map(({ publicId }) => publicId);
      const outcome = await fileWish(db, {
        villageId,
        number,
        kind: kindOf(values),
        words: values.words,
        contact: values.contact || null,
        photos: [...ids, ...(voice === null ? [] : [voice])],
        idempotencyKey: key,
        recordedBy: null,
        today: request.today,
      });
      if ('refused' in outcome) return draw(request, reply, token, { values, kept: ids, voice, key, refusal: outcome });
      return reply.redirect(`/C/${token}/wishes?sent=1`, 303);
    },
  );

  async function draw(
    request: FastifyRequest,
    reply: FastifyReply,
    given: string,
    { values = BLANK_WISH, kept = [], voice = null, key, errors = [], refusal, isSent = false }: Drawn,
  ): Promise<FastifyReply> {
    reply
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'same-origin')
      .header('x-robots-tag', 'noindex, nofollow');
    const token = given.toUpperCase();
    const card = isPublicToken(token) ? await cardByToken(sql, token) : null;
    if (!card) return reply.refuse({ refused: 'broken_card_link' });
    const { villageId, householdId } = card;
    const [village, own] = await Promise.all([
      villageById(sql, villageId),
      ownWishes(sql, { villageId, householdId, today: request.today }),
    ]);
    request.village = village;
    setStatus(reply, { errors, refusal });
    const t = translate(request.locale);
    return reply.page(
      <VillagerWishPage
        cardHref={`/C/${token}`}
        values={values}
        keptPhotos={kept}
        keptVoice={voice ?? undefined}
        idempotencyKey={refusal?.refused === 'key_reused' ? newIdempotencyKey() : (key ?? newIdempotencyKey())}
        own={own}
        textSize={request.textSize ?? 'largest'}
        errors={errors}
        notice={
          refusal
            ? refusalNotice(request, refusal)
            : isSent && (
                <Notice kind="success" focused>
                  {t('wishes.sent')}
                </Notice>
              )
        }
      />,
    );
  }
};
