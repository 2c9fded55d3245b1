import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { TextAreaField } from '../shared/textarea-field.tsx';

export type VillageValues = {
  name: string;
  code: string;
  township: string;
  groups: string;
  openingPoints: string;
  yuanPerPoint: string;
  earnedMonths: string;
  openingMonths: string;
};

type VillageFormPageProps = {
  administrationHref: string;
  townships: readonly { code: string; name: string }[];
  values: VillageValues;
  errors?: FieldErrors | undefined;
};

export function VillageFormPage({ administrationHref, townships, values, errors = [] }: VillageFormPageProps) {
  const { t } = usePage();
  return (
    <Layout
      title={t('oversight.villageForm.title')}
      lead={t('oversight.villageForm.lead')}
      width="narrow"
      errors={errors}
      crumbs={[{ href: administrationHref, label: t('people.nav.administration') }]}
    >
      {townships.length === 0 ? (
        <EmptyState title={t('oversight.villageForm.noTownship')}>
          <LinkButton href={`${administrationHref}/townships/new`} look="primary" icon="plus">
            {t('oversight.administration.addTownship')}
          </LinkButton>
        </EmptyState>
      ) : (
        <VillageForm administrationHref={administrationHref} townships={townships} values={values} errors={errors} />
      )}
    </Layout>
  );
}

function VillageForm({ administrationHref, townships, values, errors = [] }: VillageFormPageProps) {
  const { t } = usePage();
  const field = (name: keyof VillageValues) => ({
    name,
    value: values[name],
    error: errors.find((error) => error.name === name)?.message,
  });
  return (
    <Panel>
      <PostForm action={`${administrationHref}/villages`}>
        <SelectField
          {...field('township')}
          label={t('oversight.villageForm.township')}
          prompt={t('oversight.choose')}
          options={townships.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <TextField
          {...field('name')}
          label={t('oversight.villageForm.name')}
          hint={t('oversight.villageForm.nameHint')}
          maxLength={40}
        />
        <TextAreaField
          {...field('groups')}
          label={t('oversight.villageForm.groups')}
          hint={t('oversight.villageForm.groupsHint')}
          rows={3}
          maxLength={2000}
        />
        <TextField
          {...field('openingPoints')}
          label={t('oversight.villageForm.opening')}
          hint={t('oversight.villageForm.openingHint')}
          inputMode="decimal"
          size="short"
          unit={t('oversight.points')}
        />
        <TextField
          {...field('yuanPerPoint')}
          label={t('oversight.villageForm.rate')}
          hint={t('oversight.villageForm.rateHint')}
          inputMode="decimal"
          size="short"
          unit={t('oversight.yuan')}
        />
        <TextField
          {...field('earnedMonths')}
          label={t('oversight.villageForm.earnedMonths')}
          hint={t('oversight.villageForm.monthsHint')}
          inputMode="numeric"
          size="short"
          unit={t('oversight.months')}
          optional
        />
        <TextField
          {...field('openingMonths')}
          label={t('oversight.villageForm.openingMonths')}
          hint={t('oversight.villageForm.monthsHint')}
          inputMode="numeric"
          size="short"
          unit={t('oversight.months')}
          optional
        />
        <TextField
          {...field('code')}
          label={t('oversight.place.code')}
          hint={t('oversight.place.codeHint')}
          inputMode="numeric"
          maxLength={12}
          optional
        />
        <SubmitButton>{t('oversight.villageForm.submit')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}
