import { formatSignedPoints } from '../../src/platform/points.ts';
import type { DraftCheck, RuleVersion } from '../../src/rules/index.ts';
import { ActionBar } from '../shared/action-bar.tsx';
import { SubmitButton } from '../shared/button.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { capInWords } from './cap-in-words.ts';
import { DraftFindings } from './rule-findings.tsx';

type Wording = Omit<RuleVersion, 'pinyin' | 'initials' | 'seq'>;

type RulePreviewPageProps = {
  action: string;
  backAction: string;
  idempotencyKey: string;
  /** What was typed, to be sent along. */
  fields: Readonly<Record<string, string>>;
  /** Null for a rule that is new. */
  before: Wording | null;
  after: Wording;
  check: DraftCheck;
};

/** What is today and what will be, line by line; what differs is said so. */
export function RulePreviewPage(props: RulePreviewPageProps) {
  const { t } = usePage();
  const { action, backAction, idempotencyKey, fields, before, after, check } = props;
  const words = (rule: Wording) => [
    rule.name,
    formatSignedPoints(rule.pointsCentipoints),
    t('rules.unitEach', { unit: rule.unit }),
    capInWords(t, rule) ?? t('rules.noCap'),
    rule.evidence,
    t(`rules.approval.${rule.approvalPath}`),
  ];
  const labels = [
    t('rules.name'),
    t('rules.points'),
    t('rules.unit'),
    t('rules.cap'),
    t('rules.evidence'),
    t('rules.approval'),
  ];
  const was = before && words(before);
  const will = words(after);
  const rows = labels.map((label, index) => ({ label, was: was?.[index] ?? '', will: will[index] ?? '' }));
  return (
    <Layout title={t('rules.preview.title')} width="narrow">
      <Notice kind="warning" title={t('rules.preview.notice')}>
        {t('rules.preview.noticeText', { version: after.version })}
      </Notice>
      <PostForm action={action} idempotencyKey={idempotencyKey} hidden={fields} class="steps">
        <Panel>
          <Facts
            facts={[
              { label: t('rules.from'), value: <DayText day={after.effectiveFrom} /> },
              { label: t('rules.meeting'), value: after.meeting },
              ...(after.decidedBy ? [{ label: t('rules.decidedBy'), value: after.decidedBy }] : []),
              ...(after.isEnded ? [{ label: t('rules.form.ends'), value: t('rules.ended') }] : []),
            ]}
          />
        </Panel>
        <DataTable
          caption={t('rules.preview.changes')}
          rows={rows}
          rowKey={({ label }) => label}
          columns={[
            { label: t('rules.preview.what'), cell: ({ label }) => label, rowHeader: true },
            ...(before ? [{ label: t('rules.preview.before'), cell: (row: (typeof rows)[number]) => row.was }] : []),
            {
              label: t('rules.preview.after'),
              cell: (row) =>
                after.isEnded ? (
                  t('rules.ended')
                ) : before && row.was !== row.will ? (
                  <strong>{row.will}</strong>
                ) : (
                  row.will
                ),
            },
          ]}
        />
        <DraftFindings check={check} />
        <ActionBar summary={t('rules.preview.notYet')}>
          <SubmitButton look="secondary" name="back" value="yes" formAction={backAction} formNoValidate>
            {t('shared.change')}
          </SubmitButton>
          <SubmitButton icon="check" look={after.isEnded ? 'danger' : 'primary'}>
            {after.isEnded ? t('rules.preview.confirmEnd') : t('rules.preview.confirm')}
          </SubmitButton>
        </ActionBar>
      </PostForm>
    </Layout>
  );
}
