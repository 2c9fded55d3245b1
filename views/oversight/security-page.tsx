import type { LoggedEvent, Region, SecurityEventKind } from '../../src/people/index.ts';
import { Moment } from '../people/sign-in-list.tsx';
import { SubmitButton } from '../shared/button.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Panel } from '../shared/panel.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { StatusTag } from '../shared/status-tag.tsx';
import { TextField } from '../shared/text-field.tsx';
import { ROLES } from './person-form-page.tsx';
import { SAID, SECURITY_KINDS } from './security-words.ts';

type SecurityPageProps = {
  region: Pick<Region, 'code' | 'name'>;
  filter: { kind: SecurityEventKind | ''; who: string; result: string };
  events: readonly LoggedEvent[];
  /** The last event of this page, when there are older ones. */
  next: number | undefined;
};

/** 安全日志: who did what to sign-ins, rights and personal data, when, from where, and whether it was refused. */
export function SecurityPage({ region, filter, events, next }: SecurityPageProps) {
  const { t } = usePage();
  const href = `/regions/${region.code}/security`;
  const chosen = Object.entries(filter).filter(([, value]) => value !== '');
  const nextQuery = new URLSearchParams([...chosen, ['before', String(next)]]);
  return (
    <Layout title={t('oversight.security.title')} lead={t('oversight.security.lead')}>
      <Panel title={t('oversight.security.filter')}>
        <form method="get" action={href} class="filter-form">
          <SelectField
            name="kind"
            label={t('oversight.security.kind')}
            value={filter.kind}
            prompt={t('oversight.security.all')}
            options={SECURITY_KINDS.map((kind) => ({ value: kind, label: t(`oversight.security.event.${kind}`) }))}
          />
          <SelectField
            name="result"
            label={t('oversight.security.result')}
            value={filter.result}
            prompt={t('oversight.security.all')}
            options={[
              { value: 'done', label: t('oversight.security.done') },
              { value: 'refused', label: t('oversight.security.refused') },
            ]}
          />
          <TextField name="who" label={t('oversight.security.who')} value={filter.who} maxLength={60} />
          <SubmitButton look="secondary" icon="search">
            {t('oversight.security.find')}
          </SubmitButton>
        </form>
      </Panel>
      <DataTable
        caption={t('oversight.security.title')}
        captionHidden
        rows={events}
        rowKey={({ eventId }) => eventId}
        brief
        empty={<EmptyState title={t('oversight.security.none')}>{t('oversight.security.noneHint')}</EmptyState>}
        columns={[
          { label: t('oversight.security.when'), cell: ({ recordedAt }) => <Moment at={recordedAt} /> },
          {
            label: t('oversight.security.kind'),
            rowHeader: true,
            cell: ({ kind, isRefused, details }) => (
              <>
                {t(`oversight.security.event.${kind}`)}
                {isRefused && <StatusTag tone="warning">{t('oversight.security.refused')}</StatusTag>}
                <Details details={details} />
              </>
            ),
          },
          {
            label: t('oversight.security.person'),
            cell: ({ personName }) => personName ?? t('oversight.security.unknown'),
          },
          { label: t('oversight.security.subject'), cell: ({ subjectName }) => subjectName },
          { label: t('oversight.security.where'), cell: ({ regionName }) => regionName },
          { label: t('people.signIns.place'), cell: ({ address }) => address },
        ]}
      />
      <Pager
        nextHref={next === undefined ? undefined : `${href}?${nextQuery}`}
        firstHref={chosen.length > 0 ? href : undefined}
      />
      <ExportLinks list="security" base={`/regions/${region.code}`} />
    </Layout>
  );
}

/** What has words is said in words; else the code as it was recorded, which says exactly which route it was. */
function Details({ details }: Pick<LoggedEvent, 'details'>) {
  const { t } = usePage();
  const values = Object.entries(details).map(([name, value]) => {
    const said = SAID.find((known) => known === `${name}.${value}`);
    if (said) return t(`oversight.security.detail.${said}`);
    const role = name === 'role' && ROLES.find((known) => known === value);
    return role ? t(`people.role.${role}`) : value;
  });
  return values.length === 0 ? null : <span class="soft small"> {values.join(' ')}</span>;
}
