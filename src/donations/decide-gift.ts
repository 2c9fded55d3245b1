/**
 * 捐赠: what becomes of a gift, from word to letter. A gift of goods and one of money go the same way.
 *
 * announced   somebody said that he will give
 * received    it is there, counted, and has its receipt with a number
 * inspected   somebody else than who received it looked at it and found it good, all of it or a part
 * refused     at the inspection: it goes back, and nothing more happens
 * on_shelf    goods of it stand on the shelf; of money, goods were bought
 * traced      counted out of the ledger what became of it; may be counted again as more goes out
 * reported    the donor has the letter that says so; traced again, it is due again
 *
 * announced -receive→ received -pass→ inspected -shelve→ on_shelf -trace→ traced -report→ reported
 * received -refuse→ refused; money is spent from inspected on; what waits is shelved from inspected on.
 */
export const GIFT_STATES = ['announced', 'received', 'inspected', 'refused', 'on_shelf', 'traced', 'reported'] as const;

export type GiftState = (typeof GIFT_STATES)[number];

export const GIFT_EVENTS = ['receive', 'pass', 'refuse', 'spend', 'shelve', 'trace', 'report'] as const;

export type GiftEvent = (typeof GIFT_EVENTS)[number];

const NEXT: Readonly<Record<GiftState, Partial<Record<GiftEvent, GiftState>>>> = {
  announced: { receive: 'received' },
  received: { pass: 'inspected', refuse: 'refused' },
  inspected: { spend: 'inspected', shelve: 'on_shelf' },
  refused: {},
  on_shelf: { spend: 'on_shelf', shelve: 'on_shelf', trace: 'traced' },
  traced: { spend: 'on_shelf', shelve: 'on_shelf', trace: 'traced', report: 'reported' },
  reported: { spend: 'on_shelf', shelve: 'on_shelf', trace: 'traced' },
};

/** Null where that cannot happen now. */
export function nextGiftState(state: GiftState, event: GiftEvent): GiftState | null {
  return NEXT[state][event] ?? null;
}

export interface GiftLine {
  code: string;
  quantity: number;
  /** Fen, of one. */
  value: number;
}

/** What money was spent on. Anything but goods is told apart in the statement of the funds. */
export const PURPOSES = ['goods', 'transport', 'packing', 'other'] as const;

export type Purpose = (typeof PURPOSES)[number];

/** As the acts leave it. */
export interface GiftFacts {
  kind: 'goods' | 'money';
  state: GiftState;
  /** Fen. */
  received: number;
  receivedBy: number | null;
  lines: readonly GiftLine[];
  /** Fen found good; of goods, the lines. */
  accepted: number;
  acceptedLines: readonly GiftLine[];
  spent: number;
  spentOnGoods: number;
  shelvedLines: readonly GiftLine[];
}

/** In order of precedence. */
export type GiftRefusal =
  | { refused: 'unknown_gift'; giftSeq: number }
  | { refused: 'gift_state'; state: GiftState }
  | { refused: 'same_inspector' }
  | { refused: 'gift_empty' }
  | { refused: 'more_than_received'; goods: string; leftQuantity: number }
  | { refused: 'money_not_left'; leftFen: number }
  | { refused: 'invoice_needed' }
  | { refused: 'not_of_money' };

export function worth(lines: readonly GiftLine[]): number {
  return lines.reduce((sum, { quantity, value }) => sum + quantity * value, 0);
}

export function decideState(gift: Pick<GiftFacts, 'state'>, event: GiftEvent): GiftRefusal | null {
  return nextGiftState(gift.state, event) === null ? { refused: 'gift_state', state: gift.state } : null;
}

/** A second person looks: nobody finds good what he received himself. */
export function decideInspection(
  gift: GiftFacts,
  { passed, lines, inspector }: { passed: boolean; lines: readonly GiftLine[]; inspector: number },
): GiftRefusal | { lines: GiftLine[]; fen: number } {
  const wrong = decideState(gift, passed ? 'pass' : 'refuse');
  if (wrong) return wrong;
  if (gift.receivedBy === inspector) return { refused: 'same_inspector' };
  if (!passed) return { lines: [], fen: 0 };
  if (gift.kind === 'money') return { lines: [], fen: gift.received };
  const accepted = lines.filter(({ quantity }) => quantity > 0);
  if (accepted.length === 0) return { refused: 'gift_empty' };
  const tooMuch = exceeds(accepted, gift.lines);
  return tooMuch ?? { lines: [...accepted], fen: worth(accepted) };
}

/** What was found good and does not stand on the shelf yet: pieces of goods, fen of what was bought. */
export function decideShelving(gift: GiftFacts, lines: readonly GiftLine[]): GiftRefusal | null {
  const wrong = decideState(gift, 'shelve');
  if (wrong) return wrong;
  if (lines.length === 0) return { refused: 'gift_empty' };
  if (gift.kind === 'goods') return exceeds(lines, waitingLines(gift));
  const leftFen = gift.spentOnGoods - worth(gift.shelvedLines);
  return worth(lines) > leftFen ? { refused: 'money_not_left', leftFen } : null;
}

export function decideSpending(
  gift: GiftFacts,
  { fen, purpose, invoice }: { fen: number; purpose: Purpose; invoice: string },
): GiftRefusal | null {
  const wrong = decideState(gift, 'spend');
  if (wrong) return wrong;
  if (gift.kind !== 'money') return { refused: 'not_of_money' };
  if (fen < 1) return { refused: 'gift_empty' };
  if (purpose === 'goods' && invoice === '') return { refused: 'invoice_needed' };
  const leftFen = gift.accepted - gift.spent;
  return fen > leftFen ? { refused: 'money_not_left', leftFen } : null;
}

/** Found good, less what was shelved; each value stays apart, for donors see yuan. */
export function waitingLines({ acceptedLines, shelvedLines }: GiftFacts): GiftLine[] {
  const left = new Map<string, GiftLine>();
  for (const line of acceptedLines) add(left, line, line.quantity);
  for (const line of shelvedLines) add(left, line, -line.quantity);
  return [...left.values()].filter(({ quantity }) => quantity !== 0);
}

function exceeds(lines: readonly GiftLine[], most: readonly GiftLine[]): GiftRefusal | null {
  const left = new Map<string, GiftLine>();
  for (const line of most) add(left, line, line.quantity);
  for (const line of lines) {
    const leftQuantity = left.get(keyOf(line))?.quantity ?? 0;
    add(left, line, -line.quantity);
    if (line.quantity > leftQuantity) return { refused: 'more_than_received', goods: line.code, leftQuantity };
  }
  return null;
}

function add(lines: Map<string, GiftLine>, line: GiftLine, quantity: number): void {
  const known = lines.get(keyOf(line));
  lines.set(keyOf(line), { ...line, quantity: (known?.quantity ?? 0) + quantity });
}

const keyOf = ({ code, value }: GiftLine) => `${code} ${value}`;
