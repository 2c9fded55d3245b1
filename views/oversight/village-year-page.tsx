import type { YearFigures } from '../../src/oversight/index.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { DataTable } from '../shared/data-table.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { PrintLayout } from '../shared/print-layout.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { wholeYuan } from '../shared/yuan.tsx';

/** 年报 of a village on A4: each figure with the lines behind it. */
export function VillageYearPage({ year, figures }: { year: number; figures: YearFigures }) {
  const { t, locale, today } = usePage();
  const href = useVillageHref();
  const acts = (kind: string) => href(`/acts?kind=${kind}&year=${year}`);
  const points = (centipoints: number) => t('shared.pointsOf', { points: formatPoints(centipoints) });
  const yuan = (fen: number) => t('shared.yuanOf', { yuan: wholeYuan(fen) });
  const pieces = (count: number) => t('oversight.year.pieces', { count });
  const times = (count: number) => t('oversight.review.times', { count });
  const rows = [
    line(
      'households',
      t('oversight.village.householdsOf', { count: figures.households, open: figures.openCards }),
      href('/cards'),
    ),
    line('opened', points(figures.openedCentipoints), acts('opening')),
    line('given', points(figures.givenCentipoints), acts('award')),
    line('taken', points(figures.takenCentipoints), acts('deduction')),
    line('exchanged', points(figures.exchangedCentipoints), acts('redemption')),
    line('exchanges', times(figures.exchanges), acts('redemption')),
    line('exchanging', t('oversight.did.households', { count: figures.exchangingHouseholds }), acts('redemption')),
    line('bought', yuan(figures.boughtFen), acts('receipt')),
    line('donated', yuan(figures.donatedFen), acts('receipt')),
    line('handedOut', yuan(figures.handedOutFen), acts('redemption')),
    line('gifts', times(figures.gifts), acts('gift')),
    line('giftGoods', yuan(figures.giftGoodsFen), href('/donations')),
    line('giftMoney', yuan(figures.giftMoneyFen), href('/funds')),
    line('wishesFiled', pieces(figures.wishesFiled), acts('wish')),
    line('wishesFulfilled', pieces(figures.wishesFulfilled), acts('wish')),
    line('objections', pieces(figures.objections), acts('claim')),
    line('objectionsUpheld', pieces(figures.objectionsUpheld), acts('claim')),
    line('problemsFound', pieces(figures.problemsFound), href('/problems?state=all')),
    line('problemsClosed', pieces(figures.problemsClosed), href('/problems?state=closed')),
    line('publishedMonths', pieces(figures.publishedMonths), href('/publications')),
  ];
  return (
    <PrintLayout title={t('oversight.year.title', { place: figures.name, year })} paper="a4" backHref={href('/desk')}>
      <h1>{t('oversight.year.title', { place: figures.name, year })}</h1>
      <p>{t('oversight.year.made', { day: formatDay(today, locale, { short: true }) })}</p>
      <DataTable
        caption={t('oversight.year.title', { place: figures.name, year })}
        captionHidden
        keepTable
        columns={[
          { label: t('oversight.year.what'), rowHeader: true, cell: ({ name }) => t(`oversight.year.${name}`) },
          { label: t('oversight.year.figure'), numeric: true, cell: ({ text, to }) => <a href={to}>{text}</a> },
        ]}
        rows={rows}
        rowKey={({ name }) => name}
      />
      <p class="soft">{t('oversight.year.note')}</p>
      <p class="soft screen-only">{t('oversight.year.figureHint')}</p>
    </PrintLayout>
  );
}

type LineName =
  | 'households'
  | 'opened'
  | 'given'
  | 'taken'
  | 'exchanged'
  | 'exchanges'
  | 'exchanging'
  | 'bought'
  | 'donated'
  | 'handedOut'
  | 'gifts'
  | 'giftGoods'
  | 'giftMoney'
  | 'wishesFiled'
  | 'wishesFulfilled'
  | 'objections'
  | 'objectionsUpheld'
  | 'problemsFound'
  | 'problemsClosed'
  | 'publishedMonths';

function line(name: LineName, text: string, to: string) {
  return { name, text, to };
}
