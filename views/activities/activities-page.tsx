import type { Activity } from '../../src/activities/index.ts';
import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { SearchForm } from '../shared/search-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { activityName } from './activity-name.ts';
import { ActivityStateTag } from './activity-state.tsx';

export type ActivitiesPageProps = {
  items: readonly Activity[];
  query: string;
  nextHref?: string | undefined;
  firstHref?: string | undefined;
  mayRecord: boolean;
};

/** 集体活动: what the village did together, and whether the points of it were given. */
export function ActivitiesPage({ items, query, nextHref, firstHref, mayRecord }: ActivitiesPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const columns: Column<Activity>[] = [
    {
      label: t('activities.name'),
      cell: ({ seq, name }) => <a href={href(`/activities/${seq}`)}>{name || t('activities.erased')}</a>,
      rowHeader: true,
    },
    { label: t('activities.day'), cell: ({ occurredOn }) => <DayText day={occurredOn} short /> },
    { label: t('activities.kind'), cell: ({ kind }) => activityName(kind, t) },
    { label: t('activities.attended'), cell: ({ attended }) => t('activities.count', { count: attended }) },
    { label: t('activities.awarded'), cell: (activity) => <ActivityStateTag {...activity} /> },
  ];
  return (
    <Layout
      title={t('activities.title')}
      lead={t('activities.lead')}
      crumbs={[{ href: href('/desk'), label: t('people.nav.desk') }]}
      actions={
        mayRecord && (
          <LinkButton href={href('/activities/new')} look="primary">
            {t('activities.new')}
          </LinkButton>
        )
      }
    >
      <SearchForm action={href('/activities')} label={t('activities.search')} value={query} />
      <DataTable
        caption={t('activities.title')}
        captionHidden
        columns={columns}
        rows={items}
        rowKey={({ seq }) => seq}
        empty={<EmptyState title={t('activities.none')}>{t('activities.noneHint')}</EmptyState>}
      />
      <Pager nextHref={nextHref} firstHref={firstHref} />
      <ExportLinks list="activities" />
      <ExportLinks list="attendances" what={t('shared.list.attendances')} />
    </Layout>
  );
}
