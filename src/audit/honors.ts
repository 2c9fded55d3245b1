/**
 * 荣誉: kept from the entries alone. Only who was named and agreed to in a round is honoured, once; and honour points stand on accounts
 * of their own, from which nothing else ever takes or gives.
 */
import { Found } from './finding.ts';
import type { Leaf } from './leaf.ts';

export interface HonorBook {
  enter(leaf: Leaf, index: number): void;
}

interface Round {
  state: 'nominating' | 'reviewing' | 'closed';
  points: number;
  agreed: number;
  honored: number;
}

interface Nominee {
  round: number;
  acct: string;
  state: 'named' | 'agreed' | 'refused' | 'honored';
}

export function openHonorBook(): HonorBook {
  const rounds = new Map<number, Round>();
  const nominees = new Map<number, Nominee>();
  /** Honour accounts with the household's own account. */
  const owners = new Map<string, string>();
  const others = new Set<string>();

  const wrong = (what: string, index: number) => new Found('books', what, index);

  const roundIn = (number: number | undefined, state: Round['state'], index: number): Round => {
    const round = rounds.get(number ?? -1);
    if (round?.state !== state) throw wrong(`it is about round ${number}, which is not ${state}`, index);
    return round;
  };

  const nomineeIn = ({ nominee = -1, round }: Leaf, state: Nominee['state'], index: number): Nominee => {
    const named = nominees.get(nominee);
    if (named?.state !== state || named.round !== round)
      throw wrong(`number ${nominee} is not ${state} in that round`, index);
    return named;
  };

  const award = (leaf: Leaf, index: number) => {
    const { acct = '', delta, round } = leaf;
    const { points } = roundIn(round, 'reviewing', index);
    const nominee = nomineeIn(leaf, 'agreed', index);
    if (delta !== points) throw wrong(`it gives ${delta}, but the round is for ${points}`, index);
    const owner = owners.get(acct) ?? nominee.acct;
    if (owner !== nominee.acct || others.has(acct))
      throw wrong('its honour points stand on an account of another use', index);
    owners.set(acct, owner);
    nominee.state = 'honored';
    const held = rounds.get(round ?? -1);
    if (held) held.honored += 1;
  };

  const close = ({ round: number, stage, winners = 0 }: Leaf, index: number) => {
    if (stage === 'nominations') {
      roundIn(number, 'nominating', index).state = 'reviewing';
      return;
    }
    const round = roundIn(number, 'reviewing', index);
    if (round.honored !== winners || round.agreed !== winners) {
      throw wrong(
        `it tells of ${winners} honoured, but ${round.agreed} were agreed to and ${round.honored} honoured`,
        index,
      );
    }
    round.state = 'closed';
  };

  return {
    enter: (leaf, index) => {
      const { type, acct, delta } = leaf;
      if (acct !== undefined && delta !== undefined && type !== 'honor.award') {
        if (owners.has(acct)) throw wrong(`it moves honour points of account ${acct}`, index);
        others.add(acct);
      }
      switch (type) {
        case 'honor.open':
          rounds.set(index, { state: 'nominating', points: leaf.points ?? 0, agreed: 0, honored: 0 });
          return;
        case 'honor.nominate':
          roundIn(leaf.round, 'nominating', index);
          nominees.set(index, { round: leaf.round ?? -1, acct: acct ?? '', state: 'named' });
          return;
        case 'honor.review': {
          const round = roundIn(leaf.round, 'reviewing', index);
          const isAgreed = leaf.outcome === 'agreed';
          nomineeIn(leaf, 'named', index).state = isAgreed ? 'agreed' : 'refused';
          if (isAgreed) round.agreed += 1;
          return;
        }
        case 'honor.award':
          return award(leaf, index);
        case 'honor.close':
          return close(leaf, index);
        default:
          return;
      }
    },
  };
}
