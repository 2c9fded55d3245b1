/**
 * 公示期: how long a line is posted, and until when somebody may object. A day counts when it is posted from morning to night, so the
 * day of posting is none of them: posted on the 1st for three days, points are spendable on the 5th.
 */
import { addDays } from '../platform/clock.ts';

export interface PublicityTerms {
  publicityDays: number;
  /** For lines of at most so many points whose rule needs no publicity of its own. */
  shortPublicityDays: number;
  shortMostCentipoints: number;
  /** How many days after its points became spendable a line may still be objected to. */
  objectionDaysAfter: number;
}

export interface PostedLine {
  amountCentipoints: number;
  /** The rule's own path names publicity. */
  needsPublicity: boolean;
}

export interface Publicity {
  /** The first day on which its points can be spent. */
  clearsOn: string;
  /** The last day for an objection. */
  objectableUntil: string;
}

export function decidePublicity(
  { amountCentipoints, needsPublicity }: PostedLine,
  terms: PublicityTerms,
  postedOn: string,
): Publicity {
  const isShort = !needsPublicity && Math.abs(amountCentipoints) <= terms.shortMostCentipoints;
  const days = isShort ? terms.shortPublicityDays : terms.publicityDays;
  return {
    clearsOn: addDays(postedOn, days + 1),
    objectableUntil: addDays(postedOn, days + terms.objectionDaysAfter),
  };
}
