import type { Chart, ChartSize } from '../../src/platform/draw-chart.ts';
import type { Crumb } from '../shared/breadcrumb.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';

export type ShownChart = {
  /** In the address of its picture. */
  name: string;
  title: string;
  /** What it comes to, in one sentence. */
  summary: string;
  picture: Chart;
  /** Of the table beside it: the heading of its first column, those of the others, and the rows. */
  first: string;
  columns: readonly string[];
  rows: readonly { label: string; href?: string; values: readonly string[] }[];
};

export type ChartsPageProps = {
  title: string;
  crumbs: readonly Crumb[];
  charts: readonly ShownChart[];
  pictureOf: (chart: ShownChart) => ChartSize & { src: string };
};

/** 图表: each picture with its sentence, and the same figures as a table. */
export function ChartsPage({ title, crumbs, charts, pictureOf }: ChartsPageProps) {
  const { t } = usePage();
  return (
    <Layout title={title} lead={t('oversight.charts.lead')} crumbs={crumbs}>
      {charts.map((chart) => (
        <Panel key={chart.name} title={chart.title}>
          {chart.rows.length === 0 ? (
            <EmptyState title={t('oversight.county.none')} />
          ) : (
            <>
              <p>{chart.summary}</p>
              <img
                class="chart-picture"
                alt={t('oversight.charts.alt', { title: chart.title, summary: chart.summary })}
                {...pictureOf(chart)}
                loading="lazy"
              />
              <ChartTable {...chart} />
            </>
          )}
        </Panel>
      ))}
    </Layout>
  );
}

/** A county's villages are folded until somebody asks. */
const MOST_ROWS_OPEN = 12;

function ChartTable({ title, first, columns, rows }: ShownChart) {
  const { t } = usePage();
  return (
    <details class="more" open={rows.length <= MOST_ROWS_OPEN}>
      <summary>{t('oversight.charts.table')}</summary>
      <div class="more-body">
        <DataTable
          caption={title}
          captionHidden
          keepTable
          columns={[
            {
              label: first,
              rowHeader: true,
              cell: ({ label, href }: ShownChart['rows'][number]) => (href ? <a href={href}>{label}</a> : label),
            },
            ...columns.map((label, place) => ({
              label,
              numeric: true,
              cell: ({ values }: ShownChart['rows'][number]) => values[place] ?? '',
            })),
          ]}
          rows={rows}
          rowKey={({ label }, index) => `${index} ${label}`}
        />
      </div>
    </details>
  );
}
