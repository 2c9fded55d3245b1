import type { Chart, ChartLook, ChartSize } from '../../src/platform/draw-chart.ts';
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
  pictureOf: (chart: ShownChart, look: ChartLook) => Drawn;
};

/** 图表: each picture with its sentence, and the same figures as a table. */
export function ChartsPage({ title, crumbs, charts, pictureOf }: ChartsPageProps) {
  const { t } = usePage();
  return (
    <Layout title={title} lead={t('oversight.charts.lead')} crumbs={crumbs}>
      {charts.every(({ rows }) => rows.length === 0) && <EmptyState title={t('oversight.county.none')} />}
      {charts
        .filter(({ rows }) => rows.length > 0)
        .map((chart) => (
          <Panel key={chart.name} title={chart.title}>
            <p>{chart.summary}</p>
            {chart.picture.labels.length > 0 && (
              <Picture
                alt={t('oversight.charts.alt', { title: chart.title, summary: chart.summary })}
                wide={pictureOf(chart, 'wide')}
                narrow={pictureOf(chart, 'narrow')}
              />
            )}
            <ChartTable {...chart} />
          </Panel>
        ))}
    </Layout>
  );
}

type Drawn = ChartSize & { address: string };

/** On a phone the one that is drawn for its width. */
function Picture({ alt, wide, narrow }: { alt: string; wide: Drawn; narrow: Drawn }) {
  return (
    <picture>
      <source media="(max-width: 40em)" srcset={narrow.address} width={narrow.width} height={narrow.height} />
      <img class="chart-picture" alt={alt} src={wide.address} width={wide.width} height={wide.height} loading="lazy" />
    </picture>
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
          brief
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
