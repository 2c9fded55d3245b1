import { hash } from 'node:crypto';
import { drawBytes } from '../platform/ids.ts';
import { type CanonicalValue, canonicalJson, canonicalMembers } from './canonical-json.ts';

/**
 * A leaf is the canonical JSON of one act without any personal data. Its time and its entry number are known only under the
 * database's locks, so a leaf is prepared as three pieces of text with those two places left open.
 */
export interface LeafPieces {
  /** Up to the opening quote of the time. */
  head: string;
  /** From the closing quote of the time up to the entry number, or to the end when the act moves no points. */
  middle: string;
  tail: string;
}

/** Facts of a leaf beside the two open places. `commit` holds the digests of what is disclosed elsewhere. */
export type LeafFacts = Readonly<Record<string, CanonicalValue>>;

export function leafPieces(facts: LeafFacts, hasEntry: boolean): LeafPieces {
  const before: string[] = [];
  const between: string[] = [];
  const after: string[] = [];
  for (const [name, value] of canonicalMembers(facts)) {
    const member = `${JSON.stringify(name)}:${canonicalJson(value)}`;
    if (name < 'at') before.push(member);
    else if (!hasEntry || name < 'n') between.push(member);
    else after.push(member);
  }
  const join = (members: string[], lead: string) => members.map((member) => `${lead}${member}`).join('');
  return {
    head: `{${before.map((member) => `${member},`).join('')}"at":"`,
    middle: `"${join(between, ',')}${hasEntry ? ',"n":' : '}'}`,
    tail: hasEntry ? `${join(after, ',')}}` : '',
  };
}

/** One disclosed field: a random salt, the field's name and its value. Only its digest stands in the leaf. */
export type Opening = readonly [salt: string, name: string, value: string];

/** 32 random bytes of salt for each field of each act, never derived, so that a digest says nothing once its opening is erased. */
export function openingsOf(fields: Readonly<Record<string, string | undefined>>): Opening[] {
  return Object.entries(fields)
    .filter((field): field is [string, string] => field[1] !== undefined && field[1] !== '')
    .map(([name, value]) => [drawBytes(32).toString('base64url'), name, value]);
}

/** SHA-256 of the base64url text of the opening's JSON array, as an SD-JWT disclosure is hashed (RFC 9901). */
export function openingDigest(opening: Opening): string {
  const disclosure = Buffer.from(JSON.stringify(opening), 'utf8').toString('base64url');
  return hash('sha256', disclosure, 'base64url');
}
