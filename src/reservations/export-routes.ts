import { reservedInWords } from '../../views/reservations/reservation-words.ts';
import { offerList, readInPages } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { reservations } from './reservations.ts';

export const reservationExportRoutes: Routes = async (app, services) => {
  offerList(app, services, {
    name: 'reservations',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('reservations.title'),
    rows: ({ placeId, today }) =>
      readInPages(
        (beforeSeq, limit) => reservations(services.db.sql, { villageId: placeId, today }, { beforeSeq, limit }),
        ({ seq }) => seq,
      ),
    columns: (t) => [
      { label: t('shared.list.seq'), cell: ({ seq }) => seq },
      { label: t('reservations.reservedOn'), cell: ({ reservedOn }) => reservedOn },
      { label: t('reservations.household'), cell: ({ headName }) => headName },
      { label: t('shared.list.group'), cell: ({ groupName }) => groupName },
      { label: t('shared.list.card'), cell: ({ cardNumber }) => cardNumber },
      { label: t('reservations.goods'), cell: (row) => reservedInWords(row, t) },
      { label: t('reservations.points'), kind: 'points', cell: ({ centipoints }) => centipoints },
      { label: t('reservations.until'), cell: ({ until }) => until },
      { label: t('reservations.state'), cell: ({ state }) => t(`reservations.state.${state}`) },
      {
        label: t('reservations.by'),
        cell: ({ recordedByName }) => recordedByName ?? t('reservations.byHousehold'),
      },
    ],
  });
};
