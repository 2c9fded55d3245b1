import type { Visited } from '../../src/inspections/index.ts';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { PrintLayout } from '../shared/print-layout.tsx';

export type VisitSheetPageProps = {
  households: readonly Visited[];
  items: readonly string[];
  passMarks: number;
  backHref: string;
};

/** A4 for the visit: the items of each household, a column for each assessor, and room to sign. */
export function VisitSheetPage({ households, items, passMarks, backHref }: VisitSheetPageProps) {
  const { t, village } = usePage();
  const place = village?.name ?? '';
  return (
    <PrintLayout title={t('inspections.sheetTitle')} paper="a4" backHref={backHref}>
      <h1>{t('inspections.sheetHeading', { village: place })}</h1>
      <p>{t('inspections.sheetLead', { pass: passMarks })}</p>
      {households.length === 0 && <p>{t('inspections.none')}</p>}
      {households.map((visited) => (
        <HouseholdSheet key={visited.card.number} visited={visited} items={items} />
      ))}
    </PrintLayout>
  );
}

function HouseholdSheet({ visited: { card, plan, due }, items }: { visited: Visited; items: readonly string[] }) {
  const { t, locale, today } = usePage();
  const signature = t('inspections.sign');
  const names = Array.from({ length: plan?.count ?? 3 }, (_, place) => plan?.assessors[place] ?? '');
  const columns: Column<string>[] = [
    { label: t('inspections.itemHead'), cell: (item: string) => item, rowHeader: true },
    ...names.map((name, place) => ({
      label: name || t('inspections.assessor', { n: place + 1 }),
      cell: (item: string) => item !== signature && t('inspections.sheetMarks'),
    })),
  ];
  return (
    <section class="notice-section notice-short visit-sheet">
      <h2>{t('inspections.sheetHousehold', { name: card.headName, group: card.groupName, number: card.number })}</h2>
      <p>{t('inspections.sheetDue', { day: due === null ? '' : formatDay(due, locale, { today }) })}</p>
      <DataTable
        caption={card.headName}
        captionHidden
        columns={columns}
        rows={[...items, signature]}
        rowKey={(item) => item}
      />
    </section>
  );
}
