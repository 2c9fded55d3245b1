import type { Gift, ShownGift } from '../../src/donations/index.ts';
import { LinkButton } from '../shared/button.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { SearchForm } from '../shared/search-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { Yuan } from '../shared/yuan.tsx';
import { GiftStateTag, giftInWords } from './gift-words.tsx';

/** For staff, who know the donors by name. */
export type ListedGift = ShownGift & { donorName: string };

export type GiftsPageProps = {
  gifts: readonly ListedGift[];
  mayRecord: boolean;
  query: string;
  nextHref?: string | undefined;
  firstHref?: string | undefined;
};

/** 捐赠登记: what is to be done with which gift. */
export function GiftsPage({ gifts, mayRecord, query, nextHref, firstHref }: GiftsPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('donations.gifts')}
      lead={t('donations.giftsLead')}
      actions={
        <>
          <LinkButton href={href('/donors')}>{t('donations.donors')}</LinkButton>
          {mayRecord && (
            <LinkButton href={href('/gifts/new')} look="primary" icon="plus">
              {t('donations.new')}
            </LinkButton>
          )}
        </>
      }
    >
      <SearchForm action={href('/gifts')} label={t('donations.search')} value={query} />
      <DataTable
        caption={t('donations.gifts')}
        captionHidden
        columns={[
          {
            label: t('donations.day'),
            cell: ({ gift }) => <DayText day={dayOf(gift)} short />,
          },
          {
            label: t('donations.donor'),
            cell: ({ gift, donorName }) => <a href={href(`/gifts/${gift.seq}`)}>{donorName}</a>,
            rowHeader: true,
          },
          { label: t('donations.what'), cell: (shown) => giftInWords(shown, t) },
          {
            label: t('donations.worth'),
            cell: ({ gift }) => <Yuan fen={gift.received || gift.announcedFen} />,
            numeric: true,
          },
          { label: t('donations.state'), cell: ({ gift }) => <GiftStateTag gift={gift} /> },
        ]}
        rows={gifts}
        rowKey={({ gift }) => gift.seq}
        empty={<EmptyState title={t('donations.empty')}>{t('donations.emptyHint')}</EmptyState>}
      />
      <Pager nextHref={nextHref} firstHref={firstHref} />
      <ExportLinks list="gifts" />
    </Layout>
  );
}

function dayOf(gift: Gift): string {
  return gift.receipt?.on ?? gift.announcedOn;
}
