import { formatPoints } from '../../src/platform/points.ts';
import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { useVillageHref } from '../shared/village-href.ts';
import { formatYuan } from '../shared/yuan.tsx';

type RateRow = {
  seq: number;
  changedOn: string;
  wasFen: number;
  fenPerPoint: number;
  beforeCentipoints: number;
  afterCentipoints: number;
  rounding: number;
};

export type RatePageProps = {
  villageName: string;
  fenPerPoint: number;
  /** The newest first. */
  history: readonly RateRow[];
  mayChange: boolean;
};

/** 分值: what a point is worth, and each time that it became another, with the sums that must agree. */
export function RatePage({ villageName, fenPerPoint, history, mayChange }: RatePageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const columns: Column<RateRow>[] = [
    { label: t('rates.day'), cell: ({ changedOn }) => <DayText day={changedOn} />, rowHeader: true },
    {
      label: t('rates.change'),
      cell: (row) => t('rates.fromTo', { was: formatYuan(row.wasFen), rate: formatYuan(row.fenPerPoint) }),
    },
    {
      label: t('rates.held'),
      cell: (row) =>
        t('rates.heldFromTo', {
          before: formatPoints(row.beforeCentipoints),
          after: formatPoints(row.afterCentipoints),
        }),
    },
    { label: t('rates.rounding'), cell: ({ rounding }) => roundingText(rounding), numeric: true },
    {
      label: t('rates.entry'),
      cell: ({ seq }) => <a href={href(`/acts/${seq}`)}>{t('goods.receipt.seqNumber', { seq })}</a>,
    },
  ];
  return (
    <Layout
      title={t('rates.title')}
      heading={t('rates.heading', { village: villageName })}
      lead={t('rates.now', { yuan: formatYuan(fenPerPoint) })}
      crumbs={[{ href: href(''), label: t('settings.village', { village: villageName }) }]}
      actions={mayChange && <LinkButton href={href('/rate/change')}>{t('rates.changeIt')}</LinkButton>}
    >
      <p>{t('rates.explain')}</p>
      <DataTable
        caption={t('rates.history')}
        brief
        columns={columns}
        rows={history}
        rowKey={({ seq }) => seq}
        empty={<p class="soft">{t('rates.never')}</p>}
      />
      {history.length > 0 && <ExportLinks list="rates" />}
    </Layout>
  );
}

/** Hundredths of a fen as yuan, exactly: 150 → 0.015. */
export function roundingText(rounding: number): string {
  return String(rounding / 10_000);
}
