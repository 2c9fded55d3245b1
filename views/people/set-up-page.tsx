import { SubmitButton } from '../shared/button.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';

/** Everything but the password comes back when something is wrong. */
export type SetUpValues = {
  code: string;
  countyName: string;
  countyCode: string;
  displayName: string;
  username: string;
};

/** The first page of an empty installation: the county, and who administers it. */
export function SetUpPage({ values, errors = [] }: { values: SetUpValues; errors?: FieldErrors | undefined }) {
  const { t } = usePage();
  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message;
  const field = (name: keyof SetUpValues) => ({ name, value: values[name], error: errorOf(name) });
  return (
    <Layout title={t('people.setUp.title')} lead={t('people.setUp.lead')} width="narrow" errors={errors}>
      <PostForm action="/set-up" class="flow">
        <Panel title={t('people.setUp.codeTitle')}>
          <TextField
            {...field('code')}
            label={t('people.setUp.code')}
            hint={t('people.setUp.codeHint')}
            autocomplete="one-time-code"
            size="short"
            maxLength={20}
          />
        </Panel>
        <Panel title={t('people.setUp.countyTitle')}>
          <TextField
            {...field('countyName')}
            label={t('people.setUp.countyName')}
            hint={t('people.setUp.countyNameHint')}
            maxLength={40}
          />
          <TextField
            {...field('countyCode')}
            label={t('people.setUp.countyCode')}
            hint={t('people.setUp.countyCodeHint')}
            inputMode="numeric"
            maxLength={12}
          />
        </Panel>
        <Panel title={t('people.setUp.personTitle')}>
          <TextField {...field('displayName')} label={t('people.person.name')} autocomplete="name" maxLength={40} />
          <TextField
            {...field('username')}
            label={t('people.signIn.username')}
            hint={t('people.person.usernameHint')}
            autocomplete="username"
            maxLength={40}
          />
          <TextField
            name="password"
            type="password"
            label={t('people.signIn.password')}
            hint={t('people.password.newHint')}
            error={errorOf('password')}
            autocomplete="new-password"
          />
        </Panel>
        <SubmitButton wide>{t('people.setUp.submit')}</SubmitButton>
      </PostForm>
    </Layout>
  );
}
