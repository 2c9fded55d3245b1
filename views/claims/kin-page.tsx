import type { ComponentChildren } from 'preact';
import { SubmitButton } from '../shared/button.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';
import { TextAreaField } from '../shared/textarea-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type KinPageProps = {
  declared: readonly { number: string; headName: string; groupName: string; relation: 'own' | 'relative' }[];
  values: { own: string; relatives: string };
  idempotencyKey: string;
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** 亲属回避: the own household and those of relatives, about which one has no say. */
export function KinPage({ declared, values, idempotencyKey, errors, notice }: KinPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  return (
    <Layout
      title={t('claims.kin.title')}
      lead={t('claims.kin.lead')}
      width="narrow"
      crumbs={[{ href: href('/claims'), label: t('claims.title') }]}
      errors={errors}
      notice={notice}
    >
      {declared.length > 0 && (
        <Panel title={t('claims.kin.now')}>
          <Facts
            facts={declared.map(({ number, headName, groupName, relation }) => ({
              label: t(`claims.kin.${relation}`),
              value: t('claims.kin.household', { name: headName, group: groupName, number }),
            }))}
          />
          <ExportLinks list="kin" />
        </Panel>
      )}
      <Panel>
        <PostForm action={href('/kin')} idempotencyKey={idempotencyKey} class="flow">
          <TextField
            name="own"
            label={t('claims.kin.ownCard')}
            hint={t('claims.kin.ownHint')}
            inputMode="numeric"
            optional
            maxLength={10}
            value={values.own}
            error={errorOf('own')}
          />
          <TextAreaField
            name="relatives"
            label={t('claims.kin.relativeCards')}
            hint={t('claims.kin.relativesHint')}
            rows={4}
            optional
            maxLength={2000}
            value={values.relatives}
            error={errorOf('relatives')}
          />
          <SubmitButton>{t('claims.kin.submit')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}
