import type { Problem, ProblemCounts, ProblemFilter } from '../../src/problems/index.ts';
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
import { StatCard, Stats } from '../shared/stat-card.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { ProblemStateTag } from './problem-state.tsx';

export type ProblemsPageProps = {
  counts: ProblemCounts;
  filters: readonly ProblemFilter[];
  filter: ProblemFilter;
  query: string;
  isFirst: boolean;
  items: readonly Problem[];
  /** The number before which the next page begins. */
  next: number | null;
  mayFind: boolean;
};

/** 问题台账: everything that was found, with its totals; what is found is open, closed or long-term. */
export function ProblemsPage({ counts, filters, filter, query, isFirst, items, next, mayFind }: ProblemsPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const address = (values: Record<string, string>) => {
    const search = new URLSearchParams({ state: filter, ...(query !== '' && { q: query }), ...values });
    return href(`/problems?${search}`);
  };
  const columns: Column<Problem>[] = [
    {
      label: t('problems.number'),
      cell: ({ n }) => (
        <a class="whole" href={href(`/problems/${n}`)}>
          {t('problems.numbered', { n })}
        </a>
      ),
      rowHeader: true,
    },
    { label: t('problems.what'), cell: ({ what }) => what || t('problems.erased') },
    { label: t('problems.origin'), cell: ({ origin }) => <span class="whole">{t(`problems.origin.${origin}`)}</span> },
    { label: t('problems.owner'), cell: ({ owner }) => <span class="whole">{owner ?? t('problems.nobody')}</span> },
    { label: t('problems.due'), cell: ({ due }) => due && <DayText day={due} short />, ifAny: true },
    { label: t('problems.state'), cell: (problem) => <ProblemStateTag problem={problem} /> },
  ];
  return (
    <Layout
      title={t('problems.title')}
      lead={t('problems.lead')}
      crumbs={[{ href: href('/desk'), label: t('people.nav.desk') }]}
      actions={
        mayFind && (
          <LinkButton href={href('/problems/new')} look="primary">
            {t('problems.new')}
          </LinkButton>
        )
      }
    >
      <Stats>
        <StatCard label={t('problems.count.found')} value={counts.found} note={t('problems.count.sum')} />
        <StatCard label={t('problems.count.open')} value={counts.open} />
        <StatCard label={t('problems.count.closed')} value={counts.closed} />
        <StatCard label={t('problems.count.longTerm')} value={counts.longTerm} />
        <StatCard label={t('problems.count.overdue')} value={counts.overdue} href={address({ state: 'overdue' })} />
      </Stats>
      <LocalNav
        items={filters.map((one) => ({
          href: address({ state: one }),
          label: t(`problems.filter.${one}`),
          current: one === filter,
        }))}
      />
      <SearchForm action={href('/problems')} label={t('problems.search')} value={query} hidden={{ state: filter }} />
      <DataTable
        caption={t(`problems.filter.${filter}`)}
        columns={columns}
        rows={items}
        rowKey={({ seq }) => seq}
        empty={<EmptyState title={t('problems.none')}>{t('problems.noneHint')}</EmptyState>}
      />
      <Pager
        nextHref={next === null ? undefined : address({ before: String(next) })}
        firstHref={isFirst ? undefined : address({})}
      />
      <ExportLinks list="problems" />
    </Layout>
  );
}
