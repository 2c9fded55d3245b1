/**
 * Gifts and wishes kept again from the entries alone: each goes its way step by step, receipts are numbered without a gap, nothing of
 * a gift comes onto the shelf that was not found good before, no money is spent that is not there, and of two who promise the same
 * wish the second waits until the first one's day is over.
 */
import { Found } from './finding.ts';
import type { GoodsLine, Leaf } from './leaf.ts';

type Steps = Readonly<Record<string, Readonly<Record<string, string>>>>;

const GIFT: Steps = {
  announced: { 'gift.receive': 'received' },
  received: { passed: 'inspected', refused: 'refused' },
  inspected: { 'gift.spend': 'inspected', 'stock.in': 'on_shelf' },
  refused: {},
  on_shelf: { 'gift.spend': 'on_shelf', 'stock.in': 'on_shelf', 'gift.trace': 'traced' },
  traced: { 'gift.spend': 'on_shelf', 'stock.in': 'on_shelf', 'gift.trace': 'traced', 'gift.report': 'reported' },
  reported: { 'gift.spend': 'on_shelf', 'stock.in': 'on_shelf', 'gift.trace': 'traced' },
};

const WISH: Steps = {
  submitted: { 'wish.check': 'checked', 'wish.decline': 'declined' },
  checked: { 'wish.open': 'open', 'wish.decline': 'declined' },
  open: { 'wish.claim': 'claimed', 'wish.deliver': 'delivered', 'wish.decline': 'declined' },
  claimed: { 'wish.release': 'open', 'wish.deliver': 'delivered' },
  delivered: { 'wish.echo': 'echoed', 'wish.close': 'closed' },
  echoed: { 'wish.close': 'closed' },
  closed: {},
  declined: {},
};

interface Gift {
  state: string;
  isMoney: boolean;
  /** Fen found good, spent, and spent on goods. */
  accepted: number;
  spent: number;
  paid: number;
  shelved: number;
  received: GoodsLine[];
  /** Pieces by code and value that were found good and do not stand on the shelf yet. */
  waiting: Map<string, number>;
}

export function openGiving() {
  const gifts = new Map<number, Gift>();
  const shelvings = new Map<number, { gift: Gift; before: string; goods: GoodsLine[] }>();
  const wishes = new Map<string, { state: string; until: string }>();
  let receipts = 0;

  const follow = (steps: Steps, state: string, step: string, index: number) => {
    const next = steps[state]?.[step];
    if (next === undefined) throw new Found('books', `it takes the step ${step} from the state ${state}`, index);
    return next;
  };

  const enterGift = (leaf: Leaf, index: number) => {
    if (leaf.type === 'gift.announce') {
      if (leaf.gift !== index) throw new Found('books', 'it names another entry as its own gift', index);
      checkWorth(leaf, index);
      gifts.set(index, {
        state: 'announced',
        isMoney: leaf.kind === 'money',
        accepted: 0,
        spent: 0,
        paid: 0,
        shelved: 0,
        received: [],
        waiting: new Map(),
      });
      return;
    }
    const gift = gifts.get(leaf.gift ?? leaf.giftSeq ?? -1);
    if (!gift) throw new Found('books', 'it is of a gift that nobody announced', index);
    const step = leaf.type === 'gift.inspect' ? String(leaf.outcome) : leaf.type;
    const before = gift.state;
    gift.state = follow(GIFT, gift.state, step, index);
    const goods = leaf.goods ?? [];
    const type: string = leaf.type;
    switch (type) {
      case 'gift.receive':
        receipts += 1;
        if (leaf.receipt !== receipts) {
          throw new Found('books', `its receipt is number ${leaf.receipt}, but ${receipts} comes next`, index);
        }
        checkWorth(leaf, index);
        gift.accepted = leaf.fen ?? 0;
        gift.received = goods;
        return;
      case 'gift.inspect': {
        const received = gift.accepted;
        gift.accepted = leaf.fen ?? 0;
        if (gift.accepted > received) throw new Found('books', 'more was found good than had come', index);
        const left = piecesOf(gift.received);
        for (const [key, pieces] of piecesOf(goods)) {
          if (pieces > (left.get(key) ?? 0)) throw new Found('books', 'more was found good than had come', index);
        }
        if (!gift.isMoney && step === 'passed') checkWorth(leaf, index);
        gift.waiting = piecesOf(goods);
        return;
      }
      case 'gift.spend':
        gift.spent += leaf.fen ?? 0;
        if (leaf.purpose === 'goods') gift.paid += leaf.fen ?? 0;
        if (!gift.isMoney || gift.spent > gift.accepted)
          throw new Found('books', 'it spends money that is not there', index);
        return;
      case 'stock.in':
        shelvings.set(index, { gift, before, goods });
        shelve(gift, goods, 1, index);
        return;
      default:
        return;
    }
  };

  const enterWish = (leaf: Leaf, index: number) => {
    const name = leaf.wish ?? '';
    if (leaf.type === 'wish.file') {
      if (wishes.has(name)) throw new Found('books', 'it is filed a second time', index);
      wishes.set(name, { state: 'submitted', until: '' });
      return;
    }
    const wish = wishes.get(name);
    if (!wish) throw new Found('books', 'it is about a wish that nobody filed', index);
    if (wish.state === 'claimed' && wish.until < leaf.occurred) wish.state = 'open';
    wish.state = follow(WISH, wish.state, leaf.type, index);
    if (leaf.type === 'wish.claim') wish.until = leaf.until ?? '';
    if (leaf.ofGift !== undefined && !gifts.has(leaf.ofGift)) {
      throw new Found('books', 'it is fulfilled out of a gift that nobody announced', index);
    }
  };

  return {
    enter: (leaf: Leaf, index: number) => {
      if (leaf.type.startsWith('gift.') || leaf.giftSeq !== undefined) enterGift(leaf, index);
      else if (leaf.type.startsWith('wish.')) enterWish(leaf, index);
      const undone = leaf.type === 'stock.reverse' ? shelvings.get(leaf.reverses ?? -1) : undefined;
      if (undone) {
        shelve(undone.gift, undone.goods, -1, index);
        shelvings.delete(leaf.reverses ?? -1);
        // As if it had not been: the state that the other steps leave.
        if (undone.gift.state === 'on_shelf' && ![...shelvings.values()].some(({ gift }) => gift === undone.gift)) {
          undone.gift.state = 'inspected';
        }
      }
    },
  };
}

function shelve(gift: Gift, goods: readonly GoodsLine[], sign: 1 | -1, index: number): void {
  for (const [key, pieces] of piecesOf(goods)) gift.waiting.set(key, (gift.waiting.get(key) ?? 0) - sign * pieces);
  gift.shelved += sign * worthOf(goods);
  const isTooMuch = gift.isMoney ? gift.shelved > gift.paid : [...gift.waiting.values()].some((pieces) => pieces < 0);
  if (isTooMuch) throw new Found('books', 'more of a gift comes onto the shelf than was found good', index);
}

function checkWorth(leaf: Leaf, index: number): void {
  if (leaf.goods !== undefined && worthOf(leaf.goods) !== leaf.fen) {
    throw new Found('books', `its goods are worth ${worthOf(leaf.goods)} fen and not ${leaf.fen}`, index);
  }
}

function worthOf(goods: readonly GoodsLine[]): number {
  return goods.reduce((sum, { quantity, value = 0 }) => sum + quantity * value, 0);
}

function piecesOf(goods: readonly GoodsLine[]): Map<string, number> {
  const pieces = new Map<string, number>();
  for (const { code, value, quantity } of goods) {
    const key = `${code} ${value}`;
    pieces.set(key, (pieces.get(key) ?? 0) + quantity);
  }
  return pieces;
}
