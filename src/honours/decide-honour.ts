/**
 * 评先. A round is opened for one honour, with the rule that gives its points and the last day for nominations. Until that day cadres
 * nominate households, each once. From that day on the village decides: the result names whom it honours, one or more of those who
 * were nominated, and the round is decided; or nobody deserves it, and the round is abandoned with the reason. Both are the end of a
 * round. Of a decided round each honour can be withdrawn once, which takes its honour points back; the round stays decided.
 *
 * Who decides neither nominated any of those who are honoured, nor hands out the goods, nor belongs to one of their households or
 * their kin; the same holds for a withdrawal, except that whoever nominated may take part in it.
 */
import { decideSeparation, type SeparationRefusal, type Waivable } from '../claims/decide-separation.ts';

export const ROUND_STATES = ['open', 'decided', 'abandoned'] as const;

export type RoundState = (typeof ROUND_STATES)[number];

export const ROUND_EVENTS = ['nominate', 'decide', 'abandon', 'withdraw'] as const;

export type RoundEvent = (typeof ROUND_EVENTS)[number];

const NEXT: Readonly<Record<RoundState, Readonly<Partial<Record<RoundEvent, RoundState>>>>> = {
  open: { nominate: 'open', decide: 'decided', abandon: 'abandoned' },
  decided: { withdraw: 'decided' },
  abandoned: {},
};

/** Null where the event cannot happen. */
export function nextRoundState(state: RoundState, event: RoundEvent): RoundState | null {
  return NEXT[state][event] ?? null;
}

export type OpeningRefusal = { refused: 'honour_day_past'; day: string } | { refused: 'not_an_honour_rule' };

export function refuseOpening(
  { closes }: { closes: string },
  { today, isHonourRule }: { today: string; isHonourRule: boolean },
): OpeningRefusal | null {
  if (closes < today) return { refused: 'honour_day_past', day: closes };
  return isHonourRule ? null : { refused: 'not_an_honour_rule' };
}

/** In order of precedence. */
export type RoundRefusal = { refused: 'unknown_round' } | { refused: 'round_ended'; state: RoundState };

export interface KnownRound {
  state: RoundState;
  closes: string;
}

function refuseRound(round: KnownRound | null, event: RoundEvent): RoundRefusal | null {
  if (!round) return { refused: 'unknown_round' };
  return nextRoundState(round.state, event) === null ? { refused: 'round_ended', state: round.state } : null;
}

export type NominationRefusal =
  | RoundRefusal
  | { refused: 'nominations_over'; day: string }
  | { refused: 'unknown_card'; number: string }
  | { refused: 'honour_needs_open_card'; name: string }
  | { refused: 'nominated_already'; name: string }
  | { refused: 'honour_names_a_person' };

export interface NominationBasis {
  today: string;
  round: (KnownRound & { isOfPerson: boolean }) | null;
  card: { headName: string; isActive: boolean; isNominated: boolean } | null;
}

export function refuseNomination(
  { number, member }: { number: string; member: string },
  { today, round, card }: NominationBasis,
): NominationRefusal | null {
  const refusal = refuseRound(round, 'nominate');
  if (refusal || !round) return refusal;
  if (today > round.closes) return { refused: 'nominations_over', day: round.closes };
  if (!card) return { refused: 'unknown_card', number };
  if (!card.isActive) return { refused: 'honour_needs_open_card', name: card.headName };
  if (card.isNominated) return { refused: 'nominated_already', name: card.headName };
  return round.isOfPerson && member === '' ? { refused: 'honour_names_a_person' } : null;
}

/** Who decides, and what each household is to that person. */
export interface DecidingPerson {
  personId: number;
  mayHandOut: boolean;
  waived: ReadonlySet<Waivable>;
}

export interface NamedHousehold {
  name: string;
  nominatedBy: number | null;
  relation: 'own' | 'relative' | null;
}

export type SeparatedRefusal = { refused: SeparationRefusal; name: string };

export type ResultRefusal =
  | RoundRefusal
  | { refused: 'nominations_go_on'; day: string }
  | { refused: 'nobody_honoured' }
  | { refused: 'unknown_nomination' }
  | SeparatedRefusal;

export interface ResultBasis {
  today: string;
  round: KnownRound | null;
  /** Those who are to be honoured; null where nobody was nominated by that number. */
  chosen: readonly (NamedHousehold | null)[];
  actor: DecidingPerson;
}

export function refuseResult({ today, round, chosen, actor }: ResultBasis): ResultRefusal | null {
  const refusal = refuseRound(round, 'decide');
  if (refusal || !round) return refusal;
  if (today < round.closes) return { refused: 'nominations_go_on', day: round.closes };
  if (chosen.length === 0) return { refused: 'nobody_honoured' };
  for (const household of chosen) {
    if (!household) return { refused: 'unknown_nomination' };
    const separated = separate(household, actor);
    if (separated) return separated;
  }
  return null;
}

export function refuseEnding(round: KnownRound | null): RoundRefusal | null {
  return refuseRound(round, 'abandon');
}

export type WithdrawalRefusal =
  | { refused: 'unknown_honour' }
  | { refused: 'honour_withdrawn_already'; name: string }
  | SeparatedRefusal;

export function refuseWithdrawal(
  honour: (NamedHousehold & { isWithdrawn: boolean }) | null,
  actor: DecidingPerson,
): WithdrawalRefusal | null {
  if (!honour) return { refused: 'unknown_honour' };
  if (honour.isWithdrawn) return { refused: 'honour_withdrawn_already', name: honour.name };
  return separate({ ...honour, nominatedBy: null }, actor);
}

function separate(
  { name, nominatedBy, relation }: NamedHousehold,
  { personId, mayHandOut, waived }: DecidingPerson,
): SeparatedRefusal | null {
  const refused = decideSeparation({
    step: 'committee',
    actor: { personId, mayHandOut, relation },
    recordedBy: nominatedBy,
    passedBy: [],
    waived,
  });
  return refused && { refused, name };
}

/** 星级: one star for so many honour points, ten at most. */
export function starsOf(honourCentipoints: number, centipointsAStar: number): number {
  return Math.max(0, Math.min(MOST_STARS, Math.floor(honourCentipoints / centipointsAStar)));
}

const MOST_STARS = 10;
