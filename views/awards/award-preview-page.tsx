import { formatPoints } from '../../src/platform/points.ts';
import { ActionBar } from '../shared/action-bar.tsx';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Points, SignedPoints } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { StatusTag } from '../shared/status-tag.tsx';
import type { RuleChoice } from './award-page.tsx';

export type PreviewLine = {
  cardNumber: string;
  name: string;
  groupName: string;
  beforeCentipoints: number;
  deltaCentipoints: number;
  afterCentipoints: number;
  /** 今天已按这条加过, 到上限只加 1 分 */
  remark?: string | undefined;
};

export type AwardPreviewPageProps = {
  awardsHref: string;
  /** Back to the form with everything typed. */
  changeHref: string;
  idempotencyKey: string;
  rule: RuleChoice;
  occurredOn: string;
  note?: string | undefined;
  lines: readonly PreviewLine[];
  totalCentipoints: number;
  /** Pasted lines that match nobody, or two households. */
  unmatched: readonly string[];
};

/** Every balance before and after; the button says for how many and how much. */
export function AwardPreviewPage(props: AwardPreviewPageProps) {
  const { t } = usePage();
  const { rule, lines, unmatched, totalCentipoints } = props;
  const takes = rule.pointsCentipoints < 0;
  const values = { count: lines.length, points: formatPoints(Math.abs(rule.pointsCentipoints)) };
  const total = { count: lines.length, points: formatPoints(Math.abs(totalCentipoints)) };
  const alike = lines.every((line) => line.deltaCentipoints === rule.pointsCentipoints);
  const confirmEach = takes ? t('awards.preview.confirmTaken', values) : t('awards.preview.confirm', values);
  const confirmAll = takes ? t('awards.preview.confirmAllTaken', total) : t('awards.preview.confirmAll', total);
  const confirmText = alike ? confirmEach : confirmAll;
  return (
    <Layout title={t('awards.preview.title')}>
      {unmatched.length > 0 && (
        <Notice kind="warning" title={t('awards.preview.unmatched', { count: unmatched.length })}>
          <ul class="plain-list">
            {unmatched.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p>{t('awards.preview.unmatchedText')}</p>
        </Notice>
      )}
      <Panel>
        <Facts
          facts={[
            { label: t('awards.preview.rule'), value: rule.name },
            { label: t('awards.preview.each'), value: <SignedPoints centipoints={rule.pointsCentipoints} /> },
            { label: t('awards.preview.day'), value: <DayText day={props.occurredOn} /> },
            ...(props.note ? [{ label: t('awards.preview.note'), value: props.note }] : []),
          ]}
        />
      </Panel>
      <PostForm
        action={props.awardsHref}
        idempotencyKey={props.idempotencyKey}
        hidden={{
          rule: rule.code,
          occurredOn: props.occurredOn,
          note: props.note ?? '',
          cards: lines.map((line) => line.cardNumber).join(','),
        }}
        class="steps"
      >
        <PreviewTable lines={lines} />
        <ActionBar summary={takes ? t('awards.preview.totalTaken', total) : t('awards.preview.total', total)}>
          <LinkButton href={props.changeHref}>{t('shared.change')}</LinkButton>
          <SubmitButton icon="check" look={takes ? 'danger' : 'primary'}>
            {confirmText}
          </SubmitButton>
        </ActionBar>
      </PostForm>
    </Layout>
  );
}

function PreviewTable({ lines }: { lines: readonly PreviewLine[] }) {
  const { t } = usePage();
  const hasRemarks = lines.some((line) => line.remark);
  const columns: Column<PreviewLine>[] = [
    { label: t('awards.preview.household'), cell: (line) => line.name, rowHeader: true },
    { label: t('awards.preview.group'), cell: (line) => line.groupName },
    { label: t('awards.preview.before'), cell: (line) => formatPoints(line.beforeCentipoints), numeric: true },
    {
      label: t('awards.preview.change'),
      cell: (line) => <SignedPoints centipoints={line.deltaCentipoints} />,
      numeric: true,
    },
    {
      label: t('awards.preview.after'),
      cell: (line) => (
        <strong>
          <Points centipoints={line.afterCentipoints} />
        </strong>
      ),
      numeric: true,
    },
    ...(hasRemarks
      ? [
          {
            label: t('awards.preview.remark'),
            cell: (line: PreviewLine) => line.remark && <StatusTag tone="warning">{line.remark}</StatusTag>,
          },
        ]
      : []),
  ];
  return (
    <DataTable
      caption={t('awards.preview.households', { count: lines.length })}
      columns={columns}
      rows={lines}
      rowKey={(line) => line.cardNumber}
    />
  );
}
