/**
 * 审批回避: who has no say in a line. Whoever recorded it, whoever has agreed to it already, whoever hands out the goods, and whoever
 * it is about: the own household and those of relatives within three degrees. A township may let a tiny village do without some of it.
 */
import type { ClaimStep } from './decide-claim.ts';

/**
 * What a township may waive; that nobody who hands out goods approves is not among it. The last one is about no person: points may be
 * given although the village cannot stand for more (`decideSolvency`).
 */
export const WAIVABLE = ['own_entry', 'second_approver', 'relatives', 'solvency_stop'] as const;

export type Waivable = (typeof WAIVABLE)[number];

export interface SeparationQuestion {
  step: ClaimStep;
  actor: {
    personId: number;
    mayHandOut: boolean;
    /** What the person declared of the household that the line is about. */
    relation: 'own' | 'relative' | null;
  };
  recordedBy: number | null;
  passedBy: readonly number[];
  waived: ReadonlySet<Waivable>;
}

/** In order of precedence. */
export type SeparationRefusal =
  | 'storekeeper_approves'
  | 'own_entry'
  | 'second_approver'
  | 'own_household'
  | 'relatives_household';

export function decideSeparation(question: SeparationQuestion): SeparationRefusal | null {
  const { step, actor, recordedBy, passedBy, waived } = question;
  // Taking up what a household asked for is recording it, which is the work of whoever runs the shop.
  if (step !== 'record' && actor.mayHandOut) return 'storekeeper_approves';
  if (recordedBy === actor.personId && !waived.has('own_entry')) return 'own_entry';
  if (passedBy.includes(actor.personId) && !waived.has('second_approver')) return 'second_approver';
  if (actor.relation === null || waived.has('relatives')) return null;
  return actor.relation === 'own' ? 'own_household' : 'relatives_household';
}
