/**
 * 花名册的表头: which column of an office's list holds what. Titles above the headings are passed over; what stands in brackets behind
 * a heading, and spaces in it, say nothing. Identity numbers are recognised so that they are certainly left where they are.
 */
import { foldHeading, MOST_TITLES } from '../platform/sheets/decide-table.ts';

export type RosterColumn = 'headName' | 'group' | 'memberCount' | 'phone' | 'person' | 'relation' | 'card' | 'identity';

export type RosterColumns = Partial<Record<RosterColumn, number>>;

/** In the order in which a column is sought: a list with 户主姓名 and 姓名 names the household by the first. */
const HEADINGS: Readonly<Record<RosterColumn, readonly string[]>> = {
  headName: [
    '户主姓名',
    '户主',
    '户主名',
    '家庭户主',
    '戶主姓名',
    '戶主',
    '姓名',
    '名字',
    '村民姓名',
    '户名',
    '户主名字',
    '家长姓名',
    'household',
    'headofhousehold',
    'head',
    'name',
  ],
  group: [
    '村民小组',
    '组别',
    '小组',
    '所在小组',
    '所属小组',
    '所在组',
    '组',
    '村组',
    '自然村',
    '村民组',
    '居民小组',
    '村小组',
    '组名',
    '小组名称',
    '所在村民小组',
    '所属村民小组',
    '社',
    '村社',
    '生产队',
    '屯',
    '村民小組',
    '組別',
    '小組',
    'group',
  ],
  memberCount: [
    '家庭人口',
    '家庭人口数',
    '家庭人数',
    '人口数',
    '人口',
    '人数',
    '户籍人口',
    '常住人口',
    '家里几口人',
    '几口人',
    '家庭总人口',
    '总人口',
    '家庭成员数',
    '家庭成员人数',
    '户籍人数',
    '在册人口',
    '户内人口',
    '家庭人口數',
    '人口數',
    '人數',
    'members',
    'memberscounted',
  ],
  phone: [
    '联系电话',
    '电话',
    '手机',
    '手机号',
    '手机号码',
    '电话号码',
    '联系方式',
    '户主电话',
    '联系号码',
    '移动电话',
    '联系手机',
    '聯絡電話',
    '電話',
    '手機',
    'phone',
  ],
  person: [
    '姓名',
    '成员姓名',
    '家庭成员姓名',
    '家庭成员',
    '家庭成员名单',
    '其他家庭成员',
    '家庭其他成员',
    '其他成员',
    '成员',
    '成员名单',
    '家人',
    '家人姓名',
    '共同生活的家庭成员',
    '成員姓名',
    '家庭成員',
    '家庭成員姓名',
    '成員',
    'member',
    'namesofmembers',
    'namesofthemembers',
    'names',
  ],
  relation: [
    '与户主关系',
    '与户主的关系',
    '和户主关系',
    '同户主关系',
    '与家长关系',
    '户主关系',
    '家庭关系',
    '称谓',
    '关系',
    '與戶主關係',
    '與戶長關係',
    '關係',
    'relation',
    'relationtohead',
  ],
  card: ['卡号', '积分卡号', '积分卡', '卡號', '積分卡號', 'card', 'cardnumber'],
  identity: ['身份证号', '身份证号码', '身份证', '公民身份号码', '证件号码', '證件號碼', '身份證號'],
};

/** The row of the headings and what is where; null where no row names households. */
export function decideColumns(
  rows: readonly (readonly string[])[],
): { headingRow: number; columns: RosterColumns } | null {
  let best: { headingRow: number; columns: RosterColumns; found: number } | null = null;
  for (const [headingRow, row] of rows.slice(0, MOST_TITLES).entries()) {
    const columns = columnsOf(row.map(foldHeading));
    const found = Object.keys(columns).length;
    if (columns.headName === undefined || found < 2 || found <= (best?.found ?? 0)) continue;
    best = { headingRow, columns, found };
  }
  return best && { headingRow: best.headingRow, columns: best.columns };
}

function columnsOf(headings: readonly string[]): RosterColumns {
  const columns: RosterColumns = {};
  for (const [column, names] of Object.entries(HEADINGS) as [RosterColumn, readonly string[]][]) {
    // 姓名 alone is the head's; beside 户主姓名 it is a person's.
    const places = names.map((name) => headings.indexOf(name));
    const at = places.find((place) => place >= 0 && !(column === 'person' && place === columns.headName));
    if (at !== undefined) columns[column] = at;
  }
  return columns;
}
