import type { Decision, SettingField, SettingName, SettingValue } from '../../src/settings/index.ts';
import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { useVillageHref } from '../shared/village-href.ts';
import { settingText } from './setting-text.ts';

export type SettingsPageProps = {
  villageName: string;
  groups: readonly SettingField['group'][];
  fields: readonly SettingField[];
  values: Readonly<Record<SettingName, SettingValue>>;
  decided: ReadonlyMap<SettingName, Decision>;
  mayChange: boolean;
};

/** 村里的规定, as everybody may read them, each with the entry of the record that decided it. */
export function SettingsPage({ villageName, groups, fields, values, decided, mayChange }: SettingsPageProps) {
  const { t, locale, today } = usePage();
  const href = useVillageHref();
  const columns: Column<SettingField>[] = [
    { label: t('settings.setting'), cell: ({ name }) => t(`settings.${name}`), rowHeader: true },
    { label: t('settings.value'), cell: ({ name }) => settingText(name, values[name], t) },
    {
      label: t('settings.since'),
      ifAny: true,
      cell: ({ name }) => {
        const decision = decided.get(name);
        if (!decision) return null;
        const day = formatDay(decision.decidedOn, locale, { today, short: true });
        return <a href={href(`/acts/${decision.seq}`)}>{t('settings.sinceAct', { day, seq: decision.seq })}</a>;
      },
    },
  ];
  return (
    <Layout
      title={t('settings.title')}
      heading={t('settings.heading', { village: villageName })}
      lead={t('settings.lead')}
      crumbs={[{ href: href(''), label: t('settings.village', { village: villageName }) }]}
      actions={mayChange && <LinkButton href={href('/settings/change')}>{t('settings.change')}</LinkButton>}
    >
      <div class="even-tables flow">
        {groups.map((group) => (
          <DataTable
            key={group}
            caption={t(`settings.group.${group}`)}
            columns={columns}
            rows={fields.filter((field) => field.group === group)}
            rowKey={({ name }) => name}
            brief
          />
        ))}
      </div>
      <ExportLinks list="settings" />
    </Layout>
  );
}
