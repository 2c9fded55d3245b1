/** What is read out of an office's list: headings in any order, lists of persons, groups under their many names. */
import { describe, expect, test } from 'vitest';
import { decideColumns } from '../../src/roster/decide-columns.ts';
import { decideRoster, type ListedHousehold } from '../../src/roster/decide-roster.ts';
import { readRoster } from '../../src/roster/read-roster.ts';

const table = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));

describe('headings', () => {
  test.each([
    ['户主姓名|组别|家庭人口|联系电话', { headName: 0, group: 1, memberCount: 2, phone: 3 }],
    ['序号|电话|人 口 数|姓名（必填）|村民小组', { phone: 1, memberCount: 2, headName: 3, group: 4 }],
    ['户主姓名|姓名|与户主关系|身份证号|小组', { headName: 0, person: 1, relation: 2, identity: 3, group: 4 }],
    ['戶主姓名|組別|人數', { headName: 0, group: 1, memberCount: 2 }],
    ['Name|Group|Members', { headName: 0, group: 1, memberCount: 2 }],
  ])('%s', (headings, columns) => {
    expect(decideColumns(table(`柳树村花名册\n（2026 年）\n${headings}`))).toEqual({ headingRow: 2, columns });
  });

  test('a table without a head is no roster, nor is a lone word', () => {
    expect(decideColumns(table('序号|组别\n1|东头'))).toBeNull();
    expect(decideColumns(table('姓名\n陈来福'))).toBeNull();
  });
});

describe('rows', () => {
  const read = (text: string) => {
    const roster = readRoster(table(text));
    if ('refused' in roster) return roster.refused;
    return roster.households.map(({ row, headName, group, memberCount, phone }) => [
      row,
      headName,
      group,
      memberCount,
      phone,
    ]);
  };

  test('one household a row; blank rows and sums are passed over', () => {
    expect(read('户主|组|人口|电话\n陈 来 福|东头|４|138 0000 0001\n||| \n林小满|西头|2|\n合计||6|')).toEqual([
      [2, '陈来福', '东头', 4, '13800000001'],
      [4, '林小满', '西头', 2, null],
    ]);
  });

  test('one person a row: those who follow the head belong to it, and they are counted', () => {
    expect(read('姓名|与户主关系|组\n陈来福|户主|东头\n陈小|子|东头\n王花|妻|东头\n林小满|本人|西头')).toEqual([
      [2, '陈来福', '东头', 3, null],
      [5, '林小满', '西头', 1, null],
    ]);
    expect(read('户主姓名|姓名|组\n陈来福|陈来福|东头\n陈来福|陈小|东头\n林小满|林小满|西头')).toEqual([
      [2, '陈来福', '东头', 2, null],
      [4, '林小满', '西头', 1, null],
    ]);
  });

  test('merged cells hold the head once', () => {
    expect(read('户主姓名|姓名|组\n陈来福|陈来福|东头\n|陈小|\n林小满|林小满|西头')).toEqual([
      [2, '陈来福', '东头', 2, null],
      [4, '林小满', '西头', 1, null],
    ]);
  });

  test('the same head twice in a list of households is two rows, not two persons', () => {
    expect(read('户主|组|人口\n陈来福|东头|4\n陈来福|东头|4')).toHaveLength(2);
  });

  test('what says nothing is refused by name', () => {
    expect(read('货名|数量\n大米|3')).toBe('roster_without_headings');
    expect(read('户主|组|人口')).toBe('roster_empty');
  });
});

describe('households', () => {
  const groups = [
    { groupId: 1, name: '东头组' },
    { groupId: 2, name: '一组' },
  ];
  const listed = (over: Partial<ListedHousehold>): ListedHousehold => ({
    row: 2,
    written: '陈来福',
    headName: '陈来福',
    group: '东头',
    memberCount: 4,
    phone: null,
    isPhoneWrong: false,
    ...over,
  });
  const decide = (...rows: ListedHousehold[]) =>
    decideRoster(rows, { groups, households: [{ groupId: 1, headName: '王老友' }] });

  test.each(['东头', '东头组', '东头村民小组', ' 东头 组 '])('%s is the group 东头组', (group) => {
    expect(decide(listed({ group })).added).toMatchObject([{ groupId: 1 }]);
  });

  test.each(['一组', '1组', '第一组', '１', '第1村民小组'])('%s is the group 一组', (group) => {
    expect(decide(listed({ group })).added).toMatchObject([{ groupId: 2 }]);
  });

  test.each([
    [{ headName: null }, ['name']],
    [{ group: '十一组' }, ['group']],
    [{ group: '' }, ['group']],
    [{ memberCount: null, isPhoneWrong: true }, ['memberCount', 'phone']],
  ] as const)('%o is not registered', (over, problems) => {
    expect(decide(listed(over))).toEqual({ added: [], known: [], problems: [{ row: 2, written: '陈来福', problems }] });
  });

  test('who is on the list already is left alone, and two of one name are for people to decide', () => {
    const known = listed({ headName: '王老友' });
    expect(decide(known).known).toEqual([{ row: 2, headName: '王老友', groupId: 1 }]);
    const both = decide(listed({}), listed({ row: 3 }));
    expect(both.problems.map(({ row, problems }) => [row, problems])).toEqual([
      [2, ['namesake']],
      [3, ['namesake']],
    ]);
    expect(decide(known, listed({ row: 3, headName: '王老友' })).problems).toHaveLength(2);
  });

  test('in a village of one group nobody need name it', () => {
    const basis = { groups: [{ groupId: 7, name: '一组' }], households: [] };
    expect(decideRoster([listed({ group: '' })], basis).added).toMatchObject([{ groupId: 7 }]);
  });
});
