import type { ComponentChildren } from 'preact';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type WantValues = { goods: string; quantity: string };

export type WantsPageProps = {
  goods: readonly { code: string; name: string; isGone: boolean }[];
  wants: readonly { code: string; name: string; unit: string; times: number; quantity: number }[];
  values: WantValues;
  idempotencyKey: string;
  errors: FieldErrors;
  mayNote: boolean;
  isDone: boolean;
  notice?: ComponentChildren;
};

/** 没有货，记下来: what people came for in vain; it goes onto the purchase list. */
export function WantsPage({ wants, errors, mayNote, isDone, notice, ...form }: WantsPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('goods.want.title')}
      lead={t('goods.want.lead')}
      crumbs={[{ href: href('/goods'), label: t('goods.stock.title') }]}
      errors={errors}
      notice={
        notice ??
        (isDone && (
          <Notice kind="success" focused>
            {t('goods.want.done')}
          </Notice>
        ))
      }
      actions={<LinkButton href={href('/purchase-list')}>{t('wishes.purchase')}</LinkButton>}
    >
      {mayNote && <WantForm {...form} errors={errors} />}
      <DataTable
        caption={t('goods.want.list')}
        columns={[
          { label: t('goods.name'), cell: ({ name }) => name, rowHeader: true },
          { label: t('goods.want.times'), cell: ({ times }) => times, numeric: true },
          {
            label: t('goods.want.quantity'),
            cell: ({ quantity, unit }) => `${quantity} ${unit}`,
            numeric: true,
          },
        ]}
        rows={wants}
        rowKey={({ code }) => code}
        empty={<EmptyState title={t('goods.want.none')}>{t('goods.want.noneHint')}</EmptyState>}
      />
      {wants.length > 0 && <ExportLinks list="wants" />}
    </Layout>
  );
}

function WantForm({
  goods,
  values,
  idempotencyKey,
  errors,
}: Pick<WantsPageProps, 'goods' | 'values' | 'idempotencyKey' | 'errors'>) {
  const { t } = usePage();
  const href = useVillageHref();
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  const optionsOf = (isGone: boolean) =>
    goods.filter((item) => item.isGone === isGone).map(({ code, name }) => ({ value: code, label: name }));
  return (
    <Panel title={t('goods.want.note')}>
      <PostForm action={href('/wants')} idempotencyKey={idempotencyKey} class="flow">
        <SelectField
          name="goods"
          label={t('goods.want.goods')}
          prompt={t('goods.want.choose')}
          value={values.goods}
          options={[
            { group: t('goods.want.gone'), options: optionsOf(true) },
            { group: t('goods.want.there'), options: optionsOf(false) },
          ].filter(({ options }) => options.length > 0)}
          error={errorOf('goods')}
        />
        <TextField
          name="quantity"
          label={t('goods.want.quantity')}
          inputMode="numeric"
          size="short"
          maxLength={2}
          value={values.quantity}
          error={errorOf('quantity')}
        />
        <SubmitButton>{t('goods.want.submit')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}
