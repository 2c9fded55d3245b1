/**
 * 红色先不发, kept from the entries alone, to the good of the village: what is promised is known exactly, and so is the money, but not
 * which lot a piece left from, nor its last day. So what stands on the shelf counts as if everything were good and the cheapest had
 * gone first, which is never less than the server counted. Points that were given although even that left the village red, and had
 * for a minute, were given against its own decision; that a village was stopped too early nobody can see from here.
 */
import { Found } from './finding.ts';
import type { Leaf } from './leaf.ts';

export interface RedStop {
  /** Before the entry moves anything. */
  check(leaf: Leaf, index: number): void;
  /** What an account that can be spent from held and holds, pending points among them. */
  move(before: number, balance: number): void;
  /** After the entry has moved what it moves; `stock` is what is there by code. */
  enter(leaf: Leaf, stock: ReadonlyMap<string, number>): void;
}

/** Two presses at once may both find room, and what was under way while the village decided is let be. */
const UNDER_WAY_MS = 60_000;

/** Where the village set no other. */
const RED_PERCENT = 5_000;

export function openRedStop(): RedStop {
  const terms = { stops: false, redPercent: RED_PERCENT };
  const received = new Map<string, { value: number; quantity: number }[]>();
  const moneyGifts = new Set<number>();
  /** Claims whose points stand in publicity: when they are cleared, nothing new is given. */
  const pending = new Set<string>();
  let fenPerPoint = 0;
  let money = 0;
  let promised = 0;
  let liftedUntil = '';
  let redSince: number | null = null;

  const gives = ({ type, delta = 0, claim }: Leaf) =>
    delta > 0 && (type === 'points.pend' || (type === 'points.award' && !(claim !== undefined && pending.has(claim))));

  const isRed = (stock: ReadonlyMap<string, number>) => {
    const promisedFen = Math.ceil((promised * fenPerPoint) / 100);
    const cover =
      money + [...stock].reduce((sum, [code, pieces]) => sum + mostFor(received.get(code) ?? [], pieces), 0);
    return promisedFen > 0 && promisedFen * 100 >= terms.redPercent * cover;
  };

  const set = ({ values }: Leaf) => {
    const { redStopsAwards, solvencyRedPercent } = values ?? {};
    if (typeof redStopsAwards === 'boolean') terms.stops = redStopsAwards;
    if (typeof solvencyRedPercent === 'number') terms.redPercent = solvencyRedPercent;
  };

  const waive = ({ duties = [], until = '', at }: Leaf) => {
    liftedUntil = duties.includes('solvency_stop') ? until : '';
    if (redSince !== null) redSince = Date.parse(at);
  };

  const note = (leaf: Leaf, index: number) => {
    const { type, gift = -1, fen = 0, goods = [], claim, rate, outcome } = leaf;
    if (type === 'settings.change') set(leaf);
    if (type === 'duties.waive') waive(leaf);
    if (type === 'village.open' || type === 'rate.change') fenPerPoint = rate ?? fenPerPoint;
    if (type === 'gift.announce' && leaf.kind === 'money') moneyGifts.add(index);
    if (type === 'gift.inspect' && outcome === 'passed' && moneyGifts.has(gift)) money += fen;
    if (type === 'gift.spend' && moneyGifts.has(gift)) money -= fen;
    if (type === 'points.pend' && claim !== undefined) pending.add(claim);
    if (type !== 'stock.in') return;
    for (const { code, value = 0, quantity } of goods) {
      received.set(code, [...(received.get(code) ?? []), { value, quantity }]);
    }
  };

  return {
    check: (leaf, index) => {
      const { at, occurred } = leaf;
      const isStopped = redSince !== null && Date.parse(at) > redSince + UNDER_WAY_MS && liftedUntil < occurred;
      if (isStopped && gives(leaf)) {
        throw new Found('books', 'it gives points although the village is red and stops them', index);
      }
      note(leaf, index);
    },
    move: (before, balance) => {
      // Who owes of a deduction is promised nothing.
      promised += Math.max(balance, 0) - Math.max(before, 0);
    },
    enter: ({ at }, stock) => {
      if (!terms.stops || !isRed(stock)) redSince = null;
      else redSince ??= Date.parse(at);
    },
  };
}

/** The most that so many pieces can be worth: the dearest of all that ever came, and one more is worth as much as the dearest. */
function mostFor(lots: readonly { value: number; quantity: number }[], pieces: number): number {
  const dearest = lots.toSorted((one, other) => other.value - one.value);
  let left = pieces;
  let worth = 0;
  for (const { value, quantity } of dearest) {
    const taken = Math.min(left, quantity);
    worth += taken * value;
    left -= taken;
  }
  return worth + left * (dearest[0]?.value ?? 0);
}
