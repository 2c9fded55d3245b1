import type { ComponentChildren } from 'preact';
import type { Donor } from '../../src/donations/index.ts';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PhotoField } from '../shared/photo-field.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { type GiftRow, GiftRows } from './gift-rows.tsx';

export type NewGiftPageProps = {
  donors: readonly Donor[];
  goods: readonly { code: string; name: string }[];
  funds: readonly (
    | 'donation'
    | 'poverty_office'
    | 'civil_affairs'
    | 'village_collective'
    | 'government'
    | 'partner_unit'
    | 'other'
  )[];
  values: { donor: string; kind: string; fund: string; wish: string; isThere: string; fen: string };
  rows: readonly GiftRow[];
  keptPhotos: readonly string[];
  idempotencyKey: string;
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** 登记捐赠: what somebody says that he will give, or brought. */
export function NewGiftPage(props: NewGiftPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { donors, goods, funds, values, rows, keptPhotos, idempotencyKey, errors, notice } = props;
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  return (
    <Layout
      title={t('donations.new')}
      width="narrow"
      crumbs={[{ href: href('/gifts'), label: t('donations.gifts') }]}
      errors={errors}
      notice={notice}
      actions={<LinkButton href={href('/donors')}>{t('donations.donorAdd')}</LinkButton>}
    >
      {donors.length === 0 ? (
        <EmptyState title={t('donations.noDonor')}>
          <p>{t('donations.noDonorHint')}</p>
          <LinkButton href={href('/donors')} look="primary">
            {t('donations.donorAdd')}
          </LinkButton>
        </EmptyState>
      ) : (
        <Panel>
          <PostForm action={href('/gifts')} idempotencyKey={idempotencyKey} enctype="multipart/form-data">
            <SelectField
              name="donor"
              label={t('donations.donor')}
              value={values.donor}
              error={errorOf('donor')}
              prompt={t('donations.donorError')}
              options={donors.map(({ publicId, name }) => ({ value: publicId, label: name }))}
            />
            <ChoiceGroup
              kind="radio"
              name="kind"
              label={t('donations.giftKind')}
              columns="names"
              chosen={[values.kind]}
              choices={(['goods', 'money'] as const).map((kind) => ({
                value: kind,
                label: t(`donations.giftKind.${kind}`),
              }))}
            />
            <GiftRows rows={rows} options={goods} error={errorOf('goods-0')} />
            <TextField
              name="fen"
              label={t('donations.fen')}
              inputMode="decimal"
              size="short"
              optional
              value={values.fen}
              error={errorOf('fen')}
            />
            <SelectField
              name="fund"
              label={t('donations.fund')}
              value={values.fund}
              options={funds.map((fund) => ({ value: fund, label: t(`donations.fund.${fund}`) }))}
            />
            <TextField name="wish" label={t('donations.wish')} optional maxLength={200} value={values.wish} />
            <ChoiceGroup
              kind="radio"
              name="isThere"
              label={t('donations.isThere')}
              chosen={[values.isThere]}
              choices={(['yes', 'no'] as const).map((answer) => ({
                value: answer,
                label: t(`donations.isThere.${answer}`),
              }))}
            />
            <PhotoField label={t('donations.photos')} keptIds={keptPhotos} />
            <SubmitButton>{t('donations.save')}</SubmitButton>
          </PostForm>
        </Panel>
      )}
    </Layout>
  );
}
