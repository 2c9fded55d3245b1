/**
 * 细则表: what each row of a table of rules says. A row names a rule of the village by its code or its exact name, or is a new one; what
 * it means for the village the ordinary decision of a rule change says, row by row.
 */

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

const MOST_TITLES = 15;
const YES = /^(是|停用|y|yes|1|√|✓)$/i;

export interface RuleRow {
  /** Of the file, from 1. */
  row: number;
  cells: readonly string[];
  /** Null for a rule that is new. */
  code: string | null;
  fields: Readonly<Record<string, string>>;
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
  const columnOf = (heading: string) => labels.get(fold(heading)) ?? SYNONYMS[fold(heading)];
  const headingRow = sheet
    .slice(0, MOST_TITLES)
    .findIndex((row) => ['name', 'points'].every((column) => row.some((heading) => columnOf(heading) === column)));
  const headings = sheet[headingRow];
  if (!headings) return null;
  const columns = headings.map(columnOf);
  const byName = new Map(rules.map((rule) => [fold(rule.name), rule.code]));
  const codes = new Set(rules.map(({ code }) => code));
  const rows = sheet.slice(headingRow + 1).flatMap((cells, index) => {
    if (cells.every((cell) => cell === '')) return [];
    const fields: Record<string, string> = {};
    for (const [at, column] of columns.entries()) {
      // Of two columns of one name the first counts.
      if (column && fields[column] === undefined) fields[column] = cleaned(column, cells[at] ?? '', values);
    }
    const { code: written = '', name = '' } = fields;
    const code = codes.has(written) ? written : (byName.get(fold(name)) ?? null);
    return [{ row: headingRow + index + 2, cells, code, fields }];
  });
  return { headings, rows };
}

function cleaned(column: RuleColumn, cell: string, values: ReadonlyMap<string, string>): string {
  const text = cell.normalize('NFKC').trim();
  if (column === 'ends') return YES.test(text) ? 'yes' : '';
  if (column === 'points') return text.replace('−', '-').replace(/分$/, '').replace(/^\+/, '');
  if (column === 'capMaxPoints') return text.replace(/^[-−+]/, '').replace(/分$/, '');
  if (column === 'capMaxCount') return text.replace(/次$/, '');
  return values.get(`${column} ${fold(text)}`) ?? text;
}

/** 做 什 么（必填） → 做什么 */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[([【].*$/, '')
    .replaceAll(/[\s:*、'_]/g, '')
    .toLowerCase();
}
