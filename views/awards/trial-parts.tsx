import type { RuleTrial, TrialTable } from '../../src/awards/rule-trial.ts';
import type { TrialForm, TrialPeriod, TriedRule } from '../../src/awards/trial-form.ts';
import { fenOf, formatPoints, formatSignedPoints } from '../../src/platform/points.ts';
import type { HouseholdLimits } from '../../src/rules/index.ts';
import { capInWords } from '../rules/cap-in-words.ts';
import { BarChart } from '../shared/bar-chart.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { formatDay } from '../shared/day-text.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { usePage } from '../shared/page-context.ts';
import { SignedPoints } from '../shared/points.tsx';
import { formatYuan } from '../shared/yuan.tsx';

type Compared = { beforeCentipoints: number; afterCentipoints: number };

function differenceOf({ beforeCentipoints, afterCentipoints }: Compared): number {
  return afterCentipoints - beforeCentipoints;
}

/** `2026年10月`, `2026年第4季度`, `2025年12月1日到2026年11月30日`. */
export function usePeriodName(): (period: TrialPeriod) => string {
  const { t, locale } = usePage();
  return ({ kind, key, firstDay, lastDay }) => {
    const [year = '', part = ''] = key.split('-');
    if (kind === 'month') return t('awards.trial.month', { year, month: Number(part) });
    if (kind === 'quarter') return t('awards.trial.quarter', { year, quarter: Number(part.slice(1)) });
    return t('awards.trial.year', {
      from: formatDay(firstDay, locale, { short: true }),
      to: formatDay(lastDay, locale, { short: true }),
    });
  };
}

/** `+3 分，每月 4 次`, or that it ends. */
function termsInWords(t: Translate, terms: Parameters<typeof capInWords>[1] & { pointsCentipoints: number }): string {
  const points = t('shared.pointsOf', { points: formatSignedPoints(terms.pointsCentipoints) });
  return t('awards.trial.terms', { points, cap: capInWords(t, terms) ?? t('rules.noCap') });
}

type ChangesTableProps = { form: TrialForm; limits: HouseholdLimits };

/** What is tried, beside what holds. */
export function ChangesTable({ form, limits }: ChangesTableProps) {
  const { t } = usePage();
  const limitText = (centipoints: number | null) =>
    centipoints === null ? t('rules.noCap') : t('shared.pointsOf', { points: formatPoints(centipoints) });
  const rows = [
    ...form.tried.map(({ rule, how }) => {
      const terms = form.changes.get(rule.code);
      return {
        label: rule.name,
        before: termsInWords(t, rule),
        after: how === 'end' || !terms ? t('rules.ended') : termsInWords(t, terms),
      };
    }),
    ...(['month', 'year'] as const).flatMap((kind) => {
      const name = `${kind}MaxCentipoints` as const;
      if (form.limits[name] === limits[name]) return [];
      return [
        { label: t(`awards.trial.${kind}Max`), before: limitText(limits[name]), after: limitText(form.limits[name]) },
      ];
    }),
  ];
  return (
    <DataTable
      caption={t('awards.trial.changes')}
      captionHidden
      rows={rows}
      rowKey={({ label }) => label}
      columns={[
        { label: t('rules.name'), cell: ({ label }) => label, rowHeader: true },
        { label: t('awards.trial.now'), cell: ({ before }) => before },
        { label: t('awards.trial.then'), cell: ({ after }) => <strong>{after}</strong> },
      ]}
    />
  );
}

/** `少 12 分，合 36 元`: with a word beside the sign. */
function differenceInWords(t: Translate, centipoints: number, { fenPerPoint }: TrialTable): string {
  if (centipoints === 0) return t('awards.trial.same');
  const size = Math.abs(centipoints);
  return t(centipoints < 0 ? 'awards.trial.less' : 'awards.trial.more', {
    points: formatPoints(size),
    yuan: formatYuan(fenOf(size, fenPerPoint)),
  });
}

type PartProps = { trial: RuleTrial; table: TrialTable };

/** The village in sum, in one sentence each. */
export function Sums({ trial, table }: PartProps) {
  const { t } = usePage();
  const { total, households, unchanged } = trial;
  const losers = households.filter((one) => differenceOf(one) < 0).length;
  return (
    <>
      <p>
        {t('awards.trial.sum', {
          acts: total.acts,
          before: formatPoints(total.beforeCentipoints),
          after: formatPoints(total.afterCentipoints),
          difference: differenceInWords(t, differenceOf(total), table),
        })}
      </p>
      <p>{t('awards.trial.who', { losers, gainers: households.length - losers, unchanged })}</p>
    </>
  );
}

/** How many households lose and gain how much; nothing is drawn beyond the farthest that somebody reaches. */
export function BandChart({ trial: { bands } }: Pick<PartProps, 'trial'>) {
  const { t } = usePage();
  const reached = bands.map(({ households }) => households > 0);
  const shown = bands.slice(reached.indexOf(true), reached.lastIndexOf(true) + 1);
  return (
    <BarChart
      title={t('awards.trial.bands')}
      bars={shown.map(({ band, households }) => ({
        label: t(`awards.trial.band.${band}`),
        value: households,
        text: t('awards.trial.households', { count: households }),
        isLess: band.startsWith('lose'),
      }))}
    />
  );
}

/** Beside each other: the bars, and the figures behind them. */
export function RuleDifferences({ trial, table }: PartProps) {
  const { t } = usePage();
  const { rules } = trial;
  return (
    <div class="flow">
      <BarChart
        title={t('awards.trial.byRuleChart')}
        bars={rules.map((rule) => ({
          label: rule.name,
          value: differenceOf(rule),
          text: formatSignedPoints(differenceOf(rule)),
        }))}
      />
      <DataTable
        caption={t('awards.trial.byRule')}
        captionHidden
        brief
        rows={rules}
        rowKey={({ rule }) => rule}
        columns={[
          { label: t('rules.name'), cell: ({ name }) => name, rowHeader: true },
          { label: t('awards.trial.acts'), cell: ({ acts }) => acts, numeric: true },
          ...figureColumns<RuleTrial['rules'][number]>(t, table),
        ]}
      />
    </div>
  );
}

/** What was, what would be, and the difference in points and yuan. */
function figureColumns<Row extends Compared>(t: Translate, { fenPerPoint }: TrialTable): Column<Row>[] {
  return [
    {
      label: t('awards.trial.beforeAfter'),
      cell: ({ beforeCentipoints, afterCentipoints }) =>
        `${formatPoints(beforeCentipoints)} → ${formatPoints(afterCentipoints)}`,
      numeric: true,
    },
    {
      label: t('awards.trial.difference'),
      cell: (row) => {
        const difference = differenceOf(row);
        return (
          <>
            <SignedPoints centipoints={difference} />
            <span class="soft small yuan">
              {t('awards.trial.worth', {
                yuan: formatYuan(Math.sign(difference) * fenOf(Math.abs(difference), fenPerPoint)),
              })}
            </span>
          </>
        );
      },
      numeric: true,
    },
  ];
}

type HouseholdsTableProps = PartProps & {
  /** On paper and wherever it can be printed: 王*国. */
  masked: boolean;
};

export function HouseholdsTable({ trial, table, masked }: HouseholdsTableProps) {
  const { t } = usePage();
  return (
    <DataTable
      caption={t('awards.trial.byHousehold')}
      captionHidden
      brief
      rows={trial.households}
      rowKey={({ accountId }) => accountId}
      columns={[
        {
          label: t('awards.trial.household'),
          cell: ({ headName, maskedName, number, groupName }) => (
            <>
              {masked ? t('awards.trial.masked', { name: maskedName, tail: number.slice(-4) }) : headName}
              {masked ? ' ' : <br />}
              <span class="soft small">{groupName}</span>
            </>
          ),
          rowHeader: true,
        },
        ...figureColumns<RuleTrial['households'][number]>(t, table),
      ]}
    />
  );
}

export type { RuleTrial, TrialForm, TrialTable, TriedRule };
