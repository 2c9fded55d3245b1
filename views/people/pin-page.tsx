import { SubmitButton } from '../shared/button.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';

type PinPageProps = { error?: { name: 'password' | 'pin' | 'repeated'; message: string } | undefined };

/** 记住这台设备: six digits for this browser. */
export function PinPage({ error }: PinPageProps) {
  const { t } = usePage();
  const errorOf = (name: string) => (error?.name === name ? error.message : undefined);
  return (
    <Layout
      title={t('people.pin.title')}
      lead={t('people.pin.lead')}
      width="narrow"
      errors={error && [error]}
      crumbs={[{ href: '/account', label: t('people.account.title') }]}
    >
      <Panel>
        <PostForm action="/account/pin">
          <TextField
            name="password"
            type="password"
            label={t('people.password.old')}
            error={errorOf('password')}
            autocomplete="current-password"
          />
          <TextField
            name="pin"
            type="password"
            inputMode="numeric"
            label={t('people.pin.new')}
            hint={t('people.pin.newHint')}
            error={errorOf('pin')}
            autocomplete="new-password"
            size="short"
            maxLength={6}
          />
          <TextField
            name="repeated"
            type="password"
            inputMode="numeric"
            label={t('people.pin.repeat')}
            error={errorOf('repeated')}
            autocomplete="new-password"
            size="short"
            maxLength={6}
          />
          <SubmitButton wide>{t('people.pin.submit')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}
