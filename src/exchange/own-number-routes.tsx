import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { OwnNumberPage } from '../../views/exchange/own-number-page.tsx';
import { cardByToken, maskName, type ShownCard } from '../cards/index.ts';
import { villageById } from '../people/index.ts';
import { keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf, rowNumber } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { isPublicToken, newIdempotencyKey } from '../platform/ids.ts';
import { villageSettings } from '../settings/index.ts';
import { leaveQueue } from './call-number.ts';
import { ownNumber, publicQueue } from './queue.ts';
import { takeNumber } from './take-number.ts';

const params = z.object({ token: z.string().max(60) });
const body = z.object({
  move: z.preprocess(lastOf, z.enum(['take', 'leave'])),
  number: z.preprocess(lastOf, rowNumber).optional().catch(undefined),
  idempotencyKey: z.preprocess((value) => lastOf(value)?.slice(0, 100), z.string().optional()),
});

/** 我的排号: a household takes its number from its own card's page, looks when it is its turn, or gives it back. */
export const ownNumberRoutes: Routes = async (app, { db: { sql } }) => {
  app.get('/C/:token/number', { config: { access: 'everybody' }, schema: { params } }, async (request, reply) => {
    const card = await cardOf(request.params.token);
    if (!card) return reply.refuse({ refused: 'broken_card_link' });
    return draw(request, reply, card);
  });

  app.post(
    '/C/:token/number',
    { config: { access: 'everybody' }, schema: { params, body } },
    async (request, reply) => {
      const card = await cardOf(request.params.token);
      if (!card) return reply.refuse({ refused: 'broken_card_link' });
      const { villageId, householdId } = card;
      const place = { villageId, day: request.today, householdId };
      const { move, number } = request.body;
      const outcome: { number: number } | Refusal = await sql.begin(async (tx) =>
        move === 'take'
          ? takeNumber(tx, { ...place, idempotencyKey: keyOf(request.body) })
          : leaveQueue(tx, { ...place, number: number ?? 0 }),
      );
      if ('refused' in outcome) return draw(request, reply, card, outcome);
      return reply.redirect(`/C/${card.token}/number`, 303);
    },
  );

  async function cardOf(token: string): Promise<ShownCard | null> {
    const folded = token.toUpperCase();
    return isPublicToken(folded) ? cardByToken(sql, folded) : null;
  }

  /** As the page of the card: nothing of it stays anywhere. */
  async function draw(request: FastifyRequest, reply: FastifyReply, card: ShownCard, refusal?: Refusal) {
    const { villageId, householdId } = card;
    const place = { villageId, day: request.today };
    const [village, settings, queue, own] = await Promise.all([
      villageById(sql, villageId),
      villageSettings(sql, villageId),
      publicQueue(sql, place),
      ownNumber(sql, { ...place, householdId }),
    ]);
    request.village = village;
    setStatus(reply, { errors: [], refusal });
    return reply
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .header('x-robots-tag', 'noindex, nofollow')
      .page(
        <OwnNumberPage
          cardHref={`/C/${card.token}`}
          maskedName={maskName(card.headName)}
          textSize={request.textSize ?? 'largest'}
          isOn={settings.queueNumbers}
          queue={queue}
          own={own}
          idempotencyKey={newIdempotencyKey()}
          notice={refusal && refusalNotice(request, refusal)}
        />,
      );
  }
};
