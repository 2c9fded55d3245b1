import { offerList } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { publications } from './publications.ts';

export const publicationExportRoutes: Routes = async (app, services) => {
  offerList(app, services, {
    name: 'publications',
    access: 'everybody',
    title: (t) => t('publication.title'),
    rows: ({ placeId }) => publications(services.db.sql, placeId),
    columns: (t) => [
      { label: t('publication.column.month'), cell: ({ month }) => month },
      { label: t('publication.column.version'), cell: ({ version }) => version },
      { label: t('publication.column.published'), cell: ({ publishedAt }) => publishedAt },
      { label: t('publication.column.given'), kind: 'points', cell: ({ totals }) => totals.givenCentipoints },
      { label: t('publication.column.exchanged'), kind: 'points', cell: ({ totals }) => totals.exchangedCentipoints },
      { label: t('publication.column.closing'), kind: 'points', cell: ({ totals }) => totals.closingCentipoints },
      { label: t('shared.list.changes'), cell: ({ changeCount }) => changeCount },
      { label: t('shared.list.seq'), cell: ({ seq }) => seq },
    ],
  });
};
