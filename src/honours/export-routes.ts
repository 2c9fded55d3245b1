import { honourName } from '../../views/honours/honour-name.ts';
import { formatDay } from '../../views/shared/day-text.tsx';
import { offerList } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { villageSettings } from '../settings/index.ts';
import { backfills } from './backfills.ts';
import { honourBoard } from './board.ts';
import { rounds } from './rounds.ts';

/** 光荣榜 as everybody reads it, and the rounds with whoever was nominated. */
export const honourExportRoutes: Routes = async (app, services) => {
  const { sql } = services.db;

  offerList(app, services, {
    name: 'honours',
    access: 'everybody',
    title: (t) => t('honours.list'),
    rows: async ({ placeId }) => {
      const { honourStarCentipoints } = await villageSettings(sql, placeId);
      const board = await honourBoard(sql, { villageId: placeId, centipointsAStar: honourStarCentipoints });
      return board.households;
    },
    columns: (t, locale) => [
      { label: t('honours.household'), cell: ({ name }) => name },
      { label: t('honours.group'), cell: ({ groupName }) => groupName },
      {
        label: t('honours.list'),
        cell: ({ honours }) =>
          honours
            .map(({ kind, day }) => t('honours.dated', { honour: honourName(kind, t), day: formatDay(day, locale) }))
            .join(t('shared.comma')),
      },
      { label: t('honours.stars'), cell: ({ stars }) => stars },
      { label: t('honours.points'), kind: 'points', cell: ({ honourCentipoints }) => honourCentipoints },
    ],
  });

  offerList(app, services, {
    name: 'nominations',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('shared.list.nominations'),
    rows: async ({ placeId }) =>
      (await rounds(sql, placeId))
        .reverse()
        .flatMap((round) => round.nominations.map((nomination) => ({ round, nomination }))),
    columns: (t) => [
      {
        label: t('honours.roundName'),
        cell: ({ round }) => t('honours.round', { n: round.n, honour: honourName(round.kind, t) }),
      },
      { label: t('honours.openedOn'), cell: ({ round }) => round.openedOn },
      { label: t('honours.household'), cell: ({ nomination }) => nomination.household?.name ?? null },
      { label: t('honours.group'), cell: ({ nomination }) => nomination.household?.groupName ?? null },
      { label: t('shared.list.members'), cell: ({ nomination }) => nomination.member },
      { label: t('shared.list.note'), cell: ({ nomination }) => nomination.reason },
      { label: t('shared.list.by'), cell: ({ nomination }) => nomination.by },
      {
        label: t('honours.chosen'),
        cell: ({ nomination: { honour } }) => honour !== null && honour.withdrawn === null,
      },
      { label: t('shared.list.seq'), cell: ({ nomination }) => nomination.honour?.seq ?? nomination.seq },
    ],
  });

  offerList(app, services, {
    name: 'backfills',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('honours.backfill.title'),
    rows: ({ placeId }) => backfills(sql, placeId),
    columns: (t) => [
      { label: t('shared.list.seq'), cell: ({ seq }) => seq },
      { label: t('honours.household'), cell: ({ household }) => household?.name ?? null },
      { label: t('honours.group'), cell: ({ household }) => household?.groupName ?? null },
      { label: t('honours.backfill.what'), cell: ({ ruleName }) => ruleName },
      { label: t('honours.backfill.day'), cell: ({ day }) => day },
      { label: t('honours.points'), kind: 'points', cell: ({ honourCentipoints }) => honourCentipoints },
      { label: t('honours.meeting'), cell: ({ meeting }) => meeting },
      { label: t('shared.list.by'), cell: ({ by }) => by },
      { label: t('shared.list.reversedBy'), cell: ({ withdrawn }) => withdrawn?.seq ?? null },
    ],
  });
};
