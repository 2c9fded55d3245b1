/** A village's households in a few lines: what should happen to them, without a database. */
import type { HouseholdChange } from '../../src/cards/index.ts';

export interface ModelHousehold {
  number: string;
  balance: number;
  status: 'active' | 'frozen' | 'closed';
  members: number;
  isRecalled: boolean;
  isVacated: boolean;
}

/** Why a household can neither earn nor spend; null when it can. */
function unusable({ status, isRecalled, isVacated }: ModelHousehold): string | null {
  if (status === 'closed') return 'card_closed';
  if (isRecalled) return 'card_recalled';
  if (isVacated) return 'household_vacated';
  return status === 'frozen' ? 'card_frozen' : null;
}

/** The refusal that must come, or null after the households were changed as the act will change them. */
export function changeModel(
  change: HouseholdChange,
  one: ModelHousehold,
  into: ModelHousehold | undefined,
  newNumber: string,
): { refused: string } | { made: ModelHousehold[] } {
  if (one.status === 'closed') return { refused: 'card_closed' };
  switch (change.kind) {
    case 'freezing':
      if (one.isRecalled) return { refused: 'card_recalled' };
      if (one.status === 'frozen') return { refused: 'card_frozen' };
      one.status = 'frozen';
      return { made: [] };
    case 'unfreezing':
      if (one.isVacated) return { refused: 'household_vacated' };
      if (one.isRecalled) return { refused: 'card_recalled' };
      if (one.status === 'active') return { refused: 'card_not_frozen' };
      one.status = 'active';
      return { made: [] };
    case 'recall':
      if (one.isRecalled) return { refused: 'card_recalled' };
      Object.assign(one, { status: 'frozen', isRecalled: true });
      return { made: [] };
    case 'replacement':
      if (one.isVacated) return { refused: 'household_vacated' };
      Object.assign(one, { number: newNumber, status: one.isRecalled ? 'active' : one.status, isRecalled: false });
      return { made: [] };
    case 'split': {
      const refused = unusable(one);
      if (refused !== null) return { refused };
      if (change.memberCount >= one.members) return { refused: 'too_many_members' };
      if (change.centipoints > Math.max(one.balance, 0)) return { refused: 'too_many_points' };
      one.members -= change.memberCount;
      one.balance -= change.centipoints;
      const made = { status: 'active', isRecalled: false, isVacated: false } as const;
      return {
        made: [{ ...made, number: newNumber, balance: change.centipoints, members: change.memberCount }],
      };
    }
    case 'merger': {
      if (one.status === 'frozen' && !one.isVacated) return { refused: unusable(one) ?? '' };
      if (!into) return { refused: 'unknown_card' };
      if (into === one) return { refused: 'same_household' };
      const refused = unusable(into);
      if (refused !== null) return { refused };
      into.balance += one.balance;
      into.members += one.members;
      Object.assign(one, { balance: 0, members: 0, status: 'closed', isRecalled: true });
      return { made: [] };
    }
    case 'departure':
      if (one.isVacated) return { refused: 'household_vacated' };
      if (change.leaving > one.members) return { refused: 'too_many_members' };
      one.members -= change.leaving;
      if (one.members === 0) {
        const isEmpty = one.balance === 0;
        Object.assign(one, { isVacated: true, status: isEmpty ? 'closed' : 'frozen' });
        if (isEmpty) one.isRecalled = true;
      }
      return { made: [] };
    case 'naming':
    case 'arrival':
      if (one.isVacated) return { refused: 'household_vacated' };
      if (change.kind === 'arrival') one.members += change.names.length;
      return { made: [] };
    case 'correction':
      return { made: [] };
    case 'settlement':
      return { refused: one.isVacated ? 'vacancy_not_over' : 'household_not_vacated' };
  }
}

/** What moved on a card: of the sum it matters what a deduction took and what was spent. */
export interface Move<Effect> {
  amount: number;
  /** What it lacks, later earnings settle. */
  mayWait: boolean;
  of: Effect | null;
}

/** What would have been spent without having been there, had this never been. */
export function overspentWithout<Effect>(moves: readonly Move<Effect>[], without: Effect): number {
  let there = 0;
  const owed: { left: number; mayWait: boolean }[] = [];
  for (const { amount, mayWait, of } of moves) {
    if (of === without) continue;
    if (amount > 0) there += amount;
    else owed.push({ left: -amount, mayWait });
    for (const taking of owed) {
      const taken = Math.min(taking.left, there);
      taking.left -= taken;
      there -= taken;
    }
  }
  return owed.reduce((sum, { left, mayWait }) => sum + (mayWait ? 0 : left), 0);
}
