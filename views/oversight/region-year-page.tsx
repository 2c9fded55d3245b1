import type { YearFigures } from '../../src/oversight/index.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { PrintLayout } from '../shared/print-layout.tsx';
import { wholeYuan } from '../shared/yuan.tsx';

type Figure = Exclude<keyof YearFigures, 'villageId' | 'code' | 'name'>;

export type RegionYearPageProps = {
  region: { code: string; name: string };
  year: number;
  villages: readonly YearFigures[];
};

const count = String;

/** In the order of the columns; a cell joins what belongs together. */
const COLUMNS = [
  [
    'households',
    [
      ['openCards', count],
      ['households', count],
    ],
  ],
  ['given', [['givenCentipoints', formatPoints]]],
  ['exchanged', [['exchangedCentipoints', formatPoints]]],
  ['exchanges', [['exchanges', count]]],
  ['bought', [['boughtFen', wholeYuan]]],
  ['donated', [['donatedFen', wholeYuan]]],
  ['giftMoney', [['giftMoneyFen', wholeYuan]]],
  [
    'wishes',
    [
      ['wishesFulfilled', count],
      ['wishesFiled', count],
    ],
  ],
  [
    'objectionsOf',
    [
      ['objectionsUpheld', count],
      ['objections', count],
    ],
  ],
  [
    'problemsOf',
    [
      ['problemsClosed', count],
      ['problemsFound', count],
    ],
  ],
] as const satisfies readonly (readonly [string, readonly (readonly [Figure, (value: number) => string])[]])[];

/** 年报 of a township or county on A4: a row for each village, whose name leads to its own sheet, and the sums. */
export function RegionYearPage({ region, year, villages }: RegionYearPageProps) {
  const { t, locale, today } = usePage();
  const title = t('oversight.year.title', { place: region.name, year });
  const columns: Column<YearFigures>[] = [
    {
      label: t('oversight.column.village'),
      rowHeader: true,
      cell: ({ code, name }) => <a href={`/villages/${code}/years/${year}`}>{name}</a>,
    },
    ...COLUMNS.map(([name, figures]) => ({
      label: t(`oversight.year.column.${name}`),
      numeric: true,
      cell: (village: YearFigures) => textOf(figures, (figure) => village[figure]),
    })),
  ];
  const sum = (figure: Figure) => villages.reduce((all, village) => all + village[figure], 0);
  return (
    <PrintLayout title={title} paper="a4" backHref={`/regions/${region.code}`}>
      <h1>{title}</h1>
      <p>{t('oversight.year.made', { day: formatDay(today, locale, { short: true }) })}</p>
      <div class="year-table">
        <DataTable
          caption={title}
          captionHidden
          brief
          columns={columns}
          rows={villages}
          rowKey={({ code }) => code}
          totals={[t('oversight.comparison.total'), ...COLUMNS.map(([, figures]) => textOf(figures, sum))]}
        />
      </div>
      <p class="soft">{t('oversight.year.note')}</p>
      <p class="soft screen-only">{t('oversight.year.villageHint')}</p>
    </PrintLayout>
  );
}

function textOf(
  figures: readonly (readonly [Figure, (value: number) => string])[],
  figureOf: (figure: Figure) => number,
): string {
  if (figures.every(([figure]) => figureOf(figure) === 0)) return '0';
  return figures.map(([figure, write]) => write(figureOf(figure))).join('/');
}
