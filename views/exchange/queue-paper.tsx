import type { QueueNumber } from '../../src/exchange/index.ts';
import { villageTime } from '../../src/platform/clock.ts';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { PrintLayout } from '../shared/print-layout.tsx';

type NumberSlipProps = { villageName: string; number: number; takenAt: Date; ahead: number; backHref: string };

/** 号票 on the 58 mm roll, for whoever has no telephone. No name: it may be dropped. */
export function NumberSlipPage({ villageName, number, takenAt, ahead, backHref }: NumberSlipProps) {
  const { t, locale, today } = usePage();
  return (
    <PrintLayout title={t('exchange.queue.slipTitle')} paper="slip" slipLines={10} backHref={backHref}>
      <h1 class="slip-title">{t('exchange.slip.shop', { village: villageName })}</h1>
      <p class="slip-number">{t('exchange.queue.number', { number })}</p>
      <p class="slip-line">
        <span>{t('exchange.queue.givenAhead', { ahead })}</span>
      </p>
      <p class="slip-line">
        <time dateTime={`${today}T${villageTime(takenAt)}`}>
          {formatDay(today, locale, { today, short: true })} {villageTime(takenAt)}
        </time>
      </p>
      <p class="slip-foot">{t('exchange.queue.slipHint')}</p>
    </PrintLayout>
  );
}

type QueueSheetProps = { villageName: string; numbers: readonly QueueNumber[]; backHref: string };

/** 排号单 on A4: by it the queue goes on when there is no power or no network. For the keeper, so with names. */
export function QueueSheetPage({ villageName, numbers, backHref }: QueueSheetProps) {
  const { t, locale, today } = usePage();
  const title = t('exchange.queue.sheetTitle', { village: villageName });
  const columns: Column<QueueNumber>[] = [
    { label: t('exchange.queue.no'), cell: ({ number }) => number, numeric: true },
    {
      label: t('exchange.queue.household'),
      cell: ({ household }) => household?.headName ?? t('exchange.queue.anonymous'),
      rowHeader: true,
    },
    { label: t('exchange.queue.group'), cell: ({ household }) => household?.groupName ?? '' },
    { label: t('exchange.queue.state'), cell: ({ state }) => t(`exchange.queue.state.${state}`) },
    { label: t('exchange.queue.sheetDone'), cell: ({ state }) => (state === 'served' ? '✓' : '□') },
  ];
  return (
    <PrintLayout title={title} paper="a4" backHref={backHref}>
      <h1>{title}</h1>
      <p>{t('exchange.queue.sheetLine', { day: formatDay(today, locale), count: numbers.length })}</p>
      <DataTable
        caption={title}
        captionHidden
        brief
        columns={columns}
        rows={numbers}
        rowKey={({ number }) => number}
        runningHead={title}
        empty={<p>{t('exchange.queue.noneWaiting')}</p>}
      />
    </PrintLayout>
  );
}
