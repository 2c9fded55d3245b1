import type { Visited, VisitFilter } from '../../src/inspections/index.ts';
import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { LocalNav } from '../shared/local-nav.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { SearchForm } from '../shared/search-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { VisitStateTag } from './visit-state.tsx';

export type VisitsPageProps = {
  filters: readonly VisitFilter[];
  filter: VisitFilter;
  query: string;
  isFirst: boolean;
  items: readonly Visited[];
  /** The card after which the next page begins. */
  next: string | null;
  /** How many households somebody has to go to. */
  open: number;
  mayPlan: boolean;
};

/** 上门检查: which households somebody has to go to, and how the others stand. */
export function VisitsPage({ filters, filter, query, isFirst, items, next, open, mayPlan }: VisitsPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const address = (values: Record<string, string>) => {
    const search = new URLSearchParams({ state: filter, ...(query !== '' && { q: query }), ...values });
    return href(`/inspections?${search}`);
  };
  const columns: Column<Visited>[] = [
    {
      label: t('inspections.household'),
      cell: ({ card }) => <a href={href(`/inspections/${card.number}`)}>{card.headName}</a>,
      rowHeader: true,
    },
    { label: t('inspections.group'), cell: ({ card }) => card.groupName },
    { label: t('inspections.state'), cell: (visited) => <VisitStateTag visited={visited} /> },
    { label: t('inspections.due'), cell: ({ due }) => due && <DayText day={due} short /> },
    { label: t('inspections.lastMarks'), cell: ({ results }) => results.at(-1)?.total, numeric: true },
  ];
  return (
    <Layout
      title={t('inspections.title')}
      lead={open > 0 ? t('inspections.leadOpen', { count: open }) : t('inspections.lead')}
      crumbs={[{ href: href('/desk'), label: t('people.nav.desk') }]}
      actions={
        <>
          {mayPlan && (
            <LinkButton href={href('/inspections/new')} look="primary">
              {t('inspections.plan')}
            </LinkButton>
          )}
          {open > 0 && <LinkButton href={href('/inspections/sheets')}>{t('inspections.sheets')}</LinkButton>}
          <LinkButton href={href('/inspections/ratings')}>{t('inspections.ratings')}</LinkButton>
        </>
      }
    >
      <LocalNav
        items={filters.map((one) => ({
          href: address({ state: one }),
          label: t(`inspections.filter.${one}`),
          current: one === filter,
        }))}
      />
      <SearchForm
        action={href('/inspections')}
        label={t('inspections.search')}
        value={query}
        hidden={{ state: filter }}
      />
      <DataTable
        caption={t(`inspections.filter.${filter}`)}
        columns={columns}
        rows={items}
        rowKey={({ card }) => card.number}
        empty={<EmptyState title={t('inspections.none')}>{t('inspections.noneHint')}</EmptyState>}
      />
      <Pager
        nextHref={next === null ? undefined : address({ after: next })}
        firstHref={isFirst ? undefined : address({})}
      />
      <ExportLinks list="inspections" />
      <ExportLinks list="visits" what={t('shared.list.visits')} />
    </Layout>
  );
}
