import { initialsInGroup, spelledBy, spellings } from '../platform/spellings.ts';
import type { PastedEntry } from './decide-pasted-list.ts';

/** A household as far as names are matched with it. */
export interface NamedHousehold {
  number: string;
  headName: string;
  groupName: string;
  /** The place of the group in the village's list. */
  groupPosition?: number | undefined;
  pinyin: string;
  initials: string;
  /** Others of it who are named. */
  memberNames?: readonly string[] | undefined;
}

export interface MatchBasis {
  /** Of the village, in the order of its list. */
  households: readonly NamedHousehold[];
  /** The card number behind each token that was scanned. */
  tokens: ReadonlyMap<string, string>;
  /** How the words of the list are typed, for those that no household has. */
  keys: ReadonlyMap<string, { pinyin: string; initials: string }>;
}

/**
 * What became of one pasted name. `candidates` are card numbers, the likeliest first. Where it is wholly the name of a person who lives
 * there, `person` is that name.
 */
export type Match =
  | { kind: 'matched'; text: string; person?: string | undefined; number: string; unused: string[] }
  | { kind: 'ambiguous'; text: string; person?: string | undefined; candidates: string[] }
  | { kind: 'unknown'; text: string; candidates: string[] };

const MOST_SUGGESTIONS = 6;

/** Finds the household of every entry. A group beside the name tells namesakes apart; nothing is guessed. */
export function decideMatches(entries: readonly PastedEntry[], basis: MatchBasis): Match[] {
  const directory = directoryOf(basis);
  return entries.flatMap((entry) => matchEntry(entry, directory, basis));
}

interface Directory {
  byWord: ReadonlyMap<string, readonly NamedHousehold[]>;
  groups: ReadonlyMap<string, string>;
}

function directoryOf({ households, tokens }: MatchBasis): Directory {
  const byWord = new Map<string, NamedHousehold[]>();
  const groups = new Map<string, string>();
  const add = (word: string, household: NamedHousehold) => {
    const found = byWord.get(word) ?? [];
    if (!found.includes(household)) byWord.set(word, [...found, household]);
  };
  const byNumber = new Map(households.map((household) => [household.number, household]));
  for (const household of households) {
    const { number, headName, pinyin, initials, groupName, memberNames = [] } = household;
    const names = [headName, `${headName}家`, `${headName}户`, ...memberNames];
    for (const word of [...names, pinyin, initials, number, number.slice(-4)]) add(word, household);
    groups.set(groupName, groupName);
    groups.set(groupName.replace(/组$/, ''), groupName);
  }
  for (const [token, number] of tokens) {
    const household = byNumber.get(number);
    if (household) add(token.toLowerCase(), household);
  }
  return { byWord, groups };
}

function matchEntry({ text, words }: PastedEntry, { byWord, groups }: Directory, basis: MatchBasis): Match[] {
  const look = (word: string) => ({
    word,
    found: byWord.get(word.toLowerCase()) ?? spelled(word.toLowerCase(), basis.households),
  });
  const whole = look(words.join(''));
  const looked = whole.found.length > 0 || words.length === 1 ? [whole] : words.map(look);
  const named = looked.filter(({ found }) => found.length > 0);
  if (named.length === 0) return [{ kind: 'unknown', text, candidates: suggest(words, groups, basis) }];

  const group = words.map((word) => groups.get(word)).find((name) => name !== undefined);
  const unused = looked.flatMap(({ word, found }) => (found.length > 0 || groups.has(word) ? [] : [word]));
  return named.map(({ word, found }) => {
    const ofGroup = found.filter(({ groupName }) => groupName === group);
    const left = ofGroup.length > 0 ? ofGroup : found;
    const [only] = left;
    const person = left.some(({ memberNames = [] }) => memberNames.includes(word)) ? word : undefined;
    return left.length === 1 && only
      ? { kind: 'matched', text, person, number: only.number, unused }
      : { kind: 'ambiguous', text, person, candidates: left.map(({ number }) => number) };
  });
}

/** Letters that fit nobody otherwise: with the place of a group behind them, or a name that was shortened in another way. */
function spelled(word: string, households: readonly NamedHousehold[]): NamedHousehold[] {
  const inGroup = initialsInGroup(word);
  if (inGroup) {
    const ofGroup = households.filter(({ groupPosition }) => groupPosition === inGroup.groupPosition);
    const whole = ofGroup.filter(({ initials }) => initials === inGroup.initials);
    return whole.length > 0 ? whole : ofGroup.filter(({ initials }) => initials.startsWith(inGroup.initials));
  }
  const read = spellings(word);
  return read.length === 0 ? [] : households.filter(spelledBy(read));
}

/** Households that sound alike, are typed alike or share most of the characters. */
function suggest(words: readonly string[], groups: Directory['groups'], { households, keys }: MatchBasis): string[] {
  const typed = words.filter((word) => !groups.has(word));
  return households
    .map((household) => ({ household, score: Math.max(0, ...typed.map((word) => likeness(word, household, keys))) }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ household }) => household.number);
}

function likeness(word: string, { headName, pinyin, initials }: NamedHousehold, keys: MatchBasis['keys']): number {
  const key = keys.get(word);
  const letters = [...word];
  const shared = [...headName].filter((letter) => letters.includes(letter)).length;
  const sameSurname = letters[0] === [...headName][0];
  if (key && key.pinyin === pinyin) return 100;
  if (key && key.initials === initials && initials.length > 1) return sameSurname ? 90 : 60;
  if (shared >= 2) return 50 + shared;
  if (/^[a-z]+$/i.test(word))
    return initials.startsWith(word.toLowerCase()) || pinyin.startsWith(word.toLowerCase()) ? 40 : 0;
  return sameSurname && letters.length > 1 ? 10 : 0;
}
