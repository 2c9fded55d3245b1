/**
 * The shop behind the points, from the entries alone: each paper slip is used once, what one person took in alone is handed out only
 * after a second one looked, what waits for its first price only after that was approved, goods cost what was announced the day before at
 * the latest, nothing restricted comes in or goes out, a count belongs to a part of the record that was there, and goods that are kept
 * for somebody are fetched at most once.
 */
import { isDeepStrictEqual } from 'node:util';
import { Found } from './finding.ts';
import type { Leaf, LeafType } from './leaf.ts';

export interface Shop {
  /** What an entry does to this side of the books, after its form is known. */
  enter(leaf: Leaf, index: number): void;
  /** How many pieces of some goods nobody may hand out yet. */
  awaiting(code: string): number;
}

interface Receipt {
  leaf: Leaf;
  waits: boolean;
}

export function openShop(): Shop {
  const vouchers = new Map<number, number>();
  /** Of exchanges that were written on paper first. */
  const papers = new Map<number, number>();
  const receipts = new Map<number, Receipt>();
  const prices = new Map<string, { price: number; effective: string }[]>();
  const restricted = new Set<string>();
  /** Goods whose first price nobody has approved, and whether the village wants that of all it adds. */
  const unapproved = new Set<string>();
  let firstPriceWaits = false;
  /** Goods that some entry was about. */
  const seen = new Set<string>();
  const added = new Set<string>();
  const kept = new Map<number, Leaf>();
  /** Counts, and whether one is that of a handover which nobody has rested on yet. */
  const stocktakes = new Map<number, 'free' | 'used' | 'other'>();
  const waiting = new Map<string, number>();
  let previous: { leaf: Leaf; index: number } | null = null;

  const wait = ({ goods = [] }: Leaf, sign: 1 | -1) => {
    for (const { code, quantity } of goods) waiting.set(code, (waiting.get(code) ?? 0) + sign * quantity);
  };

  const refuseRestricted = ({ goods = [] }: Leaf, index: number) => {
    const found = goods.find(({ code }) => restricted.has(code));
    if (found) throw new Found('books', `it moves ${found.code}, which the village no longer has`, index);
  };

  const refuseUnapproved = ({ goods = [] }: Leaf, index: number) => {
    const found = goods.find(({ code }) => unapproved.has(code));
    if (found) throw new Found('books', `it hands out ${found.code}, whose first price nobody has approved`, index);
  };

  const checkPrices = ({ goods = [], occurred }: Leaf, index: number) => {
    for (const { code, price } of goods) {
      const known = (prices.get(code) ?? []).filter(({ effective }) => effective <= occurred);
      const last = known.sort((one, other) => (one.effective < other.effective ? -1 : 1)).at(-1);
      if (last && last.price !== price) {
        throw new Found(
          'books',
          `it gives ${code} for ${price}, but it costs ${last.price} since ${last.effective}`,
          index,
        );
      }
    }
  };

  const receive = (leaf: Leaf, index: number) => {
    refuseRestricted(leaf, index);
    const { voucher } = leaf;
    if (voucher !== undefined) {
      const earlier = vouchers.get(voucher);
      if (earlier !== undefined)
        throw new Found('books', `its slip ${voucher} stands behind number ${earlier} already`, index);
      vouchers.set(voucher, index);
    }
    receipts.set(index, { leaf, waits: leaf.checked === 'later' });
    if (leaf.checked === 'later') wait(leaf, 1);
  };

  const settle = (at: number | undefined, problem: string, index: number) => {
    const receipt = receipts.get(at ?? -1);
    if (!receipt?.waits) throw new Found('books', problem, index);
    receipt.waits = false;
    wait(receipt.leaf, -1);
  };

  /** Goods that are kept cost what they did on that day, whenever they are fetched. */
  const fetch = (hold: number, { goods }: Leaf, index: number) => {
    const { reverses, cause } = previous?.leaf ?? {};
    if (reverses !== hold || cause !== 'fetched')
      throw new Found(
        'books',
        `it hands out what number ${hold} keeps, but that did not give it back just before`,
        index,
      );
    if (!isDeepStrictEqual(kept.get(hold)?.goods, goods))
      throw new Found('books', `it hands out other goods than number ${hold} keeps`, index);
  };

  const usePaper = ({ paper }: Leaf, index: number) => {
    if (paper === undefined) return;
    const earlier = papers.get(paper);
    if (earlier !== undefined)
      throw new Found('books', `its paper slip ${paper} stands behind number ${earlier} already`, index);
    papers.set(paper, index);
  };

  const enterRedemption = (leaf: Leaf, index: number) => {
    usePaper(leaf, index);
    refuseRestricted(leaf, index);
    refuseUnapproved(leaf, index);
    if (leaf.hold === undefined) checkPrices(leaf, index);
    else fetch(leaf.hold, leaf, index);
  };

  const keep = (leaf: Leaf, index: number) => {
    refuseRestricted(leaf, index);
    refuseUnapproved(leaf, index);
    checkPrices(leaf, index);
    if ((leaf.until ?? '') < leaf.occurred) throw new Found('books', 'it keeps goods until a day that is over', index);
    kept.set(index, leaf);
  };

  /** Given back, and why; what somebody came for goes out with the next entry. */
  const checkRelease = ({ of, cause, reverses = -1, at }: Leaf, index: number) => {
    if ((of === 'points.hold') !== (cause !== undefined))
      throw new Found('books', 'it does not say why goods are no longer kept', index);
    const until = kept.get(reverses)?.until ?? '';
    // A day in the village ends at 16:00 of the world's clock.
    if (cause === 'lapsed' && Date.parse(at) < Date.parse(`${until}T16:00:00Z`))
      throw new Found('books', `it gives up goods that are kept until ${until}`, index);
  };

  /** It costs what was said from that very day on: before, there was nothing to cost anything. */
  const add = ({ item = '', price = 0, occurred, waits = false }: Leaf, index: number) => {
    if (seen.has(item)) throw new Found('books', `it adds ${item}, which was there before`, index);
    if (firstPriceWaits && !waits)
      throw new Found('books', `it adds ${item} without waiting for somebody to approve its first price`, index);
    if (waits) unapproved.add(item);
    added.add(item);
    prices.set(item, [{ price, effective: occurred }]);
  };

  /** The county's list keeps its names. */
  const rename = ({ item = '' }: Leaf, index: number) => {
    if (!added.has(item)) throw new Found('books', `it renames ${item}, which the village did not add`, index);
  };

  /** A new rate prices the shelf for the very day: see rates.ts. So does a first price, before which there was nothing to be had. */
  const enterPrice = ({ item = '', price = 0, effective = '', method, occurred }: Leaf, index: number) => {
    if (effective < occurred || (effective === occurred && method !== 'newRate' && method !== 'first'))
      throw new Found('books', `it prices ${item} for a day that has begun`, index);
    if (method === 'first' && !unapproved.delete(item))
      throw new Found('books', `it approves a first price of ${item}, which waits for none`, index);
    if (method !== 'newRate' && unapproved.has(item))
      throw new Found('books', `it prices ${item} otherwise, whose first price nobody has approved`, index);
    const others = (prices.get(item) ?? []).filter((one) => one.effective !== effective);
    prices.set(item, [...others, { price, effective }]);
  };

  const restOnCount = ({ stocktake = -1 }: Leaf, index: number) => {
    if (!stocktakes.has(stocktake))
      throw new Found('books', `it rests on number ${stocktake}, which is no count`, index);
  };

  /** Each handover has a count of its own. */
  const handOver = (leaf: Leaf, index: number) => {
    restOnCount(leaf, index);
    if (stocktakes.get(leaf.stocktake ?? -1) !== 'free')
      throw new Found(
        'books',
        `it hands the shop over on number ${leaf.stocktake}, which was counted for something else`,
        index,
      );
    stocktakes.set(leaf.stocktake ?? -1, 'used');
  };

  const rules: Partial<Record<LeafType, (leaf: Leaf, index: number) => void>> = {
    'stock.in': receive,
    'stock.reverse': (leaf, index) => {
      if (receipts.get(leaf.reverses ?? -1)?.waits) settle(leaf.reverses, '', index);
    },
    'stock.check': (leaf, index) =>
      settle(leaf.receipt, `it looks at number ${leaf.receipt}, which waits for nobody`, index),
    'points.redeem': enterRedemption,
    'points.hold': keep,
    'points.reverse': checkRelease,
    'goods.add': add,
    'goods.rename': rename,
    'goods.price': enterPrice,
    'settings.change': ({ values }) => {
      const wanted = values?.['firstPriceNeedsSecond'];
      if (typeof wanted === 'boolean') firstPriceWaits = wanted;
    },
    'goods.restrict': ({ item = '' }) => restricted.add(item),
    stocktake: ({ cursor = 0, kind }, index) => {
      if (cursor > index) throw new Found('books', 'it counts what is not in the record yet', index);
      stocktakes.set(index, kind === 'handover' ? 'free' : 'other');
    },
    'stock.adjust': restOnCount,
    handover: handOver,
  };

  return {
    awaiting: (code) => waiting.get(code) ?? 0,
    enter: (leaf, index) => {
      const isFetching = previous?.leaf.cause === 'fetched';
      if (previous && isFetching && leaf.hold !== previous.leaf.reverses)
        throw new Found('books', 'its goods were fetched, but no exchange follows', previous.index);
      rules[leaf.type]?.(leaf, index);
      for (const { code } of leaf.goods ?? []) seen.add(code);
      if (leaf.item !== undefined) seen.add(leaf.item);
      previous = { leaf, index };
    },
  };
}
