import type { VillageProblems } from '../../src/problems/index.ts';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';

export type RegionProblemsPageProps = {
  region: { code: string; name: string };
  villages: readonly VillageProblems[];
};

/** 问题台账 of a township or county: counts alone, each opens down to the village's own list. */
export function RegionProblemsPage({ region, villages }: RegionProblemsPageProps) {
  const { t } = usePage();
  const sum = (figure: keyof VillageProblems['counts']) =>
    villages.reduce((total, { counts }) => total + counts[figure], 0);
  const figures = ['found', 'open', 'closed', 'longTerm', 'overdue'] as const;
  const troubled = villages.filter(({ counts }) => counts.found > 0);
  const columns: Column<VillageProblems>[] = [
    {
      label: t('problems.village'),
      cell: ({ code, name }) => <a href={`/villages/${code}/problems?state=all`}>{name}</a>,
      rowHeader: true,
    },
    ...figures.map((figure) => ({
      label: t(`problems.count.${figure}`),
      cell: ({ counts }: VillageProblems) => counts[figure],
      numeric: true,
    })),
  ];
  return (
    <Layout
      title={t('problems.regionTitle', { region: region.name })}
      lead={troubled.length > 0 && t('problems.regionLead')}
      crumbs={[{ href: `/regions/${region.code}`, label: region.name }]}
    >
      <DataTable
        caption={t('problems.regionTitle', { region: region.name })}
        captionHidden
        columns={columns}
        rows={troubled}
        rowKey={({ code }) => code}
        totals={[t('problems.all'), ...figures.map(sum)]}
        brief
        empty={<EmptyState title={t('problems.regionNone')}>{t('problems.regionNoneHint')}</EmptyState>}
      />
      {troubled.length > 0 && troubled.length < villages.length && (
        <p class="soft">{t('problems.regionOthers', { count: villages.length - troubled.length })}</p>
      )}
      {troubled.length > 0 && <ExportLinks list="problems" base={`/regions/${region.code}`} />}
    </Layout>
  );
}
