import { formatPoints } from '../../src/platform/points.ts';
import { ButtonRow, LinkButton } from '../shared/button.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Points } from '../shared/points.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type OpeningResultPageProps = {
  recordedOn: { day: string; time: string };
  recordedBy: string;
  totalCentipoints: number;
  lines: readonly {
    seq: number;
    number: string;
    headName: string;
    groupName: string;
    balanceAfterCentipoints: number;
  }[];
  mayChange: boolean;
};

/** Whose cards were opened, each with its number in the public record. */
export function OpeningResultPage({
  recordedOn,
  recordedBy,
  totalCentipoints,
  lines,
  mayChange,
}: OpeningResultPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('cards.openings.doneTitle')}
      crumbs={[{ href: href('/cards'), label: t('cards.list.title') }]}
      notice={
        <Notice kind="success">
          {t('cards.openings.done', { count: lines.length, points: formatPoints(totalCentipoints) })}
        </Notice>
      }
    >
      <Panel>
        <Facts
          facts={[
            { label: t('cards.openings.recordedAt'), value: <DayText {...recordedOn} /> },
            { label: t('cards.openings.by'), value: recordedBy },
          ]}
        />
      </Panel>
      <DataTable
        caption={t('cards.openings.households', { count: lines.length })}
        rows={lines}
        rowKey={({ seq }) => seq}
        columns={[
          { label: t('cards.openings.household'), cell: ({ headName }) => headName, rowHeader: true },
          { label: t('cards.openings.group'), cell: ({ groupName }) => groupName },
          {
            label: t('cards.openings.number'),
            cell: ({ number }) => (
              <a class="row-link" href={href(`/cards/${number}`)}>
                {number}
              </a>
            ),
          },
          {
            label: t('cards.openings.seq'),
            cell: ({ seq }) => (
              <a class="row-link" href={href(`/acts/${seq}`)}>
                {t('cards.mine.actNumber', { seq })}
              </a>
            ),
          },
          {
            label: t('cards.openings.after'),
            cell: (line) => <Points centipoints={line.balanceAfterCentipoints} />,
            numeric: true,
          },
        ]}
      />
      {mayChange && (
        <ButtonRow>
          <LinkButton href={href('/cards/print')} icon="print">
            {t('cards.list.print')}
          </LinkButton>
          <LinkButton href={href('/cards')}>{t('cards.list.title')}</LinkButton>
        </ButtonRow>
      )}
    </Layout>
  );
}
