import { offerList } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { allCards } from './household-card.ts';

/** 住户名单: what the list of households shows, for whoever may see it. */
export const cardExportRoutes: Routes = async (app, services) => {
  offerList(app, services, {
    name: 'cards',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('cards.list.title'),
    rows: ({ placeId }) => allCards(services.db.sql, placeId),
    columns: (t) => [
      { label: t('cards.export.group'), cell: ({ groupName }) => groupName },
      { label: t('cards.export.head'), cell: ({ headName }) => headName },
      { label: t('cards.export.number'), cell: ({ number }) => `${number.slice(0, 6)} ${number.slice(6)}` },
      { label: t('cards.export.status'), cell: ({ status }) => t(`cards.status.${status}`) },
      { label: t('shared.balance'), kind: 'points', cell: ({ balanceCentipoints }) => balanceCentipoints },
    ],
  });
};
