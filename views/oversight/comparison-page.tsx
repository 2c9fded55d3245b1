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
      lead={
        villages.length > 0 &&
        t('oversight.comparison.lead', {
          villages: villages.length,
          red: count('red'),
          yellow: count('yellow'),
          month: formatMonth(month, locale),
        })
      }
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
        brief
        wide
        rows={villages}
        rowKey={({ code }) => code}
        totals={villages.length > 1 ? totalsOf(villages, t) : undefined}
        empty={<EmptyState title={t('oversight.county.none')}>{t('oversight.comparison.noneHint')}</EmptyState>}
      />
      {villages.length > 0 && (
        <>
          <p class="soft small">{t('oversight.comparison.note')}</p>
          <ExportLinks list="villages" base={`/regions/${region.code}`} />
        </>
      )}
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
          <span class="whole">{name}</span>
          {withTownship && <span class="whole soft small">{townshipName}</span>}
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
      cell: ({ outstandingCentipoints, outstandingFen }) => (
        <Outstanding centipoints={outstandingCentipoints} fen={outstandingFen} />
      ),
    },
    { label: t('oversight.column.stock'), numeric: true, cell: ({ stockValueFen }) => wholeYuan(stockValueFen) },
    { label: t('oversight.column.cover'), numeric: true, cell: ({ solvency }) => coverText(solvency.percent) },
    {
      label: t('oversight.column.problems'),
      cell: ({ code, problems }) => <Problems {...problems} href={`/villages/${code}/problems?state=all`} />,
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
    <Outstanding
      key="outstanding"
      centipoints={sum(({ outstandingCentipoints }) => outstandingCentipoints)}
      fen={sum(({ outstandingFen }) => outstandingFen)}
    />,
    wholeYuan(sum(({ stockValueFen }) => stockValueFen)),
    coverText(
      percentOf(
        sum(({ promisedFen }) => promisedFen),
        sum(({ goodsFen, moneyFen }) => goodsFen + moneyFen),
      ),
    ),
    <Problems
      key="problems"
      open={sum(({ problems }) => problems.open)}
      overdue={sum(({ problems }) => problems.overdue)}
      longTerm={sum(({ problems }) => problems.longTerm)}
      closed={sum(({ problems }) => problems.closed)}
    />,
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

const PROBLEM_STATES = ['open', 'overdue', 'longTerm', 'closed'] as const;

type ProblemsProps = Record<(typeof PROBLEM_STATES)[number], number> & { href?: string };

/** Only what there is, in words: a row of noughts says nothing. */
function Problems({ href, ...counts }: ProblemsProps) {
  const { t } = usePage();
  const words = PROBLEM_STATES.filter((state) => counts[state] > 0).map((state) => (
    <span key={state} class="whole">
      {t(`oversight.comparison.problems.${state}`, { count: counts[state] })}
    </span>
  ));
  if (words.length === 0) return <span class="soft">{t('oversight.comparison.problems.none')}</span>;
  return href ? (
    <a class="problem-counts" href={href}>
      {words}
    </a>
  ) : (
    <span class="problem-counts">{words}</span>
  );
}

/** What households hold, and below it what that is in money. */
function Outstanding({ centipoints, fen }: { centipoints: number; fen: number }) {
  const { t } = usePage();
  return (
    <span class="outstanding">
      {formatPoints(centipoints)}
      <span class="whole soft small">{t('shared.yuanOf', { yuan: wholeYuan(fen) })}</span>
    </span>
  );
}

function RiskCell({ code, risk }: Pick<ComparedVillage, 'code' | 'risk'>) {
  const { t } = usePage();
  return (
    <span class="risk">
      <RiskTag level={risk.level} />{' '}
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
  return <span class="whole">{formatMonth(lastPublishedMonth, locale)}</span>;
}
