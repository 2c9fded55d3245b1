/**
 * RFC 8785 canonical JSON, restricted to what a leaf may hold: null, booleans, safe integers, well-formed strings, arrays
 * and plain objects. Anything else is a programming error and throws, so that two writers can never disagree on the bytes.
 */

export type CanonicalValue =
  | null
  | boolean
  | number
  | string
  | readonly CanonicalValue[]
  | { readonly [name: string]: CanonicalValue };

export function canonicalJson(value: CanonicalValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error(`a leaf holds safe integers only, not ${value}`);
    return String(value);
  }
  if (typeof value === 'string') return canonicalString(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    throw new Error('a leaf holds plain objects only');
  return `{${canonicalMembers(value as Record<string, CanonicalValue>)
    .map(([name, member]) => `${canonicalString(name)}:${canonicalJson(member)}`)
    .join(',')}}`;
}

/** What a text says; null when it is not canonical, and when it says null. */
export function parseCanonicalJson(text: string): CanonicalValue {
  try {
    const value = JSON.parse(text) as CanonicalValue;
    return isWrittenInOrder(text, value) || canonicalJson(value) === text ? value : null;
  } catch {
    return null;
  }
}

/** Knows nearly every canonical text at a fifth of the cost of writing it once more; where it says no, that has to be done. */
function isWrittenInOrder(text: string, value: CanonicalValue): boolean {
  // An escape may stand for a lone surrogate.
  return !text.includes('\\u') && JSON.stringify(value) === text && isInOrder(value);
}

function isInOrder(value: CanonicalValue): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isInOrder);
  let last = '';
  for (const [name, member] of Object.entries(value)) {
    if (name < last || !isInOrder(member)) return false;
    last = name;
  }
  return true;
}

/** Members in the order of their names' UTF-16 code units, which is what `<` compares. */
export function canonicalMembers<Value>(members: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(members).sort(([left], [right]) => (left < right ? -1 : 1));
}

// Nearly no text has any, and looking for one that stands alone takes much longer.
const SURROGATE = /[\ud800-\udfff]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function canonicalString(text: string): string {
  // JSON.stringify escapes a lone surrogate instead of refusing it; `isWellFormed` would tell, but it needs ES2024 types.
  if (SURROGATE.test(text) && LONE_SURROGATE.test(text)) {
    throw new Error('a leaf holds well-formed strings only');
  }
  return JSON.stringify(text);
}
