import type { OwnedWarning } from '../../src/oversight/index.ts';
import type { HomeTask } from '../people/home-page.tsx';
import type { Translate } from '../shared/dictionary.ts';

/** The shop is still in the hands of somebody who has a successor. */
export function handoverTasks(warnings: readonly OwnedWarning[], villageHref: string, t: Translate): HomeTask[] {
  return warnings.flatMap(({ warning }) =>
    warning.code === 'handoverDue'
      ? [
          {
            href: `${villageHref}/handovers`,
            label: t('oversight.warnings.handoverDue', { from: warning.from, to: warning.to, days: warning.days }),
            detail: t('oversight.warnings.do.handoverDue'),
            tone: warning.level === 'red' ? 'bad' : 'warning',
          } as const,
        ]
      : [],
  );
}
