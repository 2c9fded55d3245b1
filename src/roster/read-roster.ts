/**
 * From rows of a file to households. A list of persons becomes one of households: a household begins with its head, by the column of
 * relations or by the name of another head, and whoever follows belongs to it, as does whoever names its head further down. Who its
 * people are is taken from their rows, or from a cell that holds all their names. Sums at the end are passed over.
 */
import { readHeadName, readMemberCount, readNames, readPhone } from '../cards/index.ts';
import { decideColumns, type RosterColumn, type RosterColumns } from './decide-columns.ts';
import type { ListedHousehold } from './decide-roster.ts';

export type RosterRefusal = { refused: 'roster_without_headings' } | { refused: 'roster_empty' };

export interface ReadRoster {
  households: ListedHousehold[];
  /** There are identity numbers in the file, which were not read. */
  hasIdentities: boolean;
}

const HEADS = /^(户主|戶主|戶長|本人|户主本人|head)$/i;
/** What stands in the columns of phones and of members where there is nothing to say. */
const NOTHING = /^(无|没有|無|沒有|暂无|[-—–/\\])$/;
const SUMS = /^(合计|总计|小计|共计|合計|總計|小計|total)/i;

interface Begun extends ListedHousehold {
  count: string;
  persons: number;
}

/** A row of somebody, by columns. */
interface Line {
  cell: (column: RosterColumn) => string;
  group: string;
  columns: RosterColumns;
}

export function readRoster(rows: readonly (readonly string[])[]): ReadRoster | RosterRefusal {
  const found = decideColumns(rows);
  if (!found) return { refused: 'roster_without_headings' };
  const { headingRow, columns } = found;
  const begun: Begun[] = [];
  const listed = rows.slice(headingRow + 1);
  const groupAt = columns.group ?? -1;
  const isGroupMerged = isWrittenOnce(listed.filter(isOfSomebody).map((cells) => cells[groupAt] ?? ''));
  let groupAbove = '';
  for (const [index, cells] of listed.entries()) {
    if (!isOfSomebody(cells)) continue;
    const title = groupTitle(cells);
    if (title !== null) {
      groupAbove = title;
      continue;
    }
    if (isGroupMerged) groupAbove = cells[groupAt] || groupAbove;
    const cell = (column: RosterColumn) => cells[columns[column] ?? -1] ?? '';
    const line = { cell, group: cell('group') || groupAbove, columns };
    const row = headingRow + index + 2;
    const host = hostOf(begun, line);
    if (host === null || host === 'missing') begun.push(begin(row, line, host === 'missing'));
    else {
      host.rows.push(row);
      host.persons += 1;
      addNames(host, line);
    }
  }
  if (begun.length === 0) return { refused: 'roster_empty' };
  // Without a column of counts the persons count, but a list of heads alone says nothing of how many they are.
  const isOfPersons = columns.relation !== undefined || columns.person !== undefined;
  const households = begun.map(({ count, persons, ...household }) => ({
    ...household,
    memberCount: count === '' && isOfPersons ? Math.max(persons, household.names.length) : readMemberCount(count),
  }));
  return { households, hasIdentities: columns.identity !== undefined };
}

function begin(row: number, line: Line, isHeadMissing: boolean): Begun {
  const { cell, group } = line;
  const phone = NOTHING.test(cell('phone')) ? '' : cell('phone');
  // 户主 is merged over its household in some lists, but the row of the head says it anyway.
  const headName = readHeadName(cell('headName') || cell('person'));
  const household: Begun = {
    row,
    rows: [row],
    written: [cell('headName') || cell('person'), group, cell('memberCount')].filter((text) => text !== '').join(' '),
    headName,
    group,
    memberCount: null,
    phone: readPhone(phone),
    card: cardIn(line),
    names: [],
    wrong: [
      ...(phone !== '' && readPhone(phone) === null ? (['phone'] as const) : []),
      ...(isHeadMissing ? (['head'] as const) : []),
    ],
    count: cell('memberCount'),
    persons: 1,
  };
  addNames(household, line);
  return household;
}

function cardIn({ cell }: Line): string {
  return cell('card').replaceAll(/\D/g, '');
}

/** Who is named on a row of the household. A head is one of its people as soon as anybody is named. */
function addNames(household: Begun, { cell, columns }: Line): void {
  const isOfPerson = columns.relation !== undefined;
  const written = cell(columns.person === undefined && isOfPerson ? 'headName' : 'person');
  const names = NOTHING.test(written.trim()) ? [] : readNames(withoutBrackets(written));
  const { headName } = household;
  if (names === null) {
    if (!household.wrong.includes('names')) household.wrong.push('names');
    return;
  }
  const isAlone = household.names.length === 0;
  if (isAlone && headName !== null && names.length > 0 && !names.includes(headName)) household.names.push(headName);
  // Without a column of persons the head's name again beside somebody else names nobody.
  const isRepeated = columns.person === undefined && !isAlone && names[0] === headName;
  if (!isRepeated) household.names.push(...names);
}

/** 王花（妻） is 王花. */
function withoutBrackets(text: string): string {
  return text.replaceAll(/[(（【[][^)）】\]]*[)）】\]]/g, '');
}

function isOfSomebody(cells: readonly string[]): boolean {
  return cells.some((cell) => cell !== '') && !cells.some((cell) => SUMS.test(cell));
}

/** A line of its own that names the group of the households below it. */
function groupTitle(cells: readonly string[]): string | null {
  const [only, ...others] = cells.filter((cell) => cell !== '');
  return only !== undefined && others.length === 0 && /(组|組|自然村|社|屯)$/.test(only) ? only : null;
}

/** 合并的单元格: a group that is merged over its households stands at the first of them alone, and nowhere else in the column. */
function isWrittenOnce(groups: readonly string[]): boolean {
  const written = groups.filter((group) => group !== '');
  return new Set(written).size === written.length && groups.length - written.length >= written.length;
}

/** The household of a row: null where a new one begins with it, `missing` where it should have begun before. */
function hostOf(begun: readonly Begun[], line: Line): Begun | null | 'missing' {
  const { cell, group, columns } = line;
  const last = begun.at(-1);
  const relation = withoutBrackets(cell('relation')).trim();
  const name = cell('headName');
  if (columns.relation !== undefined && relation !== '') {
    if (HEADS.test(relation)) return null;
    const head = columns.person === undefined || name === '' ? null : readHeadName(name);
    const isOfLast =
      last !== undefined && (group === '' || group === last.group) && (head ?? last.headName) === last.headName;
    if (isOfLast) return last;
    return begun.findLast((one) => head !== null && one.headName === head && one.group === group) ?? 'missing';
  }
  if (last === undefined) return null;
  // Merged cells hold their text once.
  if (name === '') return cell('memberCount') === '' && (group === '' || group === last.group) ? last : null;
  // Some lists repeat the head beside each person; without a column of persons, or with another card, the same name again may be
  // another family.
  const isSame = readHeadName(name) === last.headName && group === last.group && cardIn(line) === last.card;
  return columns.person !== undefined && isSame ? last : null;
}
