import { reasonText } from '../../views/oversight/reason-text.ts';
import { warningText } from '../../views/oversight/warning-text.ts';
import { offerList, readInPages, securityLog, staffBelow } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { compareVillages } from './comparison.ts';
import { villageWarnings } from './village-warnings.ts';

/** What a village is warned of; and for offices the villages side by side, who works there, and the security log. */
export const oversightExportRoutes: Routes = async (app, services) => {
  const { sql } = services.db;

  offerList(app, services, {
    name: 'warnings',
    access: 'village.read',
    title: (t) => t('oversight.warnings.title'),
    rows: async ({ placeId, today }) => {
      const { warnings } = await villageWarnings(sql, { villageId: placeId, today });
      return warnings.map((warning) => ({ ...warning, today }));
    },
    columns: (t, locale) => [
      { label: t('oversight.warnings.level'), cell: ({ warning }) => t(`oversight.risk.${warning.level}`) },
      { label: t('oversight.warnings.what'), cell: ({ warning, today }) => warningText(warning, { t, locale, today }) },
      { label: t('oversight.warnings.advice'), cell: ({ warning }) => t(`oversight.warnings.do.${warning.code}`) },
      { label: t('oversight.warnings.owner'), cell: ({ people }) => people.join(t('shared.comma')) },
      { label: t('oversight.warnings.due'), cell: ({ warning }) => warning.dueOn },
      { label: t('oversight.warnings.ledger'), cell: ({ problem }) => problem },
    ],
  });

  offerList(app, services, {
    name: 'villages',
    place: 'region',
    access: 'region.compare',
    title: (t) => t('shared.list.villages'),
    rows: ({ placeId, today }) => compareVillages(sql, placeId, today),
    columns: (t) => [
      { label: t('oversight.column.village'), cell: ({ name }) => name },
      { label: t('shared.list.township'), cell: ({ townshipName }) => townshipName },
      { label: t('oversight.column.risk'), cell: ({ risk }) => t(`oversight.risk.${risk.level}`) },
      { label: t('shared.list.reasons'), cell: ({ risk }) => risk.reasons.map((one) => reasonText(one, t)).join('；') },
      { label: t('shared.list.openCards'), cell: ({ openCardCount }) => openCardCount },
      { label: t('shared.list.households'), cell: ({ householdCount }) => householdCount },
      {
        label: t('oversight.column.outstanding'),
        kind: 'points',
        cell: ({ outstandingCentipoints }) => outstandingCentipoints,
      },
      { label: t('oversight.column.outstandingYuan'), kind: 'yuan', cell: ({ outstandingFen }) => outstandingFen },
      { label: t('oversight.column.stock'), kind: 'yuan', cell: ({ stockValueFen }) => stockValueFen },
      { label: t('oversight.column.given'), kind: 'points', cell: ({ givenCentipoints }) => givenCentipoints },
      {
        label: t('oversight.column.exchanged'),
        kind: 'points',
        cell: ({ exchangedCentipoints }) => exchangedCentipoints,
      },
      { label: t('oversight.column.lastAct'), cell: ({ lastActOn }) => lastActOn },
      { label: t('oversight.column.published'), cell: ({ lastPublishedMonth }) => lastPublishedMonth },
    ],
  });

  offerList(app, services, {
    name: 'staff',
    place: 'region',
    access: 'staff.help',
    title: (t) => t('shared.list.staff'),
    rows: ({ placeId, today }) => staffBelow(sql, { regionId: placeId, today }),
    columns: (t) => [
      { label: t('people.person.name'), cell: ({ displayName }) => displayName },
      { label: t('oversight.column.village'), cell: ({ regionName }) => regionName },
      { label: t('oversight.person.role'), cell: ({ role }) => t(`people.role.${role}`) },
      { label: t('people.signIn.username'), cell: ({ username }) => username },
      { label: t('shared.list.from'), cell: ({ startsOn }) => startsOn },
    ],
  });

  offerList(app, services, {
    name: 'security',
    place: 'region',
    access: 'security.read',
    title: (t) => t('oversight.security.title'),
    rows: ({ placeId }) =>
      readInPages(
        (beforeId, limit) => securityLog(sql, { regionId: placeId, beforeId, limit }),
        ({ eventId }) => eventId,
      ),
    columns: (t) => [
      { label: t('oversight.security.when'), cell: ({ recordedAt }) => recordedAt },
      { label: t('oversight.security.kind'), cell: ({ kind }) => t(`oversight.security.event.${kind}`) },
      { label: t('oversight.security.refused'), cell: ({ isRefused }) => isRefused },
      { label: t('oversight.security.person'), cell: ({ personName }) => personName },
      { label: t('oversight.security.subject'), cell: ({ subjectName }) => subjectName },
      { label: t('oversight.security.where'), cell: ({ regionName }) => regionName },
      { label: t('people.signIns.place'), cell: ({ address }) => address },
      { label: t('shared.list.note'), cell: ({ details }) => Object.values(details).join(' ') },
    ],
  });
};
