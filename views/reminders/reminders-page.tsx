import type { Reminder, ReminderView } from '../../src/reminders/index.ts';
import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { LocalNav } from '../shared/local-nav.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { SearchForm } from '../shared/search-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { ReminderState } from './reminder-state.tsx';

export type RemindersPageProps = {
  views: readonly ReminderView[];
  view: ReminderView;
  query: string;
  isFirst: boolean;
  items: readonly Reminder[];
  /** The act before which the next page begins. */
  next: number | null;
  /** 0 where the village reminds nobody. */
  reminderDays: number;
  /** Names of the rules of which nobody is reminded. */
  safetyRules: readonly string[];
  mayGive: boolean;
};

/** 提醒单: who was told to put what right, and by when. */
export function RemindersPage(props: RemindersPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { views, view, query, isFirst, items, next, reminderDays, safetyRules, mayGive } = props;
  const mayAsk = mayGive && reminderDays > 0;
  const address = (values: Record<string, string>) =>
    href(`/reminders?${new URLSearchParams({ view, ...(query !== '' && { q: query }), ...values })}`);
  const columns: Column<Reminder>[] = [
    {
      label: t('reminders.household'),
      cell: ({ seq, headName }) => <a href={href(`/reminders/${seq}`)}>{headName}</a>,
      rowHeader: true,
    },
    { label: t('reminders.group'), cell: ({ groupName }) => groupName },
    { label: t('reminders.rule'), cell: ({ ruleName }) => ruleName },
    { label: t('reminders.givenOn'), cell: ({ givenOn }) => <DayText day={givenOn} short /> },
    { label: t('reminders.due'), cell: ({ due }) => <DayText day={due} short /> },
    { label: t('reminders.state'), cell: (reminder) => <ReminderState reminder={reminder} /> },
  ];
  return (
    <Layout
      title={t('reminders.title')}
      lead={t('reminders.lead')}
      crumbs={[{ href: href('/desk'), label: t('people.nav.desk') }]}
      actions={
        mayAsk && (
          <LinkButton href={href('/reminders/new')} look="primary">
            {t('reminders.new')}
          </LinkButton>
        )
      }
    >
      {reminderDays === 0 ? (
        <Notice kind="info">{t('reminders.off')}</Notice>
      ) : (
        <p>{t('reminders.days', { days: reminderDays })}</p>
      )}
      {reminderDays > 0 && safetyRules.length > 0 && (
        <p class="soft">{t('reminders.safety', { rules: safetyRules.join(t('shared.comma')) })}</p>
      )}
      <LocalNav
        items={views.map((one) => ({
          href: address({ view: one }),
          label: t(`reminders.view.${one}`),
          current: one === view,
        }))}
      />
      <SearchForm action={href('/reminders')} label={t('reminders.search')} value={query} hidden={{ view }} />
      <DataTable
        caption={t(`reminders.view.${view}`)}
        columns={columns}
        rows={items}
        rowKey={({ seq }) => seq}
        empty={<EmptyState title={t('reminders.none')}>{mayAsk && t('reminders.noneHint')}</EmptyState>}
      />
      <Pager
        nextHref={next === null ? undefined : address({ before: String(next) })}
        firstHref={isFirst ? undefined : address({})}
      />
      <ExportLinks list="reminders" />
    </Layout>
  );
}
