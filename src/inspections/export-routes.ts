import { z } from 'zod';
import { offerList } from '../people/index.ts';
import { monthText } from '../platform/calendar-text.ts';
import { monthOf } from '../platform/clock.ts';
import { lastOf } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { monthRatings } from './ratings.ts';
import { visits } from './visits.ts';

const monthAsked = z.preprocess(lastOf, monthText).optional().catch(undefined);

/** Every household with its last visit, every visit that was made, and what the visits of a month propose. */
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

  offerList(app, services, {
    name: 'ratings',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('shared.list.ratings'),
    rows: async ({ placeId: villageId, today, query }) => {
      const month = monthAsked.parse(query['month']) ?? monthOf(today);
      const ratings = await monthRatings(sql, { villageId, month, today });
      return ratings.flatMap(({ households, rule }) => households.map((household) => ({ ...household, rule, month })));
    },
    columns: (t) => [
      { label: t('shared.list.month'), cell: ({ month }) => month },
      { label: t('inspections.household'), cell: ({ name }) => name },
      { label: t('inspections.group'), cell: ({ groupName }) => groupName },
      { label: t('shared.list.card'), cell: ({ card }) => card },
      { label: t('inspections.marks'), cell: ({ total }) => total },
      { label: t('shared.list.grade'), cell: ({ grade }) => t(`shared.list.grade.${grade}`) },
      { label: t('inspections.best'), cell: ({ isBestOfGroup }) => isBestOfGroup },
      { label: t('shared.list.rule'), cell: ({ rule }) => rule?.name ?? null },
      { label: t('shared.list.points'), kind: 'points', cell: ({ rule }) => rule?.pointsCentipoints ?? null },
    ],
  });
};
