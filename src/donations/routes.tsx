import { z } from 'zod';
import { DonationsPage } from '../../views/donations/donations-page.tsx';
import { donorName } from '../../views/donations/donor-name.ts';
import { FundsPage } from '../../views/donations/funds-page.tsx';
import { giftInWords } from '../../views/donations/gift-words.tsx';
import { type Translate, translate } from '../../views/shared/dictionary.ts';
import { villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { lastOf, seqNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { addSums, type ShownGift, shownGifts } from './donation-list.ts';
import { fundStatement } from './fund-statement.ts';
import { readGifts } from './gifts.ts';

const PAGE = 30;

const listQuery = z.object({
  q: z.preprocess((value) => lastOf(value) ?? '', z.string().trim().max(60)).catch(''),
  before: z.preprocess(lastOf, seqNumber).optional().catch(undefined),
});

/** What everybody may see of gifts and money. */
export const donationRoutes: Routes = async (app, { db: { sql } }) => {
  app.get(
    '/villages/:village/donations',
    { config: { access: 'everybody' }, schema: { params: villageParams, querystring: listQuery } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { q, before } = request.query;
      const all = await shownGifts(sql, villageId);
      const found = findGifts(all, q, translate(request.locale));
      const older = before === undefined ? found : found.filter(({ gift }) => gift.seq < before);
      const shown = older.slice(0, PAGE);
      const href = (last?: number) =>
        `/villages/${code}/donations?${new URLSearchParams({ ...(q && { q }), ...(last !== undefined && { before: String(last) }) })}`;
      return reply.page(
        <DonationsPage
          gifts={shown}
          totals={addSums(all.map(({ sums }) => sums))}
          query={q}
          nextHref={older.length > PAGE ? href(shown.at(-1)?.gift.seq) : undefined}
          firstHref={before === undefined ? undefined : href()}
        />,
      );
    },
  );

  app.get('/villages/:village/funds', { config: { access: 'everybody' } }, async (request, reply) => {
    const { gifts } = await readGifts(sql, villageOf(request).villageId);
    return reply.page(<FundsPage statement={fundStatement(gifts)} />);
  });
};

/** By what the page shows: a donor who hides his name is not found by it. */
function findGifts(gifts: readonly ShownGift[], query: string, t: Translate): ShownGift[] {
  if (query === '') return [...gifts];
  return gifts.filter(
    (shown) =>
      donorName(shown.donor, t).includes(query) ||
      giftInWords(shown, t).includes(query) ||
      String(shown.gift.receipt?.number ?? '') === query,
  );
}
