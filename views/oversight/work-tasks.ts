import type { HomeTask } from '../people/home-page.tsx';
import { formatDay, formatMonth } from '../shared/day-text.tsx';
import type { DeskPageProps, Language } from './desk-page.tsx';

/**
 * Homes that somebody has to go to, reminders whose days are over, and problems that nobody has in hand, are late, or wait for a second
 * person.
 */
export function workTasks(
  { work, rights, villageHref }: Pick<DeskPageProps, 'work' | 'rights' | 'villageHref'>,
  { t, locale, today }: Language,
): HomeTask[] {
  const tasks: HomeTask[] = [];
  const { visits, firstVisitBy, problems, sample, undrawnMonth, rounds, activities, reminders } = work;
  if (visits > 0) {
    tasks.push({
      href: `${villageHref}/inspections?state=open`,
      label: t('oversight.task.visits', { count: visits }),
      detail: t('oversight.task.visitsHint', {
        day: firstVisitBy ? formatDay(firstVisitBy, locale, { today, short: true }) : '',
      }),
      tone: 'warning',
    });
  }
  if (problems && problems.overdue > 0) {
    tasks.push({
      href: `${villageHref}/problems?state=overdue`,
      label: t('oversight.task.problemsLate', { count: problems.overdue }),
      detail: t('oversight.task.problemsLateHint', { days: problems.overdueDays }),
      tone: 'bad',
    });
  }
  if (problems && problems.open > 0) {
    tasks.push({
      href: `${villageHref}/problems`,
      label: t('oversight.task.problems', { count: problems.open }),
      detail: t('oversight.task.problemsHint', { count: problems.unassigned, unconfirmed: problems.unconfirmed }),
      tone: problems.unassigned + problems.unconfirmed > 0 ? 'warning' : 'plain',
    });
  }
  if (rights.publish && undrawnMonth) {
    tasks.push({
      href: `${villageHref}/samples`,
      label: t('oversight.task.sample', { month: formatMonth(undrawnMonth, locale) }),
      detail: t('oversight.task.sampleHint'),
      tone: 'warning',
    });
  }
  if (rights.publish && sample && sample.waiting > 0) {
    tasks.push({
      href: `${villageHref}/samples/${sample.month}`,
      label: t('oversight.task.sampleLines', { count: sample.waiting }),
      detail: t('oversight.task.sampleLinesHint'),
      tone: 'warning',
    });
  }
  if (rounds > 0) {
    tasks.push({
      href: `${villageHref}/honours`,
      label: t('oversight.task.rounds', { count: rounds }),
      detail: t('oversight.task.roundsHint'),
      tone: 'warning',
    });
  }
  if (rights.award && activities > 0) {
    tasks.push({
      href: `${villageHref}/activities`,
      label: t('oversight.task.activities', { count: activities }),
      detail: t('oversight.task.activitiesHint'),
      tone: 'warning',
    });
  }
  if (rights.award && reminders.count > 0) {
    tasks.push({
      href: `${villageHref}/reminders?view=due`,
      label: t('oversight.task.reminders', { count: reminders.count }),
      detail: t('oversight.task.remindersHint', {
        day: reminders.firstDue ? formatDay(reminders.firstDue, locale, { today, short: true }) : '',
      }),
      tone: 'warning',
    });
  }
  return tasks;
}
