/**
 * Names as people shorten them on a Chinese keyboard: of each syllable as many letters as they like, so 王建国 is wjg, wji, wajg or
 * wangjg.
 */
const LETTERS = /^[a-z]{3,12}$/;
const MOST_SYLLABLES = 5;
const LONGEST_SYLLABLE = 6;

/** What a syllable may begin with: consonants, vowels, the end behind them. */
const BEGUN = /^([zcs]h?|[bpmfdtnlgkhjqxrwy])?(?:([aeiouv]{1,3})(ng?|r)?)?$/;

/** One way of reading what was typed. */
export interface Spelling {
  /** The first letters of the syllables that were begun. */
  initials: string;
  /** A regular expression for the pinyin, from its start; as text, for the database reads it too. */
  pinyin: string;
}

/** Letters of a name and the place of its group in the village's list: `wj2` is a 王建… of the second group. */
export function initialsInGroup(typed: string): { initials: string; groupPosition: number } | null {
  const [, initials, position] = /^([a-z]{1,5})([1-9]\d?)$/.exec(typed) ?? [];
  return initials ? { initials, groupPosition: Number(position) } : null;
}

/** The ways to read these letters, but for initials alone and for pinyin from its start: those are simpler to look for. */
export function spellings(letters: string): Spelling[] {
  if (!LETTERS.test(letters)) return [];
  return partings(letters, MOST_SYLLABLES)
    .filter((parts) => parts.length > 1 && parts.length < letters.length)
    .map((parts) => ({
      initials: parts.map((part) => part.slice(0, 1)).join(''),
      pinyin: `^${parts.map((part, at) => (at < parts.length - 1 ? whole(part) : part)).join('')}`,
    }));
}

/** Fits names of just these syllables, read in one of these ways. */
export function spelledBy(read: readonly Spelling[]): (name: { pinyin: string; initials: string }) => boolean {
  const ways = read.map(({ initials, pinyin }) => ({ initials, pattern: new RegExp(pinyin) }));
  return (name) => ways.some(({ initials, pattern }) => initials === name.initials && pattern.test(name.pinyin));
}

/** Every way to part the letters into the beginnings of syllables. */
function partings(letters: string, most: number): string[][] {
  if (letters === '') return [[]];
  if (most === 0) return [];
  return Array.from({ length: Math.min(letters.length, LONGEST_SYLLABLE) }, (_, at) => letters.slice(0, at + 1))
    .filter((part) => BEGUN.test(part))
    .flatMap((part) => partings(letters.slice(part.length), most - 1).map((rest) => [part, ...rest]));
}

/** The syllable that was begun, to its end, for the next one begins behind it. */
function whole(part: string): string {
  const [, consonants = '', vowels = '', end = ''] = BEGUN.exec(part) ?? [];
  if (end === 'n') return `${part}g?`;
  if (end !== '') return part;
  if (vowels !== '') return `${part}[aeiouv]{0,2}(?:ng?|r)?`;
  return `${consonants}${/^[zcs]$/.test(consonants) ? 'h?' : ''}[aeiouv]{1,3}(?:ng?|r)?`;
}
