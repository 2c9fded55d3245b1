import { z } from 'zod';
import type { ProposalState } from './decide-proposal.ts';

/** The last one of a page: those that wait come before those that were decided. */
export interface ProposalPlace {
  isOpen: boolean;
  proposalId: number;
}

/** `w12` behind number 12, which waits; `12` behind number 12, which was decided. */
export const proposalPlace = z
  .string()
  .regex(/^w?[1-9]\d{0,8}$/)
  .transform((text): ProposalPlace => ({ isOpen: text.startsWith('w'), proposalId: Number(text.replace('w', '')) }));

export function placeText({ state, proposalId }: { state: ProposalState; proposalId: number }): string {
  return `${state === 'open' ? 'w' : ''}${proposalId}`;
}
