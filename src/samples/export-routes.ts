import { offerList } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { samples } from './samples.ts';

/** Every line that was drawn, and what was seen of it. */
export const sampleExportRoutes: Routes = async (app, services) => {
  offerList(app, services, {
    name: 'samples',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('samples.title'),
    rows: async ({ placeId }) =>
      (await samples(services.db.sql, placeId)).flatMap((sample) =>
        sample.lines.map((line, index) => ({ sample, line, n: index + 1 })),
      ),
    columns: (t) => [
      { label: t('samples.month'), cell: ({ sample }) => sample.month },
      { label: t('samples.drawnOn'), cell: ({ sample }) => sample.drawnOn },
      { label: t('shared.list.kind'), cell: ({ line, n }) => t(`samples.kind.${line.kind}`, { n }) },
      { label: t('shared.list.seq'), cell: ({ line }) => line.seq },
      { label: t('shared.list.household'), cell: ({ line }) => line.household },
      { label: t('shared.list.points'), kind: 'points', cell: ({ line }) => line.amountCentipoints },
      {
        label: t('shared.list.goods'),
        cell: ({ line }) => line.goods.map(({ name, quantity }) => `${name} ×${quantity}`).join(t('shared.comma')),
      },
      {
        label: t('shared.list.state'),
        cell: ({ line }) => t(`samples.state.${line.state === 'undrawn' ? 'waiting' : line.state}`),
      },
      { label: t('samples.note'), cell: ({ line }) => line.note },
    ],
  });
};
