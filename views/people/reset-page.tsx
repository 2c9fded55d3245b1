import { SubmitButton } from '../shared/button.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';

type ResetPageProps = {
  values: { username: string; code: string };
  error?: { name: string; message: string } | undefined;
};

/** 忘了密码: the code from the office above, and a password of one's own. */
export function ResetPage({ values, error }: ResetPageProps) {
  const { t } = usePage();
  const errorOf = (name: string) => (error?.name === name ? error.message : undefined);
  return (
    <Layout
      title={t('people.reset.title')}
      lead={t('people.reset.lead')}
      width="narrow"
      errors={error && [error]}
      crumbs={[{ href: '/sign-in', label: t('people.signIn.title') }]}
    >
      <Panel>
        <PostForm action="/reset">
          <TextField
            name="username"
            label={t('people.signIn.username')}
            value={values.username}
            autocomplete="username"
            maxLength={100}
          />
          <TextField
            name="code"
            label={t('people.reset.code')}
            hint={t('people.reset.codeHint')}
            value={values.code}
            error={errorOf('code')}
            autocomplete="one-time-code"
            size="short"
            maxLength={20}
          />
          <TextField
            name="newPassword"
            type="password"
            label={t('people.password.new')}
            hint={t('people.password.newHint')}
            error={errorOf('newPassword')}
            autocomplete="new-password"
          />
          <TextField
            name="repeated"
            type="password"
            label={t('people.password.repeat')}
            error={errorOf('repeated')}
            autocomplete="new-password"
          />
          <SubmitButton wide>{t('people.reset.submit')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}
