import type { Claim } from '../../src/claims/index.ts';
import { DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { SignedPoints } from '../shared/points.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { ClaimStatus } from './claim-status.tsx';

/** Claims as lines of a table, each leading to its own page. */
export function ClaimTable({ claims, caption }: { claims: readonly Claim[]; caption: string }) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <DataTable
      caption={caption}
      rows={claims}
      rowKey={({ claimId }) => claimId}
      columns={[
        {
          label: t('claims.household'),
          cell: ({ headName, claimId }) => (
            <a class="row-link" href={href(`/claims/${claimId}`)}>
              {headName}
            </a>
          ),
          rowHeader: true,
        },
        { label: t('claims.what'), cell: ({ ruleName }) => ruleName },
        { label: t('claims.day'), cell: ({ occurredOn }) => <DayText day={occurredOn} short /> },
        {
          label: t('claims.points'),
          cell: ({ amountCentipoints }) => <SignedPoints centipoints={amountCentipoints} />,
          numeric: true,
        },
        { label: t('claims.state'), cell: (claim) => <ClaimStatus claim={claim} /> },
      ]}
    />
  );
}
