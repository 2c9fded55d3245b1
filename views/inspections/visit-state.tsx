import type { Visited } from '../../src/inspections/index.ts';
import { usePage } from '../shared/page-context.ts';
import { StatusTag } from '../shared/status-tag.tsx';

const TONES = { unplanned: 'plain', planned: 'warning', failed: 'bad', passed: 'good' } as const;

export function VisitStateTag({ visited: { state, due } }: { visited: Pick<Visited, 'state' | 'due'> }) {
  const { t, today } = usePage();
  const isLate = due !== null && due < today;
  return (
    <StatusTag tone={isLate ? 'bad' : TONES[state]}>
      {isLate ? t('inspections.late', { state: t(`inspections.state.${state}`) }) : t(`inspections.state.${state}`)}
    </StatusTag>
  );
}
