import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { HouseholdList, type HouseholdListProps, HouseholdsPage } from '../../views/cards/households-page.tsx';
import { villageTerms, yearEndDecision } from '../ledger/index.ts';
import { may, recordListView, viewerOf, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { lastOf, seqNumber } from '../platform/http/form-fields.ts';
import { changeRoutes } from './change-routes.tsx';
import { expiryRoutes } from './expiry-routes.tsx';
import { findCards } from './find-cards.ts';
import type { HouseholdCard } from './household-card.ts';
import { householdCounts } from './household-counts.ts';
import { householdRoutes } from './household-routes.tsx';
import { nameRoutes } from './name-routes.tsx';
import { openingRoutes } from './opening-routes.tsx';
import type { CardsServices } from './pending-line.ts';
import { cardPinRoutes } from './pin-routes.tsx';
import { registrationRoutes } from './registration-routes.tsx';
import { sheetRoutes } from './sheet-routes.tsx';
import { villagerGroups } from './villager-groups.ts';
import { villagerRoutes } from './villager-routes.tsx';

const LIST_PAGE = 50;

const whole = z.preprocess(lastOf, seqNumber).optional().catch(undefined);

const listQuery = z.object({
  q: z.preprocess(
    (value) => lastOf(value) ?? '',
    z.string().transform((text) => text.slice(0, 200)),
  ),
  group: whole,
  from: whole,
});

/** 住户 for those who run and watch the shop: the list, one household, and the pages that change something. */
export const cardsRoutes: FastifyPluginAsyncZod<CardsServices> = async (app, services) => {
  const { sql } = services.db;

  app.get(
    '/villages/:village/cards',
    { config: { access: 'village.read' }, schema: { params: villageParams, querystring: listQuery } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { q, group, from = 0 } = request.query;
      await recordListView(sql, { ...viewerOf(request), villageId });
      const search = { query: q, groupId: group, limit: LIST_PAGE + 1, offset: from };
      // While somebody types, the list follows; only a press or a scan may lead on to the one card that is left.
      if (request.headers['hx-request'] !== undefined) {
        const found = await findCards(sql, villageId, search);
        return reply.fragment(<HouseholdList {...listOf(code, found, request.query)} />);
      }

      const [found, counts, groups, terms, yearEnd] = await Promise.all([
        findCards(sql, villageId, search),
        householdCounts(sql, villageId),
        villagerGroups(sql, villageId),
        villageTerms(sql, villageId),
        yearEndDecision(sql, villageId),
      ]);
      const { appointments } = viewerOf(request);
      const expires = yearEnd !== null || terms.earnedMonths !== null || terms.openingMonths !== null;
      const [only] = found;
      // A scanner ends with Enter, so the one card that is meant opens at once; its token stays in no address.
      if (q !== '' && only && found.length === 1) return reply.redirect(`/villages/${code}/cards/${only.number}`, 303);
      return reply.page(
        <HouseholdsPage
          {...listOf(code, found, request.query)}
          counts={counts}
          groups={groups}
          mayChange={may(appointments, 'card.open', villageOf(request))}
          mayChangeNames={may(appointments, 'rule.change', villageOf(request))}
          mayExpire={expires && may(appointments, 'points.expire', villageOf(request))}
        />,
      );
    },
  );

  await app.register(householdRoutes, services);
  await app.register(changeRoutes, services);
  await app.register(cardPinRoutes, services);
  await app.register(nameRoutes, services);
  await app.register(expiryRoutes, services);
  await app.register(registrationRoutes, services);
  await app.register(openingRoutes, services);
  await app.register(sheetRoutes, services);
  await app.register(villagerRoutes, services);
};

function listOf(
  villageCode: string,
  found: readonly HouseholdCard[],
  { q, group, from = 0 }: z.infer<typeof listQuery>,
): HouseholdListProps {
  const href = (offset: number) => {
    const query = new URLSearchParams({
      ...(q !== '' && { q }),
      ...(group !== undefined && { group: String(group) }),
      ...(offset > 0 && { from: String(offset) }),
    });
    return `/villages/${villageCode}/cards${query.size > 0 ? `?${query}` : ''}`;
  };
  return {
    query: q,
    groupId: group,
    households: found.slice(0, LIST_PAGE),
    nextHref: found.length > LIST_PAGE ? href(from + LIST_PAGE) : undefined,
    firstHref: from > 0 ? href(0) : undefined,
  };
}
