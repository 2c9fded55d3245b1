import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';

export type PasswordPageProps = {
  username: string;
  /** The password was set by an office, and nothing else is open before it is changed. */
  isForced: boolean;
  error?: { name: 'oldPassword' | 'newPassword' | 'repeated'; message: string } | undefined;
};

export function PasswordPage({ username, isForced, error }: PasswordPageProps) {
  const { t } = usePage();
  const errorOf = (name: string) => (error?.name === name ? error.message : undefined);
  return (
    <Layout
      title={t('people.password.title')}
      lead={isForced ? t('people.password.forced') : t('people.password.lead')}
      width="narrow"
      errors={error && [error]}
    >
      <Panel>
        <PostForm action="/password">
          <input
            class="visually-hidden"
            type="text"
            name="username"
            value={username}
            autocomplete="username"
            readOnly
            tabIndex={-1}
            aria-hidden="true"
          />
          <TextField
            name="oldPassword"
            type="password"
            label={isForced ? t('people.password.temporary') : t('people.password.old')}
            error={errorOf('oldPassword')}
            autocomplete="current-password"
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
          <SubmitButton wide>{t('people.password.submit')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}

export function PasswordChangedPage({ homeHref }: { homeHref: string }) {
  const { t } = usePage();
  return (
    <Layout
      title={t('people.password.changed')}
      width="narrow"
      notice={
        <Notice kind="success" focused>
          {t('people.password.changedText')}
        </Notice>
      }
    >
      <LinkButton look="primary" href={homeHref}>
        {t('people.password.goOn')}
      </LinkButton>
    </Layout>
  );
}
