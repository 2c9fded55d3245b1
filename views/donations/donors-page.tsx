import type { ComponentChildren } from 'preact';
import type { Donor } from '../../src/donations/index.ts';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SearchForm } from '../shared/search-form.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type DonorValues = {
  publicId: string;
  name: string;
  kind: string;
  appears: string;
  contact: string;
  username: string;
};

export type DonorsPageProps = {
  donors: readonly Donor[];
  mayRecord: boolean;
  values: DonorValues;
  query: string;
  errors: FieldErrors;
  notice?: ComponentChildren;
  nextHref?: string | undefined;
  firstHref?: string | undefined;
};

/** The village's own list of donors, and the form to add one or change how he appears. */
export function DonorsPage(props: DonorsPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { donors, mayRecord, values, query, errors, notice, nextHref, firstHref } = props;
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  const isChange = values.publicId !== '';
  return (
    <Layout
      title={t('donations.donors')}
      lead={t('donations.donorsLead')}
      crumbs={[{ href: href('/gifts'), label: t('donations.gifts') }]}
      errors={errors}
      notice={notice}
    >
      <SearchForm action={href('/donors')} label={t('donations.donorName')} value={query} />
      <DataTable
        caption={t('donations.donors')}
        captionHidden
        columns={[
          {
            label: t('donations.donorName'),
            cell: ({ publicId, name }) => (mayRecord ? <a href={href(`/donors?change=${publicId}`)}>{name}</a> : name),
            rowHeader: true,
          },
          { label: t('donations.donorKind'), cell: ({ kind }) => t(`donations.kind.${kind}`) },
          { label: t('donations.donorAppears'), cell: ({ appears }) => t(`donations.appears.${appears}`) },
          { label: t('donations.donorContact'), cell: ({ contact }) => contact, ifAny: true },
          {
            label: t('donations.donorAccount'),
            cell: ({ username }) => username && <span class="whole">{username}</span>,
            ifAny: true,
          },
        ]}
        rows={donors}
        rowKey={({ publicId }) => publicId}
        empty={<EmptyState title={t('donations.noDonor')} />}
      />
      <Pager nextHref={nextHref} firstHref={firstHref} />
      <ExportLinks list="donors" />
      {mayRecord && (
        <Panel title={isChange ? t('donations.donorChange') : t('donations.donorAdd')} id="donor">
          <PostForm action={href('/donors')} hidden={{ publicId: values.publicId }}>
            <TextField
              name="name"
              label={t('donations.donorName')}
              maxLength={60}
              value={values.name}
              error={errorOf('name')}
            />
            <ChoiceGroup
              kind="radio"
              name="kind"
              label={t('donations.donorKind')}
              chosen={[values.kind]}
              choices={(['person', 'enterprise', 'department'] as const).map((kind) => ({
                value: kind,
                label: t(`donations.kind.${kind}`),
              }))}
            />
            <ChoiceGroup
              kind="radio"
              name="appears"
              label={t('donations.donorAppears')}
              chosen={[values.appears]}
              choices={(['kind', 'initials', 'named'] as const).map((appears) => ({
                value: appears,
                label: t(`donations.appears.${appears}`),
              }))}
            />
            <TextField
              name="contact"
              label={t('donations.donorContact')}
              hint={t('donations.donorContactHint')}
              optional
              maxLength={100}
              value={values.contact}
            />
            <TextField
              name="username"
              label={t('donations.donorAccount')}
              hint={t('donations.donorAccountHint')}
              optional
              maxLength={40}
              value={values.username}
            />
            <SubmitButton>{t('donations.donorSave')}</SubmitButton>
          </PostForm>
        </Panel>
      )}
    </Layout>
  );
}
