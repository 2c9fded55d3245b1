import { formatPoints } from '../../src/platform/points.ts';
import { DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Points, SignedPoints } from '../shared/points.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type ExpiryResultPageProps = {
  occurredOn: string;
  recordedOn: { day: string; time: string };
  recordedBy: string;
  lines: readonly {
    seq: number;
    number: string;
    headName: string;
    amountCentipoints: number;
    balanceAfterCentipoints: number;
    reversedBySeq: number | null;
  }[];
};

/** Whose points expired, each with its number in the public record. */
export function ExpiryResultPage({ occurredOn, recordedOn, recordedBy, lines }: ExpiryResultPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const total = lines.reduce((sum, { amountCentipoints }) => sum - amountCentipoints, 0);
  return (
    <Layout
      title={t('cards.expiry.title')}
      crumbs={[{ href: href('/cards'), label: t('cards.list.title') }]}
      notice={
        <Notice kind="success">{t('cards.expiry.done', { count: lines.length, points: formatPoints(total) })}</Notice>
      }
    >
      <Panel>
        <Facts
          facts={[
            { label: t('cards.expiry.day'), value: <DayText day={occurredOn} /> },
            { label: t('cards.change.recordedAt'), value: <DayText {...recordedOn} /> },
            { label: t('cards.change.by'), value: recordedBy },
          ]}
        />
      </Panel>
      <DataTable
        caption={t('cards.expiry.households', { count: lines.length })}
        rows={lines}
        rowKey={({ seq }) => seq}
        columns={[
          {
            label: t('cards.openings.household'),
            cell: ({ number, headName }) => <a href={href(`/cards/${number}`)}>{headName}</a>,
            rowHeader: true,
          },
          {
            label: t('cards.openings.seq'),
            cell: ({ seq, reversedBySeq }) => (
              <>
                <a href={href(`/acts/${seq}`)}>{t('cards.mine.actNumber', { seq })}</a>
                {reversedBySeq !== null && <> {t('cards.entry.reversed', { seq: reversedBySeq })}</>}
              </>
            ),
          },
          {
            label: t('cards.change.column.change'),
            cell: ({ amountCentipoints }) => <SignedPoints centipoints={amountCentipoints} />,
            numeric: true,
          },
          {
            label: t('cards.mine.after'),
            cell: ({ balanceAfterCentipoints }) => <Points centipoints={balanceAfterCentipoints} />,
            numeric: true,
          },
        ]}
      />
    </Layout>
  );
}
