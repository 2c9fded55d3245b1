import type { FundStatement } from '../../src/donations/index.ts';
import { DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { useVillageHref } from '../shared/village-href.ts';
import { formatYuan, Yuan } from '../shared/yuan.tsx';
import { GivingNav } from './donations-page.tsx';

export type FundsPageProps = { statement: FundStatement };

/** 资金公示: in, spent and left of each pocket, and each spending with its purpose. */
export function FundsPage({ statement: { funds, spendings } }: FundsPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const other = spendings.filter(({ purpose }) => purpose === 'other').reduce((sum, { fen }) => sum + fen, 0);
  const sum = (of: (line: (typeof funds)[number]) => number) => (
    <Yuan fen={funds.reduce((total, line) => total + of(line), 0)} />
  );
  return (
    <Layout title={t('donations.fundsTitle')} lead={t('donations.fundsLead')}>
      <GivingNav current="funds" />
      {other > 0 && <Notice kind="warning">{t('donations.funds.otherWarning', { yuan: formatYuan(other) })}</Notice>}
      <DataTable
        caption={t('donations.fundsTitle')}
        captionHidden
        brief
        columns={[
          { label: t('donations.fund'), cell: ({ fund }) => t(`donations.fund.${fund}`), rowHeader: true },
          { label: t('donations.funds.in'), cell: (line) => <Yuan fen={line.in} />, numeric: true },
          { label: t('donations.funds.spent'), cell: ({ spent }) => <Yuan fen={spent} />, numeric: true },
          { label: t('donations.funds.left'), cell: ({ left }) => <Yuan fen={left} />, numeric: true },
          {
            label: t('donations.funds.uninspected'),
            cell: ({ uninspected }) => uninspected > 0 && <Yuan fen={uninspected} />,
            numeric: true,
            ifAny: true,
          },
          { label: t('donations.funds.goodsIn'), cell: ({ goodsIn }) => <Yuan fen={goodsIn} />, numeric: true },
        ]}
        rows={funds}
        rowKey={({ fund }) => fund}
        totals={[
          t('donations.total'),
          sum((line) => line.in),
          sum(({ spent }) => spent),
          sum(({ left }) => left),
          sum(({ uninspected }) => uninspected),
          sum(({ goodsIn }) => goodsIn),
        ]}
        empty={<EmptyState title={t('donations.empty')}>{t('donations.emptyHint')}</EmptyState>}
      />
      <h2>{t('donations.funds.spendings')}</h2>
      <DataTable
        caption={t('donations.funds.spendings')}
        captionHidden
        brief
        columns={[
          { label: t('donations.day'), cell: ({ on }) => <DayText day={on} short /> },
          {
            label: t('donations.step.purpose'),
            cell: ({ purpose, seq }) => <a href={href(`/acts/${seq}`)}>{t(`donations.purpose.${purpose}`)}</a>,
            rowHeader: true,
          },
          { label: t('donations.fund'), cell: ({ fund }) => t(`donations.fund.${fund}`) },
          { label: t('goods.value'), cell: ({ fen }) => <Yuan fen={fen} />, numeric: true },
        ]}
        rows={spendings}
        rowKey={({ seq }) => seq}
        empty={<EmptyState title={t('donations.funds.none')} />}
      />
      <ExportLinks list="spendings" />
    </Layout>
  );
}
