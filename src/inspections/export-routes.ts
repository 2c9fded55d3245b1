import { offerList } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { visits } from './visits.ts';

/** Every household with its last visit, and every visit that was made. */
export const inspectionExportRoutes: Routes = async (app, services) => {
  const { sql } = services.db;

  offerList(app, services, {
    name: 'inspections',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('inspections.title'),
    rows: ({ placeId }) => visits(sql, placeId),
    columns: (t) => [
      { label: t('inspections.household'), cell: ({ card }) => card.headName },
      { label: t('inspections.group'), cell: ({ card }) => card.groupName },
      { label: t('shared.list.card'), cell: ({ card }) => card.number },
      { label: t('inspections.state'), cell: ({ state }) => t(`inspections.state.${state}`) },
      { label: t('inspections.due'), cell: ({ due }) => due },
      { label: t('inspections.lastMarks'), cell: ({ results }) => results.at(-1)?.total ?? null },
    ],
  });

  offerList(app, services, {
    name: 'visits',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('shared.list.visits'),
    rows: async ({ placeId }) =>
      (await visits(sql, placeId))
        .flatMap(({ card, results }) => results.map((result) => ({ card, result })))
        .sort((one, other) => other.result.seq - one.result.seq),
    columns: (t) => [
      { label: t('shared.list.seq'), cell: ({ result }) => result.seq },
      { label: t('shared.list.day'), cell: ({ result }) => result.day },
      { label: t('inspections.household'), cell: ({ card }) => card.headName },
      { label: t('inspections.group'), cell: ({ card }) => card.groupName },
      { label: t('inspections.marks'), cell: ({ result }) => result.total },
      {
        label: t('inspections.state'),
        cell: ({ result }) => t(result.passed ? 'inspections.passed' : 'inspections.failed'),
      },
      { label: t('inspections.revisit'), cell: ({ result }) => result.revisit },
      { label: t('shared.list.by'), cell: ({ result }) => result.by },
    ],
  });
};
