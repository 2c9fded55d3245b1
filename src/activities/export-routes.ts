import { activityName } from '../../views/activities/activity-name.ts';
import { offerList } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { activities } from './activities.ts';

/** What the village did together, and who came. */
export const activityExportRoutes: Routes = async (app, services) => {
  const { sql } = services.db;
  const words = { waiting: 'waiting', awarded: 'done', free: 'none' } as const;

  offerList(app, services, {
    name: 'activities',
    access: 'village.read',
    title: (t) => t('activities.title'),
    rows: ({ placeId }) => activities(sql, placeId),
    columns: (t) => [
      { label: t('shared.list.seq'), cell: ({ seq }) => seq },
      { label: t('activities.day'), cell: ({ occurredOn }) => occurredOn },
      { label: t('activities.name'), cell: ({ name }) => name },
      { label: t('activities.kind'), cell: ({ kind }) => activityName(kind, t) },
      { label: t('activities.place'), cell: ({ place }) => place },
      { label: t('activities.attended'), cell: ({ attended }) => attended },
      { label: t('activities.awarded'), cell: ({ state }) => t(`activities.state.${words[state]}`) },
      { label: t('shared.list.by'), cell: ({ by }) => by },
    ],
  });

  offerList(app, services, {
    name: 'attendances',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('shared.list.attendances'),
    rows: async ({ placeId }) =>
      (await activities(sql, placeId)).flatMap((activity) => activity.attendance.map((came) => ({ activity, came }))),
    columns: (t) => [
      { label: t('shared.list.seq'), cell: ({ activity }) => activity.seq },
      { label: t('activities.day'), cell: ({ activity }) => activity.occurredOn },
      { label: t('activities.name'), cell: ({ activity }) => activity.name },
      { label: t('activities.household'), cell: ({ came }) => came.household?.name ?? null },
      { label: t('shared.list.group'), cell: ({ came }) => came.household?.groupName ?? null },
      { label: t('activities.members'), cell: ({ came }) => came.members },
      { label: t('shared.list.points'), kind: 'points', cell: ({ came }) => came.award?.centipoints ?? null },
    ],
  });
};
