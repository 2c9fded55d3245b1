import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Points } from '../shared/points.tsx';

type PriceRow = {
  seq: number;
  priceCentipoints: number;
  effectiveOn: string;
  decidedOn: string;
  method: 'rate' | 'hand' | 'newRate' | 'first';
};

export type PricePageProps = {
  name: string;
  unit: string;
  priceCentipoints: number;
  monthMax: number | null;
  yearMax: number | null;
  isOffered: boolean;
  isRestricted: boolean;
  /** The newest first. */
  prices: readonly PriceRow[];
  shelfHref: string;
  actsHref: string;
};

/** What everybody may know of one kind of goods: what it costs, what it cost before, and how many a household may have. */
export function PricePage({
  name,
  unit,
  priceCentipoints,
  monthMax,
  yearMax,
  isOffered,
  isRestricted,
  prices,
  shelfHref,
  actsHref,
}: PricePageProps) {
  const { t } = usePage();
  const columns: Column<PriceRow>[] = [
    { label: t('goods.item.from'), cell: ({ effectiveOn }) => <DayText day={effectiveOn} />, rowHeader: true },
    { label: t('goods.price'), cell: (row) => <Points centipoints={row.priceCentipoints} />, numeric: true },
    { label: t('goods.item.method'), cell: ({ method }) => t(`goods.item.method.${method}`) },
    {
      label: t('goods.receipt.seqLabel'),
      cell: ({ seq }) => <a href={`${actsHref}/${seq}`}>{t('goods.receipt.seqNumber', { seq })}</a>,
    },
  ];
  const limits = [
    ...(monthMax === null ? [] : [{ label: t('goods.item.monthMax'), value: `${monthMax} ${unit}` }]),
    ...(yearMax === null ? [] : [{ label: t('goods.item.yearMax'), value: `${yearMax} ${unit}` }]),
  ];
  return (
    <Layout
      title={name}
      crumbs={[{ href: shelfHref, label: t('goods.shelf.title') }]}
      notice={
        (isRestricted || !isOffered) && (
          <Notice kind="info">{t(isRestricted ? 'goods.item.stopped' : 'goods.item.firstWaits')}</Notice>
        )
      }
    >
      {!isRestricted && (
        <Panel title={t('goods.item.now')}>
          <Facts facts={[{ label: t('goods.price'), value: <Points centipoints={priceCentipoints} /> }, ...limits]} />
        </Panel>
      )}
      <DataTable
        caption={t('goods.item.history')}
        columns={columns}
        rows={prices}
        rowKey={({ seq }) => seq}
        empty={<p class="soft">{t('goods.item.noHistory')}</p>}
      />
    </Layout>
  );
}
