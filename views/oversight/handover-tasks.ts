import type { OwnedWarning } from '../../src/oversight/index.ts';
import type { HomeTask } from '../people/home-page.tsx';
import type { Language } from './desk-page.tsx';
import { warningText } from './warning-text.ts';

/** The shop is still in the hands of somebody who has a successor. */
export function handoverTasks(warnings: readonly OwnedWarning[], villageHref: string, language: Language): HomeTask[] {
  return warnings.flatMap(({ warning }) =>
    warning.code === 'handoverDue'
      ? [
          {
            href: `${villageHref}/handovers`,
            label: warningText(warning, language),
            detail: language.t('oversight.warnings.do.handoverDue'),
            tone: warning.level === 'red' ? 'bad' : 'warning',
          } as const,
        ]
      : [],
  );
}
