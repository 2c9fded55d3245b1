import { offerList, readInPages } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { handovers } from './handovers.ts';

export const handoverExportRoutes: Routes = async (app, services) => {
  offerList(app, services, {
    name: 'handovers',
    access: 'village.read',
    title: (t) => t('handovers.title'),
    rows: ({ placeId }) =>
      readInPages(
        (beforeId, limit) => handovers(services.db.sql, placeId, { beforeId, limit }),
        ({ handoverId }) => handoverId,
      ),
    columns: (t) => [
      { label: t('handovers.day'), cell: ({ openedOn }) => openedOn },
      { label: t('handovers.post'), cell: ({ role }) => t(`people.role.${role}`) },
      { label: t('handovers.from'), cell: ({ fromName }) => fromName },
      { label: t('handovers.to'), cell: ({ toName }) => toName },
      { label: t('handovers.state'), cell: ({ state }) => t(`handovers.state.${state}`) },
      { label: t('shared.list.cause'), cell: ({ reason }) => reason },
      { label: t('shared.list.decidedOn'), cell: ({ closedOn }) => closedOn },
      { label: t('shared.list.seq'), cell: ({ seq }) => seq },
    ],
  });
};
