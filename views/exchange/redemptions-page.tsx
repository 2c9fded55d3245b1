import { goodsInWords } from '../goods/goods-in-words.ts';
import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Points } from '../shared/points.tsx';
import { StatusTag } from '../shared/status-tag.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import type { RedemptionFacts } from './redemption-page.tsx';

type RedemptionRow = RedemptionFacts & { href: string };

export type RedemptionsPageProps = {
  rows: readonly RedemptionRow[];
  counterHref?: string | undefined;
  nextHref?: string | undefined;
  firstHref?: string | undefined;
};

/** All exchanges, newest first, to find a slip again or to take a mistake back. */
export function RedemptionsPage({ rows, counterHref, nextHref, firstHref }: RedemptionsPageProps) {
  const { t, today } = usePage();
  const href = useVillageHref();
  const columns: Column<RedemptionRow>[] = [
    {
      label: t('exchange.list.seq'),
      cell: (row) => (
        <a class="whole" href={row.href}>
          {t('exchange.redemption.seqNumber', { seq: row.seq })}
        </a>
      ),
    },
    { label: t('exchange.redemption.time'), cell: (row) => <DayText day={row.day} time={row.time} short /> },
    {
      label: t('exchange.redemption.household'),
      cell: (row) => (
        <>
          {row.headName} <span class="soft small">{row.groupName}</span>
        </>
      ),
      rowHeader: true,
    },
    {
      label: t('exchange.redemption.goods'),
      cell: (row) => (
        <>
          {goodsInWords(t, row.lines)}{' '}
          {row.reversedBySeq !== null && <StatusTag tone="warning">{t('exchange.list.reversed')}</StatusTag>}
        </>
      ),
    },
    {
      label: t('exchange.redemption.spent'),
      cell: (row) => <Points centipoints={row.spentCentipoints} />,
      numeric: true,
    },
  ];
  return (
    <Layout
      title={t('exchange.list.title')}
      lead={t('exchange.list.lead')}
      actions={
        <>
          {counterHref && <LinkButton href={counterHref}>{t('exchange.list.toCounter')}</LinkButton>}
          <LinkButton href={href(`/exchange-days/${today}`)}>{t('exchange.day.today')}</LinkButton>
        </>
      }
    >
      <DataTable
        caption={t('exchange.list.title')}
        captionHidden
        columns={columns}
        rows={rows}
        rowKey={(row) => row.seq}
        empty={<EmptyState title={t('exchange.list.empty')}>{t('exchange.list.emptyHint')}</EmptyState>}
      />
      <Pager nextHref={nextHref} firstHref={firstHref} />
      <ExportLinks list="redemptions" />
    </Layout>
  );
}
