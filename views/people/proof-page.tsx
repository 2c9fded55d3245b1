import { SubmitButton } from '../shared/button.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';

type ProofPageProps = {
  /** The form that waits: it goes on with the same press. */
  draft: { action: string; fields: readonly (readonly [name: string, value: string])[] };
  field: string;
  /** What else than the password this person can prove it with, here. */
  means: 'password' | 'pin' | 'authenticator';
  error?: { name: string; message: string } | undefined;
};

/** Before what matters, some time after the sign-in: who sits here? */
export function ProofPage({ draft, field, means, error }: ProofPageProps) {
  const { t } = usePage();
  return (
    <Layout title={t('people.proof.title')} lead={t('people.proof.lead')} width="narrow" errors={error && [error]}>
      <Panel>
        <PostForm action={draft.action}>
          {draft.fields.map(([name, value], index) => (
            <input key={`${name}${index}`} type="hidden" name={name} value={value} />
          ))}
          <TextField
            name={field}
            type="password"
            label={t(`people.proof.${means}`)}
            hint={means === 'password' ? undefined : t(`people.proof.${means}Hint`)}
            error={error?.message}
            autocomplete="current-password"
            maxLength={200}
            autofocus={!error}
          />
          <SubmitButton wide>{t('people.proof.submit')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}
