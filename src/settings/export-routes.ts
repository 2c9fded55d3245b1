import { settingText } from '../../views/settings/setting-text.ts';
import { offerList } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { settingHistory } from './setting-history.ts';

/** Every decision about how the village works, the newest first. */
export const settingExportRoutes: Routes = async (app, services) => {
  offerList(app, services, {
    name: 'settings',
    access: 'everybody',
    title: (t) => t('settings.title'),
    rows: ({ placeId }) => settingHistory(services.db.sql, placeId),
    columns: (t) => [
      { label: t('shared.list.seq'), cell: ({ seq }) => seq },
      { label: t('shared.list.decidedOn'), cell: ({ decidedOn }) => decidedOn },
      { label: t('settings.setting'), cell: ({ name }) => t(`settings.${name}`) },
      { label: t('settings.value'), cell: ({ name, value }) => settingText(name, value, t) },
    ],
  });
};
