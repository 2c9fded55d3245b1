import type { OwnedWarning, VillageWarnings, Warning } from '../../src/oversight/index.ts';
import { BarChart } from '../shared/bar-chart.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText, formatDay } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { formatYuan } from '../shared/yuan.tsx';
import { countWarnings } from './count-warnings.ts';
import { GIVING_PATHS } from './giving-tasks.ts';
import { reasonText } from './reason-text.ts';
import { RiskTag } from './risk-tag.tsx';

export type WarningsPageProps = VillageWarnings & {
  /** The clock in the village, `09:12`. */
  time: string;
};

/** 预警: what needs somebody in this village, the gravest first; it says so when nothing does. */
export function WarningsPage({ time, ...village }: WarningsPageProps) {
  const { t, locale, today } = usePage();
  const { warnings } = village;
  return (
    <Layout title={t('oversight.warnings.title')} lead={t('oversight.warnings.lead')}>
      <Panel title={t('oversight.warnings.list')}>
        <p>{t('oversight.warnings.now', { day: formatDay(today, locale, { today }), time })}</p>
        {warnings.length === 0 ? (
          <EmptyState title={t('oversight.warnings.none')}>{t('oversight.warnings.noneHint')}</EmptyState>
        ) : (
          <WarningTable warnings={warnings} />
        )}
      </Panel>
      <Cover {...village} />
    </Layout>
  );
}

function WarningTable({ warnings }: Pick<VillageWarnings, 'warnings'>) {
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
      cell: ({ warning: { dueOn } }) => (dueOn < today ? <Overdue day={dueOn} /> : <DayText day={dueOn} />),
    },
  ];
  return (
    <DataTable
      caption={t('oversight.warnings.counts', countWarnings(warnings))}
      columns={columns}
      rows={warnings}
      rowKey={(_, index) => index}
    />
  );
}

function What({ warning }: { warning: Warning }) {
  const href = useVillageHref();
  return <a href={href(PATHS[warning.code])}>{useWarningText(warning)}</a>;
}

/** Where each is put right. */
const PATHS: Readonly<Record<Warning['code'], string>> = {
  unpublished: '/publications',
  idle: '/acts',
  shelfEmpty: '/goods',
  shelfThin: '/goods',
  cardsClosed: '/cards?status=registered',
  expired: '/goods',
  expiring: '/goods#expiring',
  slow: '/goods',
  gone: '/goods',
  low: '/goods#low',
  booksWrong: '/verify',
  booksUnchecked: '/verify',
  receiptsUnchecked: '/receipts',
  proposalsWait: '/goods-proposals',
  slipsMissing: '/receipts',
  neverCounted: '/stocktakes',
  countOverdue: '/stocktakes',
  countUnexplained: '/stocktakes',
  countDiffers: '/stocktakes',
  ...GIVING_PATHS,
};

function useWarningText(warning: Warning): string {
  const { t, locale, today } = usePage();
  switch (warning.code) {
    case 'expired':
    case 'expiring': {
      const { name, unit, quantity, useBy } = warning;
      const day = formatDay(useBy, locale, { today, short: true });
      return t(`oversight.warnings.${warning.code}`, { name, unit, quantity, day });
    }
    case 'slow': {
      const { name, unit, quantity, days } = warning;
      return t('oversight.warnings.slow', { name, unit, quantity, days });
    }
    case 'low': {
      const { name, unit, quantity } = warning;
      return t('oversight.warnings.low', { name, unit, quantity });
    }
    case 'gone':
      return t('oversight.warnings.gone', { name: warning.name });
    case 'receiptsUnchecked':
    case 'proposalsWait':
    case 'wishesUnchecked':
    case 'wishesRunOut':
    case 'giftsUninspected':
    case 'thanksDue':
      return t(`oversight.warnings.${warning.code}`, { count: warning.count, days: warning.days });
    case 'slipsMissing':
      return t('oversight.warnings.slipsMissing', { count: warning.count });
    case 'neverCounted':
      return t('oversight.warnings.neverCounted');
    case 'countOverdue':
      return t('oversight.warnings.countOverdue', { days: warning.days });
    case 'countUnexplained':
      return t('oversight.warnings.countUnexplained', { kinds: warning.kinds });
    case 'countDiffers':
      return t('oversight.warnings.countDiffers', { yuan: formatYuan(warning.varianceFen) });
    case 'booksWrong':
      return t('oversight.warnings.booksWrong', { findings: warning.findings });
    case 'booksUnchecked':
      return warning.days === null
        ? t('oversight.warnings.booksNever')
        : t('oversight.warnings.booksUnchecked', { days: warning.days });
    case 'unpublished':
    case 'idle':
    case 'shelfEmpty':
    case 'shelfThin':
    case 'cardsClosed':
      return reasonText(warning, t);
  }
}

function Owner({ warning: { owner }, people }: OwnedWarning) {
  const { t } = usePage();
  const role = t(`people.role.${owner}`);
  return <>{people.length > 0 ? people.join(t('oversight.join')) : t('oversight.warnings.nobody', { role })}</>;
}

function Overdue({ day }: { day: string }) {
  const { t, locale, today } = usePage();
  return <strong>{t('oversight.warnings.overdue', { day: formatDay(day, locale, { today, short: true }) })}</strong>;
}

function Cover({ outstandingFen, stockValueFen }: VillageWarnings) {
  const { t } = usePage();
  const promised = formatYuan(outstandingFen);
  const goods = formatYuan(stockValueFen);
  const percent = Math.floor((stockValueFen * 100) / outstandingFen);
  const yuan = (text: string) => t('shared.yuanOf', { yuan: text });
  return (
    <Panel title={t('oversight.warnings.cover')}>
      <p>
        {outstandingFen === 0
          ? t('oversight.warnings.coverNothing', { goods })
          : t('oversight.warnings.coverText', { promised, goods, percent })}
      </p>
      <BarChart
        title={t('oversight.warnings.inYuan')}
        bars={[
          { label: t('oversight.warnings.promised'), value: outstandingFen, text: yuan(promised), isLess: true },
          { label: t('oversight.warnings.goods'), value: stockValueFen, text: yuan(goods) },
        ]}
      />
    </Panel>
  );
}
