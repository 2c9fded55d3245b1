import { type Column, DataTable } from '../shared/data-table.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { PrintLayout } from '../shared/print-layout.tsx';

type SheetLine = { code: string; name: string; spec: string; unit: string };

export type CountSheetPageProps = {
  backHref: string;
  villageName: string;
  number: number;
  openedDay: string;
  counters: string;
  lines: readonly SheetLine[];
};

/** 盘点表 on A4: names and empty boxes, and nothing of what should be there. */
export function CountSheetPage({ backHref, villageName, number, openedDay, counters, lines }: CountSheetPageProps) {
  const { t, locale, today } = usePage();
  const title = t('stocktakes.sheetTitle', { village: villageName });
  const columns: Column<SheetLine>[] = [
    { label: t('goods.code'), cell: ({ code }) => code },
    { label: t('goods.name'), cell: ({ name, spec }) => `${name} ${spec}`, rowHeader: true },
    { label: t('stocktakes.unit'), cell: ({ unit }) => unit },
    { label: t('stocktakes.counted'), cell: () => '' },
    { label: t('stocktakes.remark'), cell: () => '' },
  ];
  return (
    <PrintLayout title={title} paper="a4" backHref={backHref}>
      <h1>{title}</h1>
      <p>{t('stocktakes.sheetLine', { number, day: formatDay(openedDay, locale, { today }), counters })}</p>
      <div class="count-sheet">
        <DataTable
          caption={title}
          captionHidden
          brief
          columns={columns}
          rows={lines}
          rowKey={({ code }) => code}
          runningHead={title}
        />
      </div>
      <p>{t('stocktakes.sheetSign')}</p>
    </PrintLayout>
  );
}
