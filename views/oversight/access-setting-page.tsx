import type { SecondFactorDemand } from '../../src/people/index.ts';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';

type AccessSettingPageProps = { administrationHref: string; demand: SecondFactorDemand; isSaved: boolean };

const DEMANDS: readonly SecondFactorDemand[] = ['offered', 'administrators', 'offices', 'supervisors'];

/** 登录安全: whom the county asks for a second step. */
export function AccessSettingPage({ administrationHref, demand, isSaved }: AccessSettingPageProps) {
  const { t } = usePage();
  return (
    <Layout
      title={t('oversight.access.title')}
      width="narrow"
      crumbs={[{ href: administrationHref, label: t('people.nav.administration') }]}
      notice={
        isSaved && (
          <Notice kind="success" focused>
            {t('oversight.access.saved')}
          </Notice>
        )
      }
    >
      <Panel>
        <PostForm action={`${administrationHref}/access-settings`}>
          <ChoiceGroup
            kind="radio"
            name="secondFactor"
            label={t('oversight.access.secondFactor')}
            hint={t('people.secondFactor.lead')}
            chosen={[demand]}
            choices={DEMANDS.map((value) => ({ value, label: t(`oversight.access.demand.${value}`) }))}
          />
          <SubmitButton>{t('oversight.access.save')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}
