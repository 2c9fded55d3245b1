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
  项目: 'name',
  细则: 'name',
  内容: 'name',
  事项: 'name',
  做什么: 'name',
  分值: 'points',
  积分: 'points',
  分数: 'points',
  单位: 'unit',
  按什么算: 'unit',
  周期: 'capPeriod',
  多长时间: 'capPeriod',
  次数上限: 'capMaxCount',
  最多几次: 'capMaxCount',
  分值上限: 'capMaxPoints',
  最多几分: 'capMaxPoints',
  凭据: 'evidence',
  依据: 'evidence',
  佐证: 'evidence',
  谁来审: 'approvalPath',
  审批: 'approvalPath',
  审定单位: 'decidedBy',
  停用: 'ends',
};

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
    rules: readonly { code: string; name: string }[];
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
  const byName = new Map(rules.map((rule) => [foldHeading(rule.name), rule.code]));
  const codes = new Set(rules.map(({ code }) => code));
  return {
    headings: table.headings,
    rows: table.rows.map((row) => {
      const { code: written = '', name = '' } = row.fields;
      return { ...row, code: codes.has(written) ? written : (byName.get(foldHeading(name)) ?? null) };
    }),
  };
}

function cleaned(column: RuleColumn, cell: string, values: ReadonlyMap<string, string>): string {
  const text = cell.normalize('NFKC').trim();
  if (column === 'ends') return YES.test(text) ? 'yes' : '';
  if (column === 'points') return text.replace('−', '-').replace(/分$/, '').replace(/^\+/, '');
  if (column === 'capMaxPoints') return text.replace(/^[-−+]/, '').replace(/分$/, '');
  if (column === 'capMaxCount') return text.replace(/次$/, '');
  return values.get(`${column} ${foldHeading(text)}`) ?? text;
}
