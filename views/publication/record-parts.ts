/** The parts of a record as plain tables: one definition for the screen, the board and the workbook. */
import type { RecordContent } from '../../src/publication/index.ts';
import type { Translate } from '../shared/dictionary.ts';

/** How a cell is to be read: `words` may take several lines, `signed` are points with their sign. */
export type CellKind = 'text' | 'words' | 'seq' | 'day' | 'count' | 'points' | 'signed' | 'yuan';

export type Cell = string | number | null;

type PartColumn = { label: string; kind: CellKind; rowHeader?: boolean; abreast?: 'name' | 'value' };

export type PartName = Exclude<keyof RecordContent['record'], 'totals'>;

export type RecordPart = {
  name: PartName;
  title: string;
  columns: readonly PartColumn[];
  rows: readonly (readonly Cell[])[];
  totals?: readonly Cell[];
};

type Goods = { name: string; spec: string; quantity: number };
type Household = RecordContent['record']['exchanges'][number]['household'];

/**
 * For paper, where every sheet counts: narrow parts stand twice beside each other and are read across. Of the stock, what is
 * counted is kept; its value stands in the summary.
 */
export function paperParts(content: Pick<RecordContent, 'record'>, t: Translate): RecordPart[] {
  return recordParts(content, t).map((part) => {
    if (part.name === 'households') return twoAbreast(part);
    if (part.name === 'exchangedGoods') return twoAbreast(firstColumns(joinSpec(part), 3));
    return part.name === 'stock' ? twoAbreast(firstColumns(joinSpec(part), 5)) : part;
  });
}

/** The size of goods beside their name instead of in a column of its own. */
function joinSpec(part: RecordPart): RecordPart {
  const joined = (row: readonly Cell[]) => [
    [row[0], row[1]].filter((cell) => cell !== null).join(' '),
    ...row.slice(2),
  ];
  return {
    ...part,
    columns: part.columns.filter((_, index) => index !== 1),
    rows: part.rows.map(joined),
    ...(part.totals && { totals: joined(part.totals) }),
  };
}

function firstColumns(part: RecordPart, count: number): RecordPart {
  return {
    ...part,
    columns: part.columns.slice(0, count),
    rows: part.rows.map((row) => row.slice(0, count)),
    ...(part.totals && { totals: part.totals.slice(0, count) }),
  };
}

function twoAbreast(part: RecordPart): RecordPart {
  const { columns, rows, totals } = part;
  const blank = columns.map(() => null);
  return {
    ...part,
    columns: [
      ...columns,
      ...columns.map(({ rowHeader, ...column }) => ({ ...column, abreast: rowHeader ? 'name' : 'value' }) as const),
    ],
    rows: rows.filter((_, index) => index % 2 === 0).map((row, index) => [...row, ...(rows[index * 2 + 1] ?? blank)]),
    ...(totals && { totals: [...totals, ...blank] }),
  };
}

/** In the order of the notice. Reversals stand only where there are any. */
export function recordParts({ record }: Pick<RecordContent, 'record'>, t: Translate): RecordPart[] {
  const parts = [
    rulesPart(record, t),
    householdsPart(record, t),
    exchangesPart(record, t),
    exchangedGoodsPart(record, t),
    receiptsPart(record, t),
    stockPart(record, t),
  ];
  return record.reversals.length > 0 ? [...parts, reversalsPart(record, t)] : parts;
}

type Body = RecordContent['record'];

function rulesPart({ rules, totals }: Body, t: Translate): RecordPart {
  return {
    name: 'rules',
    title: t('publication.part.rules'),
    columns: [
      { label: t('publication.col.rule'), kind: 'words', rowHeader: true },
      { label: t('publication.col.times'), kind: 'count' },
      { label: t('publication.col.households'), kind: 'count' },
      { label: t('publication.col.points'), kind: 'signed' },
    ],
    rows: rules.map(({ kind, name, count, households, centipoints }) => [
      kind === 'deduct' ? t('publication.deduction', { rule: name }) : name,
      count,
      households,
      centipoints,
    ]),
    totals: [
      t('publication.total'),
      totals.givenCount + totals.takenCount,
      null,
      totals.givenCentipoints - totals.takenCentipoints,
    ],
  };
}

function householdsPart({ households, totals }: Body, t: Translate): RecordPart {
  const hasOpenings = totals.openedCount > 0;
  const opened = (cell: Cell): Cell[] => (hasOpenings ? [cell] : []);
  return {
    name: 'households',
    title: t('publication.part.households'),
    columns: [
      { label: t('publication.col.number'), kind: 'text' },
      { label: t('publication.col.household'), kind: 'text', rowHeader: true },
      { label: t('publication.col.group'), kind: 'text' },
      ...(hasOpenings ? [{ label: t('publication.col.opened'), kind: 'points' as const }] : []),
      { label: t('publication.col.given'), kind: 'points' },
      { label: t('publication.col.exchanged'), kind: 'points' },
    ],
    rows: households.map(({ household, openedCentipoints, givenCentipoints, exchangedCentipoints }) => [
      household.number,
      household.name,
      household.group,
      ...opened(blankZero(openedCentipoints)),
      blankZero(givenCentipoints),
      blankZero(exchangedCentipoints),
    ]),
    totals: [
      null,
      t('publication.total'),
      null,
      ...opened(totals.openedCentipoints),
      totals.givenCentipoints,
      totals.exchangedCentipoints,
    ],
  };
}

function exchangesPart({ exchanges, totals }: Body, t: Translate): RecordPart {
  return {
    name: 'exchanges',
    title: t('publication.part.exchanges'),
    columns: [
      { label: t('publication.col.seq'), kind: 'seq' },
      { label: t('publication.col.day'), kind: 'day' },
      { label: t('publication.col.household'), kind: 'text', rowHeader: true },
      { label: t('publication.col.group'), kind: 'text' },
      { label: t('publication.col.goods'), kind: 'words' },
      { label: t('publication.col.spent'), kind: 'points' },
      { label: t('publication.col.balance'), kind: 'points' },
    ],
    rows: exchanges.map(({ seq, day, household, goods, centipoints, balanceAfterCentipoints }) => [
      seq,
      day,
      `${household.name} ${household.number}`,
      household.group,
      goodsWords(goods, t),
      centipoints,
      balanceAfterCentipoints,
    ]),
    totals: [null, null, t('publication.total'), null, null, totals.exchangedCentipoints, null],
  };
}

function exchangedGoodsPart({ exchangedGoods, totals }: Body, t: Translate): RecordPart {
  return {
    name: 'exchangedGoods',
    title: t('publication.part.exchangedGoods'),
    columns: [
      { label: t('publication.col.goods'), kind: 'words', rowHeader: true },
      { label: t('publication.col.spec'), kind: 'text' },
      { label: t('publication.col.quantity'), kind: 'count' },
      { label: t('publication.col.points'), kind: 'points' },
      { label: t('publication.col.value.yuan'), kind: 'yuan' },
    ],
    rows: exchangedGoods.map(({ quantity, centipoints, valueFen, ...goods }) => [
      sumName(goods, t),
      goods.spec,
      quantity,
      centipoints,
      valueFen,
    ]),
    totals: [
      t('publication.total'),
      null,
      exchangedGoods.reduce((sum, { quantity }) => sum + quantity, 0),
      totals.exchangedCentipoints,
      totals.issuedValueFen,
    ],
  };
}

function receiptsPart({ receipts, totals }: Body, t: Translate): RecordPart {
  return {
    name: 'receipts',
    title: t('publication.part.receipts'),
    columns: [
      { label: t('publication.col.seq'), kind: 'seq' },
      { label: t('publication.col.day'), kind: 'day' },
      { label: t('publication.col.source'), kind: 'words', rowHeader: true },
      { label: t('publication.col.kind'), kind: 'text' },
      { label: t('publication.col.goods'), kind: 'words' },
      { label: t('publication.col.value.yuan'), kind: 'yuan' },
    ],
    rows: receipts.map(({ seq, day, kind, source, goods, valueFen }) => [
      seq,
      day,
      source === '' ? t('publication.source.unnamed') : source,
      t(`publication.source.${kind}`),
      goodsWords(goods, t),
      valueFen,
    ]),
    totals: [null, null, t('publication.total'), null, null, totals.receivedValueFen],
  };
}

function stockPart({ stock, totals }: Body, t: Translate): RecordPart {
  const sum = (figure: (line: Body['stock'][number]) => number) =>
    stock.reduce((total, line) => total + figure(line), 0);
  return {
    name: 'stock',
    title: t('publication.part.stock'),
    columns: [
      { label: t('publication.col.goods'), kind: 'words', rowHeader: true },
      { label: t('publication.col.spec'), kind: 'text' },
      { label: t('publication.col.opening'), kind: 'count' },
      { label: t('publication.col.received'), kind: 'count' },
      { label: t('publication.col.issued'), kind: 'count' },
      { label: t('publication.col.closing'), kind: 'count' },
      { label: t('publication.col.value.yuan'), kind: 'yuan' },
    ],
    rows: stock.map(({ opening, received, issued, closing, valueFen, ...goods }) => [
      sumName(goods, t),
      goods.spec,
      opening,
      blankZero(received),
      blankZero(issued),
      closing,
      valueFen,
    ]),
    totals: [
      t('publication.total'),
      null,
      sum(({ opening }) => opening),
      sum(({ received }) => received),
      sum(({ issued }) => issued),
      sum(({ closing }) => closing),
      totals.stockValueFen,
    ],
  };
}

function reversalsPart({ reversals }: Body, t: Translate): RecordPart {
  return {
    name: 'reversals',
    title: t('publication.part.reversals'),
    columns: [
      { label: t('publication.col.seq'), kind: 'seq' },
      { label: t('publication.col.reverses'), kind: 'seq' },
      { label: t('publication.col.day'), kind: 'day' },
      { label: t('publication.col.what'), kind: 'words', rowHeader: true },
      { label: t('publication.col.recordedOn'), kind: 'day' },
      { label: t('publication.col.points'), kind: 'signed' },
    ],
    rows: reversals.map((line) => [
      line.seq,
      line.reversesSeq,
      line.day,
      reversedWords(line, t),
      line.recordedOn,
      line.centipoints,
    ]),
  };
}

function reversedWords({ type, household, rule, goods }: Body['reversals'][number], t: Translate): string {
  if (type === 'points.deduct') return t('publication.hiddenHousehold', { rule: rule ?? '' });
  if (type === 'points.expire') return t('publication.expiry');
  const what = rule ?? goodsWords(goods, t);
  return household ? `${householdWords(household, t)} ${what}` : what;
}

export function householdWords(household: Household, t: Translate): string {
  return t('publication.householdRef', household);
}

/** 大米 5kg/袋 × 1、食盐 400g/袋 × 2 */
export function goodsWords(goods: readonly Goods[], t: Translate): string {
  return goods
    .map(({ name, spec, quantity }) => t('publication.goodsLine', { name, spec, quantity }))
    .join(t('shared.comma'));
}

/** 晴雨伞（又名遮阳伞）, where a month's lines have them under another name than its sums. */
export function sumName({ name, otherNames }: { name: string; otherNames?: string[] }, t: Translate): string {
  return otherNames ? t('publication.otherNames', { name, others: otherNames.join(t('shared.comma')) }) : name;
}

function blankZero(figure: number): number | null {
  return figure === 0 ? null : figure;
}
