import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { StatusTag } from '../shared/status-tag.tsx';
import { Yuan } from '../shared/yuan.tsx';
import { firstGoodsInWords } from './goods-in-words.ts';
import type { ReceiptFacts } from './receipt-page.tsx';

type ReceiptRowFacts = ReceiptFacts & { href: string };

export type ReceiptsPageProps = {
  rows: readonly ReceiptRowFacts[];
  receiveHref?: string | undefined;
  /** Slips that nobody has entered. */
  missing: { numbers: readonly number[]; count: number };
  nextHref?: string | undefined;
  firstHref?: string | undefined;
};

/** 进货记录, newest first. */
export function ReceiptsPage({ rows, receiveHref, missing, nextHref, firstHref }: ReceiptsPageProps) {
  const { t } = usePage();
  const columns: Column<ReceiptRowFacts>[] = [
    {
      label: t('goods.receipts.seq'),
      cell: (row) => (
        <a class="whole" href={row.href}>
          {t('goods.receipt.seqNumber', { seq: row.seq })}
        </a>
      ),
    },
    { label: t('goods.receive.day'), cell: (row) => <DayText day={row.occurredOn} short /> },
    { label: t('goods.receive.voucher'), cell: (row) => row.voucher, numeric: true, ifAny: true },
    {
      label: t('goods.receipts.source'),
      cell: (row) => row.source.name || t(`goods.receive.${row.source.kind}`),
      rowHeader: true,
    },
    {
      label: t('goods.name'),
      cell: (row) => (
        <>
          {firstGoodsInWords(t, row.lines)}{' '}
          {row.reversedBySeq !== null && <StatusTag tone="warning">{t('goods.receipts.reversed')}</StatusTag>}
          {row.awaitsCheck && row.reversedBySeq === null && (
            <StatusTag tone="warning">{t('goods.receipt.awaits')}</StatusTag>
          )}
        </>
      ),
    },
    {
      label: t('goods.value'),
      cell: (row) => <Yuan fen={row.lines.reduce((sum, line) => sum + line.quantity * line.unitValueFen, 0)} />,
      numeric: true,
    },
  ];
  return (
    <Layout
      title={t('goods.receipts.title')}
      lead={t('goods.receipts.lead')}
      actions={
        receiveHref && (
          <LinkButton href={receiveHref} look="primary" icon="plus">
            {t('goods.stock.receive')}
          </LinkButton>
        )
      }
    >
      {missing.count > 0 && (
        <Notice kind="warning" title={t('goods.receipts.missing', { count: missing.count })}>
          {t('goods.receipts.missingText', {
            numbers: missing.numbers.join(t('shared.comma')) + (missing.numbers.length < missing.count ? ' …' : ''),
          })}
        </Notice>
      )}
      <DataTable
        caption={t('goods.receipts.title')}
        captionHidden
        columns={columns}
        rows={rows}
        rowKey={(row) => row.seq}
        empty={<EmptyState title={t('goods.receipts.empty')}>{t('goods.receipts.emptyHint')}</EmptyState>}
      />
      <Pager nextHref={nextHref} firstHref={firstHref} />
      <ExportLinks list="receipts" />
      <ExportLinks list="receipt-slips" what={t('goods.receive.slips')} />
    </Layout>
  );
}
