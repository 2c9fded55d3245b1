import type { ComponentChildren } from 'preact';
import type { Wish, WishPerson } from '../../src/wishes/index.ts';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { type HouseholdCandidate, HouseholdField } from '../shared/household-field.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SearchForm } from '../shared/search-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { WishFields, type WishValues } from './wish-fields.tsx';
import { WishStateTag } from './wish-state-tag.tsx';

export type KnownWish = { wish: Wish; person: WishPerson };

export type WishDeskPageProps = {
  wishes: readonly KnownWish[];
  mayFile: boolean;
  query: string;
  nextHref?: string | undefined;
  firstHref?: string | undefined;
};

/** 心愿登记, for staff. */
export function WishDeskPage({ wishes, mayFile, query, nextHref, firstHref }: WishDeskPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('wishes.desk')}
      lead={t('wishes.deskLead')}
      actions={
        <>
          <LinkButton href={href('/purchase-list')}>{t('wishes.purchase')}</LinkButton>
          {mayFile && (
            <LinkButton href={href('/wishes/new')} look="primary" icon="plus">
              {t('wishes.new')}
            </LinkButton>
          )}
        </>
      }
    >
      <SearchForm action={href('/wish-desk')} label={t('wishes.search')} value={query} />
      <DataTable
        caption={t('wishes.desk')}
        captionHidden
        columns={[
          { label: t('wishes.day'), cell: ({ wish }) => <DayText day={wish.filedOn} short /> },
          {
            label: t('wishes.household'),
            cell: ({ wish, person }) => <a href={href(`/wishes/${wish.wishId}`)}>{person.headName}</a>,
            rowHeader: true,
          },
          { label: t('wishes.words'), cell: ({ wish, person }) => wish.words ?? (person.words || t('wishes.spoken')) },
          { label: t('wishes.state'), cell: ({ wish }) => <WishStateTag state={wish.now} /> },
        ]}
        rows={wishes}
        rowKey={({ wish }) => wish.wishId}
        empty={<EmptyState title={t('wishes.empty')}>{t('wishes.emptyHint')}</EmptyState>}
      />
      <Pager nextHref={nextHref} firstHref={firstHref} />
      <ExportLinks list="wishes" />
      <ExportLinks list="purchases" what={t('wishes.purchase')} />
    </Layout>
  );
}

export type NewWishPageProps = {
  values: WishValues & { number: string };
  candidates?: readonly HouseholdCandidate[] | undefined;
  keptPhotos: readonly string[];
  keptVoice: string | undefined;
  idempotencyKey: string;
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** A cadre for a household that has no telephone. */
export function NewWishPage(props: NewWishPageProps) {
  const { t } = usePage();
  const { values, candidates, keptPhotos, keptVoice, idempotencyKey, errors, notice } = props;
  const href = useVillageHref();
  return (
    <Layout
      title={t('wishes.new')}
      lead={t('wishes.newLead')}
      width="narrow"
      crumbs={[{ href: href('/wish-desk'), label: t('wishes.desk') }]}
      errors={errors}
      notice={notice}
    >
      <Panel>
        <PostForm action={href('/wishes')} idempotencyKey={idempotencyKey} enctype="multipart/form-data">
          <HouseholdField
            name="number"
            label={t('wishes.household')}
            value={values.number}
            candidates={candidates}
            error={errors.find(({ name }) => name === 'number')?.message}
          />
          <WishFields values={values} keptPhotos={keptPhotos} keptVoice={keptVoice} errors={errors} />
          <SubmitButton>{t('wishes.send')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}
