import type { OpenSignIn } from '../../src/people/index.ts';
import { ButtonRow, LinkButton, SubmitButton } from '../shared/button.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SignInList } from './sign-in-list.tsx';

export type AccountPageProps = {
  username: string;
  signIns: readonly OpenSignIn[];
  /** How many sign-ins have been ended just now. */
  ended?: number | undefined;
};

/** 我的账号: where it is signed in, and what keeps others out. */
export function AccountPage({ username, signIns, ended }: AccountPageProps) {
  const { t } = usePage();
  return (
    <Layout
      title={t('people.account.title')}
      notice={
        ended !== undefined && (
          <Notice kind="success" focused>
            {t('people.signIns.ended', { count: ended })}
          </Notice>
        )
      }
    >
      <Panel>
        <Facts facts={[{ label: t('people.signIn.username'), value: username }]} />
        <ButtonRow>
          <LinkButton href="/password">{t('people.password.title')}</LinkButton>
          <LinkButton href="/second-factor">{t('people.secondFactor.title')}</LinkButton>
        </ButtonRow>
      </Panel>
      <Panel title={t('people.signIns.title')}>
        <p class="soft">{t('people.signIns.lead')}</p>
        <SignInList signIns={signIns} endingsHref="/account/sign-outs" />
        <ButtonRow>
          {signIns.length > 1 && (
            <PostForm action="/account/sign-outs" hidden={{ which: 'others' }}>
              <SubmitButton look="secondary">{t('people.signIns.endOthers')}</SubmitButton>
            </PostForm>
          )}
          <PostForm action="/account/sign-outs" hidden={{ which: 'all' }}>
            <SubmitButton look="danger">{t('people.signIns.endAll')}</SubmitButton>
          </PostForm>
        </ButtonRow>
      </Panel>
    </Layout>
  );
}
