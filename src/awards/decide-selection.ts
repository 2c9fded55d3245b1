import type { Match } from './decide-matches.ts';

/** What somebody chose on the form, in whatever way. */
export interface Selection {
  /** Groups of which every household takes part. */
  groups: readonly number[];
  /** Card numbers that were ticked. */
  cards: readonly string[];
  /** Answers for pasted names that fit nobody or several, by the place of the match: a card number or `skip`. */
  picks: ReadonlyMap<number, string>;
  /** Card numbers that are left out on purpose; of a person, who is left out of a household, they are none. */
  skipped: readonly string[];
}

export const SKIP = 'skip';

/** A pasted name that a person has to decide. */
export interface OpenName {
  place: number;
  text: string;
  kind: 'ambiguous' | 'unknown';
  candidates: string[];
}

export interface Selected {
  /** Each card once, in the order of the village's list; ticked numbers that are not on it come last. */
  numbers: string[];
  open: OpenName[];
  /** Cards that were pasted more than once. */
  repeated: Set<string>;
  /** Names of people that were pasted, by card number, as often as they stood there. */
  persons: Map<string, string[]>;
  /** What stood beside a name and was not understood, by card number. */
  leftOver: Map<string, string[]>;
}

/** Ticks, whole groups and the pasted list become one list of cards. A pick counts only for a name to which it was offered. */
export function decideSelection(
  selection: Selection,
  matches: readonly Match[],
  households: readonly { number: string; groupId: number }[],
): Selected {
  const pasted: string[] = [];
  const persons = new Map<string, string[]>();
  const paste = (number: string, person: string | undefined) => {
    pasted.push(number);
    if (person !== undefined) persons.set(number, [...(persons.get(number) ?? []), person]);
  };
  const open: OpenName[] = [];
  const leftOver = new Map<string, string[]>();
  matches.forEach((match, place) => {
    if (match.kind === 'matched') {
      paste(match.number, match.person);
      if (match.unused.length > 0) leftOver.set(match.number, match.unused);
      return;
    }
    const pick = selection.picks.get(place);
    if (pick === SKIP) return;
    if (pick !== undefined && match.candidates.includes(pick)) {
      paste(pick, match.kind === 'ambiguous' ? match.person : undefined);
    } else {
      const { text, kind, candidates } = match;
      open.push({ place, text, kind, candidates });
    }
  });

  const chosen = new Set([...selection.cards, ...pasted]);
  const groups = new Set(selection.groups);
  for (const { number, groupId } of households) {
    if (groups.has(groupId)) chosen.add(number);
  }
  for (const number of selection.skipped) chosen.delete(number);
  const listed = households.map(({ number }) => number).filter((number) => chosen.has(number));
  const known = new Set(listed);
  return {
    numbers: [...listed, ...[...chosen].filter((number) => !known.has(number))],
    open,
    repeated: new Set(pasted.filter((number, index) => pasted.indexOf(number) < index)),
    persons,
    leftOver,
  };
}
