import { householdsMeant } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';
import type { MembersLine } from './activity-form.ts';

/** A line whose household is not clear: nobody is called so, or several that came are. */
export interface UnclearLine {
  line: number;
  household: string;
  numbers: string[];
}

/** Who came of each household, by card number. Of several households of one name the one that came is meant. */
export async function membersMeant(
  sql: Reader,
  villageId: number,
  lines: readonly MembersLine[],
  came: readonly string[],
): Promise<Map<string, string> | UnclearLine> {
  const members = new Map<string, string>();
  const meant = await householdsMeant(
    sql,
    villageId,
    lines.map(({ household }) => household),
  );
  for (const [place, { line, household, names }] of lines.entries()) {
    const one = meant[place] ?? { candidates: [] };
    const numbers = 'number' in one ? [one.number] : one.candidates.map(({ number }) => number);
    const ofThoseWhoCame = numbers.length > 1 ? numbers.filter((number) => came.includes(number)) : numbers;
    const [number] = ofThoseWhoCame;
    if (number === undefined || ofThoseWhoCame.length > 1) return { line, household, numbers };
    const before = members.get(number);
    members.set(number, before === undefined ? names : `${before}、${names}`);
  }
  return members;
}
