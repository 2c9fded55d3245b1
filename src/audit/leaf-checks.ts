/** What a member of an entry can be. Each answers whether a value is of that form. */

export type Check = (value: unknown) => boolean;

export const text =
  (form: RegExp): Check =>
  (value) =>
    typeof value === 'string' && form.test(value);
export const integer =
  (least: number): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= least;
export const nonZero: Check = (value) => Number.isSafeInteger(value) && value !== 0;
export const oneOf =
  (...choices: string[]): Check =>
  (value) =>
    choices.includes(value as string);
export const day: Check = (value) =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && isTime(`${value}T00:00:00.000Z`);
export const time: Check = (value) => typeof value === 'string' && isTime(value);
export const code = text(/^[A-Za-z0-9._-]{1,64}$/);
export const digests: Check = (value) =>
  Array.isArray(value) &&
  value.every((digest, place) => /^[\w-]{43}$/.test(String(digest)) && (place === 0 || value[place - 1] < digest));
export const lines =
  (members: Record<string, Check>): Check =>
  (value) =>
    Array.isArray(value) && value.length > 0 && value.every((line) => misfit(line, members) === null);

/** The first member that should not be there or is not as it should be; null when all are. */
export function misfit(value: unknown, members: Record<string, Check>): string | null {
  if (!isObject(value)) return '';
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(members, name));
  if (unknown !== undefined) return unknown;
  return Object.entries(members).find(([name, check]) => !check(value[name]))?.[0] ?? null;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTime(value: string): boolean {
  const instant = new Date(value);
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === value;
}
