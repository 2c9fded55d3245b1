import type { IssuedCode, Region, StaffMember } from '../../src/people/index.ts';
import { LinkButton } from '../shared/button.tsx';
import { DayText } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';

type ResetCodePageProps = {
  region: Pick<Region, 'code'>;
  person: Pick<StaffMember, 'personId' | 'displayName' | 'username'>;
  issued: IssuedCode;
};

/** Shown once, right after it was drawn; nobody can look it up later. */
export function ResetCodePage({ region, person, issued }: ResetCodePageProps) {
  const { t } = usePage();
  return (
    <Layout
      title={t('oversight.resetCode.title', { name: person.displayName })}
      width="narrow"
      notice={
        <Notice kind="success" focused>
          {t('oversight.resetCode.text')}
        </Notice>
      }
    >
      <Panel>
        <Facts
          facts={[
            { label: t('people.signIn.username'), value: person.username },
            {
              label: t('people.reset.code'),
              value: <strong class="temporary-password">{issued.code}</strong>,
            },
            {
              label: t('oversight.resetCode.until'),
              value: <DayText day={issued.until.day} time={issued.until.time} />,
            },
          ]}
        />
        <p class="soft">{t('oversight.resetCode.once')}</p>
      </Panel>
      <LinkButton look="primary" href={`/regions/${region.code}/staff/${person.personId}`}>
        {t('oversight.resetCode.back')}
      </LinkButton>
    </Layout>
  );
}
