import { Fragment } from 'preact';
import type { OwnedWarning, VillageWarnings, Warning } from '../../src/oversight/index.ts';
import { SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText, formatDay } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { refusalText } from '../shared/refusal-text.ts';
import { useVillageHref } from '../shared/village-href.ts';
import { countWarnings } from './count-warnings.ts';
import { RiskTag } from './risk-tag.tsx';
import { SolvencyPanel } from './solvency-panel.tsx';
import { ChecksPanel } from './warning-checks.tsx';
import { WARNING_PATHS } from './warning-paths.ts';
import { warningText } from './warning-text.ts';

export type WarningsPageProps = VillageWarnings & {
  /** The clock in the village, `09:12`. */
  time: string;
  /** Whether the reader may put one into the problem ledger, and allow points although red stops them. */
  mayRecord: boolean;
  mayLift: boolean;
  idempotencyKey: string;
  refusal: { refused: string } | undefined;
};

/** 预警: what needs somebody in this village, the gravest first; it says so when nothing does, and what was looked at. */
export function WarningsPage({ time, mayRecord, mayLift, idempotencyKey, refusal, ...village }: WarningsPageProps) {
  const { t, locale, today } = usePage();
  const { warnings } = village;
  return (
    <Layout
      title={t('oversight.warnings.title')}
      lead={t('oversight.warnings.lead')}
      notice={
        refusal && (
          <Notice kind="refusal" focused>
            {refusalText(locale, refusal)}
          </Notice>
        )
      }
    >
      <Panel title={t('oversight.warnings.list')}>
        <p>{t('oversight.warnings.now', { day: formatDay(today, locale, { today }), time })}</p>
        {warnings.length === 0 ? (
          <EmptyState title={t('oversight.warnings.none')}>{t('oversight.warnings.noneHint')}</EmptyState>
        ) : (
          <WarningTable warnings={warnings} recordKey={mayRecord ? idempotencyKey : null} />
        )}
      </Panel>
      <SolvencyPanel {...village} mayLift={mayLift} />
      <ChecksPanel warnings={warnings} />
      <ExportLinks list="warnings" />
    </Layout>
  );
}

function WarningTable({ warnings, recordKey }: Pick<VillageWarnings, 'warnings'> & { recordKey: string | null }) {
  const { t, today } = usePage();
  const columns: Column<OwnedWarning>[] = [
    {
      label: t('oversight.warnings.level'),
      cell: ({ warning: { level } }) => <RiskTag level={level} />,
    },
    { label: t('oversight.warnings.what'), rowHeader: true, cell: ({ warning }) => <What warning={warning} /> },
    { label: t('oversight.warnings.advice'), cell: ({ warning: { code } }) => t(`oversight.warnings.do.${code}`) },
    { label: t('oversight.warnings.owner'), cell: (owned) => <Owner {...owned} /> },
    {
      label: t('oversight.warnings.due'),
      cell: ({ warning: { dueOn } }) => (dueOn < today ? <Overdue day={dueOn} /> : <DayText day={dueOn} short />),
    },
    {
      label: t('oversight.warnings.ledger'),
      cell: (owned) => isOnLedger(owned, recordKey) && <OnLedger {...owned} recordKey={recordKey} />,
      ifAny: true,
    },
  ];
  return (
    <DataTable
      caption={t('oversight.warnings.counts', countWarnings(warnings))}
      columns={columns}
      rows={warnings}
      rowKey={(_, index) => index}
      brief
      wide
    />
  );
}

function What({ warning }: { warning: Warning }) {
  const href = useVillageHref();
  return <a href={href(WARNING_PATHS[warning.code])}>{warningText(warning, usePage())}</a>;
}

function Owner({ warning: { owner }, people }: OwnedWarning) {
  const { t } = usePage();
  const role = t(`people.role.${owner}`);
  if (people.length === 0) return <>{t('oversight.warnings.nobody', { role })}</>;
  return (
    <>
      {people.map((name, place) => (
        <Fragment key={name}>
          {place > 0 && t('shared.comma')}
          <span class="whole">{name}</span>
        </Fragment>
      ))}
    </>
  );
}

function Overdue({ day }: { day: string }) {
  const { t, locale, today } = usePage();
  return <strong>{t('oversight.warnings.overdue', { day: formatDay(day, locale, { today, short: true }) })}</strong>;
}

/** Overdue problems stand there already; who may not put it there sees nothing where nothing stands. */
function isOnLedger({ warning, problem }: OwnedWarning, recordKey: string | null): boolean {
  return problem !== null || (recordKey !== null && warning.code !== 'problemsLate');
}

/** Under which number it stands in the problem ledger, or the press that puts it there. */
function OnLedger({ warning, problem, recordKey }: OwnedWarning & { recordKey: string | null }) {
  const { t } = usePage();
  const href = useVillageHref();
  if (problem !== null) {
    return <a href={href(`/problems/${problem}`)}>{t('oversight.warnings.onLedger', { n: problem })}</a>;
  }
  const item = 'goods' in warning ? warning.goods : '';
  return (
    <PostForm action={href('/warnings/problems')} idempotencyKey={`${recordKey}-${warning.code}-${item}`}>
      <input type="hidden" name="code" value={warning.code} />
      <input type="hidden" name="item" value={item} />
      <SubmitButton look="secondary">{t('oversight.warnings.record')}</SubmitButton>
    </PostForm>
  );
}
