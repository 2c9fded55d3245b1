/**
 * From rows of a file to households. A list of persons becomes one of households: a household begins with its head, by the column of
 * relations or by the name of another head, and whoever follows belongs to it. Sums at the end are passed over.
 */
import { readHeadName, readMemberCount, readPhone } from '../cards/index.ts';
import { decideColumns, type RosterColumn, type RosterColumns } from './decide-columns.ts';
import type { ListedHousehold } from './decide-roster.ts';

export type RosterRefusal = { refused: 'roster_without_headings' } | { refused: 'roster_empty' };

export interface ReadRoster {
  households: ListedHousehold[];
  /** There are identity numbers in the file, which were not read. */
  hasIdentities: boolean;
}

const HEADS = /^(户主|戶主|本人|户主本人|head)$/i;
const SUMS = /^(合计|总计|小计|共计|合計|總計|小計|total)/i;

interface Begun extends ListedHousehold {
  count: string;
  persons: number;
}

export function readRoster(rows: readonly (readonly string[])[]): ReadRoster | RosterRefusal {
  const found = decideColumns(rows);
  if (!found) return { refused: 'roster_without_headings' };
  const { headingRow, columns } = found;
  const begun: Begun[] = [];
  for (const [index, cells] of rows.slice(headingRow + 1).entries()) {
    if (cells.every((cell) => cell === '') || cells.some((cell) => SUMS.test(cell))) continue;
    const cell = (column: RosterColumn) => cells[columns[column] ?? -1] ?? '';
    const last = begun.at(-1);
    if (last && belongsTo(last, cell, columns)) {
      last.persons += 1;
      continue;
    }
    const phone = cell('phone');
    begun.push({
      row: headingRow + index + 2,
      written: [cell('headName'), cell('group'), cell('memberCount')].filter((text) => text !== '').join(' '),
      headName: readHeadName(cell('headName')),
      group: cell('group'),
      memberCount: null,
      phone: readPhone(phone),
      isPhoneWrong: phone !== '' && readPhone(phone) === null,
      count: cell('memberCount'),
      persons: 1,
    });
  }
  if (begun.length === 0) return { refused: 'roster_empty' };
  // Without a column of counts the persons count, but a list of heads alone says nothing of how many they are.
  const isOfPersons = columns.relation !== undefined || columns.person !== undefined;
  const households = begun.map(({ count, persons, ...household }) => ({
    ...household,
    memberCount: count === '' && isOfPersons ? persons : readMemberCount(count),
  }));
  return { households, hasIdentities: columns.identity !== undefined };
}

function belongsTo(last: Begun, cell: (column: RosterColumn) => string, columns: RosterColumns): boolean {
  if (columns.relation !== undefined && cell('relation') !== '') return !HEADS.test(cell('relation').trim());
  const name = cell('headName');
  const group = cell('group');
  // Merged cells hold their text once.
  if (name === '') return cell('memberCount') === '' && (group === '' || group === last.group);
  // Some lists repeat the head beside each person; without a column of persons the same name again may be another family.
  return columns.person !== undefined && readHeadName(name) === last.headName && group === last.group;
}
