import type { Role } from '../../src/people/index.ts';
import { ButtonRow, LinkButton } from '../shared/button.tsx';
import { DayText } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';

type TemporaryPasswordPageProps = {
  administrationHref: string;
  person: { displayName: string; username: string; role: Role; placeName: string };
  temporaryPassword: string;
  /** The last day on which it opens the account. */
  lastDay: string;
};

/** Shown once, right after the act; nobody can look it up later. */
export function TemporaryPasswordPage({
  administrationHref,
  person,
  temporaryPassword,
  lastDay,
}: TemporaryPasswordPageProps) {
  const { t } = usePage();
  return (
    <Layout
      title={t('oversight.temporary.newTitle', { name: person.displayName })}
      width="narrow"
      notice={
        <Notice kind="success" focused>
          {t('oversight.temporary.text')}
        </Notice>
      }
    >
      <Panel>
        <Facts
          facts={[
            { label: t('people.person.name'), value: person.displayName },
            {
              label: t('oversight.person.role'),
              value: t('oversight.person.roleIn', { region: person.placeName, role: t(`people.role.${person.role}`) }),
            },
            { label: t('people.signIn.username'), value: person.username },
            {
              label: t('oversight.temporary.password'),
              value: <strong class="temporary-password">{temporaryPassword}</strong>,
            },
            { label: t('oversight.temporary.lastDay'), value: <DayText day={lastDay} /> },
          ]}
        />
        <p class="soft">{t('oversight.temporary.once')}</p>
      </Panel>
      <ButtonRow>
        <LinkButton look="primary" href={administrationHref}>
          {t('oversight.temporary.back')}
        </LinkButton>
        <LinkButton href={`${administrationHref}/people/new`}>{t('oversight.temporary.another')}</LinkButton>
      </ButtonRow>
    </Layout>
  );
}
