import type { ChangedHousehold } from '../../src/cards/change-operation.ts';
import type { HouseholdChangeKind } from '../../src/cards/household-change.ts';
import { ButtonRow, LinkButton } from '../shared/button.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Points, SignedPoints } from '../shared/points.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { CardStatus } from './card-status.tsx';

export type ChangeResultPageProps = {
  kind: HouseholdChangeKind;
  firstSeq: number;
  recordedOn: { day: string; time: string };
  recordedBy: string;
  reason: string | null;
  /** Of a name that was misspelt. */
  corrected: { was: string; name: string } | null;
  households: readonly ChangedHousehold[];
  /** Households whose new card is to be printed. */
  toPrint: readonly { number: string; headName: string }[];
};

/** What was done, under an address of its own, so that looking again changes nothing. */
export function ChangeResultPage(props: ChangeResultPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { kind, households, reason } = props;
  return (
    <Layout
      title={t(`cards.change.${kind}`)}
      crumbs={[{ href: href('/cards'), label: t('cards.list.title') }]}
      notice={<Notice kind="success">{doneWords(props, t)}</Notice>}
    >
      <Panel>
        <Facts
          facts={[
            { label: t('cards.change.recordedAt'), value: <DayText {...props.recordedOn} /> },
            { label: t('cards.change.by'), value: props.recordedBy },
            ...(props.corrected
              ? [
                  { label: t('cards.change.was'), value: props.corrected.was },
                  { label: t('cards.change.newName'), value: props.corrected.name },
                ]
              : []),
            ...(reason === null ? [] : [{ label: t('cards.change.reason'), value: reason }]),
            {
              label: t('cards.openings.seq'),
              value: <a href={href(`/acts/${props.firstSeq}`)}>{t('cards.mine.actNumber', { seq: props.firstSeq })}</a>,
            },
          ]}
        />
      </Panel>
      <DataTable
        caption={t('cards.change.households')}
        rows={households}
        rowKey={({ number }) => number}
        columns={[
          {
            label: t('cards.openings.household'),
            cell: ({ number, headName }) => <a href={href(`/cards/${number}`)}>{headName}</a>,
            rowHeader: true,
          },
          { label: t('cards.openings.number'), cell: ({ number }) => number },
          { label: t('cards.change.column.status'), cell: ({ status }) => <CardStatus status={status} /> },
          {
            label: t('cards.change.column.change'),
            cell: ({ amountCentipoints }) =>
              amountCentipoints !== null && <SignedPoints centipoints={amountCentipoints} />,
            numeric: true,
          },
          {
            label: t('cards.mine.after'),
            cell: ({ balanceAfterCentipoints }) =>
              balanceAfterCentipoints !== null && <Points centipoints={balanceAfterCentipoints} />,
            numeric: true,
          },
        ]}
      />
      {props.toPrint.length > 0 && (
        <ButtonRow>
          {props.toPrint.map(({ number, headName: name }) => (
            <LinkButton key={number} href={href(`/cards/${number}/print`)} icon="print" look="primary">
              {t('cards.change.print', { name })}
            </LinkButton>
          ))}
        </ButtonRow>
      )}
    </Layout>
  );
}

function doneWords({ kind, households }: ChangeResultPageProps, t: ReturnType<typeof usePage>['t']): string {
  const name = households[0]?.headName ?? '';
  switch (kind) {
    case 'freezing':
    case 'unfreezing':
    case 'recall':
    case 'replacement':
      return t(`cards.change.done.${kind}`, { name });
    case 'split':
    case 'merger':
    case 'departure':
    case 'settlement':
    case 'naming':
    case 'arrival':
    case 'correction':
      return t(`cards.change.done.${kind}`);
  }
}
