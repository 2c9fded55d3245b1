/** 花名册: what becomes of each household of an office's list. Nothing is taken that is not wholly understood, and nothing twice. */

export interface ListedHousehold {
  /** The row of the file on which it begins, from 1, and all of its rows. */
  row: number;
  rows: number[];
  /** As it is written there, for whoever has to mend it. */
  written: string;
  headName: string | null;
  group: string;
  /** Null where it is wrong or not there. */
  memberCount: number | null;
  phone: string | null;
  /** Digits of a card, where the list has them: they say which of two households of one name is meant. */
  card: string;
  /** Who its people are, with the head; empty where the list says nothing of it. */
  names: string[];
  /** What could not be read. */
  wrong: RosterProblem[];
}

export type RosterProblem =
  | 'name'
  | 'group'
  | 'memberCount'
  | 'phone'
  | 'head'
  | 'names'
  | 'card'
  | 'namesake'
  | 'nameTwice'
  | 'tooManyNames'
  | 'moreThanCounted';

export interface NewHousehold {
  row: number;
  groupId: number;
  headName: string;
  memberCount: number;
  phone: string | null;
  names: string[];
}

/** A household that is on the list already, and those of its people who are not named there yet. */
export interface NamedHousehold {
  row: number;
  number: string;
  headName: string;
  groupId: number;
  names: string[];
}

export interface DecidedRoster {
  added: NewHousehold[];
  named: NamedHousehold[];
  /** On the village's list already, with all that the file says: left as they are there. */
  known: { row: number; headName: string; groupId: number }[];
  problems: { row: number; written: string; problems: RosterProblem[] }[];
}

export interface PresentHousehold {
  number: string;
  groupId: number;
  headName: string;
  memberCount: number;
  /** Who of it is named. */
  members: readonly string[];
}

export interface RosterBasis {
  groups: readonly { groupId: number; name: string }[];
  /** What is on the village's list now. */
  households: readonly PresentHousehold[];
}

export function decideRoster(listed: readonly ListedHousehold[], { groups, households }: RosterBasis): DecidedRoster {
  const decided: DecidedRoster = { added: [], named: [], known: [], problems: [] };
  const byNumber = new Map(households.map((one) => [one.number, one]));
  const byPlace = new Map<string, PresentHousehold[]>();
  for (const one of households) byPlace.set(placeOf(one), [...(byPlace.get(placeOf(one)) ?? []), one]);
  const times = new Map<string, number>();
  const found = listed.map((household) => {
    const groupId = groupNamed(household.group, groups);
    const { headName } = household;
    const place = groupId === null || headName === null ? null : { groupId, headName };
    const byCard = byNumber.get(household.card);
    const namesakes = (place && byPlace.get(placeOf(place))) ?? [];
    const present = byCard ?? namesakes[0];
    const key = present?.number ?? (place && placeOf(place));
    if (key !== null) times.set(key, (times.get(key) ?? 0) + 1);
    return { household, groupId, place, present, key, isCertain: byCard !== undefined || namesakes.length < 2 };
  });
  for (const { household, groupId, place, present, key, isCertain } of found) {
    const { row, written, memberCount, phone, names, wrong } = household;
    const fresh = names.filter((name) => !present?.members.includes(name));
    // Two of one name in one group may be two families or a mistake: only people, or a card, can tell.
    const isDoubled = key !== null && (times.get(key) ?? 0) > 1;
    const isUnclear = isDoubled || (!isCertain && fresh.length > 0);
    const room = present ? present.memberCount - present.members.length : memberCount;
    // Of a household that is on the list already only the names are read.
    const isNew = present === undefined || isDoubled;
    const problems: RosterProblem[] = [
      ...(household.headName === null ? (['name'] as const) : []),
      ...(groupId === null ? (['group'] as const) : []),
      ...(isNew && memberCount === null ? (['memberCount'] as const) : []),
      ...wrong.filter((problem) => isNew || problem !== 'phone'),
      ...(present && place && placeOf(present) !== placeOf(place) ? (['card'] as const) : []),
      ...(isUnclear ? (['namesake'] as const) : []),
      ...(new Set(names).size < names.length ? (['nameTwice'] as const) : []),
      ...(room !== null && fresh.length > room ? ([present ? 'moreThanCounted' : 'tooManyNames'] as const) : []),
    ];
    if (problems.length > 0 || place === null) decided.problems.push({ row, written, problems });
    else if (present && fresh.length > 0) decided.named.push({ row, number: present.number, ...place, names: fresh });
    else if (present) decided.known.push({ row, ...place });
    else if (memberCount !== null) decided.added.push({ row, ...place, memberCount, phone, names });
  }
  return decided;
}

function placeOf({ groupId, headName }: { groupId: number; headName: string }): string {
  return `${groupId} ${headName}`;
}

/** 东头, 东头组 and 柳树村东头村民小组 are one group, as are 第一组, 一组 and 1组. With one group in the village nobody need name it. */
function groupNamed(written: string, groups: RosterBasis['groups']): number | null {
  const [only] = groups;
  if (written === '') return groups.length === 1 && only ? only.groupId : null;
  const fits = groups.filter(({ name }) => foldGroup(name) === foldGroup(written));
  return fits.length === 1 && fits[0] ? fits[0].groupId : null;
}

const DIGITS = '零一二三四五六七八九';

function foldGroup(name: string): string {
  const core = name
    .normalize('NFKC')
    .replaceAll(/\s/g, '')
    .replace(/(村民小组|村民小組|小组|小組|组|組|自然村|生产队|社)$/, '')
    .replace(/^.*村(?=.)/, '')
    .replace(/^第/, '');
  const numeral = /^(十)?([一二三四五六七八九])?$/.exec(core);
  if (core === '' || !numeral) return core;
  return String((numeral[1] ? 10 : 0) + (numeral[2] ? DIGITS.indexOf(numeral[2]) : 0));
}
