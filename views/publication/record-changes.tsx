import type { RecordContent } from '../../src/publication/index.ts';
import type { Translate } from '../shared/dictionary.ts';
import { usePage } from '../shared/page-context.ts';
import { type CellKind, goodsWords, householdWords, sumName } from './record-parts.ts';
import { formatCell } from './record-table.tsx';

type Change = RecordContent['changes'][number];
type Totals = RecordContent['record']['totals'];

/** What a version says that the one before did not, line by line. */
export function RecordChanges({ changes }: { changes: readonly Change[] }) {
  const { t } = usePage();
  return (
    <ul class="plain-list change-list">
      {changes.map((change, index) => (
        <li key={index}>{changeSentence(change, t)}</li>
      ))}
    </ul>
  );
}

export function changeSentence(change: Change, t: Translate): string {
  switch (change.part) {
    case 'totals':
      return t('publication.change.figure', {
        label: t(`publication.total.${change.name}`),
        before: formatCell(change.before, kindOfTotal(change.name)),
        after: withUnit(change.after, kindOfTotal(change.name), t),
      });
    case 'reversals':
      return lineSentence(change, t, ({ seq, reversesSeq }) =>
        t('publication.change.reversal', { seq, reverses: reversesSeq }),
      );
    case 'exchanges':
      return lineSentence(change, t, ({ seq, household, goods, centipoints }) =>
        t('publication.change.exchange', {
          seq,
          household: householdWords(household, t),
          goods: goodsWords(goods, t),
          points: formatCell(centipoints, 'points'),
        }),
      );
    case 'receipts':
      return lineSentence(change, t, ({ seq, source, goods }) =>
        t('publication.change.receipt', { seq, source, goods: goodsWords(goods, t) }),
      );
    case 'rules':
      return figures(change, t, ({ name }) => name, [
        [t('publication.col.times'), ({ count }) => count],
        [t('publication.col.households'), ({ households }) => households],
        [t('publication.col.points'), ({ centipoints }) => centipoints, 'signed'],
      ]);
    case 'households':
      return figures(change, t, ({ household }) => householdWords(household, t), [
        [t('publication.col.opened'), ({ openedCentipoints }) => openedCentipoints, 'points'],
        [t('publication.col.given'), ({ givenCentipoints }) => givenCentipoints, 'points'],
        [t('publication.col.exchanged'), ({ exchangedCentipoints }) => exchangedCentipoints, 'points'],
      ]);
    case 'exchangedGoods':
      return figures(change, t, (line) => `${sumName(line, t)} ${line.spec}`, [
        [t('publication.col.exchanged'), ({ quantity }) => quantity],
        [t('publication.col.points'), ({ centipoints }) => centipoints, 'points'],
      ]);
    case 'stock':
      return figures(change, t, (line) => `${sumName(line, t)} ${line.spec}`, [
        [t('publication.col.opening'), ({ opening }) => opening],
        [t('publication.col.received'), ({ received }) => received],
        [t('publication.col.issued'), ({ issued }) => issued],
        [t('publication.col.adjusted'), ({ adjusted = 0 }) => adjusted],
        [t('publication.col.closing'), ({ closing }) => closing],
        [t('publication.col.value.yuan'), ({ valueFen }) => valueFen, 'yuan'],
      ]);
  }
}

type LineChange<Line> = { before: Line | null; after: Line | null };

/** Lines that stand or do not stand: an exchange, a delivery, a reversal. */
function lineSentence<Line>({ before, after }: LineChange<Line>, t: Translate, words: (line: Line) => string): string {
  if (after === null) return before === null ? '' : t('publication.change.removed', { line: words(before) });
  const line = words(after);
  return before === null ? t('publication.change.added', { line }) : t('publication.change.changed', { line });
}

type Figure<Line> = readonly [label: string, of: (line: Line) => number, kind?: CellKind];

/** Lines that count something: what each figure was and is, where it differs; a missing line counts nothing. */
function figures<Line>(
  { before, after }: LineChange<Line>,
  t: Translate,
  name: (line: Line) => string,
  all: readonly Figure<Line>[],
): string {
  const line = after ?? before;
  if (line === null) return '';
  const differing = all.flatMap(([label, of, kind = 'count']) => {
    const [old, now] = [before === null ? 0 : of(before), after === null ? 0 : of(after)];
    if (old === now) return [];
    return t('publication.change.figure', { label, before: formatCell(old, kind), after: formatCell(now, kind) });
  });
  if (differing.length === 0) return t('publication.change.changed', { line: name(line) });
  return t('publication.change.figures', { what: name(line), figures: differing.join(t('publication.change.join')) });
}

function kindOfTotal(name: keyof Totals): CellKind {
  if (name.endsWith('Centipoints')) return 'points';
  return name.endsWith('Fen') ? 'yuan' : 'count';
}

function withUnit(figure: number, kind: CellKind, t: Translate): string {
  if (kind === 'points') return t('shared.pointsOf', { points: formatCell(figure, kind) });
  return kind === 'yuan' ? t('shared.yuanOf', { yuan: formatCell(figure, kind) }) : formatCell(figure, kind);
}
