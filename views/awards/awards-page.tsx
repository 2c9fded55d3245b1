import { LinkButton } from '../shared/button.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { SignedPoints } from '../shared/points.tsx';
import { StatusTag } from '../shared/status-tag.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type AwardsPageProps = {
  awards: readonly {
    operationId: string;
    ruleName: string;
    occurredOn: string;
    households: number;
    totalCentipoints: number;
    undone: number;
    recordedBy: string;
  }[];
  mayAward: boolean;
  nextHref?: string | undefined;
  firstHref?: string | undefined;
};

/** Every award and deduction of the village, the latest first. */
export function AwardsPage({ awards, mayAward, nextHref, firstHref }: AwardsPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('awards.list.title')}
      actions={
        mayAward && (
          <LinkButton href={href('/awards/new')} icon="plus" look="primary">
            {t('awards.new.title')}
          </LinkButton>
        )
      }
    >
      <DataTable
        caption={t('awards.list.title')}
        captionHidden
        rows={awards}
        rowKey={({ operationId }) => operationId}
        empty={<EmptyState title={t('awards.list.none')}>{t('awards.list.noneHint')}</EmptyState>}
        columns={[
          {
            label: t('awards.list.what'),
            cell: ({ ruleName, operationId }) => (
              <a class="row-link" href={href(`/awards/${operationId}`)}>
                {ruleName}
              </a>
            ),
            rowHeader: true,
          },
          { label: t('awards.preview.day'), cell: ({ occurredOn }) => <DayText day={occurredOn} short /> },
          { label: t('awards.list.households'), cell: ({ households }) => households, numeric: true },
          {
            label: t('awards.list.total'),
            cell: ({ totalCentipoints }) => <SignedPoints centipoints={totalCentipoints} />,
            numeric: true,
          },
          { label: t('awards.result.by'), cell: ({ recordedBy }) => recordedBy },
          {
            label: t('awards.list.state'),
            cell: ({ undone }) =>
              undone > 0 && <StatusTag tone="plain">{t('awards.list.undone', { count: undone })}</StatusTag>,
          },
        ]}
      />
      <Pager nextHref={nextHref} firstHref={firstHref} />
    </Layout>
  );
}
