import type { ComparedVillage, RiskLevel } from '../../src/oversight/index.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText, formatMonth } from '../shared/day-text.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { wholeYuan } from '../shared/yuan.tsx';
import { reasonText } from './reason-text.ts';
import { RiskTag } from './risk-tag.tsx';

export type ComparisonPageProps = {
  region: { code: string; name: string; level: 'county' | 'township' | 'village' };
  month: string;
  villages: readonly ComparedVillage[];
  administrationHref?: string | undefined;
};

/** 各村对比: one table, those that need a visit first, every figure with its word. */
export function ComparisonPage({ region, month, villages, administrationHref }: ComparisonPageProps) {
  const { t, locale } = usePage();
  const count = (level: RiskLevel) => villages.filter(({ risk }) => risk.level === level).length;
  return (
    <Layout
      title={t('oversight.comparison.title', { region: region.name })}
      lead={t('oversight.comparison.lead', {
        villages: villages.length,
        red: count('red'),
        yellow: count('yellow'),
        month: formatMonth(month, locale),
      })}
      width="wide"
      actions={
        <>
          <a class="button button-secondary" href={`/regions/${region.code}/charts`}>
            {t('oversight.charts.link')}
          </a>
          <a class="button button-secondary" href={`/regions/${region.code}/years/${month.slice(0, 4)}`}>
            {t('oversight.year.link', { year: month.slice(0, 4) })}
          </a>
          <a class="button button-secondary" href={`/regions/${region.code}/problems`}>
            {t('oversight.work.problems')}
          </a>
          {administrationHref && (
            <a class="button button-secondary" href={administrationHref}>
              {t('people.nav.administration')}
            </a>
          )}
        </>
      }
    >
      <DataTable
        caption={t('oversight.comparison.caption')}
        columns={columnsOf(t, region.level === 'county')}
        rows={villages}
        rowKey={({ code }) => code}
        totals={villages.length > 1 ? totalsOf(villages, t) : undefined}
        empty={<EmptyState title={t('oversight.county.none')}>{t('oversight.comparison.noneHint')}</EmptyState>}
      />
      <p class="soft small">{t('oversight.comparison.note')}</p>
      <ExportLinks list="villages" base={`/regions/${region.code}`} />
    </Layout>
  );
}

function columnsOf(t: Translate, withTownship: boolean): Column<ComparedVillage>[] {
  return [
    {
      label: t('oversight.column.village'),
      rowHeader: true,
      cell: ({ code, name, townshipName }) => (
        <a class="row-link" href={`/villages/${code}/desk`}>
          {name}
          {withTownship && <span class="soft small">{townshipName}</span>}
        </a>
      ),
    },
    { label: t('oversight.column.risk'), cell: ({ code, risk }) => <RiskCell code={code} risk={risk} /> },
    {
      label: t('oversight.column.households'),
      numeric: true,
      cell: ({ householdCount, openCardCount }) => `${openCardCount}/${householdCount}`,
    },
    {
      label: t('oversight.column.outstanding'),
      numeric: true,
      cell: ({ outstandingCentipoints }) => formatPoints(outstandingCentipoints),
    },
    {
      label: t('oversight.column.outstandingYuan'),
      numeric: true,
      cell: ({ outstandingFen }) => wholeYuan(outstandingFen),
    },
    { label: t('oversight.column.stock'), numeric: true, cell: ({ stockValueFen }) => wholeYuan(stockValueFen) },
    { label: t('oversight.column.cover'), numeric: true, cell: ({ solvency }) => coverText(solvency.percent) },
    {
      label: t('oversight.column.problems'),
      numeric: true,
      cell: ({ code, problems }) => (
        <a class="row-link" href={`/villages/${code}/problems?state=all`}>
          {problemText(problems)}
        </a>
      ),
    },
    {
      label: t('oversight.column.given'),
      numeric: true,
      cell: ({ givenCentipoints }) => formatPoints(givenCentipoints),
    },
    {
      label: t('oversight.column.exchanged'),
      numeric: true,
      cell: ({ exchangedCentipoints }) => formatPoints(exchangedCentipoints),
    },
    { label: t('oversight.column.lastAct'), cell: ({ lastActOn }) => <DayText day={lastActOn} short /> },
    { label: t('oversight.column.published'), cell: (village) => <PublishedCell village={village} /> },
  ];
}

function totalsOf(villages: readonly ComparedVillage[], t: Translate) {
  const sum = (figure: (village: ComparedVillage) => number) =>
    villages.reduce((total, village) => total + figure(village), 0);
  return [
    t('oversight.comparison.total'),
    '',
    `${sum(({ openCardCount }) => openCardCount)}/${sum(({ householdCount }) => householdCount)}`,
    formatPoints(sum(({ outstandingCentipoints }) => outstandingCentipoints)),
    wholeYuan(sum(({ outstandingFen }) => outstandingFen)),
    wholeYuan(sum(({ stockValueFen }) => stockValueFen)),
    coverText(
      percentOf(
        sum(({ promisedFen }) => promisedFen),
        sum(({ goodsFen, moneyFen }) => goodsFen + moneyFen),
      ),
    ),
    problemText({
      open: sum(({ problems }) => problems.open),
      overdue: sum(({ problems }) => problems.overdue),
      longTerm: sum(({ problems }) => problems.longTerm),
      closed: sum(({ problems }) => problems.closed),
    }),
    formatPoints(sum(({ givenCentipoints }) => givenCentipoints)),
    formatPoints(sum(({ exchangedCentipoints }) => exchangedCentipoints)),
    '',
    t('oversight.comparison.publishedOf', {
      count: sum(({ isLastMonthPublished }) => Number(isLastMonthPublished)),
      all: villages.length,
    }),
  ];
}

/** Promised in percent of goods and money; nothing stands against it: a stroke. */
function coverText(percent: number | null): string {
  return percent === null ? '—' : `${percent}%`;
}

function percentOf(promisedFen: number, coverFen: number): number | null {
  if (coverFen > 0) return Math.floor((promisedFen * 100) / coverFen);
  return promisedFen > 0 ? null : 0;
}

type ProblemFigures = Pick<ComparedVillage['problems'], 'open' | 'overdue' | 'longTerm' | 'closed'>;

function problemText({ open, overdue, longTerm, closed }: ProblemFigures): string {
  return [open, overdue, longTerm, closed].join('/');
}

function RiskCell({ code, risk }: Pick<ComparedVillage, 'code' | 'risk'>) {
  const { t } = usePage();
  return (
    <span class="risk">
      <RiskTag level={risk.level} />
      {risk.reasons.length > 0 && (
        <a href={`/villages/${code}/warnings`}>
          {risk.reasons.map((reason) => reasonText(reason, t)).join(t('oversight.semicolon'))}
        </a>
      )}
    </span>
  );
}

function PublishedCell({ village }: { village: ComparedVillage }) {
  const { t, locale } = usePage();
  const { lastPublishedMonth, unpublishedMonthCount } = village;
  if (lastPublishedMonth === null) {
    return <>{unpublishedMonthCount === 0 ? t('oversight.published.notYet') : t('oversight.published.never')}</>;
  }
  return <span class="month">{formatMonth(lastPublishedMonth, locale)}</span>;
}
