import { offerList, readInPages } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { reminderList } from './reminders.ts';

export const reminderExportRoutes: Routes = async (app, services) => {
  offerList(app, services, {
    name: 'reminders',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('reminders.title'),
    rows: ({ placeId }) =>
      readInPages(
        (beforeSeq, limit) => reminderList(services.db.sql, placeId, { view: 'all', beforeSeq, limit }),
        ({ seq }) => seq,
      ),
    columns: (t) => [
      { label: t('shared.list.seq'), cell: ({ seq }) => seq },
      { label: t('reminders.givenOn'), cell: ({ givenOn }) => givenOn },
      { label: t('reminders.household'), cell: ({ headName }) => headName },
      { label: t('reminders.group'), cell: ({ groupName }) => groupName },
      { label: t('shared.list.card'), cell: ({ number }) => number },
      { label: t('reminders.rule'), cell: ({ ruleName }) => ruleName },
      { label: t('shared.list.points'), kind: 'points', cell: ({ pointsCentipoints }) => pointsCentipoints },
      { label: t('shared.list.note'), cell: ({ note }) => note },
      { label: t('reminders.due'), cell: ({ due }) => due },
      {
        label: t('reminders.state'),
        cell: ({ state }) => t(`reminders.state.${state === 'standing' ? 'runs' : state}`),
      },
      { label: t('shared.list.by'), cell: ({ by }) => by },
      { label: t('shared.list.decidedOn'), cell: ({ closed }) => closed?.on ?? null },
      { label: t('shared.list.answer'), cell: ({ closed }) => closed?.note ?? null },
    ],
  });
};
