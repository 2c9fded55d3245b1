import { offerList } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { problems } from './problems.ts';
import { countProblemsBelow, type VillageProblems } from './region-problems.ts';

/** 问题台账, whole: what was found, who saw to it, and what was done last; above the villages, how many of each. */
export const problemExportRoutes: Routes = async (app, services) => {
  offerList(app, services, {
    name: 'problems',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('problems.title'),
    rows: async ({ placeId }) => (await problems(services.db.sql, placeId)).reverse(),
    columns: (t) => [
      { label: t('problems.number'), cell: ({ n }) => n },
      { label: t('shared.list.seq'), cell: ({ seq }) => seq },
      { label: t('shared.list.foundOn'), cell: ({ foundOn }) => foundOn },
      { label: t('problems.what'), cell: ({ what }) => what || t('problems.erased') },
      { label: t('problems.origin'), cell: ({ origin }) => t(`problems.origin.${origin}`) },
      { label: t('shared.list.household'), cell: ({ household }) => household?.name ?? null },
      { label: t('problems.owner'), cell: ({ owner }) => owner },
      { label: t('problems.due'), cell: ({ due }) => due },
      { label: t('problems.state'), cell: ({ state }) => t(`problems.state.${state}`) },
      { label: t('shared.list.changedOn'), cell: ({ changedOn }) => changedOn },
      { label: t('shared.list.last'), cell: ({ steps }) => (steps.length > 1 ? (steps.at(-1)?.note ?? null) : null) },
    ],
  });

  offerList(app, services, {
    name: 'problems',
    place: 'region',
    access: 'region.compare',
    title: (t) => t('problems.title'),
    rows: ({ placeId, today }) => countProblemsBelow(services.db.sql, { regionId: placeId, today }),
    columns: (t) => [
      { label: t('problems.village'), cell: ({ name }) => name },
      ...(['found', 'open', 'closed', 'longTerm', 'overdue'] as const).map((figure) => ({
        label: t(`problems.count.${figure}`),
        cell: ({ counts }: VillageProblems) => counts[figure],
      })),
    ],
  });
};
