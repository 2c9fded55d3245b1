import type { ComponentChildren } from 'preact';
import type { Locale } from '../../src/platform/i18n/locale.ts';
import { formatPoints, formatSignedPoints } from '../../src/platform/points.ts';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { formatYuan } from '../shared/yuan.tsx';
import type { Cell, CellKind, RecordPart } from './record-parts.ts';

type RecordTableProps = {
  part: RecordPart;
  /** Leads from a line to its act in the public record; on paper there are no links. */
  actsHref?: string | undefined;
  /** Few narrow columns, also on a phone. */
  keepTable?: boolean | undefined;
  runningHead?: string | undefined;
  /** The year of days that need none. */
  year: string;
};

const NUMERIC: ReadonlySet<CellKind> = new Set(['count', 'points', 'signed', 'yuan']);

/** One part of a record as a table. */
export function RecordTable({ part, actsHref, keepTable, runningHead, year }: RecordTableProps) {
  const { t, locale } = usePage();
  const columns = part.columns.map(
    ({ label, kind, rowHeader, abreast }, index): Column<readonly Cell[]> => ({
      label,
      cell: (row) => drawCell(row[index] ?? null, kind, { locale, year, actsHref }),
      numeric: NUMERIC.has(kind),
      rowHeader,
      abreast,
    }),
  );
  return (
    <DataTable
      caption={part.title}
      captionHidden
      id={`table-${part.name}`}
      keepTable={keepTable}
      brief
      columns={columns}
      rows={part.rows}
      rowKey={(_, index) => index}
      totals={
        part.rows.length > 0
          ? part.totals?.map((cell, index) => drawCell(cell, part.columns[index]?.kind ?? 'text', { locale, year }))
          : undefined
      }
      runningHead={runningHead}
      empty={<p class="soft">{t('publication.part.nothing')}</p>}
    />
  );
}

type Manner = { locale: Locale; year: string; actsHref?: string | undefined };

function drawCell(cell: Cell, kind: CellKind, { locale, year, actsHref }: Manner): ComponentChildren {
  if (cell === null) return null;
  if (kind === 'seq' && actsHref) {
    return (
      <a class="act-number" href={`${actsHref}/${cell}`}>
        {cell}
      </a>
    );
  }
  if (kind === 'words') return <span class="wraps">{cell}</span>;
  if (kind === 'day') return formatDay(String(cell), locale, { today: year, short: true });
  return typeof cell === 'number' ? formatCell(cell, kind) : cell;
}

/** A figure as people read it. */
export function formatCell(figure: number, kind: CellKind): string {
  if (kind === 'points') return formatPoints(figure);
  if (kind === 'signed') return formatSignedPoints(figure);
  return kind === 'yuan' ? formatYuan(figure) : String(figure);
}

const CHINESE_NUMBERS = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** The number of a heading: 一、二、三, or 1, 2, 3. */
export function partNumber(index: number, locale: Locale): string {
  return (locale === 'en' ? undefined : CHINESE_NUMBERS[index]) ?? String(index + 1);
}
