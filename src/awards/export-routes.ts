import { offerList, readInPages } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { awardOperations } from './award-operations.ts';

export const awardExportRoutes: Routes = async (app, services) => {
  offerList(app, services, {
    name: 'awards',
    access: 'village.read',
    title: (t) => t('awards.list.title'),
    rows: ({ placeId }) =>
      readInPages(
        (beforeSeq, limit) => awardOperations(services.db.sql, placeId, { beforeSeq, limit }),
        ({ firstSeq }) => firstSeq,
      ),
    columns: (t) => [
      { label: t('shared.list.seq'), cell: ({ firstSeq }) => firstSeq },
      { label: t('shared.list.day'), cell: ({ occurredOn }) => occurredOn },
      { label: t('shared.list.rule'), cell: ({ ruleName }) => ruleName },
      { label: t('shared.list.households'), cell: ({ households }) => households },
      { label: t('shared.list.points'), kind: 'points', cell: ({ totalCentipoints }) => totalCentipoints },
      { label: t('shared.list.undone'), cell: ({ undone }) => undone },
      { label: t('shared.list.claimed'), cell: ({ claimed }) => claimed },
      { label: t('shared.list.by'), cell: ({ recordedBy }) => recordedBy },
    ],
  });
};
