import { z } from 'zod';
import { offerList, readByOffset } from '../people/index.ts';
import { dayText, monthText } from '../platform/calendar-text.ts';
import { monthOf } from '../platform/clock.ts';
import { lastOf } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { balancesOn, earnedIn } from './balances-on.ts';
import { debts } from './debts.ts';
import { allCards } from './household-card.ts';
import { allMembers } from './members.ts';

const dayAsked = z.preprocess(lastOf, dayText).optional().catch(undefined);
const monthAsked = z.preprocess(lastOf, monthText).optional().catch(undefined);

/** 住户名单, 某一天的余额, 某个月的加分, 欠扣的户: what their pages show, for whoever may see them. */
export const cardExportRoutes: Routes = async (app, services) => {
  offerList(app, services, {
    name: 'cards',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('cards.list.title'),
    rows: async ({ placeId }) => {
      const [cards, members] = await Promise.all([
        allCards(services.db.sql, placeId),
        allMembers(services.db.sql, placeId),
      ]);
      return cards.map((card) => ({ ...card, names: (members.get(card.householdId) ?? []).map(({ name }) => name) }));
    },
    columns: (t) => [
      { label: t('cards.export.group'), cell: ({ groupName }) => groupName },
      { label: t('cards.export.head'), cell: ({ headName }) => headName },
      { label: t('cards.export.count'), cell: ({ memberCount }) => memberCount },
      { label: t('cards.export.names'), cell: ({ names }) => names.join(t('shared.comma')) },
      { label: t('cards.export.number'), cell: ({ number }) => `${number.slice(0, 6)} ${number.slice(6)}` },
      { label: t('cards.export.status'), cell: ({ status }) => t(`cards.status.${status}`) },
      { label: t('shared.balance'), kind: 'points', cell: ({ balanceCentipoints }) => balanceCentipoints },
    ],
  });

  offerList(app, services, {
    name: 'balances',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('cards.standing.balancesTab'),
    rows: ({ placeId: villageId, today, query }) => {
      const on = dayAsked.parse(query['on']) ?? today;
      return readByOffset(async (offset, limit) => {
        const { lines } = await balancesOn(services.db.sql, on, { villageId, limit, offset });
        return lines.map((line) => ({ ...line, on }));
      });
    },
    columns: (t) => [
      { label: t('shared.list.day'), cell: ({ on }) => on },
      { label: t('shared.list.household'), cell: ({ headName }) => headName },
      { label: t('shared.list.group'), cell: ({ groupName }) => groupName },
      { label: t('shared.list.card'), cell: ({ cardNumber }) => cardNumber },
      { label: t('cards.standing.entries'), cell: ({ entryCount }) => entryCount },
      { label: t('shared.balance'), kind: 'points', cell: ({ balanceCentipoints }) => balanceCentipoints },
    ],
  });

  offerList(app, services, {
    name: 'earned',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('cards.standing.earnedTab'),
    rows: ({ placeId: villageId, today, query }) => {
      const month = monthAsked.parse(query['month']) ?? monthOf(today);
      return readByOffset(async (offset, limit) => {
        const { lines } = await earnedIn(services.db.sql, month, { villageId, limit, offset });
        return lines.map((line) => ({ ...line, month }));
      });
    },
    columns: (t) => [
      { label: t('shared.list.month'), cell: ({ month }) => month },
      { label: t('shared.list.household'), cell: ({ headName }) => headName },
      { label: t('shared.list.group'), cell: ({ groupName }) => groupName },
      { label: t('shared.list.card'), cell: ({ cardNumber }) => cardNumber },
      { label: t('cards.standing.awards'), cell: ({ awardCount }) => awardCount },
      { label: t('shared.list.awarded'), kind: 'points', cell: ({ awardedCentipoints }) => awardedCentipoints },
      { label: t('shared.list.deducted'), kind: 'points', cell: ({ deductedCentipoints }) => deductedCentipoints },
    ],
  });

  offerList(app, services, {
    name: 'debts',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('cards.debts.title'),
    rows: ({ placeId: villageId }) =>
      readByOffset(
        async (offset, limit) => (await debts(services.db.sql, { villageId, query: '', limit, offset })).lines,
      ),
    columns: (t) => [
      { label: t('shared.list.household'), cell: ({ headName }) => headName },
      { label: t('shared.list.group'), cell: ({ groupName }) => groupName },
      { label: t('shared.list.card'), cell: ({ cardNumber }) => cardNumber },
      { label: t('cards.export.status'), cell: ({ status }) => t(`cards.status.${status}`) },
      { label: t('cards.debts.owes'), kind: 'points', cell: ({ owedCentipoints }) => owedCentipoints },
      { label: t('cards.debts.since'), cell: ({ since }) => since },
      { label: t('cards.debts.for'), cell: ({ ruleName }) => ruleName },
      { label: t('shared.list.seq'), cell: ({ seq }) => seq },
    ],
  });
};
