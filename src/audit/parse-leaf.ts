/**
 * The closed form of an entry, version 1: canonical JSON (RFC 8785) with exactly the members that its type has. An entry that says
 * more or less, or says it in other bytes, is refused.
 */
import { Found } from './finding.ts';
import type { Leaf, LeafType } from './leaf.ts';
import { isObject, misfit } from './leaf-checks.ts';
import { COMMON, ENTRY, FORMS } from './leaf-forms.ts';

export function parseLeaf(bytes: Buffer, index: number): Leaf {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new Found('leaf', 'its bytes are no JSON text', index);
  }
  if (!Buffer.from(canonical(value)).equals(bytes))
    throw new Found('leaf', 'it is not written in canonical form', index);
  const type = isObject(value) ? value['type'] : undefined;
  const form = typeof type === 'string' && Object.hasOwn(FORMS, type) ? FORMS[type as LeafType] : undefined;
  if (!isObject(value) || !form)
    throw new Found('leaf', `its type ${JSON.stringify(type)} is not one of version 1`, index);
  const hasEntry = form.entry === 'always' || (form.entry === 'perhaps' && 'acct' in value);
  const present = Object.entries(form.optional ?? {}).filter(([name]) => name in value);
  const wrong = misfit(value, {
    ...COMMON,
    ...form.members,
    ...Object.fromEntries(present),
    ...(hasEntry ? ENTRY : {}),
  });
  if (wrong !== null)
    throw new Found('leaf', `its member "${wrong}" is missing, not known, or not of the right form`, index);
  return value as unknown as Leaf;
}

/** RFC 8785 for what JSON.parse gives: members in the order of their UTF-16 code units. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const names = Object.keys(value).sort((left, right) => (left < right ? -1 : 1));
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}
