import { formatPoints } from '../../src/platform/points.ts';
import type { HouseholdLimits, Rule, VillageRuleCheck } from '../../src/rules/index.ts';
import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Icon } from '../shared/icon.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { SignedPoints } from '../shared/points.tsx';
import { capInWords } from './cap-in-words.ts';
import { CheckSummary } from './rule-findings.tsx';

type ListedRule = Rule & { isSafety: boolean };

export type RulesPageProps = {
  villageName: string;
  villageHref: string;
  shelfHref: string;
  categories: readonly { code: string; name: string; rules: readonly ListedRule[] }[];
  check: VillageRuleCheck;
  mayChange: boolean;
};

/** What earns points and what costs them, as everybody may read it; prints as it stands. */
export function RulesPage({ villageName, villageHref, shelfHref, categories, check, mayChange }: RulesPageProps) {
  const { t, locale, today } = usePage();
  const rules = categories.flatMap((category) => category.rules);
  const adding = rules.filter(({ pointsCentipoints }) => pointsCentipoints > 0).length;
  const day = formatDay(today, locale, { short: true });
  return (
    <Layout
      title={t('rules.title')}
      heading={t('rules.heading', { village: villageName })}
      lead={rules.length > 0 && t('rules.lead', { day, adding, taking: rules.length - adding })}
      crumbs={[{ href: villageHref, label: t('rules.village', { village: villageName }) }]}
      actions={
        <>
          {mayChange && (
            <LinkButton href={`${villageHref}/rules/new`} icon="plus">
              {t('rules.new')}
            </LinkButton>
          )}
          {mayChange && <LinkButton href={`${villageHref}/rule-imports/new`}>{t('rules.import.title')}</LinkButton>}
          <LinkButton href={`${villageHref}/settings`}>{t('settings.title')}</LinkButton>
          <LinkButton href={shelfHref}>{t('rules.shelf')}</LinkButton>
          <button class="button button-secondary" type="button" data-print hidden>
            <Icon name="print" />
            <span>{t('shared.print')}</span>
          </button>
        </>
      }
    >
      {rules.length === 0 && <EmptyState title={t('rules.empty')}>{t('rules.emptyHint')}</EmptyState>}
      {rules.length > 0 && <Limits limits={check.limits} />}
      {rules.length > 0 && (
        <div class="screen-only">
          <CheckSummary check={check} />
        </div>
      )}
      <div class="even-tables prints flow">
        {categories.map((category) => (
          <CategoryTable
            key={category.code}
            name={category.name}
            rules={category.rules}
            rulesHref={`${villageHref}/rules`}
          />
        ))}
      </div>
      <ExportLinks list="rules" />
      <ExportLinks list="rule-versions" what={t('shared.list.versions')} />
    </Layout>
  );
}

/** The most that any household can earn, honours left out. */
function Limits({ limits: { monthMaxCentipoints, yearMaxCentipoints } }: { limits: HouseholdLimits }) {
  const { t } = usePage();
  if (monthMaxCentipoints === null && yearMaxCentipoints === null) return null;
  return (
    <p>
      {monthMaxCentipoints !== null && t('rules.limitMonth', { points: formatPoints(monthMaxCentipoints) })}
      {yearMaxCentipoints !== null && t('rules.limitYear', { points: formatPoints(yearMaxCentipoints) })}
      {t('rules.limitOutside')}
    </p>
  );
}

type CategoryTableProps = { name: string; rules: readonly ListedRule[]; rulesHref: string };

function CategoryTable({ name, rules, rulesHref }: CategoryTableProps) {
  const { t, locale } = usePage();
  // Chinese has room for it in one line.
  const isEnglish = locale === 'en';
  const columns: Column<ListedRule>[] = [
    {
      label: t('rules.name'),
      cell: ({ name: ruleName, isSafety }) => (
        <>
          {ruleName}
          {isSafety && <p class="soft small">{t('rules.safety')}</p>}
        </>
      ),
      rowHeader: true,
    },
    {
      label: t('rules.points'),
      cell: (rule) => <SignedPoints centipoints={rule.pointsCentipoints} />,
      numeric: true,
    },
    { label: t('rules.unit'), cell: (rule) => t('rules.unitEach', { unit: rule.unit }) },
    {
      label: t('rules.cap'),
      cell: (rule) => <span class={isEnglish ? undefined : 'whole'}>{capInWords(t, rule) ?? t('rules.noCap')}</span>,
    },
    { label: t('rules.evidence'), cell: (rule) => rule.evidence },
    { label: t('rules.approval'), cell: ({ approvalPath }) => t(`rules.approval.${approvalPath}.short`) },
    {
      label: t('rules.version'),
      cell: ({ code, version }) => (
        <a class="whole" href={`${rulesHref}/${code}`}>
          {t('rules.versionOf', { version })}
        </a>
      ),
    },
  ];
  return <DataTable caption={name} columns={columns} rows={rules} rowKey={(rule) => rule.code} brief />;
}
