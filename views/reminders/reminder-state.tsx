import type { Reminder } from '../../src/reminders/index.ts';
import { usePage } from '../shared/page-context.ts';
import { StatusTag } from '../shared/status-tag.tsx';

/** Standing, with its days not over yet or over; put right; or points were taken. */
export function ReminderState({ reminder: { state, due } }: { reminder: Pick<Reminder, 'state' | 'due'> }) {
  const { t, today } = usePage();
  if (state === 'closed') return <StatusTag tone="good">{t('reminders.state.closed')}</StatusTag>;
  if (state === 'applied') return <StatusTag tone="plain">{t('reminders.state.applied')}</StatusTag>;
  return <StatusTag tone="warning">{t(today < due ? 'reminders.state.runs' : 'reminders.state.over')}</StatusTag>;
}
