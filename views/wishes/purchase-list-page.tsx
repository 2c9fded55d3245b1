import type { PurchaseLine } from '../../src/wishes/index.ts';
import { DataTable } from '../shared/data-table.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { PrintLayout } from '../shared/print-layout.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { formatYuan, Yuan } from '../shared/yuan.tsx';

export type PurchaseListPageProps = { lines: readonly PurchaseLine[]; budgetFen: number };

/** 采购清单 on A4: what is wished and what runs out, inside the money that is left. */
export function PurchaseListPage({ lines, budgetFen }: PurchaseListPageProps) {
  const { t, locale, today, village } = usePage();
  const href = useVillageHref();
  const total = lines.reduce((sum, { costFen }) => sum + costFen, 0);
  return (
    <PrintLayout title={t('wishes.purchase')} paper="a4" backHref={href('/wish-desk')}>
      <h1>
        {village?.name} {t('wishes.purchase')}
      </h1>
      <p>{formatDay(today, locale)}</p>
      <p>{t('wishes.purchaseLead')}</p>
      <p>{t('wishes.purchaseBudget', { yuan: formatYuan(budgetFen), total: formatYuan(total) })}</p>
      {total > budgetFen && <p>{t('wishes.purchaseOver')}</p>}
      <DataTable
        caption={t('wishes.purchase')}
        captionHidden
        brief
        columns={[
          { label: t('wishes.purchaseGoods'), cell: ({ name }) => name, rowHeader: true },
          {
            label: t('wishes.purchaseWhy'),
            cell: ({ wished, wanted, exchanged, onHand }) => (
              <>
                {wished > 0 && t('wishes.purchaseWished', { count: wished })}{' '}
                {wanted > 0 && t('wishes.purchaseWanted', { count: wanted })}{' '}
                {onHand === 0 ? t('wishes.purchaseGone') : t('wishes.purchaseLow', { count: onHand })}
                {exchanged > 0 && ` · ${t('wishes.purchaseExchanged', { count: exchanged })}`}
              </>
            ),
          },
          { label: t('wishes.purchaseQuantity'), cell: ({ quantity, unit }) => `${quantity} ${unit}`, numeric: true },
          { label: t('wishes.purchaseCost'), cell: ({ costFen }) => <Yuan fen={costFen} />, numeric: true },
          {
            label: t('wishes.purchaseFits'),
            cell: ({ fits }) => <span class="whole">{t(fits ? 'wishes.purchaseYes' : 'wishes.purchaseNo')}</span>,
          },
        ]}
        rows={lines}
        rowKey={({ code }) => code}
        empty={<p>{t('wishes.purchaseEmpty')}</p>}
      />
    </PrintLayout>
  );
}
