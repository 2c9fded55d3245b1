import type { GiftSums, ShownGift } from '../../src/donations/index.ts';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { LocalNav, type LocalNavItem } from '../shared/local-nav.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Panel } from '../shared/panel.tsx';
import { SearchForm } from '../shared/search-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { Yuan } from '../shared/yuan.tsx';
import { donorName } from './donor-name.ts';
import { GiftStateTag, giftInWords } from './gift-words.tsx';

export type DonationsPageProps = {
  gifts: readonly ShownGift[];
  totals: GiftSums;
  query: string;
  nextHref?: string | undefined;
  firstHref?: string | undefined;
};

/** 捐赠公示, for everybody. */
export function DonationsPage({ gifts, totals, query, nextHref, firstHref }: DonationsPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const columns: Column<ShownGift>[] = [
    { label: t('donations.day'), cell: ({ gift }) => <DayText day={gift.receipt?.on ?? gift.announcedOn} short /> },
    { label: t('donations.donor'), cell: ({ donor }) => donorName(donor, t), rowHeader: true },
    { label: t('donations.what'), cell: (shown) => giftInWords(shown, t) },
    {
      label: t('donations.worth'),
      cell: ({ gift }) => <Yuan fen={gift.received || gift.announcedFen} />,
      numeric: true,
    },
    {
      label: t('donations.receipt'),
      cell: ({ gift }) => gift.receipt && <a href={href(`/acts/${gift.receipt.seq}`)}>{gift.receipt.number}</a>,
      numeric: true,
    },
    {
      label: t('donations.where'),
      cell: ({ gift, issuedPieces, households }) => (
        <>
          <GiftStateTag gift={gift} />
          {issuedPieces > 0 && <p class="soft">{t('donations.becameText', { pieces: issuedPieces, households })}</p>}
        </>
      ),
    },
  ];
  return (
    <Layout title={t('donations.title')} lead={t('donations.lead')}>
      <GivingNav current="donations" />
      <SumsPanel sums={totals} />
      <SearchForm action={href('/donations')} label={t('donations.search')} value={query} />
      <DataTable
        caption={t('donations.title')}
        captionHidden
        columns={columns}
        rows={gifts}
        rowKey={({ gift }) => gift.seq}
        brief
        empty={<EmptyState title={t('donations.empty')}>{t('donations.emptyHint')}</EmptyState>}
      />
      <Pager nextHref={nextHref} firstHref={firstHref} />
      <ExportLinks list="donations" />
    </Layout>
  );
}

/** Between what everybody sees of gifts and wishes. */
type GivingNavProps = {
  current?: 'donations' | 'funds' | 'wishes' | 'echoes';
  /** What else the village shows, on its own page. */
  more?: readonly LocalNavItem[] | undefined;
};

export function GivingNav({ current, more = [] }: GivingNavProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const items = [
    { key: 'donations', href: href('/donations'), label: t('donations.title') },
    { key: 'funds', href: href('/funds'), label: t('donations.fundsTitle') },
    { key: 'wishes', href: href('/wishes'), label: t('wishes.title') },
    { key: 'echoes', href: href('/echoes'), label: t('wishes.echoes') },
  ];
  return <LocalNav items={[...items.map(({ key, ...item }) => ({ ...item, current: key === current })), ...more]} />;
}

const SUMS = ['received', 'returned', 'money', 'other', 'waiting', 'shelf', 'issued', 'lost'] as const;

/** What was received, and every place where it is now. */
export function SumsPanel({ sums }: { sums: GiftSums }) {
  const { t } = usePage();
  const shown = SUMS.filter((name) => name === 'received' || sums[name] !== 0);
  return (
    <Panel title={t('donations.total')}>
      <Facts facts={shown.map((name) => ({ label: t(`donations.sum.${name}`), value: <Yuan fen={sums[name]} /> }))} />
      <p class="soft">{t('donations.sums')}</p>
    </Panel>
  );
}
