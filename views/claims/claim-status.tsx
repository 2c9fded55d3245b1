import type { Claim, ClaimState } from '../../src/claims/index.ts';
import { usePage } from '../shared/page-context.ts';
import { StatusTag } from '../shared/status-tag.tsx';

const TONES: Readonly<Record<ClaimState, 'good' | 'warning' | 'bad' | 'plain'>> = {
  submitted: 'warning',
  group_passed: 'warning',
  committee_heard: 'warning',
  committee_passed: 'plain',
  posted: 'plain',
  objected: 'bad',
  cleared: 'good',
  returned: 'warning',
  withdrawn: 'plain',
  upheld: 'bad',
};

/** Whose word is next, or what became of it. */
export function ClaimStatus({ claim }: { claim: Pick<Claim, 'state' | 'needs' | 'passedBy'> }) {
  const { t } = usePage();
  const { state, needs, passedBy } = claim;
  const next = ['submitted', 'group_passed', 'committee_heard'].includes(state) ? needs[passedBy.length] : undefined;
  return <StatusTag tone={TONES[state]}>{next ? t(`claims.next.${next}`) : t(`claims.state.${state}`)}</StatusTag>;
}
