import type { OwnedWarning, Warning } from '../../src/oversight/index.ts';
import type { HomeTask } from '../people/home-page.tsx';
import type { Language } from './desk-page.tsx';
import { WARNING_PATHS } from './warning-paths.ts';
import { warningText } from './warning-text.ts';

/** What warnings of these kinds ask of the desk, in the words and with the way of their own page. */
export function warningTasks(
  codes: readonly Warning['code'][],
  { warnings, villageHref }: { warnings: readonly OwnedWarning[]; villageHref: string },
  language: Language,
): HomeTask[] {
  return warnings
    .filter(({ warning }) => codes.includes(warning.code))
    .map(({ warning }) => ({
      href: `${villageHref}${WARNING_PATHS[warning.code]}`,
      label: warningText(warning, language),
      detail: language.t(`oversight.warnings.do.${warning.code}`),
      tone: warning.level === 'red' ? 'bad' : 'warning',
    }));
}
