import type { OwnedWarning } from '../../src/oversight/index.ts';
import type { Translate } from '../shared/dictionary.ts';

export const GIVING_PATHS = {
  wishesUnchecked: '/wish-desk',
  wishesRunOut: '/wish-desk',
  giftsUninspected: '/gifts',
  thanksDue: '/gifts',
} as const;

/** What waits with gifts and wishes, for the desk; who may inspect gifts is told of them at once, among what waits for a second person. */
export function givingTasks(warnings: readonly OwnedWarning[], villageHref: string, t: Translate, mayInspect: boolean) {
  return warnings.flatMap(({ warning }) => {
    if (!isGiving(warning) || (mayInspect && warning.code === 'giftsUninspected')) return [];
    const { code, level, count, days } = warning;
    return [
      {
        href: `${villageHref}${GIVING_PATHS[code]}`,
        label: t(`oversight.warnings.${code}`, { count, days }),
        detail: t(`oversight.warnings.do.${code}`),
        tone: level === 'red' ? ('bad' as const) : ('warning' as const),
      },
    ];
  });
}

type Warning = OwnedWarning['warning'];

function isGiving(warning: Warning): warning is Extract<Warning, { code: keyof typeof GIVING_PATHS }> {
  return warning.code in GIVING_PATHS;
}
