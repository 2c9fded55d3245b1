import { fenOf, formatPoints } from '../../src/platform/points.ts';
import type { DraftCheck, FindingLevel, NamedRule, RuleFinding, VillageRuleCheck } from '../../src/rules/index.ts';
import { DataTable } from '../shared/data-table.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { StatusTag } from '../shared/status-tag.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { formatYuan } from '../shared/yuan.tsx';

const TONES = { bad: 'bad', warning: 'warning', notice: 'plain' } as const;

/** Findings that say the same about several rules stand in one row. */
type Row = { key: string; finding: RuleFinding; codes: string[] };

type FindingsTableProps = {
  findings: readonly RuleFinding[];
  rules: readonly NamedRule[];
  /** Where a rule leads: to its history, to the form that changes it, or nowhere, for a draft has no page yet. */
  links: 'history' | 'form' | 'none';
};

/** What was found, about which rules, and what to do next: the gravest first. */
export function FindingsTable({ findings, rules, links }: FindingsTableProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const names = new Map(rules.map(({ code, name }) => [code, name]));
  return (
    <DataTable
      caption={t('rules.check.findings')}
      rows={rowsOf(findings)}
      rowKey={({ key }) => key}
      columns={[
        {
          label: t('rules.check.level'),
          cell: ({ finding: { level } }) => (
            <StatusTag tone={TONES[level]}>{t(`rules.check.level.${level}`)}</StatusTag>
          ),
        },
        { label: t('rules.check.what'), cell: ({ finding }) => findingText(finding, t), rowHeader: true },
        {
          label: t('rules.check.which'),
          cell: ({ codes }) => (
            <ul class="rule-links">
              {codes.map((code) => (
                <li key={code}>
                  {links === 'none' ? (
                    names.get(code)
                  ) : (
                    <a href={href(links === 'form' ? `/rules/${code}/change` : `/rules/${code}`)}>{names.get(code)}</a>
                  )}
                </li>
              ))}
            </ul>
          ),
        },
        { label: t('rules.check.next'), cell: ({ finding }) => nextText(finding, t) },
      ]}
    />
  );
}

function rowsOf(findings: readonly RuleFinding[]): Row[] {
  const rows = new Map<string, Row>();
  for (const finding of findings) {
    const { rules, ...same } = finding;
    // Rules that pay twice are one finding together, never with another group.
    const key = JSON.stringify(finding.finding === 'double_pay' ? finding : same);
    const row = rows.get(key);
    if (row) row.codes.push(...rules);
    else rows.set(key, { key, finding, codes: [...rules] });
  }
  return [...rows.values()];
}

function findingText(finding: RuleFinding, t: Translate): string {
  switch (finding.finding) {
    case 'red_line':
    case 'undecided':
      return t(`rules.check.${finding.finding}`, { words: finding.words, reason: t(`rules.line.${finding.line}`) });
    case 'double_pay':
      return t(`rules.check.double_pay.${finding.why}`);
    case 'deduction_too_large':
    case 'always_cut':
      return t(`rules.check.${finding.finding}`, { most: formatPoints(finding.mostCentipoints) });
    case 'no_cap':
      return t(finding.isOutsideLimits ? 'rules.check.no_cap.outside' : 'rules.check.no_cap.within');
    case 'cap_unreachable':
      return t(`rules.check.cap_unreachable.${finding.by}`);
    case 'no_evidence':
      return t('rules.check.no_evidence');
  }
}

function nextText(finding: RuleFinding, t: Translate): string {
  const level = finding.level === 'warning' ? 'warning' : 'notice';
  if (finding.finding === 'double_pay') return t(`rules.check.next.double_pay.${level}`);
  if (finding.finding === 'no_cap') return t(`rules.check.next.no_cap.${level}`);
  return t(`rules.check.next.${finding.finding}`);
}

export function countLevel(findings: readonly RuleFinding[], level: FindingLevel): number {
  return findings.filter((finding) => finding.level === level).length;
}

/** `215 分，合 645 元`; what has no limit says so. */
export function mostInWords(t: Translate, centipoints: number | null, fenPerPoint: number): string {
  if (centipoints === null) return t('rules.check.noLimit');
  return t('rules.check.pointsYuan', {
    points: formatPoints(centipoints),
    yuan: formatYuan(fenOf(centipoints, fenPerPoint)),
  });
}

/** One sentence on the page of the rules, and the way to the whole. */
export function CheckSummary({ check }: { check: VillageRuleCheck }) {
  const { t } = usePage();
  const href = useVillageHref();
  const { findings, most, fenPerPoint } = check;
  const bad = countLevel(findings, 'bad');
  return (
    <Notice kind={bad > 0 ? 'warning' : 'info'} title={t('rules.check.title')}>
      {t('rules.check.summary', {
        bad,
        warning: countLevel(findings, 'warning'),
        notice: countLevel(findings, 'notice'),
      })}{' '}
      {t('rules.check.mostSentence', { most: mostInWords(t, most.totalCentipoints, fenPerPoint) })}{' '}
      <a href={href('/rules/check')}>{t('rules.check.see')}</a>
    </Notice>
  );
}

/** What a draft would bring: new findings, and the most that a household could then earn. */
export function DraftFindings({ check }: { check: DraftCheck }) {
  const { t } = usePage();
  const { findings, rules, mostBeforeCentipoints, mostAfterCentipoints, fenPerPoint } = check;
  const before = mostInWords(t, mostBeforeCentipoints, fenPerPoint);
  const after = mostInWords(t, mostAfterCentipoints, fenPerPoint);
  return (
    <>
      <Notice kind={findings.length > 0 ? 'warning' : 'info'} title={t('rules.check.title')}>
        {findings.length > 0 ? t('rules.check.draftFound', { count: findings.length }) : t('rules.check.draftClean')}{' '}
        {before === after ? t('rules.check.mostSame', { most: after }) : t('rules.check.mostChange', { before, after })}
      </Notice>
      {findings.length > 0 && <FindingsTable findings={findings} rules={rules} links="none" />}
    </>
  );
}
