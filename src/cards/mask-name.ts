import { ERASED_NAME } from './decide-erasure.ts';

/** How a name stands where everybody can read it: `王建国` → `王*国`, `王芳` → `王*`, `欧阳建国` → `欧**国`. */
export function maskName(name: string): string {
  // Nobody stands behind it any more.
  if (name === ERASED_NAME) return name;
  const letters = [...name];
  const [first = '', ...rest] = letters;
  if (rest.length <= 1) return `${first}${'*'.repeat(rest.length)}`;
  return `${first}${'*'.repeat(rest.length - 1)}${rest.at(-1)}`;
}
