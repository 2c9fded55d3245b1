import type { ComponentChildren } from 'preact';
import type { DueHandover, Handover, ShopPost } from '../../src/handovers/index.ts';
import { SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { HandoverTag } from './handover-tag.tsx';

export type HandoversPageProps = {
  rows: readonly Handover[];
  due: readonly DueHandover[];
  /** Posts in the shop that are neither handed over nor let be. */
  unsettled: readonly ShopPost[];
  /** Who may take over. */
  successors: readonly { personId: number; name: string }[];
  mayOpen: boolean;
  mayWaive: boolean;
  values: { from: string; to: string; reason: string };
  idempotencyKey: string;
  errors: FieldErrors;
  notice?: ComponentChildren;
  nextHref?: string | undefined;
  firstHref?: string | undefined;
};

/** 移交: who has to hand over to whom, and what was handed over. */
export function HandoversPage(props: HandoversPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { due, rows, unsettled } = props;
  const columns: Column<Handover>[] = [
    {
      label: t('handovers.day'),
      cell: ({ handoverId, openedOn }) => (
        <a href={href(`/handovers/${handoverId}`)}>
          <DayText day={openedOn} />
        </a>
      ),
      rowHeader: true,
    },
    { label: t('handovers.post'), cell: ({ role }) => t(`people.role.${role}`) },
    { label: t('handovers.from'), cell: ({ fromName }) => fromName },
    { label: t('handovers.to'), cell: ({ toName }) => toName ?? '' },
    { label: t('handovers.state'), cell: ({ state }) => <HandoverTag state={state} /> },
  ];
  return (
    <Layout
      title={t('handovers.title')}
      lead={t('handovers.lead')}
      crumbs={[{ href: href('/desk'), label: t('people.nav.desk') }]}
      errors={props.errors}
      notice={props.notice}
    >
      {due.map(({ role, fromPersonId, fromName, toName }) => (
        <Notice key={`${role} ${fromPersonId}`} kind="warning">
          {t('handovers.dueText', { role: t(`people.role.${role}`), from: fromName, to: toName })}
        </Notice>
      ))}
      {props.mayOpen && unsettled.length > 0 && <OpeningForm {...props} />}
      {props.mayWaive && unsettled.length > 0 && <WaiverForm {...props} />}
      <DataTable
        caption={t('handovers.list')}
        columns={columns}
        rows={rows}
        rowKey={({ handoverId }) => handoverId}
        empty={<EmptyState title={t('handovers.none')}>{t('handovers.noneHint')}</EmptyState>}
      />
      <Pager nextHref={props.nextHref} firstHref={props.firstHref} />
      <ExportLinks list="handovers" />
    </Layout>
  );
}

function OpeningForm({ unsettled, successors, values, errors }: HandoversPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const here = unsettled.filter(({ isGone }) => !isGone);
  if (here.length === 0 || successors.length < 2) {
    return (
      <Panel title={t('handovers.begin')}>
        <p>{t('handovers.noSuccessor')}</p>
      </Panel>
    );
  }
  return (
    <Panel title={t('handovers.begin')}>
      <PostForm action={href('/handovers')} class="flow">
        <SelectField
          name="from"
          label={t('handovers.from')}
          value={values.from}
          options={postOptions(here, t)}
          error={errors.find(({ name }) => name === 'from')?.message}
        />
        <SelectField
          name="to"
          label={t('handovers.to')}
          prompt={t('handovers.choose')}
          value={values.to}
          options={successors.map(({ personId, name }) => ({ value: String(personId), label: name }))}
          error={errors.find(({ name }) => name === 'to')?.message}
        />
        <SubmitButton icon="arrow">{t('handovers.beginNow')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}

function WaiverForm({ unsettled, values, errors, idempotencyKey }: HandoversPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Panel title={t('handovers.waive')}>
      <PostForm action={href('/handovers/waivers')} idempotencyKey={idempotencyKey} class="flow">
        <p>{t('handovers.waiveText')}</p>
        <SelectField
          name="waived"
          label={t('handovers.from')}
          value={values.from}
          options={postOptions(unsettled, t)}
          error={errors.find(({ name }) => name === 'waived')?.message}
        />
        <TextField
          name="reason"
          label={t('handovers.reason')}
          hint={t('handovers.reasonHint')}
          maxLength={100}
          value={values.reason}
          error={errors.find(({ name }) => name === 'reason')?.message}
        />
        <SubmitButton look="danger">{t('handovers.waiveNow')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}

function postOptions(posts: readonly ShopPost[], t: ReturnType<typeof usePage>['t']) {
  return posts.map(({ role, personId, name }) => ({
    value: `${role}-${personId}`,
    label: t('handovers.personIn', { name, role: t(`people.role.${role}`) }),
  }));
}
