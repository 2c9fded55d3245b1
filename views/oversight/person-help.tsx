import type { OpenSignIn } from '../../src/people/index.ts';
import { SignInList } from '../people/sign-in-list.tsx';
import { SubmitButton } from '../shared/button.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';

type PersonHelpProps = {
  /** The person's address below the office that helps. */
  helpHref: string;
  signIns: readonly OpenSignIn[];
  hasSecondFactor: boolean;
};

/** What an office does for somebody's account: a code for a new password, and the end of all sign-ins. */
export function PersonHelp({ helpHref, signIns, hasSecondFactor }: PersonHelpProps) {
  const { t } = usePage();
  return (
    <>
      <Panel title={t('oversight.person.resetTitle')}>
        <PostForm action={`${helpHref}/reset-codes`}>
          <p class="field-hint">{t('oversight.person.resetHint')}</p>
          <SubmitButton look="secondary" icon="lock">
            {t('oversight.person.reset')}
          </SubmitButton>
        </PostForm>
      </Panel>
      <Panel title={t('oversight.person.signIns', { count: signIns.length })}>
        {signIns.length === 0 ? (
          <p class="soft">{t('oversight.person.noSignIns')}</p>
        ) : (
          <>
            <SignInList signIns={signIns} />
            <PostForm action={`${helpHref}/sign-outs`}>
              <SubmitButton look="danger">{t('oversight.person.signOut')}</SubmitButton>
            </PostForm>
          </>
        )}
      </Panel>
      {hasSecondFactor && (
        <Panel title={t('people.secondFactor.title')}>
          <PostForm action={`${helpHref}/second-factor-removals`}>
            <p class="field-hint">{t('oversight.person.removeSecondFactorHint')}</p>
            <SubmitButton look="danger">{t('oversight.person.removeSecondFactor')}</SubmitButton>
          </PostForm>
        </Panel>
      )}
    </>
  );
}
