/**
 * 有效期: which points an account still holds, and which of them each spend drew on. Every taking draws on the points that
 * expire earliest; an act and its reversal are as if neither had been. What remains is always the balance, so nothing is
 * stored beside the entries that could differ from them. Where a village changes what a point is worth, each of these parts is
 * converted by itself and keeps its day; what a division leaves is rounded up, to the good of the household.
 */

/** How many months points live from the day they are for; null means for ever. */
export interface PointsLife {
  earnedMonths: number | null;
  openingMonths: number | null;
}

/** Where unused points go at the end of a year: since which day the village says so, and then no months count. */
export interface YearEnd {
  yearEndSince?: string | null;
}

/** One entry of an account, as it stands in the ledger. */
export interface LotEntry {
  seq: number;
  amountCentipoints: number;
  occurredOn: string;
  /** Of the act: opening points live by a rule of their own. */
  isOpening: boolean;
  reversesSeq: number | null;
  /** A deduction, or one that another household took over: what it could not take is settled by what is earned next. */
  mayWait: boolean;
  /** Of points that came from another household: what they were there. */
  pieces: readonly LotPiece[] | null;
  /** Of a conversion: what a point was worth before, and is from here on. */
  conversion?: Conversion | null;
}

/** Fen a point, before and from here on. */
export interface Conversion {
  was: number;
  rate: number;
}

export interface LotPiece {
  kind: 'earned' | 'opening';
  /** The day from which their life counts. */
  day: string;
  centipoints: number;
}

/** Points of one act that are still there. */
export interface PointLot extends LotPiece {
  seq: number;
  /** The first day on which they are no longer good; null when they stay. */
  expiresOn: string | null;
}

/** What a taking drew on: so much of the points of that act. */
export interface LotDraw {
  /** Of the taking. */
  seq: number;
  fromSeq: number;
  centipoints: number;
}

export interface Lots {
  /** In the order in which they will be drawn on. */
  lots: PointLot[];
  draws: LotDraw[];
  /** What was taken without having been there: of deductions, which wait for it, and of all else, which must not happen. */
  unsettledCentipoints: number;
  overspentCentipoints: number;
}

/** Entries of one account in their order. */
export function decideLots(entries: readonly LotEntry[], life: PointsLife & YearEnd): Lots {
  const undone = new Set(entries.flatMap(({ seq, reversesSeq }) => (reversesSeq === null ? [] : [seq, reversesSeq])));
  const draws: LotDraw[] = [];
  // A reversed award may have been spent before: what that spend drew on then comes out of what is earned next.
  const owed: Owed[] = [];
  let lots: PointLot[] = [];
  for (const entry of entries) {
    if (undone.has(entry.seq)) continue;
    if (entry.conversion) {
      lots = convertEach(lots, entry.conversion);
      convertOwed(owed, entry.conversion);
      continue;
    }
    if (entry.amountCentipoints > 0) lots = [...lots, ...lotsOf(entry, life)].sort(inDrawingOrder);
    else owed.push({ seq: entry.seq, centipoints: -entry.amountCentipoints, mayWait: entry.mayWait });
    lots = settle(lots, owed, draws);
  }
  const owedBy = (mayWait: boolean) => sumOf(owed.filter((taking) => taking.mayWait === mayWait));
  return { lots, draws, unsettledCentipoints: owedBy(true), overspentCentipoints: owedBy(false) };
}

interface Owed {
  seq: number;
  centipoints: number;
  mayWait: boolean;
}

/** The first points in drawing order, in pieces that keep their kind and their day; days that are equal are joined. */
export function drawPieces(lots: readonly PointLot[], centipoints: number): LotPiece[] {
  const pieces = new Map<string, LotPiece>();
  let left = centipoints;
  for (const lot of lots) {
    const drawn = Math.min(lot.centipoints, left);
    if (drawn === 0) break;
    left -= drawn;
    const name = `${lot.kind} ${lot.day}`;
    const before = pieces.get(name)?.centipoints ?? 0;
    pieces.set(name, { kind: lot.kind, day: lot.day, centipoints: before + drawn });
  }
  if (left > 0) throw new Error('more points are drawn than are there');
  return [...pieces.values()];
}

/** How much of it is no longer good on a day. */
export function dueCentipoints(lots: readonly PointLot[], day: string): number {
  return lots.reduce(
    (sum, { expiresOn, centipoints }) => (expiresOn !== null && expiresOn <= day ? sum + centipoints : sum),
    0,
  );
}

/** The last day of a day's year. */
function yearEndOf(day: string): string {
  return `${day.slice(0, 4)}-12-31`;
}

/** The same day so many months later; the last day of a shorter month. */
export function dayAfterMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

function lotsOf(
  { seq, amountCentipoints, occurredOn, isOpening, pieces }: LotEntry,
  life: PointsLife & YearEnd,
): PointLot[] {
  const made: readonly LotPiece[] = pieces ?? [
    { kind: isOpening ? 'opening' : 'earned', day: occurredOn, centipoints: amountCentipoints },
  ];
  return made.map((piece) => ({ ...piece, seq, expiresOn: expiryOf(piece, life) }));
}

function expiryOf(
  { kind, day }: LotPiece,
  { earnedMonths, openingMonths, yearEndSince = null }: PointsLife & YearEnd,
): string | null {
  // Of all lots in the order of their days, so what takings drew on stays as it was when the village decides so.
  if (yearEndSince !== null) return yearEndOf(day > yearEndSince ? day : yearEndSince);
  const months = kind === 'opening' ? openingMonths : earnedMonths;
  return months === null ? null : dayAfterMonths(day, months);
}

function settle(lots: PointLot[], owed: Owed[], draws: LotDraw[]): PointLot[] {
  const left = lots.map((lot) => ({ ...lot }));
  while (owed[0] && left[0]) {
    const [taking] = owed;
    const [lot] = left;
    const centipoints = Math.min(taking.centipoints, lot.centipoints);
    draws.push({ seq: taking.seq, fromSeq: lot.seq, centipoints });
    taking.centipoints -= centipoints;
    lot.centipoints -= centipoints;
    if (taking.centipoints === 0) owed.shift();
    if (lot.centipoints === 0) left.shift();
  }
  return left;
}

function inDrawingOrder(left: PointLot, right: PointLot): number {
  return (
    compare(left.expiresOn ?? '9999-12-31', right.expiresOn ?? '9999-12-31') ||
    compare(left.day, right.day) ||
    left.seq - right.seq
  );
}

/** What an account holds after a conversion. */
export function convertedCentipoints(
  { lots, unsettledCentipoints, overspentCentipoints }: Lots,
  conversion: Conversion,
): number {
  return sumOf(convertEach(lots, conversion)) - owedAfter(unsettledCentipoints + overspentCentipoints, conversion);
}

function convertEach(lots: readonly PointLot[], { was, rate }: Conversion): PointLot[] {
  return lots.map((lot) => ({ ...lot, centipoints: Math.ceil((lot.centipoints * was) / rate) }));
}

/** Together, for what is owed is one number beside the points. */
function convertOwed(owed: Owed[], conversion: Conversion): void {
  const last = owed.at(-1);
  if (last) owed.splice(0, owed.length, { ...last, centipoints: owedAfter(sumOf(owed), conversion) });
}

function owedAfter(centipoints: number, { was, rate }: Conversion): number {
  return Math.floor((centipoints * was) / rate);
}

function sumOf(parts: readonly { centipoints: number }[]): number {
  return parts.reduce((sum, { centipoints }) => sum + centipoints, 0);
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
