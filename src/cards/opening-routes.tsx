import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { OpeningPreviewPage } from '../../views/cards/opening-preview-page.tsx';
import { OpeningResultPage } from '../../views/cards/opening-result-page.tsx';
import { OpeningsPage } from '../../views/cards/openings-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { villageTerms } from '../ledger/index.ts';
import { may, viewerOf, villageOf } from '../people/index.ts';
import { villageDay, villageTime } from '../platform/clock.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { refusalNotice } from '../platform/http/form-answer.tsx';
import { allOf, lastOf } from '../platform/http/form-fields.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { allCards, type HouseholdCard } from './household-card.ts';
import { drawHousehold } from './household-routes.tsx';
import { inspectedAccounts } from './inspected-accounts.ts';
import { openCards } from './open-cards.ts';
import { householdOperation } from './operation-households.ts';

const fields = z.record(z.string(), z.unknown());

const openingForm = z.object({
  idempotencyKey: z.preprocess(lastOf, z.string().max(200)),
  cards: z.preprocess(
    ticked,
    z
      .array(z.string().regex(/^\d{10}$/))
      .min(1)
      .max(2000),
  ),
});

/** 批量开卡: tick, check, confirm; every card gets its opening points once. */
export const openingRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/villages/:village/cards/openings/new',
    { config: { access: 'card.open' }, schema: { params: villageParams } },
    (request, reply) => drawList(request, reply, {}),
  );

  app.post(
    '/villages/:village/opening-previews',
    { config: { access: 'card.open' }, schema: { params: villageParams, body: fields } },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const chosen = new Set(ticked(request.body['cards']));
      const [terms, cards] = await Promise.all([villageTerms(sql, villageId), allCards(sql, villageId)]);
      const households = cards.filter(({ number, status }) => status === 'registered' && chosen.has(number));
      if (households.length === 0) {
        reply.code(422);
        return drawList(request, reply, { chosen: [], error: true });
      }
      return reply.page(
        <OpeningPreviewPage
          idempotencyKey={newIdempotencyKey()}
          occurredOn={request.today}
          openingCentipoints={terms.openingCentipoints}
          households={households}
        />,
      );
    },
  );

  app.post(
    '/villages/:village/openings',
    { config: { access: 'card.open' }, schema: { params: villageParams, body: fields } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const form = openingForm.safeParse(request.body);
      if (!form.success) {
        reply.code(422);
        return drawList(request, reply, { chosen: [], error: true });
      }
      const { cards, idempotencyKey } = form.data;
      const outcome = await openCards(db, {
        villageId,
        idempotencyKey,
        recordedBy: viewerOf(request).personId,
        today: request.today,
        occurredOn: request.today,
        cards,
      });
      const [first = ''] = cards;
      if ('refused' in outcome) {
        if (cards.length === 1) return drawHousehold(request, reply, sql, { number: first, refusal: outcome });
        return drawList(request, reply, { chosen: cards, refusal: outcome });
      }
      const one = cards.length === 1 ? `/${first}?done=opened` : `/openings/${outcome.operationId}`;
      return reply.redirect(`/villages/${code}/cards${one}`, 303);
    },
  );

  app.get(
    '/villages/:village/cards/openings/:operation',
    { config: { access: 'village.read' }, schema: { params: villageParams.extend({ operation: z.string().max(40) }) } },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { operation: operationId } = request.params;
      const operation = await householdOperation(sql, { villageId, operationId, kind: 'opening' });
      if (!operation) return reply.refuse({ refused: 'not_found' });
      const { recordedAt, recordedBy, lines } = operation;
      return reply.page(
        <OpeningResultPage
          recordedOn={{ day: villageDay(recordedAt), time: villageTime(recordedAt) }}
          recordedBy={recordedBy}
          totalCentipoints={lines.reduce((sum, { amountCentipoints }) => sum + amountCentipoints, 0)}
          lines={lines}
          mayChange={may(viewerOf(request).appointments, 'card.open', villageOf(request))}
        />,
      );
    },
  );

  async function drawList(
    request: FastifyRequest,
    reply: FastifyReply,
    { chosen, error = false, refusal }: { chosen?: readonly string[]; error?: boolean; refusal?: Refusal },
  ): Promise<FastifyReply> {
    const { villageId } = villageOf(request);
    const [terms, cards, inspected] = await Promise.all([
      villageTerms(sql, villageId),
      allCards(sql, villageId),
      inspectedAccounts(sql, villageId),
    ]);
    const waiting = cards
      .filter(({ status }) => status === 'registered')
      .map((card) => ({ ...card, mayOpen: inspected?.has(card.pseudonym) ?? true }));
    const t = translate(request.locale);
    if (refusal) reply.code(refusalStatus(refusal));
    return reply.page(
      <OpeningsPage
        openingCentipoints={terms.openingCentipoints}
        groups={byGroup(waiting)}
        chosen={chosen ?? waiting.flatMap(({ number, mayOpen }) => (mayOpen ? [number] : []))}
        errors={error ? [{ name: 'cards', message: t('cards.openings.nobody') }] : []}
        notice={refusal && refusalNotice(request, refusal)}
      />,
    );
  }
};

/** Card numbers from ticks or from one hidden field, each once. */
function ticked(value: unknown): string[] {
  return [...new Set(allOf(value).flatMap((numbers) => numbers.split(',')))];
}

function byGroup<Card extends HouseholdCard>(cards: readonly Card[]) {
  const groups = new Map<number, { groupId: number; name: string; households: Card[] }>();
  for (const card of cards) {
    const { groupId, groupName: name } = card;
    const group = groups.get(groupId) ?? { groupId, name, households: [] };
    group.households.push(card);
    groups.set(groupId, group);
  }
  return [...groups.values()];
}
