import type { ComponentChildren } from 'preact';
import { SubmitButton } from '../shared/button.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { NewGoodsFields, type NewGoodsValues } from './new-goods-fields.tsx';

export type NewGoodsPageProps = {
  values: NewGoodsValues;
  /** Somebody else approves the price before anybody may have them. */
  waits: boolean;
  idempotencyKey: string;
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** 新增物品: something that the county's list does not have. */
export function NewGoodsPage({ values, waits, idempotencyKey, errors, notice }: NewGoodsPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  return (
    <Layout
      title={t('goods.new.title')}
      lead={t('goods.new.lead')}
      width="narrow"
      crumbs={[{ href: href('/goods'), label: t('goods.stock.title') }]}
      errors={errors}
      notice={notice}
    >
      {waits && <p class="soft">{t('goods.new.waits')}</p>}
      <Panel>
        <PostForm action={href('/goods')} idempotencyKey={idempotencyKey} class="flow">
          <NewGoodsFields values={values} errors={errors} />
          <TextField
            name="spec"
            label={t('goods.new.spec')}
            hint={t('goods.new.specHint')}
            maxLength={30}
            value={values.spec}
            optional
          />
          <TextField
            name="barcode"
            label={t('goods.new.barcode')}
            hint={t('goods.new.barcodeHint')}
            inputMode="numeric"
            maxLength={14}
            value={values.barcode}
            error={errorOf('barcode')}
            optional
          />
          <SubmitButton>{t('goods.new.submit')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}
