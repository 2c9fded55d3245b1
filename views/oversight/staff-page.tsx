import type { Region, StaffMember } from '../../src/people/index.ts';
import { DataTable } from '../shared/data-table.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';

/** 村里的人: who works in the villages below an office, each leading to the help that the office can give. */
export function StaffPage({ region, staff }: { region: Pick<Region, 'code' | 'name'>; staff: readonly StaffMember[] }) {
  const { t } = usePage();
  return (
    <Layout title={t('oversight.staff.title', { region: region.name })} lead={t('oversight.staff.lead')}>
      <DataTable
        caption={t('oversight.staff.title', { region: region.name })}
        captionHidden
        rows={staff}
        rowKey={({ appointmentId }) => appointmentId}
        brief
        empty={<EmptyState title={t('oversight.staff.nobody')}>{t('oversight.staff.nobodyHint')}</EmptyState>}
        columns={[
          {
            label: t('people.person.name'),
            rowHeader: true,
            cell: ({ personId, displayName }) => (
              <a class="row-link" href={`/regions/${region.code}/staff/${personId}`}>
                {displayName}
              </a>
            ),
          },
          { label: t('oversight.column.village'), cell: ({ regionName }) => regionName },
          { label: t('oversight.person.role'), cell: ({ role }) => t(`people.role.${role}`) },
          { label: t('people.signIn.username'), cell: ({ username }) => username },
        ]}
      />
      <ExportLinks list="staff" base={`/regions/${region.code}`} />
    </Layout>
  );
}
