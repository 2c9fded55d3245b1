/**
 * 细则表: what each row of a table of rules says. A row names a rule of the village by its code or its exact name, or is a new one; what
 * it means for the village the ordinary decision of a rule change says, row by row.
 */
import { decideTable, foldHeading, type TableRow } from '../platform/sheets/decide-table.ts';

export const RULE_COLUMNS = [
  'code',
  'category',
  'name',
  'points',
  'unit',
  'capPeriod',
  'capMaxCount',
  'capMaxPoints',
  'capPer',
  'evidence',
  'approvalPath',
  'decidedBy',
  'ends',
] as const;

export type RuleColumn = (typeof RULE_COLUMNS)[number];

/** Further headings under which offices write the same. */
const SYNONYMS: Readonly<Partial<Record<string, RuleColumn>>> = {
  编号: 'code',
  细则编号: 'code',
  代码: 'code',
  类别: 'category',
  分类: 'category',
  类型: 'category',
  项目类别: 'category',
  项目: 'name',
  细则: 'name',
  内容: 'name',
  事项: 'name',
  做什么: 'name',
  积分项目: 'name',
  积分事项: 'name',
  积分内容: 'name',
  评分内容: 'name',
  评分项目: 'name',
  具体内容: 'name',
  分值: 'points',
  积分: 'points',
  分数: 'points',
  积分值: 'points',
  积分标准: 'points',
  标准分: 'points',
  加减分: 'points',
  加扣分: 'points',
  单位: 'unit',
  按什么算: 'unit',
  周期: 'capPeriod',
  多长时间: 'capPeriod',
  次数上限: 'capMaxCount',
  最多几次: 'capMaxCount',
  分值上限: 'capMaxPoints',
  最多几分: 'capMaxPoints',
  上限按: 'capPer',
  上限按谁: 'capPer',
  上限按谁算: 'capPer',
  上限对象: 'capPer',
  按户还是按人: 'capPer',
  按户或按人: 'capPer',
  户或人: 'capPer',
  计算对象: 'capPer',
  凭据: 'evidence',
  依据: 'evidence',
  佐证: 'evidence',
  佐证材料: 'evidence',
  证明材料: 'evidence',
  凭证: 'evidence',
  谁来审: 'approvalPath',
  审批: 'approvalPath',
  审定单位: 'decidedBy',
  停用: 'ends',
};

/** What offices call those whose limit it is. */
const WHOSE = {
  household: /^(按|每|一|全)?(户|戶|家|家庭)$|^household$/i,
  person: /^(按|每|一)?个?(人|个人|成员)$|^(each)?person$/i,
} as const;

const YES = /^(是|停用|y|yes|1|√|✓)$/i;

export interface RuleRow extends TableRow {
  /** Null for a rule that is new. */
  code: string | null;
}

export interface RuleTable {
  headings: readonly string[];
  rows: RuleRow[];
}

/** `values` says under which words the form's choices stand in a table: 每月 → month. */
export function decideRuleRows(
  sheet: readonly (readonly string[])[],
  {
    rules,
    labels,
    values,
  }: {
    /** Each in its last version; a rule of one's own that has ended is found by its code, or to be ended once more. */
    rules: readonly { code: string; name: string; isOver?: boolean }[];
    labels: ReadonlyMap<string, RuleColumn>;
    values: ReadonlyMap<string, string>;
  },
): RuleTable | null {
  const table = decideTable<RuleColumn>(sheet, {
    labels,
    synonyms: SYNONYMS,
    isHeading: (columns) => columns.has('name') && columns.has('points'),
    clean: (column, cell) => cleaned(column, cell, values),
  });
  if (!table) return null;
  const named = (some: typeof rules) => new Map(some.map((rule) => [foldHeading(rule.name), rule.code]));
  const byName = named(rules.filter(({ isOver }) => !isOver));
  const byNameOfAll = named(rules);
  const codes = new Set(rules.map(({ code }) => code));
  return {
    headings: table.headings,
    rows: table.rows.map((row) => {
      const { code: written = '', name = '', ends } = row.fields;
      const found = byName.get(foldHeading(name)) ?? (ends && byNameOfAll.get(foldHeading(name)));
      return { ...row, code: codes.has(written) ? written : found || null };
    }),
  };
}

/** 2 分/次 → 2 */
function withoutUnit(text: string): string {
  return text.replaceAll(/\s/g, '').replace(/(?<=\d)分.*$/, '');
}

function cleaned(column: RuleColumn, cell: string, values: ReadonlyMap<string, string>): string {
  const text = cell.normalize('NFKC').trim();
  if (column === 'ends') return YES.test(text) ? 'yes' : '';
  if (column === 'points') return withoutUnit(text).replace('−', '-').replace(/^\+/, '');
  if (column === 'capMaxPoints') return withoutUnit(text).replace(/^[-−+]/, '');
  if (column === 'capMaxCount') return text.replaceAll(/\s/g, '').replace(/次.*$/, '');
  const known = values.get(`${column} ${foldHeading(text)}`);
  if (known === undefined && column === 'capPer') return whoseOf(text.replaceAll(/\s/g, '')) ?? text;
  return known ?? text;
}

function whoseOf(text: string): string | undefined {
  return (['household', 'person'] as const).find((whose) => WHOSE[whose].test(text));
}
