/** 村民申报: what a household may ask for, by its own hand or through somebody it named. */
import type { AccountStatus } from '../ledger/index.ts';
import type { CapPer } from '../rules/index.ts';
import { type CappedRule, type CapUsage, decideCapped, type Limits } from './decide-caps.ts';

/** In order of precedence. */
export type FilingRefusal =
  | { refused: 'date_in_future'; occurredOn: string }
  | { refused: 'claim_too_old'; days: number }
  | { refused: 'unknown_card'; number: string }
  | { refused: 'card_not_open' | 'card_frozen' | 'card_closed'; number: string }
  | { refused: 'unknown_rule'; rule: string }
  | { refused: 'member_missing' | 'unknown_member'; number: string; name: string }
  | { refused: 'person_cap_reached'; number: string; name: string }
  | {
      refused: 'rule_cap_reached' | 'month_limit_reached' | 'year_limit_reached';
      name: string;
      number: string;
      mostCentipoints: number;
    }
  | { refused: 'too_many_claims'; count: number };

export interface FilingQuestion {
  rule: string;
  occurredOn: string;
  number: string;
  /** It says whom of the household it is about: always where the rule's cap is each person's. */
  isNamed: boolean;
}

export interface FilingBasis {
  today: string;
  /** The first day that can still be asked for. */
  firstDay: string;
  mostDays: number;
  card: { status: AccountStatus; headName: string } | null;
  rule: (CappedRule & { capPer: CapPer; isGift: boolean }) | null;
  /** Who was named and lives there; where the cap is each person's, the only one who could be meant. */
  member: { name: string } | null;
  limits: Limits;
  used: CapUsage;
  /** How many of the household's claims wait already. */
  openCount: number;
  mostOpen: number;
}

const NOT_OPEN = { registered: 'card_not_open', frozen: 'card_frozen', closed: 'card_closed' } as const;

/** How many points it would be. */
export function decideFiling(
  { rule, occurredOn, number, isNamed }: FilingQuestion,
  basis: FilingBasis,
): FilingRefusal | { amountCentipoints: number } {
  if (occurredOn > basis.today) return { refused: 'date_in_future', occurredOn };
  if (occurredOn < basis.firstDay) return { refused: 'claim_too_old', days: basis.mostDays };
  if (!basis.card) return { refused: 'unknown_card', number };
  if (basis.card.status !== 'active') return { refused: NOT_OPEN[basis.card.status], number };
  // Nobody asks for a deduction, nor for what others give.
  if (!basis.rule || basis.rule.pointsCentipoints < 0 || basis.rule.isGift) return { refused: 'unknown_rule', rule };
  const { headName: name } = basis.card;
  if (isNamed && !basis.member) return { refused: 'unknown_member', number, name };
  if (basis.rule.capPer === 'person' && !basis.member) return { refused: 'member_missing', number, name };
  if (basis.openCount >= basis.mostOpen) return { refused: 'too_many_claims', count: basis.mostOpen };
  const amountCentipoints = decideCapped(basis.rule, basis.limits, basis.used);
  if (typeof amountCentipoints === 'number') return { amountCentipoints };
  if (amountCentipoints === 'rule_cap_reached' && basis.rule.capPer === 'person' && basis.member) {
    return { refused: 'person_cap_reached', number, name: basis.member.name };
  }
  const most =
    amountCentipoints === 'year_limit_reached' ? basis.limits.yearMaxCentipoints : basis.limits.monthMaxCentipoints;
  return { refused: amountCentipoints, name, number, mostCentipoints: most ?? 0 };
}
