/** 花名册: what becomes of each household of an office's list. Nothing is taken that is not wholly understood, and nothing twice. */

export interface ListedHousehold {
  /** The row of the file on which it begins, from 1. */
  row: number;
  /** As it is written there, for whoever has to mend it. */
  written: string;
  headName: string | null;
  group: string;
  /** Null where it is wrong or not there. */
  memberCount: number | null;
  phone: string | null;
  /** Something stands in the column of phones that is no number of one. */
  isPhoneWrong: boolean;
}

export type RosterProblem = 'name' | 'group' | 'memberCount' | 'phone' | 'namesake';

export interface NewHousehold {
  row: number;
  groupId: number;
  headName: string;
  memberCount: number;
  phone: string | null;
}

export interface DecidedRoster {
  added: NewHousehold[];
  /** On the village's list already: left as they are there. */
  known: { row: number; headName: string; groupId: number }[];
  problems: { row: number; written: string; problems: RosterProblem[] }[];
}

export interface RosterBasis {
  groups: readonly { groupId: number; name: string }[];
  /** What is on the village's list now. */
  households: readonly { groupId: number; headName: string }[];
}

export function decideRoster(listed: readonly ListedHousehold[], { groups, households }: RosterBasis): DecidedRoster {
  const decided: DecidedRoster = { added: [], known: [], problems: [] };
  const present = new Set(households.map(placeOf));
  const times = new Map<string, number>();
  const read = listed.map((household) => {
    const groupId = groupNamed(household.group, groups);
    const { headName } = household;
    const place = headName === null || groupId === null ? null : placeOf({ groupId, headName });
    if (place !== null) times.set(place, (times.get(place) ?? 0) + 1);
    return { household, groupId, place };
  });
  for (const { household, groupId, place } of read) {
    const { row, written, headName, memberCount, phone, isPhoneWrong } = household;
    // Two of one name in one group may be two families or a mistake: only people know.
    const isDoubled = place !== null && (times.get(place) ?? 0) > 1;
    if (place !== null && !isDoubled && present.has(place) && headName !== null && groupId !== null) {
      decided.known.push({ row, headName, groupId });
      continue;
    }
    const problems: RosterProblem[] = [
      ...(headName === null ? (['name'] as const) : []),
      ...(groupId === null ? (['group'] as const) : []),
      ...(memberCount === null ? (['memberCount'] as const) : []),
      ...(isPhoneWrong ? (['phone'] as const) : []),
      ...(isDoubled ? (['namesake'] as const) : []),
    ];
    if (problems.length > 0 || headName === null || groupId === null || memberCount === null) {
      decided.problems.push({ row, written, problems });
    } else {
      decided.added.push({ row, groupId, headName, memberCount, phone });
    }
  }
  return decided;
}

function placeOf({ groupId, headName }: { groupId: number; headName: string }): string {
  return `${groupId} ${headName}`;
}

/** 东头, 东头组 and 东头村民小组 are one group, as are 第一组, 一组 and 1组. With one group in the village nobody need name it. */
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
    .replace(/(村民小组|村民小組|小组|小組|组|組|自然村)$/, '')
    .replace(/^第/, '');
  const numeral = /^(十)?([一二三四五六七八九])?$/.exec(core);
  if (core === '' || !numeral) return core;
  return String((numeral[1] ? 10 : 0) + (numeral[2] ? DIGITS.indexOf(numeral[2]) : 0));
}
