import { offerList } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { rateHistory } from './rate-history.ts';

/** 一分值多少: each time that it became another, for everybody. */
export const rateExportRoutes: Routes = async (app, services) => {
  offerList(app, services, {
    name: 'rates',
    access: 'everybody',
    title: (t) => t('rates.title'),
    rows: ({ placeId }) => rateHistory(services.db.sql, placeId),
    columns: (t) => [
      { label: t('shared.list.seq'), cell: ({ seq }) => seq },
      { label: t('rates.day'), cell: ({ changedOn }) => changedOn },
      { label: t('rates.wasYuan'), kind: 'yuan', cell: ({ wasFen }) => wasFen },
      { label: t('rates.nowYuan'), kind: 'yuan', cell: ({ fenPerPoint }) => fenPerPoint },
      { label: t('rates.heldBefore'), kind: 'points', cell: ({ beforeCentipoints }) => beforeCentipoints },
      { label: t('rates.heldAfter'), kind: 'points', cell: ({ afterCentipoints }) => afterCentipoints },
      { label: t('rates.rounding'), cell: ({ rounding }) => rounding / 10_000 },
    ],
  });
};
