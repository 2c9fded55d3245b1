import type { ComponentChildren } from 'preact';
import type { Backfill } from '../../src/honours/index.ts';
import { SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText, formatDay } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { type HouseholdCandidate, HouseholdField } from '../shared/household-field.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Panel } from '../shared/panel.tsx';
import { Points } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { TextAreaField } from '../shared/textarea-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type BackfillForm = Readonly<Record<'card' | 'rule' | 'occurredOn' | 'times' | 'meeting', string>>;

export type BackfillsPageProps = {
  backfills: readonly Backfill[];
  nextHref?: string | undefined;
  firstHref?: string | undefined;
  /** The first day whose acts are still worth points; null where the village says nothing of it. */
  firstDay: string | null;
  rules: readonly { group: string; options: readonly { value: string; label: string }[] }[];
  /** Left out for who may only read. */
  form?:
    | { values: BackfillForm; candidates?: readonly HouseholdCandidate[] | undefined; idempotencyKey: string }
    | undefined;
  /** Left out for who may take none back. */
  withdrawalKey?: string | undefined;
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** 补录: what was done too long ago for points, as honour. For those who work in the village. */
export function BackfillsPage(props: BackfillsPageProps) {
  const { t, locale } = usePage();
  const href = useVillageHref();
  const { backfills, firstDay, form, withdrawalKey } = props;
  const columns: Column<Backfill>[] = [
    {
      label: t('honours.household'),
      cell: ({ household }) =>
        household ? <a href={href(`/cards/${household.card}`)}>{household.name}</a> : t('honours.erased'),
      rowHeader: true,
    },
    { label: t('honours.group'), cell: ({ household }) => household?.groupName },
    { label: t('honours.backfill.what'), cell: ({ ruleName }) => ruleName },
    { label: t('honours.backfill.day'), cell: ({ day }) => <DayText day={day} short /> },
    { label: t('honours.points'), cell: ({ honourCentipoints: sum }) => <Points centipoints={sum} />, numeric: true },
    { label: t('honours.meeting'), cell: ({ meeting }) => meeting || t('honours.erased') },
    {
      label: t('honours.record'),
      cell: ({ seq, withdrawn }) => (
        <a href={href(`/acts/${withdrawn?.seq ?? seq}`)}>
          {t(withdrawn ? 'honours.backfill.withdrawn' : 'honours.onRecord', { seq: withdrawn?.seq ?? seq })}
        </a>
      ),
    },
  ];
  return (
    <Layout
      title={t('honours.backfill.title')}
      lead={
        firstDay === null
          ? t('honours.backfill.off')
          : t('honours.backfill.lead', { day: formatDay(firstDay, locale, { short: true }) })
      }
      crumbs={[{ href: href('/honours'), label: t('honours.crumb') }]}
      errors={props.errors}
      notice={props.notice}
    >
      {form && firstDay !== null && <NewBackfill {...props} form={form} />}
      <DataTable
        caption={t('honours.backfill.list')}
        columns={columns}
        rows={backfills}
        rowKey={({ seq }) => seq}
        empty={
          <EmptyState title={t('honours.backfill.none')}>
            {firstDay !== null && t('honours.backfill.noneHint')}
          </EmptyState>
        }
      />
      <Pager nextHref={props.nextHref} firstHref={props.firstHref} />
      {backfills.length > 0 && <ExportLinks list="backfills" />}
      {withdrawalKey !== undefined && <Withdraw {...props} withdrawalKey={withdrawalKey} />}
    </Layout>
  );
}

function NewBackfill({
  form: { values, candidates, idempotencyKey },
  rules,
  errors,
}: Pick<BackfillsPageProps, 'rules' | 'errors'> & { form: NonNullable<BackfillsPageProps['form']> }) {
  const { t } = usePage();
  const href = useVillageHref();
  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message;
  return (
    <Panel title={t('honours.backfill.new')}>
      <PostForm action={href('/honours/backfills')} idempotencyKey={idempotencyKey}>
        <HouseholdField
          name="card"
          label={t('honours.card')}
          value={values.card}
          candidates={candidates}
          error={errorOf('card')}
        />
        <SelectField
          name="rule"
          label={t('honours.backfill.what')}
          prompt={t('honours.choose')}
          value={values.rule}
          options={rules}
          error={errorOf('rule')}
        />
        <TextField
          name="times"
          label={t('honours.backfill.times')}
          hint={t('honours.backfill.timesHint')}
          inputMode="numeric"
          size="short"
          maxLength={4}
          value={values.times}
          error={errorOf('times')}
        />
        <TextField
          name="occurredOn"
          type="date"
          label={t('honours.backfill.day')}
          size="short"
          value={values.occurredOn}
          error={errorOf('occurredOn')}
        />
        <TextAreaField
          name="meeting"
          label={t('honours.meeting')}
          hint={t('honours.meetingHint')}
          rows={2}
          maxLength={200}
          value={values.meeting}
          error={errorOf('meeting')}
        />
        <SubmitButton>{t('honours.backfill.submit')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}

function Withdraw({
  backfills,
  withdrawalKey,
  errors,
}: Pick<BackfillsPageProps, 'backfills' | 'errors'> & { withdrawalKey: string }) {
  const { t } = usePage();
  const href = useVillageHref();
  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message;
  const standing = backfills.filter(({ withdrawn }) => withdrawn === null);
  if (standing.length === 0) return null;
  return (
    <Panel title={t('honours.backfill.withdraw')}>
      <PostForm action={href('/honours/backfills/withdrawals')} idempotencyKey={withdrawalKey}>
        <SelectField
          name="honour"
          label={t('honours.backfill.which')}
          prompt={t('honours.choose')}
          error={errorOf('honour')}
          options={standing.map(({ seq, ruleName, household }) => ({
            value: String(seq),
            label: t('honours.backfill.option', { seq, name: household?.name ?? '', rule: ruleName }),
          }))}
        />
        <TextField name="reason" label={t('honours.reason')} maxLength={200} error={errorOf('reason')} />
        <SubmitButton look="danger">{t('honours.submitWithdraw')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}
