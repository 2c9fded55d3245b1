import type { Activity } from '../../src/activities/index.ts';
import { usePage } from '../shared/page-context.ts';
import { StatusTag } from '../shared/status-tag.tsx';

/** Whether points follow from it, and whether they were given. */
export function ActivityStateTag({ state }: Pick<Activity, 'state'>) {
  const { t } = usePage();
  if (state === 'free') return <StatusTag tone="plain">{t('activities.state.none')}</StatusTag>;
  if (state === 'awarded') return <StatusTag tone="good">{t('activities.state.done')}</StatusTag>;
  return <StatusTag tone="warning">{t('activities.state.waiting')}</StatusTag>;
}
