import type { OwnedWarning, WarningLevel } from '../../src/oversight/index.ts';

/** How many there are of each level. */
export function countWarnings(warnings: readonly OwnedWarning[]): Record<WarningLevel, number> {
  const count = (level: WarningLevel) => warnings.filter(({ warning }) => warning.level === level).length;
  return { red: count('red'), yellow: count('yellow'), blue: count('blue') };
}
