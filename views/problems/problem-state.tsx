import type { Problem } from '../../src/problems/index.ts';
import { usePage } from '../shared/page-context.ts';
import { StatusTag } from '../shared/status-tag.tsx';

const TONES = {
  found: 'bad',
  assigned: 'warning',
  fixed: 'warning',
  checked: 'warning',
  closed: 'good',
  long_term: 'plain',
} as const;

/** Where a problem stands, and whether its day has passed. */
export function ProblemStateTag({ problem: { state, due } }: { problem: Pick<Problem, 'state' | 'due'> }) {
  const { t, today } = usePage();
  const isLate = (state === 'assigned' || state === 'long_term') && due !== null && due < today;
  return (
    <StatusTag tone={isLate ? 'bad' : TONES[state]}>
      {isLate ? t('problems.late', { state: t(`problems.state.${state}`) }) : t(`problems.state.${state}`)}
    </StatusTag>
  );
}
