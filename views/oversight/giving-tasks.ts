import type { OwnedWarning } from '../../src/oversight/index.ts';
import type { Language } from './desk-page.tsx';
import { warningText } from './warning-text.ts';

export const GIVING_PATHS = {
  wishesUnchecked: '/wish-desk',
  wishesRunOut: '/wish-desk',
  giftsUninspected: '/gifts',
  thanksDue: '/gifts',
} as const;

/** What waits with gifts and wishes, for the desk; who may inspect gifts is told of them at once, among what waits for a second person. */
export function givingTasks(
  warnings: readonly OwnedWarning[],
  villageHref: string,
  language: Language,
  mayInspect: boolean,
) {
  return warnings.flatMap(({ warning }) => {
    if (!isGiving(warning) || (mayInspect && warning.code === 'giftsUninspected')) return [];
    const { code, level } = warning;
    return [
      {
        href: `${villageHref}${GIVING_PATHS[code]}`,
        label: warningText(warning, language),
        detail: language.t(`oversight.warnings.do.${code}`),
        tone: level === 'red' ? ('bad' as const) : ('warning' as const),
      },
    ];
  });
}

type Warning = OwnedWarning['warning'];

function isGiving(warning: Warning): warning is Extract<Warning, { code: keyof typeof GIVING_PATHS }> {
  return warning.code in GIVING_PATHS;
}
