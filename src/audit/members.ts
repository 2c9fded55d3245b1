/**
 * Who belongs to a household, by drawn names alone: nobody is named twice or lives in two households, an award names somebody of its own
 * household, and where a rule's cap is each person's, nobody has more of it in one period, in whichever household, than the cap lets.
 * What waited for the village's word was counted when it was asked for, which no leaf says of a person, so it only uses up room here.
 */
import { Found } from './finding.ts';
import type { CapPeriod, Leaf } from './leaf.ts';

export interface MemberBook {
  enter(leaf: Leaf, index: number): void;
}

interface Version {
  version: number;
  cap: Leaf['cap'];
}

interface Given {
  member: string;
  rule: string;
  day: string;
  points: number;
}

export function openMemberBook(): MemberBook {
  /** Where each lives; null for who has left. */
  const homes = new Map<string, string | null>();
  /** Where each was ever named. */
  const known = new Map<string, Set<string>>();
  const caps = new Map<string, Version[]>();
  const given = new Map<number, Given>();
  const byMember = new Map<string, Set<Given>>();

  const settle = (member: string, acct: string) => {
    homes.set(member, acct);
    known.set(member, (known.get(member) ?? new Set()).add(acct));
  };

  const move = ({ type, acct = '', from, into, members = [] }: Leaf, index: number) => {
    const wrong = (what: string) => new Found('books', what, index);
    if (new Set(members).size < members.length) throw wrong('it names somebody twice');
    if (type === 'household.join') {
      const twice = members.find((member) => homes.has(member));
      if (twice !== undefined) throw wrong(`it names ${twice}, who was named before`);
      for (const member of members) settle(member, acct);
      return;
    }
    const home = type === 'household.split' ? from : acct;
    const stranger = members.find((member) => homes.get(member) !== home);
    if (stranger !== undefined) throw wrong(`${stranger} goes from a household that is not the own`);
    const left = type === 'household.merge' ? [...homes].filter(([, place]) => place === home).length : members.length;
    if (left !== members.length) throw wrong('it leaves somebody behind in a household that is no more');
    for (const member of members) {
      if (type === 'household.leave') homes.set(member, null);
      else settle(member, (type === 'household.merge' ? into : acct) ?? '');
    }
  };

  const give = (leaf: Leaf, index: number) => {
    const { rule = '', version = 0, member, acct = '', delta = 0, occurred, earned = occurred, claim } = leaf;
    const wrong = (what: string) => new Found('books', what, index);
    const cap = caps.get(rule)?.find((one) => one.version === version)?.cap;
    if (member === undefined) {
      if (cap) throw wrong(`it does not say who of the household has it, and rule ${rule} counts for each person`);
      return;
    }
    const isAtHome = claim === undefined ? homes.get(member) === acct : known.get(member)?.has(acct);
    if (!isAtHome) throw wrong(`it names ${member}, who is not of this household`);
    const one = { member, rule, day: earned, points: Math.abs(delta) };
    const had = byMember.get(member) ?? new Set<Given>();
    if (cap && claim === undefined) {
      const period = periodOf(cap.period, earned);
      const same = [...had].filter((other) => other.rule === rule && periodOf(cap.period, other.day) === period);
      const points = same.reduce((sum, other) => sum + other.points, one.points);
      if (same.length >= (cap.count ?? Infinity) || points > (cap.points ?? Infinity)) {
        throw wrong(`it gives ${member} more of rule ${rule} than one person can have in a ${cap.period}`);
      }
    }
    byMember.set(member, had.add(one));
    given.set(index, one);
  };

  return {
    enter: (leaf, index) => {
      // Most entries are about no member.
      const type: string = leaf.type;
      switch (type) {
        case 'household.join':
        case 'household.split':
        case 'household.merge':
        case 'household.leave':
          move(leaf, index);
          return;
        case 'household.correct': {
          const { member = '', acct } = leaf;
          if (homes.get(member) !== acct)
            throw new Found('books', `it names ${member}, who is not of this household`, index);
          return;
        }
        case 'rule.change': {
          const { rule = '', version = 0, cap } = leaf;
          caps.set(rule, [...(caps.get(rule) ?? []), { version, cap }]);
          return;
        }
        case 'points.award':
        case 'points.deduct':
          give(leaf, index);
          return;
        case 'points.reverse': {
          const back = given.get(leaf.reverses ?? -1);
          if (back) byMember.get(back.member)?.delete(back);
          return;
        }
        default:
      }
    },
  };
}

/** A name for the period that a day lies in. Weeks begin on Monday; an occasion is a day. */
function periodOf(period: CapPeriod, day: string): string {
  switch (period) {
    case 'day':
    case 'occasion':
      return day;
    case 'week': {
      const at = new Date(`${day}T00:00:00Z`);
      at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
      return at.toISOString().slice(0, 10);
    }
    case 'month':
      return day.slice(0, 7);
    case 'quarter':
      return `${day.slice(0, 4)} ${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
    case 'year':
      return day.slice(0, 4);
  }
}
