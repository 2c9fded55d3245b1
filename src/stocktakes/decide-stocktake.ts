/**
 * 盘点, a count of the shelf:
 *
 *   counting  – count    → counting   what is there is typed, without anybody seeing what should be there
 *             – review   → reviewing  when every kind that was there has been counted
 *             – abandon  → abandoned
 *   reviewing – recount  → counting
 *             – post     → posted     each difference has its cause; above the limit by somebody who did not count
 *             – abandon  → abandoned
 *
 * posted and abandoned are ends. The counter goes on all the time: what was counted belongs to a place in the record, its cursor, and
 * the difference is that to the stock at this place, whatever has been handed out since.
 */
import type { ActDraft, MoveDraft } from '../ledger/index.ts';

export type StocktakeState = 'counting' | 'reviewing' | 'posted' | 'abandoned';

export type StocktakeEvent = 'count' | 'review' | 'recount' | 'post' | 'abandon';

const NEXT: Readonly<Record<StocktakeState, Partial<Record<StocktakeEvent, StocktakeState>>>> = {
  counting: { count: 'counting', review: 'reviewing', abandon: 'abandoned' },
  reviewing: { recount: 'counting', post: 'posted', abandon: 'abandoned' },
  posted: {},
  abandoned: {},
};

export type StateRefusal = { refused: 'stocktake_not_so_far'; state: StocktakeState };

export function nextState(state: StocktakeState, event: StocktakeEvent): { state: StocktakeState } | StateRefusal {
  const next = NEXT[state][event];
  return next ? { state: next } : { refused: 'stocktake_not_so_far', state };
}

/** One kind of goods under a count. */
export interface StocktakeLine {
  goodsId: number;
  code: string;
  /** What the record says was there at the line's cursor. */
  expected: number;
  /** Null until somebody has counted it. */
  counted: number | null;
  countedBy: number | null;
  cause: string | null;
  /** What is there now, in the order in which the counter takes it. */
  lots: readonly { lotId: number; quantityOnHand: number; unitValueFen: number }[];
  /** Where more than expected goes: the newest lot that ever came; null where none did. */
  newest: { lotId: number; unitValueFen: number } | null;
}

export interface StocktakeBasis {
  state: StocktakeState;
  kind: string;
  cursor: number;
  openedBy: number;
  lines: readonly StocktakeLine[];
  /** How many acts the record holds. */
  logSize: number;
  limitFen: number;
}

/** In order of precedence. */
export type PostRefusal =
  | StateRefusal
  | { refused: 'not_all_counted'; count: number }
  | { refused: 'cause_needed'; count: number }
  | { refused: 'count_again'; goods: string }
  | { refused: 'never_received'; goods: string }
  | { refused: 'second_person_posts'; varianceFen: number; limitFen: number };

export interface Variance {
  code: string;
  quantity: number;
  valueFen: number;
  moves: MoveDraft[];
}

/** How many kinds were there and have not been counted. */
export function uncounted(lines: readonly StocktakeLine[]): number {
  return lines.filter(({ counted, expected }) => counted === null && expected !== 0).length;
}

/** What a line changes: missing pieces leave the lots that the counter would have taken, surplus ones join the newest lot. */
export function varianceOf(
  line: StocktakeLine,
): Variance | { refused: 'count_again' | 'never_received'; goods: string } {
  const { code, counted, expected, lots, newest } = line;
  const quantity = (counted ?? expected) - expected;
  if (quantity === 0) return { code, quantity, valueFen: 0, moves: [] };
  if (quantity > 0) {
    if (!newest) return { refused: 'never_received', goods: code };
    return { code, quantity, valueFen: quantity * newest.unitValueFen, moves: [{ lotId: newest.lotId, quantity }] };
  }
  const moves: MoveDraft[] = [];
  let missing = -quantity;
  let valueFen = 0;
  for (const { lotId, quantityOnHand, unitValueFen } of lots) {
    const taken = Math.min(missing, quantityOnHand);
    if (taken === 0) continue;
    moves.push({ lotId, quantity: -taken });
    valueFen -= taken * unitValueFen;
    missing -= taken;
  }
  // It was handed out since, so it had been there.
  return missing > 0 ? { refused: 'count_again', goods: code } : { code, quantity, valueFen, moves };
}

/** The count as one act and each difference as one more, or the first reason why not. */
export function decidePosting(
  { state, kind, cursor, openedBy, lines, logSize, limitFen }: StocktakeBasis,
  personId: number,
): PostRefusal | { acts: ActDraft[]; varianceFen: number; finding: string | null } {
  const next = nextState(state, 'post');
  if ('refused' in next) return next;
  const left = uncounted(lines);
  if (left > 0) return { refused: 'not_all_counted', count: left };
  const differing = lines.filter(({ counted, expected }) => counted !== null && counted !== expected);
  const causeless = differing.filter(({ cause }) => cause === null).length;
  if (causeless > 0) return { refused: 'cause_needed', count: causeless };
  const variances: (Variance & { cause: string })[] = [];
  for (const line of differing) {
    const variance = varianceOf(line);
    if ('refused' in variance) return variance;
    variances.push({ ...variance, cause: line.cause ?? 'unexplained' });
  }
  const surplusFen = variances.reduce((sum, { valueFen }) => sum + Math.max(valueFen, 0), 0);
  const shortageFen = variances.reduce((sum, { valueFen }) => sum + Math.max(-valueFen, 0), 0);
  const varianceFen = surplusFen + shortageFen;
  const hasCounted = openedBy === personId || lines.some(({ countedBy }) => countedBy === personId);
  if (varianceFen > limitFen && hasCounted) return { refused: 'second_person_posts', varianceFen, limitFen };
  const counted = lines.filter((line) => line.counted !== null).length;
  const count: ActDraft = { type: 'stocktake', facts: { kind, cursor, counted, surplusFen, shortageFen } };
  const adjustments = variances.map(
    ({ code, quantity, cause, moves }): ActDraft => ({
      type: 'stock.adjust',
      facts: { goods: [{ code, quantity }], cause, stocktake: logSize },
      moves,
    }),
  );
  return { acts: [count, ...adjustments], varianceFen, finding: findingOf(variances, varianceFen, limitFen) };
}

/** What a count finds wrong, in the words of the problem ledger: more than the limit, or what nobody can explain. */
function findingOf(variances: readonly { cause: string }[], varianceFen: number, limitFen: number): string | null {
  const unexplained = variances.filter(({ cause }) => cause === 'unexplained').length;
  const found = [
    varianceFen > limitFen ? `盘点差数合 ${varianceFen / 100} 元，超过 ${limitFen / 100} 元` : null,
    unexplained > 0 ? `盘点有 ${unexplained} 种差数原因不明` : null,
  ].filter((words) => words !== null);
  return found.length === 0 ? null : found.join('；');
}
