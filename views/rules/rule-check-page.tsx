import { formatPoints } from '../../src/platform/points.ts';
import type { MostLine, NamedRule, VillageRuleCheck } from '../../src/rules/index.ts';
import { LinkButton } from '../shared/button.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { type Fact, Facts } from '../shared/facts.tsx';
import { Icon } from '../shared/icon.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { capInWords } from './cap-in-words.ts';
import { countLevel, FindingsTable, mostInWords } from './rule-findings.tsx';

type RuleCheckPageProps = {
  check: VillageRuleCheck;
  mayChange: boolean;
  /** May see what other rules would have given. */
  mayTry: boolean;
};

/** 细则体检: what should be put right first, then the most that a household can earn in a year, line by line. */
export function RuleCheckPage({ check, mayChange, mayTry }: RuleCheckPageProps) {
  const { t, locale, today } = usePage();
  const href = useVillageHref();
  const { findings, rules } = check;
  const bad = countLevel(findings, 'bad');
  const day = formatDay(today, locale, { short: true });
  return (
    <Layout
      title={t('rules.check.title')}
      lead={t('rules.check.lead', { day, count: rules.length })}
      crumbs={[{ href: href('/rules'), label: t('rules.title') }]}
      actions={
        <>
          {mayTry && <LinkButton href={href('/rules/trial')}>{t('rules.check.try')}</LinkButton>}
          <LinkButton href={href('/rules')}>{t('rules.check.back')}</LinkButton>
          <button class="button button-secondary" type="button" data-print hidden>
            <Icon name="print" />
            <span>{t('shared.print')}</span>
          </button>
        </>
      }
    >
      <div class="flow">
        <Notice kind={bad > 0 ? 'warning' : 'success'} title={t('rules.check.result')}>
          {bad > 0 ? t('rules.check.badFound', { count: bad }) : t('rules.check.badNone')}
        </Notice>
        {findings.length === 0 ? (
          <EmptyState title={t('rules.check.nothing')} />
        ) : (
          <FindingsTable findings={findings} rules={rules} links={mayChange ? 'form' : 'history'} />
        )}
        <YearMostPanel check={check} />
        <Panel title={t('rules.check.how')}>
          <ul class="plain-list">
            <li>{t('rules.check.how.lines')}</li>
            <li>{t('rules.check.how.twins')}</li>
            <li>{t('rules.check.how.most')}</li>
          </ul>
        </Panel>
      </div>
    </Layout>
  );
}

function YearMostPanel({ check }: { check: VillageRuleCheck }) {
  const { t } = usePage();
  const { most, rules, fenPerPoint } = check;
  const within = most.lines.filter(({ isOutsideLimits }) => !isOutsideLimits);
  const outside = most.lines.filter(({ isOutsideLimits }) => isOutsideLimits);
  return (
    <>
      <Panel title={t('rules.check.mostTitle')}>
        <p class="lead">{mostInWords(t, most.totalCentipoints, fenPerPoint)}</p>
        {check.members > 1 && <p class="soft">{t('rules.check.mostMembers', { count: check.members })}</p>}
        <Facts facts={stepsOf(check, t)} />
      </Panel>
      <MostLines caption={t('rules.check.linesWithin')} lines={within} rules={rules} />
      <MostLines caption={t('rules.check.linesOutside')} lines={outside} rules={rules} />
    </>
  );
}

type MostLinesProps = { caption: string; lines: readonly MostLine[]; rules: readonly NamedRule[] };

/** Three narrow columns, so that forty rules stay a table on a phone. */
function MostLines({ caption, lines, rules }: MostLinesProps) {
  const { t } = usePage();
  const byCode = new Map(rules.map((rule) => [rule.code, rule]));
  if (lines.length === 0) return null;
  return (
    <DataTable
      caption={caption}
      keepTable
      rows={lines}
      rowKey={({ code }) => code}
      columns={[
        { label: t('rules.name'), cell: ({ name }) => name, rowHeader: true },
        { label: t('rules.cap'), cell: ({ code }) => <span class="whole">{capOf(byCode.get(code), t)}</span> },
        { label: t('rules.check.sum'), cell: (line) => sumInWords(line, t), numeric: true },
      ]}
    />
  );
}

type Translate = ReturnType<typeof usePage>['t'];

function capOf(rule: NamedRule | undefined, t: Translate): string {
  return (rule && capInWords(t, rule)) ?? t('rules.noCap');
}

/** `12 × 4 = 48`: so many periods, so many points in each. */
function sumInWords(
  { pointsCentipoints, periods, perPeriodCentipoints, yearCentipoints }: MostLine,
  t: Translate,
): string {
  if (periods === null || perPeriodCentipoints === null || yearCentipoints === null)
    return t('rules.check.open', { points: formatPoints(pointsCentipoints) });
  const year = formatPoints(yearCentipoints);
  return periods === 1 ? year : `${periods} × ${formatPoints(perPeriodCentipoints)} = ${year}`;
}

function stepsOf({ most, limits, rules, fenPerPoint }: VillageRuleCheck, t: Translate): Fact[] {
  const points = (centipoints: number | null) =>
    centipoints === null ? t('rules.check.noLimit') : t('shared.pointsOf', { points: formatPoints(centipoints) });
  const names = most.uncapped.map((code) => rules.find((rule) => rule.code === code)?.name ?? code);
  const { monthMaxCentipoints, yearMaxCentipoints } = limits;
  return [
    { label: t('rules.check.step.rules'), value: points(most.rulesCentipoints) },
    ...(monthMaxCentipoints === null
      ? []
      : [
          {
            label: t('rules.check.step.months', { points: formatPoints(monthMaxCentipoints) }),
            value: points(most.monthsCentipoints),
          },
        ]),
    ...(yearMaxCentipoints === null
      ? []
      : [
          {
            label: t('rules.check.step.year', { points: formatPoints(yearMaxCentipoints) }),
            value: points(most.withinCentipoints),
          },
        ]),
    { label: t('rules.check.step.outside'), value: points(most.outsideCentipoints) },
    { label: t('rules.check.step.total'), value: mostInWords(t, most.totalCentipoints, fenPerPoint) },
    ...(names.length === 0 ? [] : [{ label: t('rules.check.step.uncapped'), value: names.join(t('shared.comma')) }]),
  ];
}
