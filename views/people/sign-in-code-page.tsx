import { SubmitButton } from '../shared/button.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';

type SignInCodePageProps = {
  returnPath: string;
  draft?: string | undefined;
  refusal?: string | undefined;
};

/** The second step of a sign-in, after the right password. */
export function SignInCodePage({ returnPath, draft, refusal }: SignInCodePageProps) {
  const { t } = usePage();
  return (
    <Layout
      title={t('people.signInCode.title')}
      lead={t('people.signInCode.lead')}
      width="narrow"
      crumbs={[{ href: '/sign-in', label: t('people.signIn.title') }]}
      notice={
        refusal && (
          <Notice kind="refusal" focused>
            {refusal}
          </Notice>
        )
      }
    >
      <Panel>
        <PostForm
          action="/sign-in/code"
          hidden={{ ...(returnPath && { return: returnPath }), ...(draft && { draft }) }}
        >
          <TextField
            name="code"
            label={t('people.signInCode.code')}
            hint={t('people.signInCode.hint')}
            autocomplete="one-time-code"
            size="short"
            maxLength={20}
            autofocus={!refusal}
          />
          <SubmitButton wide>{t('people.signIn.submit')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}
