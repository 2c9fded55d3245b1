import { donorName } from '../../views/donations/donor-name.ts';
import { giftInWords, giftStateInWords } from '../../views/donations/gift-words.tsx';
import type { Translate } from '../../views/shared/dictionary.ts';
import { offerList } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { type ShownGift, shownGifts } from './donation-list.ts';
import { donors } from './donors.ts';
import { fundStatement } from './fund-statement.ts';
import { readGifts } from './gifts.ts';

/** 捐赠公示 as everybody reads it; gifts with the donors' names, donors, and what money was spent on. */
export const donationExportRoutes: Routes = async (app, services) => {
  const { sql } = services.db;

  offerList(app, services, {
    name: 'donations',
    access: 'everybody',
    title: (t) => t('donations.title'),
    rows: ({ placeId }) => shownGifts(sql, placeId),
    columns: (t) => [
      ...receiptColumns<ShownGift>(t),
      { label: t('donations.donor'), cell: ({ donor }) => donorName(donor, t) },
      ...giftColumns<ShownGift>(t),
    ],
  });

  offerList(app, services, {
    name: 'gifts',
    access: 'village.read',
    title: (t) => t('donations.gifts'),
    rows: async ({ placeId }): Promise<NamedGift[]> => {
      const [gifts, known] = await Promise.all([shownGifts(sql, placeId), donors(sql, placeId)]);
      const names = new Map(known.map(({ publicId, name }) => [publicId, name]));
      return gifts.map((one) => ({ ...one, name: names.get(one.gift.donor) ?? '' }));
    },
    columns: (t) => [
      ...receiptColumns<NamedGift>(t),
      { label: t('donations.donor'), cell: ({ name }) => name },
      ...giftColumns<NamedGift>(t),
      { label: t('donations.fund'), cell: ({ gift }) => t(`donations.fund.${gift.fund}`) },
      { label: t('shared.list.inspectedOn'), cell: ({ gift }) => gift.inspection?.on ?? null },
      { label: t('shared.list.reportedOn'), cell: ({ gift }) => gift.reportedOn },
    ],
  });

  offerList(app, services, {
    name: 'donors',
    access: 'village.read',
    title: (t) => t('donations.donors'),
    rows: ({ placeId }) => donors(sql, placeId),
    columns: (t) => [
      { label: t('donations.donorName'), cell: ({ name }) => name },
      { label: t('donations.donorKind'), cell: ({ kind }) => t(`donations.kind.${kind}`) },
      { label: t('donations.donorAppears'), cell: ({ appears }) => t(`donations.appears.${appears}`) },
      { label: t('donations.donorContact'), cell: ({ contact }) => contact },
      { label: t('donations.donorAccount'), cell: ({ username }) => username },
    ],
  });

  offerList(app, services, {
    name: 'spendings',
    access: 'everybody',
    title: (t) => t('donations.fundsTitle'),
    rows: async ({ placeId }) => fundStatement((await readGifts(sql, placeId)).gifts).spendings,
    columns: (t) => [
      { label: t('shared.list.seq'), cell: ({ seq }) => seq },
      { label: t('donations.day'), cell: ({ on }) => on },
      { label: t('donations.step.purpose'), cell: ({ purpose }) => t(`donations.purpose.${purpose}`) },
      { label: t('donations.fund'), cell: ({ fund }) => t(`donations.fund.${fund}`) },
      { label: t('shared.list.yuan'), kind: 'yuan', cell: ({ fen }) => fen },
    ],
  });
};

type NamedGift = ShownGift & { name: string };

function receiptColumns<Row extends ShownGift>(t: Translate) {
  return [
    { label: t('donations.receipt'), cell: ({ gift }: Row) => gift.receipt?.number ?? null },
    { label: t('donations.day'), cell: ({ gift }: Row) => gift.receipt?.on ?? gift.announcedOn },
  ];
}

/** What was given, and where it is: what came is what all the others are together. */
function giftColumns<Row extends ShownGift>(t: Translate) {
  const sums = ['returned', 'money', 'other', 'waiting', 'shelf', 'issued', 'lost'] as const;
  return [
    { label: t('donations.what'), cell: (shown: Row) => giftInWords(shown, t) },
    {
      label: t('donations.worth'),
      kind: 'yuan' as const,
      cell: ({ gift }: Row) => gift.received || gift.announcedFen,
    },
    { label: t('donations.state'), cell: ({ gift }: Row) => giftStateInWords(gift, t) },
    ...sums.map((name) => ({
      label: t(`donations.sum.${name}`),
      kind: 'yuan' as const,
      cell: ({ sums: of }: Row) => of[name],
    })),
    { label: t('shared.list.households'), cell: ({ households }: Row) => households },
  ];
}
