import type { StaffedPlace } from '../../src/oversight/index.ts';
import type { Role } from '../../src/people/index.ts';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';

export type PersonValues = { displayName: string; username: string; role: string; place: string };

type PersonFormPageProps = {
  administrationHref: string;
  places: readonly StaffedPlace[];
  values: PersonValues;
  errors?: FieldErrors | undefined;
};

/** As the form offers them. */
export const ROLES: readonly Role[] = [
  'manager',
  'recorder',
  'storekeeper',
  'supervisor',
  'leader',
  'approver',
  'donor',
  'township_officer',
  'county_officer',
  'auditor',
  'county_administrator',
];

export function PersonFormPage({ administrationHref, places, values, errors = [] }: PersonFormPageProps) {
  const { t } = usePage();
  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message;
  return (
    <Layout
      title={t('oversight.person.title')}
      lead={t('oversight.person.lead')}
      width="narrow"
      errors={errors}
      crumbs={[{ href: administrationHref, label: t('people.nav.administration') }]}
    >
      <Panel>
        <PostForm action={`${administrationHref}/people`}>
          <TextField
            name="displayName"
            label={t('people.person.name')}
            value={values.displayName}
            error={errorOf('displayName')}
            maxLength={40}
          />
          <TextField
            name="username"
            label={t('people.signIn.username')}
            hint={t('people.person.usernameHint')}
            value={values.username}
            error={errorOf('username')}
            maxLength={40}
          />
          <RoleAndPlace places={places} values={values} errors={errors} />
          <SubmitButton>{t('oversight.person.submit')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}

type RoleAndPlaceProps = {
  places: readonly StaffedPlace[];
  values: Pick<PersonValues, 'role' | 'place'>;
  errors: FieldErrors;
};

/** Which role, and where it is held. */
function RoleAndPlace({ places, values, errors }: RoleAndPlaceProps) {
  const { t } = usePage();
  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message;
  const townships = places.filter(({ level }) => level === 'township');
  const option = ({ code, name }: StaffedPlace) => ({ value: code, label: name });
  return (
    <>
      <ChoiceGroup
        kind="radio"
        name="role"
        label={t('oversight.person.role')}
        error={errorOf('role')}
        chosen={[values.role]}
        choices={ROLES.map((role) => ({
          value: role,
          label: t(`people.role.${role}`),
          hint: t(`oversight.person.may.${role}`),
        }))}
      />
      <SelectField
        name="place"
        label={t('oversight.person.place')}
        value={values.place}
        error={errorOf('place')}
        prompt={t('oversight.choose')}
        options={[
          ...places.filter(({ level }) => level === 'county').map(option),
          { group: t('oversight.person.townships'), options: townships.map(option) },
          ...townships.map((township) => ({
            group: township.name,
            options: places.filter(({ townshipName }) => townshipName === township.name).map(option),
          })),
        ]}
      />
    </>
  );
}

type FurtherFormPageProps = Omit<PersonFormPageProps, 'values'> & {
  person: { personId: number; displayName: string };
  values: Pick<PersonValues, 'role' | 'place'>;
};

/** One more role for somebody who has an account. */
export function FurtherFormPage({ administrationHref, places, person, values, errors = [] }: FurtherFormPageProps) {
  const { t } = usePage();
  const href = `${administrationHref}/people/${person.personId}`;
  return (
    <Layout
      title={t('oversight.person.furtherTitle')}
      lead={t('oversight.person.furtherLead')}
      width="narrow"
      errors={errors}
      crumbs={[
        { href: administrationHref, label: t('people.nav.administration') },
        { href, label: person.displayName },
      ]}
    >
      <Panel>
        <PostForm action={`${href}/appointments`}>
          <RoleAndPlace places={places} values={values} errors={errors} />
          <SubmitButton>{t('oversight.person.furtherSubmit')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}
