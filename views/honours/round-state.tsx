import type { Round } from '../../src/honours/index.ts';
import { usePage } from '../shared/page-context.ts';
import { StatusTag } from '../shared/status-tag.tsx';

/** From the last day of nominations on an open round waits for the meeting. */
export function RoundStateTag({ round: { state, closes } }: { round: Pick<Round, 'state' | 'closes'> }) {
  const { t, today } = usePage();
  if (state === 'decided') return <StatusTag tone="good">{t('honours.state.decided')}</StatusTag>;
  if (state === 'abandoned') return <StatusTag tone="plain">{t('honours.state.abandoned')}</StatusTag>;
  return <StatusTag tone="warning">{t(closes <= today ? 'honours.state.waiting' : 'honours.state.open')}</StatusTag>;
}
