/**
 * The balances, stock and caps of one village while its history is planned, so that no planned act asks for points or goods
 * that are not there. The ledger decides again when the act is carried out.
 */
import { periodBounds } from '../claims/index.ts';
import { monthOf } from '../platform/clock.ts';
import { cardNumbers, type VillagePlan } from './plan-county.ts';
import type { HistoryBasis, PlanGoods, PlannedAct, PlannedRecord, PlannedRule, PlanRule } from './planned-act.ts';
import type { Random } from './random.ts';
import { instantAt } from './village-time.ts';

export interface BookHousehold {
  card: string;
  group: string;
  /** From 0, never seen, to 1, always there. */
  diligence: number;
  isOpen: boolean;
  balanceCentipoints: number;
  /** How often, and how much, by rule and period and in a month. */
  counts: Map<string, number>;
}

/** What ordinary acts may earn in a month; honours do not count. */
const MOST_EARNED_IN_A_MONTH = 2_000;
const HONOURS = new Set(['HON', 'EDU', 'MIL']);

export class VillageBook {
  readonly households: BookHousehold[];
  readonly onShelf = new Map<string, number>();
  readonly acts: PlannedAct[] = [];
  readonly random: Random;
  readonly now: Date;
  readonly #rules: ReadonlyMap<string, PlanRule>;
  readonly #changes: PlannedRule[] = [];
  readonly goods: ReadonlyMap<string, PlanGoods>;
  #writtenAt = 0;

  constructor(village: VillagePlan, { rules, goods, now }: HistoryBasis, random: Random) {
    this.random = random;
    this.now = now;
    this.#rules = new Map(rules.map((rule) => [rule.code, rule]));
    this.goods = new Map(goods.map((item) => [item.code, item]));
    const numbers = cardNumbers(village);
    this.households = village.groups
      .flatMap(({ name, households }) => households.map(() => name))
      .map((group, index) => ({
        card: numbers[index] ?? '',
        group,
        diligence: random.weighted([
          [0.1, 30],
          [0.5, 35],
          [0.7, 20],
          [1, 15],
        ]),
        isOpen: false,
        balanceCentipoints: 0,
        counts: new Map(),
      }));
  }

  /** Writes an act down at this time, or as soon after the one before as a hand can; null when that is still to come. */
  write(day: string, minute: number, record: PlannedRecord): PlannedAct | null {
    const wished = instantAt(day, minute, this.random.whole(0, 59)).getTime();
    const soonest = this.#writtenAt + this.random.whole(25, 140) * 1_000;
    const at = new Date(Math.max(wished, soonest));
    if (at > this.now) return null;
    this.#writtenAt = at.getTime();
    const act = { ...record, key: `demo-${this.acts.length + 1}`, at, today: day };
    this.acts.push(act);
    return act;
  }

  opened(): BookHousehold[] {
    return this.households.filter(({ isOpen }) => isOpen);
  }

  /** As it holds on a day. */
  rule(code: string, day: string): PlanRule {
    const changed = this.#changes.findLast((change) => change.code === code && change.effectiveFrom <= day);
    const rule = changed ?? this.#rules.get(code);
    if (!rule) throw new Error(`the rule table has no ${code}`);
    return rule;
  }

  changeRule(day: string, minute: number, rule: PlannedRule): boolean {
    if (!this.write(day, minute, { kind: 'rule', rule })) return false;
    this.#changes.push(rule);
    return true;
  }

  mayEarn(household: BookHousehold, rule: PlanRule, day: string): boolean {
    const { capMaxCount, capMaxCentipoints, pointsCentipoints } = rule;
    const key = capKey(rule, day);
    const count = (household.counts.get(key) ?? 0) + 1;
    if (capMaxCount !== null && count > capMaxCount) return false;
    if (capMaxCentipoints !== null && count * Math.abs(pointsCentipoints) > Math.abs(capMaxCentipoints)) return false;
    if (pointsCentipoints < 0) return household.balanceCentipoints + pointsCentipoints >= 0;
    const earned = household.counts.get(monthOf(day)) ?? 0;
    return HONOURS.has(rule.category) || earned + pointsCentipoints <= MOST_EARNED_IN_A_MONTH;
  }

  award(
    day: string,
    minute: number,
    draft: { rule: string; occurredOn: string; households: BookHousehold[]; note?: string },
  ) {
    const { households, ...award } = draft;
    const rule = this.rule(draft.rule, draft.occurredOn);
    const able = households.filter((household) => this.mayEarn(household, rule, draft.occurredOn));
    if (able.length === 0) return null;
    const cards = able.map(({ card }) => card);
    const act = this.write(day, minute, { kind: 'award', ...award, cards });
    if (act) for (const household of able) this.#earn(household, rule, draft.occurredOn, 1);
    return act && { act, households: able };
  }

  /** The whole award, or the line of one household. */
  takeBack(
    day: string,
    minute: number,
    { act, households }: { act: PlannedAct; households: BookHousehold[] },
    reason: string,
    line?: number,
  ): PlannedAct | null {
    if (act.kind !== 'award') return null;
    const reversal = this.write(day, minute, { kind: 'reversal', of: act.key, line, reason });
    const corrected = households.filter((_, index) => line === undefined || line === index);
    const rule = this.rule(act.rule, act.occurredOn);
    if (reversal) for (const household of corrected) this.#earn(household, rule, act.occurredOn, -1);
    return reversal;
  }

  #earn(household: BookHousehold, rule: PlanRule, day: string, times: 1 | -1): void {
    household.balanceCentipoints += times * rule.pointsCentipoints;
    count(household.counts, capKey(rule, day), times);
    if (rule.pointsCentipoints > 0 && !HONOURS.has(rule.category)) {
      count(household.counts, monthOf(day), times * rule.pointsCentipoints);
    }
  }
}

export function count(counts: Map<string, number>, key: string, more: number): void {
  counts.set(key, (counts.get(key) ?? 0) + more);
}

function capKey({ code, capPeriod }: PlanRule, day: string): string {
  return `${code} ${capPeriod ?? 'day'} ${periodBounds(capPeriod ?? 'day', day).firstDay}`;
}
