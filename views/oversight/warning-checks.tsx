import type { OwnedWarning, RiskLevel, Warning } from '../../src/oversight/index.ts';
import { DataTable } from '../shared/data-table.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { RiskTag } from './risk-tag.tsx';

/** Which check finds what, in the order of the page. */
const CHECKS = [
  'solvency',
  'budget',
  'useBy',
  'stock',
  'slow',
  'counts',
  'receipts',
  'claims',
  'objections',
  'wishes',
  'gifts',
  'problems',
  'record',
  'cards',
  'handovers',
  'books',
] as const;

const CHECK_OF: Readonly<Record<Warning['code'], (typeof CHECKS)[number]>> = {
  shelfEmpty: 'solvency',
  shelfThin: 'solvency',
  budgetUsed: 'budget',
  expired: 'useBy',
  expiring: 'useBy',
  gone: 'stock',
  low: 'stock',
  slow: 'slow',
  neverCounted: 'counts',
  countOverdue: 'counts',
  countUnexplained: 'counts',
  countDiffers: 'counts',
  receiptsUnchecked: 'receipts',
  proposalsWait: 'receipts',
  slipsMissing: 'receipts',
  claimsWait: 'claims',
  objectionsOpen: 'objections',
  wishesUnchecked: 'wishes',
  wishesRunOut: 'wishes',
  giftsUninspected: 'gifts',
  thanksDue: 'gifts',
  problemsLate: 'problems',
  unpublished: 'record',
  idle: 'record',
  cardsClosed: 'cards',
  handoverDue: 'handovers',
  booksWrong: 'books',
  booksUnchecked: 'books',
};

const GRAVEST: readonly RiskLevel[] = ['red', 'yellow', 'blue'];

/** 查了哪些: every check with what it found, so that nothing found is known to have been looked for. */
export function ChecksPanel({ warnings }: { warnings: readonly OwnedWarning[] }) {
  const { t } = usePage();
  const rows = CHECKS.map((check) => {
    const found = warnings.filter(({ warning }) => CHECK_OF[warning.code] === check);
    const level = GRAVEST.find((one) => found.some(({ warning }) => warning.level === one)) ?? 'green';
    return { check, level, count: found.length };
  });
  return (
    <Panel title={t('oversight.checks.title')}>
      <DataTable
        caption={t('oversight.checks.title')}
        captionHidden
        columns={[
          {
            label: t('oversight.checks.what'),
            rowHeader: true,
            cell: ({ check }) => t(`oversight.checks.${check}`),
          },
          {
            label: t('oversight.checks.found'),
            cell: ({ count, level }) => (
              <span class="risk">
                <RiskTag level={level} /> {count > 0 && t('oversight.checks.count', { count })}
              </span>
            ),
          },
        ]}
        rows={rows}
        rowKey={({ check }) => check}
      />
      <p class="soft small">{t('oversight.checks.settings')}</p>
    </Panel>
  );
}
