import { capInWords } from '../../views/rules/cap-in-words.ts';
import type { Translate } from '../../views/shared/dictionary.ts';
import { offerList } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { ruleCategories } from './categories.ts';
import { allRuleVersions, type Rule, type RuleVersion, villageRules } from './village-rules.ts';

/** 细则 as they hold today, and every version that there ever was. */
export const ruleExportRoutes: Routes = async (app, services) => {
  const { sql } = services.db;

  offerList(app, services, {
    name: 'rules',
    access: 'everybody',
    title: (t) => t('rules.title'),
    rows: ({ placeId, today }) => villageRules(sql, placeId, today),
    columns: (t) => ruleColumns<Rule>(t),
  });

  offerList(app, services, {
    name: 'rule-versions',
    access: 'everybody',
    title: (t) => t('shared.list.versions'),
    rows: ({ placeId }) => allRuleVersions(sql, placeId),
    columns: (t) => [
      ...ruleColumns<RuleVersion>(t),
      { label: t('rules.import.ends'), cell: ({ isEnded }) => isEnded },
      { label: t('rules.meeting'), cell: ({ meeting }) => meeting },
      { label: t('rules.act'), cell: ({ seq }) => seq },
    ],
  });
};

function ruleColumns<Row extends Rule>(t: Translate) {
  return [
    { label: t('rules.import.code'), cell: ({ code }: Row) => code },
    { label: t('rules.version'), cell: ({ version }: Row) => version },
    {
      label: t('rules.import.category'),
      cell: ({ category }: Row) => ruleCategories.find(({ code }) => code === category)?.name ?? category,
    },
    { label: t('rules.name'), cell: ({ name }: Row) => name },
    { label: t('rules.points'), kind: 'points' as const, cell: ({ pointsCentipoints }: Row) => pointsCentipoints },
    { label: t('rules.unit'), cell: ({ unit }: Row) => unit },
    { label: t('rules.cap'), cell: (rule: Row) => capInWords(t, rule) ?? t('rules.noCap') },
    // In parts, as the table is imported.
    {
      label: t('rules.import.capPeriod'),
      cell: ({ capPeriod }: Row) => (capPeriod === null ? null : t(`rules.period.${capPeriod}`)),
    },
    { label: t('rules.import.capMaxCount'), cell: ({ capMaxCount }: Row) => capMaxCount },
    {
      label: t('rules.import.capMaxPoints'),
      kind: 'points' as const,
      cell: ({ capMaxCentipoints }: Row) => (capMaxCentipoints === null ? null : Math.abs(capMaxCentipoints)),
    },
    {
      label: t('rules.import.capPer'),
      cell: ({ capPeriod, capPer }: Row) => (capPeriod === null ? null : t(`rules.capPer.${capPer}`)),
    },
    { label: t('rules.evidence'), cell: ({ evidence }: Row) => evidence },
    { label: t('rules.approval'), cell: ({ approvalPath }: Row) => t(`rules.approval.${approvalPath}`) },
    { label: t('rules.import.decidedBy'), cell: ({ decidedBy }: Row) => decidedBy },
    { label: t('rules.from'), cell: ({ effectiveFrom }: Row) => effectiveFrom },
  ];
}
