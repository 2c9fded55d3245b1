import type { OpenSignIn, StaffMember } from '../../src/people/index.ts';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { DayText } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { PersonHelp } from './person-help.tsx';

type PersonPageProps = {
  administrationHref: string;
  /** All appointments of one person, at least one. */
  held: readonly StaffMember[];
  isSelf: boolean;
  /** Where the office helps this person. */
  helpHref: string;
  signIns: readonly OpenSignIn[];
  hasSecondFactor: boolean;
};

/** One person with what they may do, and the three things that can be done about it. */
export function PersonPage({ administrationHref, held, isSelf, helpHref, signIns, hasSecondFactor }: PersonPageProps) {
  const { t } = usePage();
  const [first] = held;
  if (!first) return null;
  const { personId, displayName, username, mustChangePassword } = first;
  const href = `${administrationHref}/people/${personId}`;
  return (
    <Layout
      title={displayName}
      width="narrow"
      crumbs={[{ href: administrationHref, label: t('people.nav.administration') }]}
    >
      <Panel>
        <Facts
          facts={[
            { label: t('people.signIn.username'), value: username },
            {
              label: t('people.signIn.password'),
              value: mustChangePassword ? t('oversight.person.temporary') : t('oversight.person.own'),
            },
          ]}
        />
        {isSelf && <LinkButton href="/account">{t('people.account.title')}</LinkButton>}
      </Panel>
      {!isSelf && <PersonHelp helpHref={helpHref} signIns={signIns} hasSecondFactor={hasSecondFactor} />}
      {held.map(({ appointmentId, role, regionName, startsOn }) => (
        <Panel
          key={appointmentId}
          title={t('oversight.person.roleIn', { region: regionName, role: t(`people.role.${role}`) })}
        >
          <p>
            {t('oversight.person.since')} <DayText day={startsOn} />
          </p>
          <p class="soft">{t(`oversight.person.may.${role}`)}</p>
          {!isSelf && (
            <PostForm action={`${href}/endings`} hidden={{ appointment: appointmentId }}>
              <SubmitButton look="danger">{t('oversight.person.end')}</SubmitButton>
            </PostForm>
          )}
        </Panel>
      ))}
      {!isSelf && (
        <LinkButton href={`${href}/appointments/new`} icon="plus">
          {t('oversight.person.furtherTitle')}
        </LinkButton>
      )}
      {!isSelf && (
        <Panel title={t('oversight.person.closeTitle')}>
          <PostForm action={`${href}/closure`}>
            <p class="field-hint">{t('oversight.person.closeHint')}</p>
            <SubmitButton look="danger">{t('oversight.person.close')}</SubmitButton>
          </PostForm>
        </Panel>
      )}
    </Layout>
  );
}
