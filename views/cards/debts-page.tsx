import { formatPoints } from '../../src/platform/points.ts';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Points } from '../shared/points.tsx';
import { SearchForm } from '../shared/search-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { type CardState, CardStatus } from './card-status.tsx';

type DebtLine = {
  cardNumber: string;
  headName: string;
  groupName: string;
  status: CardState;
  owedCentipoints: number;
  since: string;
  ruleName: string | null;
  seq: number;
};

export type DebtsPageProps = {
  query: string;
  lines: readonly DebtLine[];
  householdCount: number;
  totalCentipoints: number;
  nextHref?: string | undefined;
  firstHref?: string | undefined;
};

/** 欠扣的户: who owes points, how many, since when and what for. */
export function DebtsPage({ query, lines, householdCount, totalCentipoints, ...paging }: DebtsPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const columns: Column<DebtLine>[] = [
    {
      label: t('cards.standing.household'),
      cell: ({ cardNumber, headName, groupName, status }) => (
        <>
          <a href={href(`/cards/${cardNumber}`)}>{headName}</a> <span class="soft small">{groupName}</span>{' '}
          {status !== 'active' && <CardStatus status={status} />}
        </>
      ),
      rowHeader: true,
    },
    {
      label: t('cards.debts.owes'),
      cell: ({ owedCentipoints }) => <Points centipoints={owedCentipoints} />,
      numeric: true,
    },
    { label: t('cards.debts.since'), cell: ({ since }) => <DayText day={since} /> },
    {
      label: t('cards.debts.for'),
      cell: ({ ruleName, seq }) => <a href={href(`/acts/${seq}`)}>{ruleName ?? t('cards.debts.other', { seq })}</a>,
    },
  ];
  return (
    <Layout
      title={t('cards.debts.title')}
      lead={
        householdCount > 0 && t('cards.debts.lead', { count: householdCount, points: formatPoints(totalCentipoints) })
      }
      crumbs={[{ href: href('/cards'), label: t('cards.list.title') }]}
    >
      <p class="soft">{t('cards.debts.explain')}</p>
      {(lines.length > 0 || query !== '') && (
        <SearchForm action={href('/debts')} label={t('cards.list.search')} value={query} />
      )}
      <DataTable
        caption={t('cards.debts.title')}
        captionHidden
        columns={columns}
        rows={lines}
        rowKey={({ cardNumber }) => cardNumber}
        empty={
          <EmptyState title={t(query === '' ? 'cards.debts.none' : 'cards.list.none')}>
            {t(query === '' ? 'cards.debts.noneHint' : 'cards.list.noneHint')}
          </EmptyState>
        }
      />
      <Pager {...paging} />
      {householdCount > 0 && <ExportLinks list="debts" />}
    </Layout>
  );
}
