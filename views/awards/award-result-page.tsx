import type { Claim } from '../../src/claims/index.ts';
import { formatPoints, formatSignedPoints } from '../../src/platform/points.ts';
import type { ShownPhoto } from '../../src/problems/index.ts';
import { ClaimTable } from '../claims/claim-table.tsx';
import { ButtonRow, LinkButton } from '../shared/button.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { householdsOf } from '../shared/households-of.ts';
import { Icon } from '../shared/icon.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PhotoStrip } from '../shared/photo-field.tsx';
import { Points, SignedPoints } from '../shared/points.tsx';
import { StatusTag } from '../shared/status-tag.tsx';
import { UndoAtOnce, type UndoAtOnceProps } from '../shared/undo-at-once.tsx';
import { useVillageHref } from '../shared/village-href.ts';

type AwardedHousehold = {
  seq: number;
  number: string;
  headName: string;
  /** Who of the household, where the award names somebody. */
  memberName: string | null;
  groupName: string;
  amountCentipoints: number;
  balanceAfterCentipoints: number;
  reversedBySeq: number | null;
};

export type AwardResultPageProps = {
  operationId: string;
  /** Its code; empty where everything still waits. */
  rule: string;
  ruleName: string;
  occurredOn: string;
  recordedOn: { day: string; time: string };
  recordedBy: string;
  note?: string | undefined;
  lines: readonly AwardedHousehold[];
  /** Lines that count when somebody has agreed. */
  claims: readonly Claim[];
  photos: readonly ShownPhoto[];
  mayAward: boolean;
  mayReverse: boolean;
  /** For a few minutes, for whoever recorded it. */
  undo?: UndoAtOnceProps | undefined;
};

/** What was recorded, under an address of its own: every household with its number in the public record. */
export function AwardResultPage(props: AwardResultPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { lines, claims } = props;
  const undone = lines.filter(({ reversedBySeq }) => reversedBySeq !== null).length;
  const claimed = householdsOf(claims);
  return (
    <Layout
      title={t('awards.result.title')}
      crumbs={[{ href: href('/awards'), label: t('awards.list.title') }]}
      scripts={['award']}
      notice={
        <>
          {lines.length > 0 && <Outcome lines={lines} undone={undone} />}
          {claims.length > 0 && <Notice kind="success">{t('awards.result.claimed', { count: claimed })}</Notice>}
        </>
      }
    >
      <Panel>
        <Facts
          facts={[
            { label: t('awards.preview.rule'), value: props.ruleName },
            { label: t('awards.preview.day'), value: <DayText day={props.occurredOn} /> },
            ...(props.note ? [{ label: t('awards.preview.note'), value: props.note }] : []),
            { label: t('awards.result.recordedAt'), value: <DayText {...props.recordedOn} /> },
            { label: t('awards.result.by'), value: props.recordedBy },
          ]}
        />
        <PhotoStrip photos={props.photos} what={props.ruleName} />
      </Panel>
      {lines.length > 0 && <ResultTable lines={lines} undone={undone} />}
      {claims.length > 0 && <ClaimTable claims={claims} caption={t('claims.waitingCount', { count: claims.length })} />}
      <ButtonRow>
        {props.mayAward && (
          <LinkButton href={href('/awards/new')} look="primary" icon="plus">
            {t('awards.result.again')}
          </LinkButton>
        )}
        {props.mayAward && props.rule !== '' && (
          // Straight to the field for scanning: the next cards are for the same.
          <LinkButton href={`${href(`/awards/new?rule=${encodeURIComponent(props.rule)}`)}#household-code`} icon="plus">
            {t('awards.result.sameRule')}
          </LinkButton>
        )}
        {lines.length > 0 && (
          <LinkButton href={href(`/awards/${props.operationId}/slips`)} icon="print">
            {t('awards.slip.print', { count: lines.length })}
          </LinkButton>
        )}
        <button class="button button-secondary" type="button" data-print hidden>
          <Icon name="print" />
          <span>{t('shared.print')}</span>
        </button>
        {props.mayReverse && !props.undo && undone < lines.length && (
          <LinkButton href={href(`/reversals/new?operation=${props.operationId}`)} look="danger" icon="undo">
            {t('awards.result.undo')}
          </LinkButton>
        )}
      </ButtonRow>
      {props.undo && <UndoAtOnce {...props.undo} />}
      <span data-award-done="" hidden />
    </Layout>
  );
}

function Outcome({ lines, undone }: { lines: readonly AwardedHousehold[]; undone: number }) {
  const { t } = usePage();
  if (undone === lines.length) return <Notice kind="warning">{t('awards.result.undone')}</Notice>;
  if (undone > 0) {
    const count = householdsOf(lines.filter(({ reversedBySeq }) => reversedBySeq !== null));
    return <Notice kind="warning">{t('awards.result.partlyUndone', { count })}</Notice>;
  }
  const each = lines[0]?.amountCentipoints ?? 0;
  const households = householdsOf(lines);
  const values = { points: formatSignedPoints(each), total: formatPoints(Math.abs(sumOf(lines))) };
  const isCut = lines.some(({ amountCentipoints }) => amountCentipoints !== each);
  const done = isCut ? 'doneCut' : each < 0 ? 'doneTaken' : 'done';
  return (
    <Notice kind="success">
      {households < lines.length
        ? t(`awards.result.${done}People`, { ...values, count: lines.length, households })
        : t(`awards.result.${done}`, { ...values, count: households })}
    </Notice>
  );
}

function ResultTable({ lines, undone }: { lines: readonly AwardedHousehold[]; undone: number }) {
  const { t } = usePage();
  const href = useVillageHref();
  const households = householdsOf(lines);
  return (
    <DataTable
      caption={
        households < lines.length
          ? t('awards.preview.people', { count: lines.length, households })
          : t('awards.preview.households', { count: households })
      }
      rows={lines}
      rowKey={({ seq }) => seq}
      brief
      columns={[
        {
          label: t('awards.preview.household'),
          cell: ({ headName, memberName, number }) => (
            <>
              <a class="row-link" href={href(`/cards/${number}`)}>
                {headName}
              </a>
              {memberName !== null && (
                <>
                  {' '}
                  <StatusTag tone="plain">{t('awards.preview.for', { name: memberName })}</StatusTag>
                </>
              )}
            </>
          ),
          rowHeader: true,
        },
        { label: t('awards.preview.group'), cell: ({ groupName }) => groupName },
        {
          label: t('awards.result.seq'),
          cell: ({ seq }) => (
            <a class="row-link" href={href(`/acts/${seq}`)}>
              {t('cards.mine.actNumber', { seq })}
            </a>
          ),
        },
        {
          label: t('awards.preview.change'),
          cell: (line) => <SignedPoints centipoints={line.amountCentipoints} />,
          numeric: true,
        },
        {
          label: t('awards.preview.after'),
          cell: (line) => <Points centipoints={line.balanceAfterCentipoints} />,
          numeric: true,
        },
        ...(undone > 0
          ? [
              {
                label: t('awards.preview.remark'),
                cell: ({ reversedBySeq }: AwardedHousehold) =>
                  reversedBySeq !== null && (
                    <StatusTag tone="plain">{t('awards.result.reversed', { seq: reversedBySeq })}</StatusTag>
                  ),
              },
            ]
          : []),
      ]}
      totals={[t('awards.result.total'), '', '', <SignedPoints key="sum" centipoints={sumOf(lines)} />, '']}
    />
  );
}

function sumOf(lines: readonly AwardedHousehold[]): number {
  return lines.reduce((sum, { amountCentipoints }) => sum + amountCentipoints, 0);
}
