import type { Reservation } from '../../src/reservations/index.ts';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { PrintLayout } from '../shared/print-layout.tsx';
import { reservedInWords } from './reservation-words.ts';

export type PackListPageProps = {
  villageName: string;
  /** What waits, and what was handed over today, which is ticked. */
  packs: readonly Reservation[];
  backHref: string;
};

/** 装包单 on A4: a table for each group of the village, with empty boxes to tick. */
export function PackListPage({ villageName, packs, backHref }: PackListPageProps) {
  const { t, locale, today } = usePage();
  const title = t('reservations.pack.title', { village: villageName });
  const groups = [...new Set(packs.map(({ groupName }) => groupName))];
  const columns: Column<Reservation>[] = [
    { label: t('reservations.pack.no'), cell: ({ seq }) => seq, numeric: true },
    { label: t('reservations.household'), cell: ({ headName }) => headName, rowHeader: true },
    { label: t('reservations.goods'), cell: (pack) => reservedInWords(pack, t) },
    { label: t('reservations.until'), cell: ({ until }) => formatDay(until, locale, { today, short: true }) },
    { label: t('reservations.pack.packed'), cell: () => '□' },
    {
      label: t('reservations.pack.handed'),
      cell: ({ redemption }) => (redemption ? t('reservations.pack.done', { seq: redemption.seq }) : '□'),
    },
  ];
  return (
    <PrintLayout title={title} paper="a4" backHref={backHref}>
      <h1>{title}</h1>
      <p>{t('reservations.pack.line', { day: formatDay(today, locale), count: packs.length })}</p>
      {packs.length === 0 && <p>{t('reservations.pack.none')}</p>}
      {groups.map((group) => {
        const ofGroup = packs.filter(({ groupName }) => groupName === group);
        const caption = t('reservations.pack.group', { group, count: ofGroup.length });
        return (
          <DataTable
            key={group}
            caption={caption}
            brief
            columns={columns}
            rows={ofGroup}
            rowKey={({ seq }) => seq}
            runningHead={title}
          />
        );
      })}
      <p>{t('reservations.pack.sign')}</p>
    </PrintLayout>
  );
}
