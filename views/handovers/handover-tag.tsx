import type { HandoverState } from '../../src/handovers/index.ts';
import { usePage } from '../shared/page-context.ts';
import { StatusTag } from '../shared/status-tag.tsx';

const TONES = {
  opened: 'warning',
  counted: 'warning',
  listed: 'warning',
  complete: 'good',
  cancelled: 'plain',
  waived: 'plain',
} as const;

export function HandoverTag({ state }: { state: HandoverState }) {
  const { t } = usePage();
  return <StatusTag tone={TONES[state]}>{t(`handovers.state.${state}`)}</StatusTag>;
}
