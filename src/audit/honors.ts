/**
 * 评先 and activities, kept from the entries alone: an honour is given by the result of a round, to somebody who was nominated in it
 * while it was open, for as many honour points as the result says. Honour points stand on accounts of their own, which nothing else
 * touches: they are taken back once, follow a household that joins another one, and never meet those that can be spent. Points that
 * are given because of a round reach those who were honoured, points for an activity no more households than came, nobody twice:
 * where its rule counts for each person, each of a household's people once.
 */
import { Found } from './finding.ts';
import type { Leaf, LeafType } from './leaf.ts';

export interface HonorBook {
  enter(leaf: Leaf, index: number): void;
  /** Of honour points, which are a series with a sum of their own. */
  isHonor(acct: string): boolean;
}

interface Round {
  honor: string;
  rule: string;
  closes: string;
  state: 'open' | 'decided' | 'abandoned';
  /** By entry: whose. */
  nominations: Map<number, string>;
  honoured: Set<string>;
  paid: Set<string>;
  points: number;
}

interface Award {
  /** The honour account on which its points stand now. */
  acct: string;
  delta: number;
  isWithdrawn: boolean;
}

interface Paid {
  paid: Set<string>;
  /** The account; for an activity with whose it is behind a blank: the person's drawn name, nobody's, or the claim that waits. */
  whose: string;
}

const ON_HONOR_ACCOUNTS: ReadonlySet<LeafType> = new Set([
  'honor.award',
  'honor.backfill',
  'honor.withdraw',
  'honor.move',
]);

/** Of how many households; where there are no more lines than may be, it need not be counted. */
function householdsOf(paid: ReadonlySet<string>, most: number): number {
  return paid.size <= most ? paid.size : new Set([...paid].map((whose) => whose.split(' ')[0])).size;
}

export function openHonorBook(): HonorBook {
  const rounds = new Map<number, Round>();
  const awards = new Map<number, Award>();
  /** Whose each honour account is, by the account that was nominated. */
  const owners = new Map<string, string>();
  const balances = new Map<string, number>();
  const others = new Set<string>();
  const activities = new Map<number, { attended: number; paid: Set<string> }>();
  /** Why points came, so that a reversal gives the place free again. */
  const paidBy = new Map<number, Paid>();
  const paidByClaim = new Map<string, Paid>();
  let result: { round: number; left: number; index: number } | null = null;
  let moving: { from: string; delta: number; index: number } | null = null;

  const wrong = (what: string, index: number) => new Found('books', what, index);

  const known = (round: number, index: number): Round => {
    const found = rounds.get(round);
    if (!found) throw wrong(`it is about round ${round}, which nobody opened`, index);
    return found;
  };

  const demandOpen = ({ state }: Round, index: number) => {
    if (state !== 'open') throw wrong(`it is about a round that is ${state}`, index);
  };

  const nominate = ({ round: number = -1, acct = '', occurred }: Leaf, index: number) => {
    const round = known(number, index);
    demandOpen(round, index);
    if (occurred > round.closes) throw wrong(`it nominates after ${round.closes}`, index);
    if ([...round.nominations.values()].includes(acct)) throw wrong('it nominates a household a second time', index);
    round.nominations.set(index, acct);
  };

  const close = (leaf: Leaf, index: number) => {
    const { round: number = -1, outcome, awards: count = 0, points = 0, occurred, honor } = leaf;
    const round = known(number, index);
    demandOpen(round, index);
    if (honor !== round.honor) throw wrong('it is about another honour than its round', index);
    if (outcome === 'abandoned') {
      if (count !== 0 || points !== 0) throw wrong('it ends a round and honours somebody', index);
      round.state = 'abandoned';
      return;
    }
    if (occurred < round.closes) throw wrong(`it decides before the nominations end on ${round.closes}`, index);
    if (count < 1 || count > round.nominations.size || points < 1) {
      throw wrong(`it honours ${count} of ${round.nominations.size} who were nominated`, index);
    }
    round.state = 'decided';
    round.points = points;
    result = { round: number, left: count, index };
  };

  const award = (leaf: Leaf, index: number) => {
    const { round: number = -1, nomination = -1, acct = '', delta = 0, honor } = leaf;
    const round = known(number, index);
    if (result?.round !== number) throw wrong('no result just before it gives this honour', index);
    const owner = round.nominations.get(nomination);
    if (owner === undefined) throw wrong(`it honours by entry ${nomination}, which nominates nobody here`, index);
    if (round.honoured.has(owner)) throw wrong('it honours a household twice in one round', index);
    if (honor !== round.honor || delta !== round.points) throw wrong('it gives another honour than the result', index);
    if (others.has(acct) || (owners.get(acct) || owner) !== owner || acct === owner) {
      throw wrong('its honour points stand on an account of another use', index);
    }
    owners.set(acct, owner);
    round.honoured.add(owner);
    awards.set(index, { acct, delta, isWithdrawn: false });
    result = result.left === 1 ? null : { ...result, left: result.left - 1 };
  };

  /** What was entered too late for points; whose it is shows with the account's first honour of a round. */
  const backfill = ({ acct = '', delta = 0 }: Leaf, index: number) => {
    if (others.has(acct)) throw wrong('its honour points stand on an account of another use', index);
    owners.set(acct, owners.get(acct) ?? '');
    awards.set(index, { acct, delta, isWithdrawn: false });
  };

  const withdraw = ({ award: number = -1, acct, delta }: Leaf, index: number) => {
    const given = awards.get(number);
    if (!given) throw wrong(`it takes back entry ${number}, which gave no honour`, index);
    if (given.isWithdrawn) throw wrong('it takes back an honour a second time', index);
    if (given.acct !== acct || given.delta !== -(delta ?? 0)) throw wrong('it takes back another honour', index);
    given.isWithdrawn = true;
  };

  const move = ({ acct = '', delta = 0 }: Leaf, index: number) => {
    if (moving === null) {
      if (delta !== -(balances.get(acct) ?? 0)) throw wrong('it leaves honour points behind', index);
      moving = { from: acct, delta, index };
      return;
    }
    const { from } = moving;
    if (delta !== -moving.delta || acct === from) throw wrong('other honour points come in than went out', index);
    if (others.has(acct)) throw wrong('its honour points stand on an account of another use', index);
    // Whose it is shows with its first own honour.
    owners.set(acct, owners.get(acct) ?? '');
    for (const given of awards.values()) if (given.acct === from) given.acct = acct;
    moving = null;
  };

  /** What the entry before promised must be here. */
  const checkOrder = ({ type }: Leaf) => {
    if (moving && type !== 'honor.move') throw wrong('its honour points reached nobody', moving.index);
    if (result && type !== 'honor.award') throw wrong(`${result.left} of its honours were not given`, result.index);
  };

  const note = (one: Paid, claim: string | undefined, index: number) => {
    one.paid.add(one.whose);
    if (claim === undefined) paidBy.set(index, one);
    else paidByClaim.set(claim, one);
  };

  const free = (was: Paid | undefined) => {
    was?.paid.delete(was.whose);
  };

  const demandUnpaid = ({ paid, whose }: Paid, index: number) => {
    if (paid.has(whose)) throw wrong('it gives points for an activity twice', index);
  };

  const pay = ({ round, activity, rule, claim, member = '', acct = '' }: Leaf, index: number) => {
    if (round !== undefined) {
      const { honoured, paid, rule: agreed } = known(round, index);
      if (!honoured.has(acct)) throw wrong('it gives points of a round to somebody who was not honoured in it', index);
      if (rule !== undefined && rule !== agreed) throw wrong('it gives them by another rule than the round', index);
      if (paid.has(acct)) throw wrong('it gives points of a round twice', index);
      note({ paid, whose: acct }, claim, index);
    }
    if (activity !== undefined) {
      const held = activities.get(activity);
      if (!held) throw wrong(`it is about activity ${activity}, which nobody recorded`, index);
      // What waits says whose it is when it counts.
      const one = { paid: held.paid, whose: `${acct} ${claim ?? member}` };
      demandUnpaid(one, index);
      note(one, claim, index);
      if (householdsOf(held.paid, held.attended) > held.attended) {
        throw wrong('more households get points for an activity than came', index);
      }
    }
    // What waited counts with the award that comes of it.
    const waited = claim === undefined ? undefined : paidByClaim.get(claim);
    if (!waited || round !== undefined || activity !== undefined) return;
    const isOfActivity = waited.whose.includes(' ');
    const one = isOfActivity ? { paid: waited.paid, whose: `${acct} ${member}` } : waited;
    if (isOfActivity) {
      free(waited);
      demandUnpaid(one, index);
      one.paid.add(one.whose);
      paidByClaim.set(claim ?? '', one);
    }
    paidBy.set(index, one);
  };

  const handlers: Partial<Record<LeafType, (leaf: Leaf, index: number) => void>> = {
    'honor.open': ({ honor = '', rule = '', closes = '', occurred }, index) => {
      if (closes < occurred) throw wrong('its nominations end before they begin', index);
      const nobody = { nominations: new Map(), honoured: new Set<string>(), paid: new Set<string>() };
      rounds.set(index, { honor, rule, closes, state: 'open', points: 0, ...nobody });
    },
    'honor.nominate': nominate,
    'honor.close': close,
    'honor.award': award,
    'honor.backfill': backfill,
    'honor.withdraw': withdraw,
    'honor.move': move,
    activity: ({ attended = 0 }, index) => {
      activities.set(index, { attended, paid: new Set() });
    },
    'activity.member': ({ activity = -1 }, index) => {
      if (!activities.has(activity)) throw wrong(`it names who came to activity ${activity}, which is none`, index);
    },
    'points.award': pay,
    'claim.submit': pay,
    'points.reverse': ({ reverses = -1 }) => free(paidBy.get(reverses)),
    'claim.withdraw': ({ claim = '' }) => free(paidByClaim.get(claim)),
    'objection.answer': ({ claim = '', outcome }) => {
      if (outcome === 'upheld') free(paidByClaim.get(claim));
    },
  };

  return {
    isHonor: (acct) => owners.has(acct),
    enter: (leaf, index) => {
      checkOrder(leaf);
      const { type, acct, delta } = leaf;
      if (acct !== undefined && delta !== undefined) {
        if (ON_HONOR_ACCOUNTS.has(type)) balances.set(acct, balances.get(acct) ?? 0);
        else if (owners.has(acct)) throw wrong(`it moves points of account ${acct}, which holds honours`, index);
        else others.add(acct);
      }
      handlers[type]?.(leaf, index);
      if (acct !== undefined && delta !== undefined && ON_HONOR_ACCOUNTS.has(type)) {
        balances.set(acct, (balances.get(acct) ?? 0) + delta);
      }
    },
  };
}
