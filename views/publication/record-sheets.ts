import type { Locale } from '../../src/platform/i18n/locale.ts';
import type { RecordContent } from '../../src/publication/index.ts';
import { formatMonth } from '../shared/day-text.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { changeSentence } from './record-changes.tsx';
import { type Cell, type CellKind, recordParts } from './record-parts.ts';

/** A sheet of the workbook: headings, then rows of plain text and of numbers in points and yuan. */
export type SheetDraft = {
  name: string;
  columns: readonly { label: string; kind: CellKind }[];
  rows: readonly (readonly Cell[])[];
};

type Published = { content: RecordContent; seq: number; publishedOn: string; contentHashHex: string };

/** The same parts as on the screen and on the board, with the summary first and the checks last. */
export function recordSheets(published: Published, t: Translate, locale: Locale): SheetDraft[] {
  const { content } = published;
  return [
    summarySheet(published, t, locale),
    ...recordParts(content, t).map(({ title, columns, rows, totals }) => ({
      name: title,
      columns,
      rows: [...rows, ...(rows.length > 0 && totals ? [totals] : [])].map((row) =>
        row.map((cell, index) => inUnits(cell, columns[index]?.kind ?? 'text')),
      ),
    })),
    checksSheet(content, t),
    ...(content.changes.length > 0 ? [changesSheet(content, t)] : []),
  ];
}

function summarySheet({ content, seq, publishedOn, contentHashHex }: Published, t: Translate, locale: Locale) {
  const { totals } = content.record;
  const figures = Object.entries(totals).map(([name, figure]) => [
    t(`publication.total.${name as keyof typeof totals}`),
    inUnits(figure ?? null, kindOf(name)),
  ]);
  return {
    name: t('publication.part.summary'),
    columns: [
      { label: t('publication.col.item'), kind: 'text' as const },
      { label: t('publication.col.value'), kind: 'text' as const },
    ],
    rows: [
      [t('publication.column.month'), formatMonth(content.month, locale)],
      [t('publication.column.version'), content.version],
      [t('publication.column.published'), publishedOn],
      [t('publication.column.act'), seq],
      ...figures,
      [t('publication.record.hash'), contentHashHex],
    ],
  };
}

function checksSheet({ checks }: RecordContent, t: Translate): SheetDraft {
  return {
    name: t('publication.part.checks'),
    columns: [
      { label: t('publication.col.check'), kind: 'text' },
      { label: t('publication.col.expected'), kind: 'count' },
      { label: t('publication.col.actual'), kind: 'count' },
      { label: t('publication.col.result'), kind: 'text' },
    ],
    rows: checks.map(({ name, unit, expected, actual, ok }) => {
      const kind = unit === 'centipoints' ? 'points' : 'count';
      return [
        t(`publication.check.${name}`),
        inUnits(expected, kind),
        inUnits(actual, kind),
        t(ok ? 'publication.check.ok' : 'publication.check.wrong'),
      ];
    }),
  };
}

function changesSheet({ changes }: RecordContent, t: Translate): SheetDraft {
  return {
    name: t('publication.part.changes'),
    columns: [{ label: t('publication.col.change'), kind: 'text' }],
    rows: changes.map((change) => [changeSentence(change, t)]),
  };
}

/** Hundredths and fen become points and yuan here, once, and only for people's own sums. */
function inUnits(cell: Cell, kind: CellKind): Cell {
  if (typeof cell !== 'number') return cell;
  return kind === 'points' || kind === 'signed' || kind === 'yuan' ? cell / 100 : cell;
}

function kindOf(totalName: string): CellKind {
  if (totalName.endsWith('Centipoints')) return 'points';
  return totalName.endsWith('Fen') ? 'yuan' : 'count';
}
