import type { ComparedVillage, MonthFigures } from '../../src/oversight/index.ts';
import type { Locale } from '../../src/platform/i18n/locale.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { formatMonth } from '../shared/day-text.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { wholeYuan } from '../shared/yuan.tsx';
import type { ShownChart } from './charts-page.tsx';

/** What each picture of a village shows, with its table; the words of both are the same. */
export function villageCharts(
  months: readonly MonthFigures[],
  { t, locale }: { t: Translate; locale: Locale },
): ShownChart[] {
  const labels = months.map(({ month }) => formatMonth(month, locale));
  const last = months.at(-1);
  const sum = (figure: (month: MonthFigures) => number) => months.reduce((all, month) => all + figure(month), 0);
  const percent = last ? percentOf(last.promisedFen, last.stockFen + last.moneyFen) : '';
  const points = (figure: (month: MonthFigures) => number) => months.map((month) => figure(month) / 100);
  const cells = (row: (month: MonthFigures) => string[]) =>
    months.map((month, place) => ({ label: labels[place] ?? '', values: row(month) }));
  const [given, exchanged] = [t('oversight.charts.given'), t('oversight.charts.exchanged')];
  const [promised, cover] = [t('oversight.charts.promised'), t('oversight.charts.cover')];
  return [
    {
      name: 'points',
      title: t('oversight.charts.points'),
      summary: t('oversight.charts.pointsSum', {
        given: formatPoints(sum(({ givenCentipoints }) => givenCentipoints)),
        exchanged: formatPoints(sum(({ exchangedCentipoints }) => exchangedCentipoints)),
      }),
      picture: {
        kind: 'bars',
        labels,
        series: [
          { name: given, values: points(({ givenCentipoints }) => givenCentipoints) },
          { name: exchanged, values: points(({ exchangedCentipoints }) => exchangedCentipoints) },
        ],
      },
      columns: [given, exchanged],
      rows: cells((month) => [formatPoints(month.givenCentipoints), formatPoints(month.exchangedCentipoints)]),
      first: t('oversight.charts.month'),
    },
    {
      name: 'exchanges',
      title: t('oversight.charts.exchanges'),
      summary: t('oversight.charts.exchangesSum', { count: sum(({ exchanges }) => exchanges) }),
      picture: {
        kind: 'bars',
        labels,
        series: [{ name: t('oversight.charts.exchanges'), values: months.map(({ exchanges }) => exchanges) }],
      },
      columns: [t('oversight.charts.times')],
      rows: cells(({ exchanges }) => [String(exchanges)]),
      first: t('oversight.charts.month'),
    },
    {
      name: 'stock',
      title: t('oversight.charts.stock'),
      summary: t('oversight.charts.stockSum', { yuan: wholeYuan(last?.stockFen ?? 0) }),
      picture: {
        kind: 'lines',
        labels,
        series: [{ name: t('oversight.charts.stock'), values: months.map(({ stockFen }) => stockFen / 100) }],
      },
      columns: [t('oversight.charts.yuan')],
      rows: cells(({ stockFen }) => [wholeYuan(stockFen)]),
      first: t('oversight.charts.month'),
    },
    {
      name: 'solvency',
      title: t('oversight.charts.solvency'),
      summary: t('oversight.charts.solvencySum', { percent }),
      picture: {
        kind: 'lines',
        labels,
        series: [
          { name: promised, values: months.map(({ promisedFen }) => promisedFen / 100) },
          { name: cover, values: months.map(({ stockFen, moneyFen }) => (stockFen + moneyFen) / 100) },
        ],
      },
      columns: [promised, cover, t('oversight.charts.share')],
      rows: cells(({ promisedFen, stockFen, moneyFen }) => [
        wholeYuan(promisedFen),
        wholeYuan(stockFen + moneyFen),
        percentOf(promisedFen, stockFen + moneyFen),
      ]),
      first: t('oversight.charts.month'),
    },
  ];
}

/** The villages beside each other, those that need somebody most first. */
export function regionCharts(villages: readonly ComparedVillage[], t: Translate): ShownChart[] {
  const labels = villages.map(({ name }) => name);
  const cells = (row: (village: ComparedVillage) => string[]) =>
    villages.map((village) => ({
      label: village.name,
      href: `/villages/${village.code}/charts`,
      values: row(village),
    }));
  const [given, exchanged] = [t('oversight.charts.given'), t('oversight.charts.exchanged')];
  const [promised, cover] = [t('oversight.charts.promised'), t('oversight.charts.cover')];
  const [open, overdue] = [t('oversight.charts.openProblems'), t('oversight.charts.lateProblems')];
  // Rows of nothing would hide the few that matter; the table has them all.
  const troubled = villages.filter(({ problems }) => problems.open > 0);
  const short = villages.filter(({ promisedFen, goodsFen, moneyFen }) => promisedFen > goodsFen + moneyFen).length;
  return [
    {
      name: 'solvency',
      title: t('oversight.charts.solvency'),
      summary: t('oversight.charts.regionSolvency', { count: short, all: villages.length }),
      picture: {
        kind: 'rows',
        labels,
        series: [
          { name: promised, values: villages.map(({ promisedFen }) => promisedFen / 100) },
          { name: cover, values: villages.map(({ goodsFen, moneyFen }) => (goodsFen + moneyFen) / 100) },
        ],
      },
      columns: [promised, cover, t('oversight.charts.share')],
      rows: cells(({ promisedFen, goodsFen, moneyFen }) => [
        wholeYuan(promisedFen),
        wholeYuan(goodsFen + moneyFen),
        percentOf(promisedFen, goodsFen + moneyFen),
      ]),
      first: t('oversight.column.village'),
    },
    {
      name: 'points',
      title: t('oversight.charts.regionPoints'),
      summary: t('oversight.charts.pointsSum', {
        given: formatPoints(villages.reduce((all, { givenCentipoints }) => all + givenCentipoints, 0)),
        exchanged: formatPoints(villages.reduce((all, { exchangedCentipoints }) => all + exchangedCentipoints, 0)),
      }),
      picture: {
        kind: 'rows',
        labels,
        series: [
          { name: given, values: villages.map(({ givenCentipoints }) => givenCentipoints / 100) },
          { name: exchanged, values: villages.map(({ exchangedCentipoints }) => exchangedCentipoints / 100) },
        ],
      },
      columns: [given, exchanged],
      rows: cells((village) => [formatPoints(village.givenCentipoints), formatPoints(village.exchangedCentipoints)]),
      first: t('oversight.column.village'),
    },
    {
      name: 'problems',
      title: t('oversight.charts.problems'),
      summary: t('oversight.charts.problemsSum', {
        open: villages.reduce((all, { problems }) => all + problems.open, 0),
        overdue: villages.reduce((all, { problems }) => all + problems.overdue, 0),
      }),
      picture: {
        kind: 'rows',
        labels: troubled.map(({ name }) => name),
        series: [
          { name: open, values: troubled.map(({ problems }) => problems.open) },
          { name: overdue, values: troubled.map(({ problems }) => problems.overdue) },
        ],
      },
      columns: [open, overdue],
      rows: cells(({ problems }) => [String(problems.open), String(problems.overdue)]),
      first: t('oversight.column.village'),
    },
  ];
}

function percentOf(promisedFen: number, coverFen: number): string {
  if (coverFen <= 0) return promisedFen > 0 ? '—' : '0%';
  return `${Math.floor((promisedFen * 100) / coverFen)}%`;
}
