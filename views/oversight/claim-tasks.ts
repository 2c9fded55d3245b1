import type { WaitingCounts } from '../../src/claims/index.ts';
import type { HomeTask } from '../people/home-page.tsx';
import { formatDay } from '../shared/day-text.tsx';
import type { DeskPageProps, Language } from './desk-page.tsx';

const STEPS = ['supervisor', 'committee', 'group', 'record'] as const;

/** What waits for the reader's own word comes first; an objection has a day by which it is answered. */
export function claimTasks(
  { claims, objections, rights, villageHref }: Pick<DeskPageProps, 'claims' | 'objections' | 'rights' | 'villageHref'>,
  { t, locale, today }: Language,
): HomeTask[] {
  const href = `${villageHref}/claims`;
  const tasks: HomeTask[] = [];
  const step = STEPS.find((candidate) => rights.steps[candidate] && waits(claims, candidate) > 0);
  if (step) {
    tasks.push({
      href,
      label: t(`oversight.task.claims.${step}`, { count: waits(claims, step) }),
      detail: t('oversight.task.claimsHint'),
      tone: 'warning',
    });
  }
  if (objections.count > 0) {
    tasks.push({
      href: `${href}?view=posted`,
      label: t('oversight.task.objections', { count: objections.count }),
      detail: t('oversight.task.objectionsHint', {
        day: objections.firstAnswerBy ? formatDay(objections.firstAnswerBy, locale, { today, short: true }) : '',
      }),
      tone: 'bad',
    });
  }
  if (rights.steps.supervisor && claims.ready > 0) {
    tasks.push({
      href: `${villageHref}/sheets/new`,
      label: t('oversight.task.toPost', { count: claims.ready }),
      detail: t('oversight.task.toPostHint'),
      tone: 'warning',
    });
  }
  if (rights.steps.record && claims.returned > 0) {
    tasks.push({
      href: `${href}?view=returned`,
      label: t('oversight.task.returned', { count: claims.returned }),
      detail: t('oversight.task.returnedHint'),
      tone: 'warning',
    });
  }
  return tasks;
}

function waits({ steps }: WaitingCounts, step: (typeof STEPS)[number]): number {
  return steps[step] ?? 0;
}
