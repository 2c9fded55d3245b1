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
