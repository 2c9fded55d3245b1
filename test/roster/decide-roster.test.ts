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
    ['序号|所属村民小组|户 名|总人口（人）|移动电话', { group: 1, headName: 2, memberCount: 3, phone: 4 }],
    ['姓名|小组|家庭成员（姓名）|卡号', { headName: 0, group: 1, person: 2, card: 3 }],
    ['户主|小组|人口|成员', { headName: 0, group: 1, memberCount: 2, person: 3 }],
    ['Household|Group|Members|Names of members', { headName: 0, group: 1, memberCount: 2, person: 3 }],
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

  test('people are counted with or without a word behind the number, and no phone is written in many ways', () => {
    expect(read('户主|组|人口|电话\n陈来福|东头|4人|无\n林小满|西头|３口人|—\n赵满仓|西头|2 口|/')).toEqual([
      [2, '陈来福', '东头', 4, null],
      [3, '林小满', '西头', 3, null],
      [4, '赵满仓', '西头', 2, null],
    ]);
  });

  test('a group that is merged over its households, or stands on a line of its own above them, is theirs', () => {
    const rows = [
      [2, '陈来福', '东头', 4, null],
      [3, '林小满', '东头', 2, null],
      [4, '赵满仓', '西头', 1, null],
      [5, '钱进来', '西头', 5, null],
    ];
    expect(read('组|户主|人口\n东头|陈来福|4\n|林小满|2\n西头|赵满仓|1\n|钱进来|5')).toEqual(rows);
    const titled = read('户主|人口\n东头组||\n陈来福|4\n林小满|2\n西头组||\n赵满仓|1');
    expect(titled).toEqual([
      [3, '陈来福', '东头组', 4, null],
      [4, '林小满', '东头组', 2, null],
      [6, '赵满仓', '西头组', 1, null],
    ]);
    // Where groups stand beside every household, one that is missing is missing.
    expect(read('组|户主|人口\n东头|陈来福|4\n东头|林小满|2\n|赵满仓|1')).toContainEqual([4, '赵满仓', '', 1, null]);
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

  test('the same head twice, each with a card, is two households', () => {
    expect(read('户主|组|人口|家庭成员|卡号\n陈来福|东头|4||001001 0001\n陈来福|东头|4||001001 0002')).toHaveLength(2);
  });

  test('the same head twice in a list of households is two rows, not two persons', () => {
    expect(read('户主|组|人口\n陈来福|东头|4\n陈来福|东头|4')).toHaveLength(2);
  });

  const people = (text: string) => {
    const roster = readRoster(table(text));
    if ('refused' in roster) return roster.refused;
    return roster.households.map(({ headName, memberCount, names, wrong }) => [headName, memberCount, names, wrong]);
  };

  test.each([
    ['王花、陈小宝', ['陈来福', '王花', '陈小宝']],
    ['陈来福，王花,陈小宝', ['陈来福', '王花', '陈小宝']],
    ['王花 陈小宝', ['陈来福', '王花', '陈小宝']],
    ['王　花 陈小宝 李 梅', ['陈来福', '王花', '陈小宝', '李梅']],
    ['王 花', ['陈来福', '王花']],
    ['欧阳 修', ['陈来福', '欧阳修']],
    ['王花（妻）/陈小宝(子，在外)', ['陈来福', '王花', '陈小宝']],
    ['', []],
    ['无', []],
  ])('the names in the cell %s', (cell, names) => {
    expect(people(`户主|组|人口|家庭成员\n陈来福|东头|4|${cell}`)).toEqual([['陈来福', 4, names, []]]);
  });

  test('names on lines of their own in a cell are names, and without a number of people they are counted', () => {
    const roster = readRoster([
      ['户主', '组', '成员'],
      ['陈来福', '东头', '王花\n陈小宝'],
    ]);
    expect(roster).toMatchObject({ households: [{ memberCount: 3, names: ['陈来福', '王花', '陈小宝'] }] });
  });

  test.each(['4人', '王花和3个孩子', '王 花 李 梅'])('%s names nobody, and says so', (cell) => {
    expect(people(`户主|组|人口|家庭成员\n陈来福|东头|4|${cell}`)).toEqual([['陈来福', 4, [], ['names']]]);
  });

  test('one person a row: each is named, whichever column holds the names', () => {
    const household = [['陈来福', 3, ['陈来福', '王花', '陈小宝'], []]];
    expect(people('姓名|与户主关系|组\n陈来福|户主|东头\n王花|配偶|东头\n陈小宝|子|东头')).toEqual(household);
    expect(people('户主姓名|姓名|与户主关系|组\n陈来福|陈来福|户主|东头\n|王花|配偶|\n陈来福|陈小宝|子|东头')).toEqual(
      household,
    );
    expect(people('户主姓名|姓名|组\n陈来福|陈来福|东头\n陈来福|王花|东头\n陈来福|陈小宝|东头')).toEqual(household);
  });

  test('who names the head further down belongs to it, and whose head is missing is not put into another house', () => {
    const rows = '户主|姓名|关系|组\n陈来福|陈来福|户主|东头\n林小满|林小满|户主|西头\n陈来福|王花|妻|东头';
    expect(people(rows)).toEqual([
      ['陈来福', 2, ['陈来福', '王花'], []],
      ['林小满', 1, ['林小满'], []],
    ]);
    expect(people('姓名|与户主关系|组\n陈来福|户主|东头\n林花|女|西头\n林二花|女|西头')).toEqual([
      ['陈来福', 1, ['陈来福'], []],
      ['林花', 2, ['林花', '林二花'], ['head']],
    ]);
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
    rows: [over.row ?? 2],
    written: '陈来福',
    headName: '陈来福',
    group: '东头',
    memberCount: 4,
    phone: null,
    card: '',
    names: [],
    wrong: [],
    ...over,
  });
  const old = { number: '0010010001', groupId: 1, headName: '王老友', memberCount: 3, members: ['王老友', '王大'] };
  const decide = (...rows: ListedHousehold[]) => decideRoster(rows, { groups, households: [old] });

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
    [{ memberCount: null, wrong: ['phone'] }, ['memberCount', 'phone']],
    [{ wrong: ['names'] }, ['names']],
    [{ names: ['陈来福', '陈一', '陈一'] }, ['nameTwice']],
    [{ names: ['陈来福', '陈一', '陈二', '陈三', '陈四'] }, ['tooManyNames']],
    [{ headName: '王老友', names: ['王老友', '王二', '王三'] }, ['moreThanCounted']],
    [{ headName: '王老友', wrong: ['names'] }, ['names']],
    [{ card: '0010010001' }, ['card']],
  ] as [Partial<ListedHousehold>, string[]][])('%o is not registered', (over, problems) => {
    expect(decide(listed(over))).toEqual({
      added: [],
      named: [],
      known: [],
      problems: [{ row: 2, written: '陈来福', problems }],
    });
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

  test('whoever is not named yet is, and who is named already is left alone', () => {
    const whole = listed({ headName: '王老友', memberCount: null, names: ['王老友', '王大'] });
    expect(decide(whole).known).toHaveLength(1);
    expect(decide({ ...whole, names: ['王老友', '王二'] }).named).toEqual([
      { row: 2, number: old.number, groupId: 1, headName: '王老友', names: ['王二'] },
    ]);
  });

  test('of two households of one name the card says which is meant', () => {
    const other = { ...old, number: '0010010002', members: [] };
    const both = (...rows: ListedHousehold[]) => decideRoster(rows, { groups, households: [old, other] });
    const named = listed({ headName: '王老友', names: ['王老友'] });
    expect(both(named).known).toHaveLength(1);
    expect(both({ ...named, names: ['王三'] }).problems).toMatchObject([{ problems: ['namesake'] }]);
    const second = { ...named, row: 3, card: other.number };
    expect(both({ ...named, card: old.number }, second)).toMatchObject({
      known: [{ row: 2 }],
      named: [{ row: 3, number: other.number }],
      problems: [],
    });
    expect(both(second, { ...second, row: 4 }).problems).toHaveLength(2);
  });

  test('in a village of one group nobody need name it', () => {
    const basis = { groups: [{ groupId: 7, name: '一组' }], households: [] };
    expect(decideRoster([listed({ group: '' })], basis).added).toMatchObject([{ groupId: 7 }]);
  });
});
