import type { OpenSignIn, Region, StaffMember } from '../../src/people/index.ts';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PersonHelp } from './person-help.tsx';

type HelpedPersonPageProps = {
  region: Pick<Region, 'code' | 'name'>;
  /** What the person holds below the region, at least one. */
  held: readonly StaffMember[];
  signIns: readonly OpenSignIn[];
  hasSecondFactor: boolean;
  /** How many sign-ins have been ended just now. */
  signedOut?: number | undefined;
};

/** One person as the office above helps them. */
export function HelpedPersonPage({ region, held, signIns, hasSecondFactor, signedOut }: HelpedPersonPageProps) {
  const { t } = usePage();
  const [first] = held;
  if (!first) return null;
  const staffHref = `/regions/${region.code}/staff`;
  return (
    <Layout
      title={first.displayName}
      width="narrow"
      crumbs={[{ href: staffHref, label: t('people.nav.staff') }]}
      notice={
        signedOut !== undefined && (
          <Notice kind="success" focused>
            {t('people.signIns.ended', { count: signedOut })}
          </Notice>
        )
      }
    >
      <Panel>
        <Facts
          facts={[
            { label: t('people.signIn.username'), value: first.username },
            {
              label: t('oversight.person.role'),
              value: held.map(({ appointmentId, regionName, role }) => (
                <div key={appointmentId}>
                  {t('oversight.person.roleIn', { region: regionName, role: t(`people.role.${role}`) })}
                </div>
              )),
            },
          ]}
        />
      </Panel>
      <PersonHelp helpHref={`${staffHref}/${first.personId}`} signIns={signIns} hasSecondFactor={hasSecondFactor} />
    </Layout>
  );
}
