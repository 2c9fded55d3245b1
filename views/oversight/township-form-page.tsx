import { SubmitButton } from '../shared/button.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';

export type TownshipValues = { name: string; code: string };

type TownshipFormPageProps = { administrationHref: string; values: TownshipValues; errors?: FieldErrors | undefined };

export function TownshipFormPage({ administrationHref, values, errors = [] }: TownshipFormPageProps) {
  const { t } = usePage();
  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message;
  return (
    <Layout
      title={t('oversight.township.title')}
      width="narrow"
      errors={errors}
      crumbs={[{ href: administrationHref, label: t('people.nav.administration') }]}
    >
      <Panel>
        <PostForm action={`${administrationHref}/townships`}>
          <TextField
            name="name"
            label={t('oversight.township.name')}
            value={values.name}
            error={errorOf('name')}
            maxLength={40}
          />
          <TextField
            name="code"
            label={t('oversight.place.code')}
            hint={t('oversight.place.codeHint')}
            value={values.code}
            error={errorOf('code')}
            inputMode="numeric"
            maxLength={12}
            optional
          />
          <SubmitButton>{t('oversight.township.submit')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}
