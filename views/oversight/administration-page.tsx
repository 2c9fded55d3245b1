import type { StaffedPlace } from '../../src/oversight/index.ts';
import type { Role, StaffMember } from '../../src/people/index.ts';
import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { StatusTag } from '../shared/status-tag.tsx';

export type AdministrationPageProps = {
  administrationHref: string;
  places: readonly StaffedPlace[];
  /** The code of what was added just now. */
  foundedCode: string;
  /** What became of somebody's post or account just now. */
  done?: 'dismissed' | 'closed' | undefined;
};

/** 村和账号: every place of the county, who works there, and where somebody is missing. */
export function AdministrationPage({ administrationHref, places, foundedCode, done }: AdministrationPageProps) {
  const { t } = usePage();
  const offices = places.filter(({ level }) => level !== 'village');
  const villages = places.filter(({ level }) => level === 'village');
  const founded = places.find(({ code }) => code === foundedCode);
  const hasTownship = offices.length > 1;
  return (
    <Layout
      title={t('people.nav.administration')}
      lead={t('oversight.administration.lead')}
      notice={
        founded ? (
          <Notice kind="success" focused>
            {founded.level === 'village'
              ? t('oversight.administration.villageFounded', { name: founded.name, code: founded.code })
              : t('oversight.administration.townshipAdded', { name: founded.name, code: founded.code })}
          </Notice>
        ) : (
          done && (
            <Notice kind="success" focused>
              {t(`oversight.administration.${done}`)}
            </Notice>
          )
        )
      }
      actions={
        <>
          {hasTownship && (
            <>
              <LinkButton href={`${administrationHref}/people/new`} look="primary" icon="person">
                {t('oversight.administration.addPerson')}
              </LinkButton>
              <LinkButton href={`${administrationHref}/villages/new`} icon="plus">
                {t('oversight.administration.addVillage')}
              </LinkButton>
            </>
          )}
          <LinkButton
            href={`${administrationHref}/townships/new`}
            look={hasTownship ? 'secondary' : 'primary'}
            icon="plus"
          >
            {t('oversight.administration.addTownship')}
          </LinkButton>
          <LinkButton href={`${administrationHref}/names`}>{t('cards.names.limitTitle')}</LinkButton>
          <LinkButton href={`${administrationHref}/access-settings`} icon="lock">
            {t('oversight.access.title')}
          </LinkButton>
          <LinkButton href={administrationHref.replace(/administration$/, 'security')} icon="list">
            {t('oversight.security.title')}
          </LinkButton>
        </>
      }
    >
      <Panel title={t('oversight.administration.villages', { count: villages.length })}>
        <DataTable
          caption={t('oversight.administration.villages', { count: villages.length })}
          captionHidden
          columns={villageColumns()}
          rows={villages}
          rowKey={({ code }) => code}
          empty={
            <EmptyState title={t('oversight.administration.noVillages')}>
              {hasTownship
                ? t('oversight.administration.noVillagesHint')
                : t('oversight.administration.noTownshipsHint')}
            </EmptyState>
          }
        />
      </Panel>
      <Panel title={t('oversight.administration.offices')}>
        <DataTable
          caption={t('oversight.administration.offices')}
          captionHidden
          columns={officeColumns()}
          rows={offices}
          rowKey={({ code }) => code}
        />
      </Panel>
    </Layout>
  );

  function villageColumns(): Column<StaffedPlace>[] {
    return [
      {
        label: t('oversight.column.village'),
        rowHeader: true,
        cell: ({ code, name, townshipName }) => (
          <a class="row-link" href={`/villages/${code}/desk`}>
            {name}
            <span class="soft small">{townshipName}</span>
          </a>
        ),
      },
      staffColumn(t('people.role.manager'), 'manager'),
      staffColumn(t('people.role.supervisor'), 'supervisor'),
      {
        label: t('oversight.administration.others'),
        cell: ({ code, staff }) => {
          const others = staff.filter(({ role }) => role !== 'manager' && role !== 'supervisor');
          if (others.length === 0) return null;
          const missing = { role: 'recorder', code } as const;
          return <People people={others} administrationHref={administrationHref} missing={missing} showRole />;
        },
      },
      { label: t('oversight.column.code'), cell: ({ code }) => code },
    ];
  }

  function officeColumns(): Column<StaffedPlace>[] {
    return [
      { label: t('oversight.column.office'), rowHeader: true, cell: ({ name }) => name },
      {
        label: t('oversight.column.people'),
        cell: ({ code, level, staff }) => (
          <People
            people={staff}
            administrationHref={administrationHref}
            missing={{ role: level === 'county' ? 'county_officer' : 'township_officer', code }}
            showRole={level === 'county'}
          />
        ),
      },
      { label: t('oversight.column.code'), cell: ({ code }) => code },
    ];
  }

  function staffColumn(label: string, role: Role): Column<StaffedPlace> {
    return {
      label,
      cell: ({ code, staff }) => (
        <People
          people={staff.filter((member) => member.role === role)}
          administrationHref={administrationHref}
          missing={{ role, code }}
        />
      ),
    };
  }
}

type PeopleProps = {
  people: readonly StaffMember[];
  administrationHref: string;
  missing: { role: Role; code: string };
  showRole?: boolean | undefined;
};

function People({ people, administrationHref, missing, showRole }: PeopleProps) {
  const { t } = usePage();
  if (people.length === 0) {
    return (
      <a class="row-link" href={`${administrationHref}/people/new?role=${missing.role}&place=${missing.code}`}>
        {t('oversight.administration.nobody')}
      </a>
    );
  }
  return (
    <ul class="people">
      {people.map(({ appointmentId, personId, displayName, role, mustChangePassword }) => (
        <li key={appointmentId}>
          <a class="row-link" href={`${administrationHref}/people/${personId}`}>
            <span class="whole">{displayName}</span>
            {showRole && <span class="soft small">{t(`people.role.${role}`)}</span>}
          </a>
          {mustChangePassword && <StatusTag tone="plain">{t('oversight.administration.notYetIn')}</StatusTag>}
        </li>
      ))}
    </ul>
  );
}
