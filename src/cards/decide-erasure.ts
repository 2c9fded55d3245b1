import { ERASED_NAME } from '../platform/i18n/erased-name.ts';

export type ErasureRefusal =
  | { refused: 'unknown_card'; number: string }
  | { refused: 'already_erased' }
  /** Points or an open card: the household must be closed first. */
  | { refused: 'household_not_closed'; balanceCentipoints: number };

export interface ErasureBasis {
  headName: string;
  status: string;
  balanceCentipoints: number;
}

/** Only who has no points and no open card can be forgotten; until then the record must say whose points they are. */
export function decideErasure(number: string, household: ErasureBasis | null): ErasureRefusal | null {
  if (!household) return { refused: 'unknown_card', number };
  const { headName, status, balanceCentipoints } = household;
  if (headName === ERASED_NAME) return { refused: 'already_erased' };
  const isClosed = status === 'closed' || status === 'registered';
  return isClosed && balanceCentipoints === 0 ? null : { refused: 'household_not_closed', balanceCentipoints };
}
