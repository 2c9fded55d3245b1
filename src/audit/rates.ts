/**
 * 分值, kept from the entries alone: what a point is worth changes by one entry, and the entries behind it convert every account that
 * holds or owes anything, lot by lot, each rounded up to a hundredth for the household. Together they come to what that entry says:
 * before × old rate + rounding = after × new rate. Points in publicity are converted line by line (which lines: claims.ts). Nothing is
 * converted otherwise, no price is made for the very day otherwise, and no goods may be kept for somebody meanwhile.
 */
import type { PendingLine } from './claims.ts';
import { Found } from './finding.ts';
import type { Households } from './households.ts';
import type { Leaf, LeafType } from './leaf.ts';
import { type AccountEntry, convertedTo, convertUp } from './lots.ts';

export interface RateBook {
  /** Before the entry itself stands among the households'. */
  enter(leaf: Leaf, index: number): void;
}

/** Accounts that begin with these hold nothing that can be spent. */
const ASIDE: ReadonlySet<LeafType> = new Set(['points.pend', 'honor.award', 'honor.backfill', 'honor.move']);

interface Underway {
  was: number;
  rate: number;
  index: number;
  /** By account: how much each still has to change. */
  changes: Map<string, number>;
}

export function openRateBook(households: Households, linesInPublicity: () => readonly PendingLine[]): RateBook {
  let rate: number | null = null;
  let underway: Underway | null = null;
  /** What a reversal has not given back yet. */
  const kept = new Set<number>();

  const wrong = (what: string, index: number) => new Found('books', what, index);

  const change = (leaf: Leaf, index: number) => {
    const { was = 0, rate: wanted = 0, before, after, rounding = 0 } = leaf;
    if (was !== rate) throw wrong(`it says that a point was worth ${was} fen, but it was ${rate}`, index);
    if (wanted === was) throw wrong('it changes the rate to what it was', index);
    if (kept.size > 0) throw wrong('it changes the rate while goods are kept for somebody', index);
    const { entries, life } = households.standing();
    const changes = new Map<string, number>();
    let [ours, theirs] = [0, 0];
    for (const { acct, delta } of linesInPublicity()) {
      const converted = convertUp(delta, { was, rate: wanted });
      ours += delta;
      theirs += converted;
      changes.set(acct, (changes.get(acct) ?? 0) + converted - delta);
    }
    for (const [acct, due] of changes) if (due === 0) changes.delete(acct);
    for (const [acct, ofAccount] of entries) {
      const balance = balanceOf(ofAccount);
      const first = ofAccount[0]?.leaf.type;
      if (balance === 0 || first === undefined || ASIDE.has(first)) continue;
      const converted = convertedTo(ofAccount, life, { was, rate: wanted });
      ours += balance;
      theirs += converted;
      if (converted !== balance) changes.set(acct, converted - balance);
    }
    if (before !== ours || after !== theirs) {
      throw wrong(`it converts ${before} to ${after}, but ${ours} are held and come to ${theirs}`, index);
    }
    if (ours * was + rounding !== theirs * wanted) throw wrong('what it says of the rounding is something else', index);
    underway = { was, rate: wanted, index, changes };
    rate = wanted;
  };

  const convert = ({ acct = '', delta, was, rate: to }: Leaf, index: number) => {
    if (underway?.was !== was || underway?.rate !== to) throw wrong('it converts points, but no rate changed', index);
    const due = underway?.changes.get(acct);
    if (due === undefined || due !== delta) {
      throw wrong(`it changes account ${acct} by ${delta} where its lots change by ${due ?? 0}`, index);
    }
    underway?.changes.delete(acct);
  };

  return {
    enter: (leaf, index) => {
      const { type, method, reverses, of } = leaf;
      if (type === 'village.open') rate = leaf.rate ?? null;
      if (type === 'points.hold') kept.add(index);
      if (of === 'points.hold') kept.delete(reverses ?? -1);
      const isNewPrice = type === 'goods.price' && method === 'newRate';
      if (underway && underway.changes.size > 0 && type !== 'points.convert') {
        throw wrong(`it stands where ${underway.changes.size} accounts should be converted`, index);
      }
      if (isNewPrice && !underway) throw wrong('it prices goods at a new rate, but none was made just before', index);
      if (type === 'rate.change') change(leaf, index);
      else if (type === 'points.convert') convert(leaf, index);
      else if (!isNewPrice && type !== 'claim.convert') underway = null;
    },
  };
}

function balanceOf(entries: readonly AccountEntry[]): number {
  return entries.reduce((sum, { leaf }) => sum + leaf.delta, 0);
}
