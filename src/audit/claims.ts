/**
 * What waits for the village's word, kept from the entries alone: nothing is posted, cleared or answered that was not submitted and
 * passed before, points in publicity stand on accounts from which nothing can be spent, a line is cleared when its days are full and
 * nobody doubts it, and what is cleared reaches the household at once. Where a point becomes worth something else, every line in
 * publicity is converted by an entry of its own, and what is taken back afterwards is as much as it has become.
 */
import { Found } from './finding.ts';
import type { Leaf, LeafType } from './leaf.ts';
import { type Conversion, convertUp } from './lots.ts';

export interface ClaimBook {
  enter(leaf: Leaf, index: number): void;
  /** Points that stand in publicity, line by line. */
  inPublicity(): readonly PendingLine[];
  /** What a point became worth while the claim of an award was in publicity. */
  conversionsOf(leaf: Leaf): readonly Conversion[];
}

export interface PendingLine {
  acct: string;
  delta: number;
}

type State = 'open' | 'returned' | 'ended' | 'agreed' | 'posted' | 'objected' | 'cleared';

interface Claim {
  acct: string;
  state: State;
  passed: number;
  /** Of its points in publicity. */
  pending: { acct: string; delta: number; index: number } | null;
  clears: string;
  until: string;
  objection: string | null;
  conversions: Conversion[];
  /** What became spendable, and what a point was worth then. */
  award: { index: number; delta: number; fenPerPoint: number } | null;
}

/** All that an account may do on which points wait out their publicity. */
const PENDING_ALONE: ReadonlySet<LeafType> = new Set([
  'points.pend',
  'points.clear',
  'points.reverse',
  'points.convert',
  'points.settle',
]);

export function openClaimBook(): ClaimBook {
  const claims = new Map<string, Claim>();
  const pendingAccounts = new Map<string, string>();
  const byEntry = new Map<number, string>();
  /** What was cleared by the entry just before, and has to come in with this one. */
  let underway: { claim: string; delta: number; index: number } | null = null;
  /** Whose reversal has to be explained by the entry that follows it. */
  let takenBack: { claim: string; index: number } | null = null;
  let sheets = 0;
  let fenPerPoint = 0;
  /** Where a point became worth something else, and the lines that still have to follow it. */
  let change: { index: number; conversion: Conversion; due: Set<string> } = {
    index: -1,
    conversion: { was: 0, rate: 0 },
    due: new Set(),
  };

  const wrong = (what: string, index: number) => new Found('books', what, index);

  const known = (name: string, index: number): Claim => {
    const claim = claims.get(name);
    if (!claim) throw wrong(`it is about claim ${name}, which nobody submitted`, index);
    return claim;
  };

  const demand = (claim: Claim, states: readonly State[], index: number) => {
    if (!states.includes(claim.state)) throw wrong(`it is about a claim that is ${claim.state}`, index);
  };

  const submit = ({ claim = '', acct = '' }: Leaf, index: number) => {
    const before = claims.get(claim);
    if (before && (before.state !== 'returned' || before.acct !== acct)) {
      throw wrong(`claim ${claim} was submitted before`, index);
    }
    const nothing = { passed: 0, pending: null, clears: '', until: '', objection: null, conversions: [], award: null };
    claims.set(claim, { acct, state: 'open', ...nothing });
  };

  /** An award that waited: with the last word, or when its days on the board are full. */
  const award = (leaf: Leaf, index: number) => {
    const { claim: name = '', acct, delta = 0, occurred, earned } = leaf;
    const claim = known(name, index);
    const out = underway;
    underway = null;
    if (claim.acct !== acct) throw wrong('it gives what was asked for another account', index);
    if (claim.passed === 0) throw wrong('nobody agreed to it', index);
    if (earned !== undefined && earned >= occurred) throw wrong('it was earned after it could be spent', index);
    if (claim.state === 'posted') {
      if (occurred < claim.clears) throw wrong(`it counts before its days are full, on ${claim.clears}`, index);
      const cleared = out && out.claim === name ? -out.delta : 0;
      if (delta > 0 && cleared !== delta) throw wrong(`${cleared} came out of publicity for ${delta}`, index);
    } else {
      demand(claim, ['open'], index);
      if (claim.pending) throw wrong('its points stand in publicity', index);
    }
    claim.state = 'cleared';
    claim.pending = null;
    claim.award = { index, delta, fenPerPoint };
    byEntry.set(index, name);
  };

  const pend = ({ claim: name = '', acct = '', delta = 0 }: Leaf, index: number) => {
    const claim = known(name, index);
    demand(claim, ['open'], index);
    if (claim.passed < 2) throw wrong('its points come into publicity before the committee has agreed', index);
    const owner = pendingAccounts.get(acct) ?? claim.acct;
    if (owner !== claim.acct || acct === claim.acct) throw wrong('its points wait on an account of another use', index);
    pendingAccounts.set(acct, claim.acct);
    claim.pending = { acct, delta, index };
    claim.state = 'agreed';
    byEntry.set(index, name);
  };

  const clear = ({ claim: name = '', acct, delta = 0 }: Leaf, index: number) => {
    const claim = known(name, index);
    demand(claim, ['posted'], index);
    const { pending } = claim;
    if (pending?.acct !== acct || pending?.delta !== -delta) {
      throw wrong('it clears other points than came into publicity', index);
    }
    underway = { claim: name, delta, index };
  };

  const post = ({ sheet, lines = [], occurred }: Leaf, index: number) => {
    sheets += 1;
    if (sheet !== sheets) throw wrong(`it is sheet ${sheet}, but ${sheets} comes next`, index);
    for (const { claim: name, clears, until } of lines) {
      const claim = known(name, index);
      // A deduction waits without points, so only its words say that the committee has agreed.
      if (claim.state !== 'agreed' && !(claim.state === 'open' && claim.passed >= 2)) demand(claim, ['agreed'], index);
      if (clears <= occurred || until < occurred) throw wrong(`claim ${name} is posted for no whole day`, index);
      Object.assign(claim, { state: 'posted', clears, until });
    }
  };

  const object = ({ claim: name = '', objection = '', occurred }: Leaf, index: number) => {
    const claim = known(name, index);
    demand(claim, ['posted', 'cleared'], index);
    if (claim.objection !== null) throw wrong('somebody objects already', index);
    if (occurred > claim.until) throw wrong(`it comes after the last day for objections, ${claim.until}`, index);
    claim.objection = objection;
    if (claim.state === 'posted') claim.state = 'objected';
  };

  const answer = ({ claim: name = '', objection, outcome }: Leaf, index: number) => {
    const claim = known(name, index);
    if (claim.objection === null || claim.objection !== objection) throw wrong('it answers no open objection', index);
    claim.objection = null;
    if (outcome === 'upheld') claim.state = 'ended';
    else if (claim.state === 'objected') claim.state = 'posted';
  };

  const end = ({ type, claim: name = '' }: Leaf, index: number) => {
    const claim = known(name, index);
    demand(claim, type === 'claim.return' ? ['open', 'agreed'] : ['open', 'agreed', 'returned'], index);
    if (claim.pending) throw wrong('its points still stand in publicity', index);
    claim.state = type === 'claim.return' ? 'returned' : 'ended';
  };

  /** Points in publicity are taken back only together with the word that ends the claim. */
  const reverse = ({ of, reverses = -1 }: Leaf, index: number) => {
    const name = byEntry.get(reverses);
    if (name === undefined || of !== 'points.pend') return;
    const claim = known(name, index);
    demand(claim, ['agreed', 'objected'], index);
    claim.pending = null;
    takenBack = { claim: name, index };
  };

  const changeRate = ({ was = 0, rate = 0 }: Leaf, index: number) => {
    fenPerPoint = rate;
    const due = new Set([...claims].flatMap(([name, { pending }]) => (pending ? [name] : [])));
    change = { index, conversion: { was, rate }, due };
  };

  const convert = ({ claim: name = '', was, rate }: Leaf, index: number) => {
    const claim = known(name, index);
    const { conversion, due } = change;
    if (was !== conversion.was || rate !== conversion.rate)
      throw wrong('it converts a line, but no rate changed', index);
    if (claim.pending) {
      if (!due.delete(name)) throw wrong('it converts a line a second time', index);
      claim.pending.delta = convertUp(claim.pending.delta, conversion);
    } else if (!['posted', 'objected'].includes(claim.state) && !(claim.state === 'open' && claim.passed >= 2)) {
      throw wrong('it converts a line that is not in publicity', index);
    }
    claim.conversions.push(conversion);
  };

  /** As much as it has become since a point is worth something else: out of publicity, or from the household. */
  const settle = ({ claim: name = '', acct, delta = 0 }: Leaf, index: number) => {
    const claim = known(name, index);
    const { pending, award, conversions } = claim;
    takenBack = { claim: name, index };
    if (pending) {
      demand(claim, ['agreed', 'objected'], index);
      if (conversions.length === 0) throw wrong('its points are those that came into publicity', index);
      if (pending.acct !== acct || pending.delta !== -delta) throw wrong('it takes other points than wait', index);
      claim.pending = null;
      return;
    }
    demand(claim, ['cleared'], index);
    if (!award || claim.objection === null || award.index > change.index) throw wrong('it settles no award', index);
    const most = convertUp(Math.abs(award.delta), { was: award.fenPerPoint, rate: fenPerPoint });
    if (claim.acct !== acct || delta !== -Math.sign(award.delta) * most) {
      throw wrong(`it moves ${delta} where ${most} were given or taken`, index);
    }
    claim.award = null;
  };

  const checkOrder = ({ type, claim }: Leaf, index: number) => {
    const isConverting = type === 'points.convert' || type === 'claim.convert' || type === 'goods.price';
    if (change.due.size > 0 && !isConverting) {
      throw wrong(`it stands where ${change.due.size} lines in publicity should be converted`, index);
    }
    if (underway && !(type === 'points.award' && claim === underway.claim)) {
      throw wrong('its points left publicity and reached nobody', underway.index);
    }
    const taken = takenBack;
    takenBack = null;
    const isWord = type === 'claim.return' || type === 'claim.withdraw' || type === 'objection.answer';
    if (taken && !(isWord && claim === taken.claim)) {
      throw wrong('it takes points out of publicity without a word', taken.index);
    }
  };

  const pass = ({ claim }: Leaf, index: number) => {
    const passed = known(claim ?? '', index);
    demand(passed, ['open'], index);
    passed.passed += 1;
  };

  const give = (leaf: Leaf, index: number) => {
    if (leaf.claim !== undefined) award(leaf, index);
    else if (leaf.earned !== undefined) throw wrong('it was earned on another day without having waited', index);
  };

  const handlers: Partial<Record<LeafType, (leaf: Leaf, index: number) => void>> = {
    'claim.submit': submit,
    'claim.pass': pass,
    'claim.return': end,
    'claim.withdraw': end,
    'claim.post': post,
    'points.pend': pend,
    'points.clear': clear,
    'points.reverse': reverse,
    'points.award': give,
    'points.deduct': give,
    'objection.file': object,
    'objection.answer': answer,
    'village.open': ({ rate = 0 }) => {
      fenPerPoint = rate;
    },
    'rate.change': changeRate,
    'claim.convert': convert,
    'points.settle': settle,
  };

  return {
    enter: (leaf, index) => {
      checkOrder(leaf, index);
      const { type, acct, delta } = leaf;
      if (acct !== undefined && delta !== undefined && pendingAccounts.has(acct) && !PENDING_ALONE.has(type)) {
        throw wrong(`it moves points of account ${acct}, which are in publicity`, index);
      }
      handlers[type]?.(leaf, index);
    },
    inPublicity: () => [...claims.values()].flatMap(({ pending }) => (pending ? [pending] : [])),
    conversionsOf: ({ claim = '' }) => claims.get(claim)?.conversions ?? [],
  };
}
