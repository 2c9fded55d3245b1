import { offerList, readInPages } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { stocktakes } from './stocktake.ts';

export const stocktakeExportRoutes: Routes = async (app, services) => {
  offerList(app, services, {
    name: 'stocktakes',
    access: 'village.read',
    title: (t) => t('stocktakes.title'),
    rows: ({ placeId }) =>
      readInPages(
        (beforeId, limit) => stocktakes(services.db.sql, placeId, { beforeId, limit }),
        ({ stocktakeId }) => stocktakeId,
      ),
    columns: (t) => [
      { label: t('stocktakes.day'), cell: ({ openedAt }) => openedAt },
      { label: t('stocktakes.kind'), cell: ({ kind }) => t(`stocktakes.kind.${kind}`) },
      { label: t('stocktakes.state'), cell: ({ state }) => t(`stocktakes.state.${state}`) },
      { label: t('stocktakes.counters'), cell: (row) => `${row.openedByName}、${row.secondCounter}` },
      { label: t('stocktakes.more'), kind: 'yuan', cell: ({ surplusFen }) => surplusFen },
      { label: t('stocktakes.less'), kind: 'yuan', cell: ({ shortageFen }) => shortageFen },
      { label: t('shared.list.decidedBy'), cell: ({ closedByName }) => closedByName },
      { label: t('shared.list.decidedOn'), cell: ({ closedAt }) => closedAt },
      { label: t('shared.list.seq'), cell: ({ seq }) => seq },
    ],
  });
};
