import { ERASED_NAME } from '../platform/i18n/erased-name.ts';

/**
 * How much of a name stands where everybody can read it: 0 a number instead of the name, 1 the family name `王**`, 2 all but the
 * middle `王*国`, 3 the whole name.
 */
export const NAME_LEVELS = [0, 1, 2, 3] as const;

export type NameLevel = (typeof NAME_LEVELS)[number];

export const DEFAULT_NAME_LEVEL: NameLevel = 2;

/** `tail`: the last digits of the household's card, which stand for it where its name does not. */
export function showName(name: string, level: NameLevel, tail: string): string {
  // Nobody stands behind it any more.
  if (name === ERASED_NAME || level === 3) return name;
  if (level === 0) return `户${tail}`;
  return level === 1 ? maskAfterFirst(name) : maskName(name);
}

/** `王建国` → `王*国`, `王芳` → `王*`, `欧阳建国` → `欧**国`. */
export function maskName(name: string): string {
  if (name === ERASED_NAME) return name;
  const letters = [...name];
  const last = letters.length > 2 ? letters.at(-1) : undefined;
  return last === undefined ? maskAfterFirst(name) : `${maskAfterFirst(letters.slice(0, -1).join(''))}${last}`;
}

function maskAfterFirst(name: string): string {
  const [first = '', ...rest] = name;
  return `${first}${'*'.repeat(rest.length)}`;
}
