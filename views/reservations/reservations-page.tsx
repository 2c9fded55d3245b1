import type { Reservation } from '../../src/reservations/index.ts';
import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { LocalNav } from '../shared/local-nav.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Points } from '../shared/points.tsx';
import { StatusTag } from '../shared/status-tag.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { reservedInWords } from './reservation-words.ts';

export type ReservationsPageProps = {
  rows: readonly Reservation[];
  heldOnly: boolean;
  mayReserve: boolean;
  nextHref?: string | undefined;
  firstHref?: string | undefined;
};

const TONES = {
  basket: 'plain',
  held: 'warning',
  handed_over: 'good',
  closed: 'good',
  cancelled: 'plain',
  lapsed: 'plain',
} as const;

export function ReservationTag({ state }: Pick<Reservation, 'state'>) {
  const { t } = usePage();
  return <StatusTag tone={TONES[state]}>{t(`reservations.state.${state}`)}</StatusTag>;
}

/** 预留: what waits to be fetched, and what became of the others. */
export function ReservationsPage({ rows, heldOnly, mayReserve, nextHref, firstHref }: ReservationsPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const columns: Column<Reservation>[] = [
    {
      label: t('reservations.household'),
      cell: ({ seq, headName, groupName }) => (
        <>
          <a href={href(`/reservations/${seq}`)}>{headName}</a> <span class="soft small">{groupName}</span>
        </>
      ),
      rowHeader: true,
    },
    { label: t('reservations.goods'), cell: (row) => reservedInWords(row, t) },
    { label: t('reservations.points'), cell: ({ centipoints }) => <Points centipoints={centipoints} />, numeric: true },
    { label: t('reservations.until'), cell: ({ until }) => <DayText day={until} short /> },
    { label: t('reservations.state'), cell: ({ state }) => <ReservationTag state={state} /> },
  ];
  return (
    <Layout
      title={t('reservations.title')}
      lead={t('reservations.lead')}
      actions={
        <>
          <LinkButton href={href('/reservations/packing')} icon="print">
            {t('reservations.packing')}
          </LinkButton>
          {mayReserve && (
            <LinkButton href={href('/reservations/new')} look="primary" icon="plus">
              {t('reservations.new')}
            </LinkButton>
          )}
        </>
      }
    >
      <LocalNav
        label={t('reservations.state')}
        items={[
          { href: href('/reservations'), label: t('reservations.held'), current: heldOnly },
          { href: href('/reservations?state=all'), label: t('reservations.all'), current: !heldOnly },
        ]}
      />
      <DataTable
        caption={t('reservations.list')}
        captionHidden
        columns={columns}
        rows={rows}
        rowKey={({ seq }) => seq}
        empty={<EmptyState title={t('reservations.none')}>{t('reservations.noneHint')}</EmptyState>}
      />
      <Pager nextHref={nextHref} firstHref={firstHref} />
      <ExportLinks list="reservations" />
    </Layout>
  );
}
