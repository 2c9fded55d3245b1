/**
 * What an account may do in which state, and what moves between households: kept from the entries alone, so that a frozen
 * account that spends, points that leave one household and reach none, and points that expire too early are all found.
 */
import { Found } from './finding.ts';
import type { Leaf } from './leaf.ts';
import { type AccountEntry, dueOn, type Life } from './lots.ts';

export interface Households {
  enter(leaf: Leaf, index: number): void;
  entriesOf(acct: string): readonly AccountEntry[];
  /** What stands on each account so far, and how long points live. */
  standing(): { entries: ReadonlyMap<string, readonly AccountEntry[]>; life: Life };
}

type State = 'frozen' | 'closed' | 'open';

/** What an account was last said to be. */
const STATES: Readonly<Partial<Record<Leaf['type'], State>>> = {
  'account.freeze': 'frozen',
  'card.recall': 'frozen',
  'account.unfreeze': 'open',
  'household.split': 'open',
  'account.close': 'closed',
  'household.merge': 'closed',
};

const EARN_OR_SPEND: ReadonlySet<Leaf['type']> = new Set([
  'points.open',
  'points.award',
  'points.deduct',
  'points.redeem',
  'points.hold',
  'points.reverse',
  'points.settle',
]);

/** What is still said of a household that is no more: what it had asked for comes to an end. */
const AFTERWARDS: ReadonlySet<Leaf['type']> = new Set([
  'erasure',
  'claim.return',
  'claim.withdraw',
  'objection.answer',
]);

export function openHouseholds(): Households {
  const states = new Map<string, State>();
  const entries = new Map<string, AccountEntry[]>();
  let life: Life = { earned: null, opening: null };
  let underway: { leaf: Leaf; index: number } | null = null;

  const checkState = ({ type, acct = '', from, into }: Leaf, index: number) => {
    const state = states.get(acct);
    const wrong = (what: string) => new Found('books', what, index);
    // Whoever asks to be forgotten does so once everything is settled.
    if (type === 'erasure' && state !== undefined && state !== 'closed') throw wrong('it erases an account in use');
    if (state === 'closed' && !AFTERWARDS.has(type)) throw wrong(`it is about account ${acct}, which is closed`);
    if (state === 'frozen' && (EARN_OR_SPEND.has(type) || type === 'account.freeze')) {
      throw wrong(`it is about account ${acct}, which is frozen`);
    }
    if (type === 'account.unfreeze' && state !== 'frozen') throw wrong('it unfreezes an account that is not frozen');
    if (type === 'points.return' && state !== 'frozen') throw wrong('it takes the points of an account in use');
    if (type === 'household.split' && (state !== undefined || entries.has(acct))) {
      throw wrong('it splits off an account that was there before');
    }
    for (const other of [from, into]) {
      if (other === undefined) continue;
      const standing = states.get(other) ?? 'open';
      if (other === acct || standing !== 'open') throw wrong(`account ${other} beside it is not in use`);
    }
  };

  const checkTransfer = (leaf: Leaf, index: number) => {
    const { type, acct, cause, delta = 0, pieces } = leaf;
    const out = underway;
    underway = null;
    if (out && (type !== 'points.transfer' || delta <= 0)) {
      throw new Found('books', `it stands where the points that number ${out.index} took out should come in`, index);
    }
    if (type !== 'points.transfer') return;
    if (delta < 0) {
      if (pieces) throw new Found('books', 'it takes points out and says how old they are where they come in', index);
      underway = { leaf, index };
      return;
    }
    const wrong = (what: string) => new Found('books', `points come in, but ${what}`, index);
    if (!out) throw wrong('none went out just before');
    if (out.leaf.delta !== -delta) throw wrong(`${-(out.leaf.delta ?? 0)} went out and ${delta} come in`);
    if (out.leaf.cause !== cause || out.leaf.acct === acct)
      throw wrong('not from another household for the same cause');
    const aged = (pieces ?? []).reduce((sum, { centipoints }) => sum + centipoints, 0);
    if (aged !== delta) throw wrong(`the days of ${aged} of ${delta} are said`);
  };

  const checkExpiry = ({ acct = '', delta = 0, occurred }: Leaf, index: number) => {
    const due = dueOn(entries.get(acct) ?? [], life, occurred);
    if (-delta !== due) throw new Found('books', `${-delta} hundredths expire, but ${due} are too old by then`, index);
  };

  return {
    enter: (leaf, index) => {
      const { type, acct, delta, occurred, pieces, reverses, owed, was, rate } = leaf;
      if (type === 'village.open') life = { earned: leaf.earnedMonths ?? null, opening: leaf.openingMonths ?? null };
      const yearly = type === 'settings.change' ? leaf.values?.['yearEndExpiry'] : undefined;
      if (typeof yearly === 'boolean') life = { ...life, yearEndSince: yearly ? occurred : null };
      checkTransfer(leaf, index);
      if (acct === undefined) return;
      checkState(leaf, index);
      if (type === 'points.expire') checkExpiry(leaf, index);
      const state = STATES[type];
      if (state) states.set(acct, state);
      if (delta === undefined) return;
      const entry = {
        index,
        leaf: {
          type,
          occurred,
          delta,
          ...(pieces && { pieces }),
          ...(reverses !== undefined && { reverses }),
          ...(owed && { owed }),
          ...(type === 'points.convert' && was !== undefined && rate !== undefined && { was, rate }),
        },
      };
      const known = entries.get(acct);
      if (known) known.push(entry);
      else entries.set(acct, [entry]);
    },
    entriesOf: (acct) => entries.get(acct) ?? [],
    standing: () => ({ entries, life }),
  };
}
