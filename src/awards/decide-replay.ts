/**
 * 试算: the acts of a past period once more, in the order in which they were recorded, with other rules or limits, by the same
 * decision that awards. Acts outside the period stay as they are and use up room as they did; a reversal gives its room back when
 * it was recorded. With nothing changed the result is the ledger.
 */

import {
  type CappedRule,
  type CapUsage,
  decideCapped,
  type Limits,
  severalTimes,
  UNUSED,
} from '../claims/decide-caps.ts';
import type { CapPer, CapPeriod } from '../rules/index.ts';

/** What counts for a rule: as its version said, or as it is tried. */
export interface ReplayTerms extends Omit<CappedRule, 'isOutsideLimits'> {
  capPeriod: CapPeriod | null;
  capPer: CapPer;
}

export interface ReplayedAct extends CappedRule {
  seq: number;
  accountId: number;
  occurredOn: string;
  rule: string;
  capPeriod: CapPeriod | null;
  capPer: CapPer;
  /** Whom of the household it was about, by the drawn name; null where nobody was named. */
  member: string | null;
  /** For how many of the rule's units; its points are those of one. */
  times: number;
  /** What was recorded. */
  amountCentipoints: number;
  /** Of a deduction that took as much as there was to take: what it left. */
  beyondCentipoints: number;
  /** Number of the act that took it back; null where none did. */
  reversedBySeq: number | null;
}

export interface ReplayBasis {
  /** Every act that shares a month, a year or a cap's period with the replayed ones, in the order of their numbers. */
  acts: readonly ReplayedAct[];
  firstDay: string;
  lastDay: string;
  /** `null` ends a rule; rules that are not in it stay as they were. */
  changes: ReadonlyMap<string, ReplayTerms | null>;
  limits: Limits;
  /** First and last day of the period that a day lies in: the calendar comes from outside. */
  periodBounds: (period: CapPeriod, day: string) => { firstDay: string; lastDay: string };
}

export interface Compared {
  beforeCentipoints: number;
  afterCentipoints: number;
}

export interface Replay {
  total: Compared & { acts: number };
  /** By code, in the order of the codes. */
  rules: (Compared & { rule: string; acts: number })[];
  /** The households that lose most come first. */
  households: (Compared & { accountId: number })[];
}

interface Standing {
  seq: number;
  member: string | null;
  rule: string;
  day: string;
  month: string;
  year: string;
  amount: number;
  isLimited: boolean;
}

export function decideReplay(basis: ReplayBasis): Replay {
  const { acts, firstDay, lastDay, changes } = basis;
  const accounts = new Map<number, Standing[]>();
  // What a person has counts on in another household.
  const persons = new Map<string, Standing[]>();
  const rules = new Map<string, Compared & { acts: number }>();
  const households = new Map<number, Compared>();
  const isWithin = ({ occurredOn }: ReplayedAct) => occurredOn >= firstDay && occurredOn <= lastDay;

  for (const { act, isReversal } of inOrder(acts)) {
    const had = accounts.get(act.accountId) ?? [];
    accounts.set(act.accountId, had);
    const ofPerson = act.member === null ? had : (persons.get(act.member) ?? []);
    if (act.member !== null) persons.set(act.member, ofPerson);
    if (isReversal) {
      for (const list of new Set([had, ofPerson])) {
        const place = list.findIndex(({ seq }) => seq === act.seq);
        if (place !== -1) list.splice(place, 1);
      }
      continue;
    }
    const amount = isWithin(act)
      ? replayed(act, changes.get(act.rule), basis, { had, ofPerson })
      : act.amountCentipoints;
    if (amount !== 0) for (const list of new Set([had, ofPerson])) list.push(standing(act, amount));
    if (!isWithin(act) || act.reversedBySeq !== null) continue;
    const rule = rules.get(act.rule) ?? { beforeCentipoints: 0, afterCentipoints: 0, acts: 0 };
    rules.set(act.rule, { ...plus(rule, act.amountCentipoints, amount), acts: rule.acts + 1 });
    const household = households.get(act.accountId) ?? { beforeCentipoints: 0, afterCentipoints: 0 };
    households.set(act.accountId, plus(household, act.amountCentipoints, amount));
  }
  return summedUp(rules, households);
}

interface Had {
  had: readonly Standing[];
  /** Of the person whom it is about, in whichever household. */
  ofPerson: readonly Standing[];
}

function standing(
  { seq, member, rule, occurredOn: day, pointsCentipoints, isOutsideLimits }: ReplayedAct,
  amount: number,
): Standing {
  const isLimited = pointsCentipoints > 0 && !isOutsideLimits;
  return { seq, member, rule, day, month: day.slice(0, 7), year: day.slice(0, 4), amount, isLimited };
}

/** Each act at its number, its reversal at its own. */
function inOrder(acts: readonly ReplayedAct[]) {
  const events = acts.flatMap((act) => [
    { seq: act.seq, act, isReversal: false },
    ...(act.reversedBySeq === null ? [] : [{ seq: act.reversedBySeq, act, isReversal: true }]),
  ]);
  return events.toSorted((one, other) => one.seq - other.seq);
}

function replayed(
  act: ReplayedAct,
  terms: ReplayTerms | null | undefined,
  { limits, periodBounds }: ReplayBasis,
  { had, ofPerson }: Had,
): number {
  if (terms === null) return 0;
  const rule = severalTimes({ ...act, ...terms }, act.times);
  const capped = periodBounds(rule.capPeriod ?? 'day', act.occurredOn);
  // Where nobody was named, what the household had without a name is one person's.
  const ofRule = rule.capPer === 'person' ? ofPerson.filter(({ member }) => member === act.member) : had;
  const decided = decideCapped(rule, limits, usageOf(act, capped, { had, ofRule }));
  if (typeof decided !== 'number') return 0;
  // There was no more to take then, whatever the rule says now.
  return act.beyondCentipoints > 0 && decided < 0 ? Math.max(decided, act.amountCentipoints) : decided;
}

function usageOf(
  { rule, occurredOn: day }: ReplayedAct,
  capped: { firstDay: string; lastDay: string },
  { had, ofRule }: { had: readonly Standing[]; ofRule: readonly Standing[] },
): CapUsage {
  const used = { ...UNUSED };
  const [month, year] = [day.slice(0, 7), day.slice(0, 4)];
  for (const other of ofRule) {
    if (other.rule !== rule || other.day < capped.firstDay || other.day > capped.lastDay) continue;
    used.ruleCount += 1;
    used.ruleCentipoints += Math.abs(other.amount);
  }
  for (const other of had) {
    if (!other.isLimited || other.year !== year) continue;
    used.yearCentipoints += other.amount;
    if (other.month === month) used.monthCentipoints += other.amount;
  }
  return used;
}

function plus<Sums extends Compared>(sums: Sums, before: number, after: number): Sums {
  return {
    ...sums,
    beforeCentipoints: sums.beforeCentipoints + before,
    afterCentipoints: sums.afterCentipoints + after,
  };
}

function summedUp(rules: ReadonlyMap<string, Compared & { acts: number }>, households: ReadonlyMap<number, Compared>) {
  const byRule = [...rules].map(([rule, sums]) => ({ rule, ...sums }));
  const byHousehold = [...households].map(([accountId, sums]) => ({ accountId, ...sums }));
  const sum = (figure: (one: Compared & { acts: number }) => number) =>
    byRule.reduce((total, one) => total + figure(one), 0);
  return {
    total: {
      acts: sum(({ acts }) => acts),
      beforeCentipoints: sum(({ beforeCentipoints }) => beforeCentipoints),
      afterCentipoints: sum(({ afterCentipoints }) => afterCentipoints),
    },
    rules: byRule.toSorted((one, other) => (one.rule < other.rule ? -1 : 1)),
    households: byHousehold.toSorted(
      (one, other) => difference(one) - difference(other) || one.accountId - other.accountId,
    ),
  };
}

export function difference({ beforeCentipoints, afterCentipoints }: Compared): number {
  return afterCentipoints - beforeCentipoints;
}
