/**
 * 扣分: how much of a deduction is taken where the card holds less. A village that said how far a household may stay behind lets the
 * balance fall below nothing as far as that, and what a household earns later settles it; what lies beyond is taken from nobody. Nought
 * means that what is there is taken and no more. A village that said nothing refuses what is larger than the balance.
 */
export type Taking =
  | 'insufficient_points'
  /** As far behind already as the village lets a household be. */
  | 'nothing_left'
  | {
      /** Negative, as it is posted. */
      amountCentipoints: number;
      /** What is taken from nobody. */
      beyondCentipoints: number;
      leftCentipoints: number;
    };

export function decideTaking(
  amountCentipoints: number,
  balanceCentipoints: number,
  unsettledMostCentipoints: number | null,
): Taking {
  const left = balanceCentipoints + amountCentipoints;
  if (amountCentipoints >= 0 || left >= 0) {
    return { amountCentipoints, beyondCentipoints: 0, leftCentipoints: left };
  }
  if (unsettledMostCentipoints === null) return 'insufficient_points';
  const taken = Math.min(-amountCentipoints, balanceCentipoints + unsettledMostCentipoints);
  if (taken <= 0) return 'nothing_left';
  return {
    amountCentipoints: -taken,
    beyondCentipoints: -amountCentipoints - taken,
    leftCentipoints: balanceCentipoints - taken,
  };
}

/** Why nothing is taken, with whose card it is and what stands on it. */
export type TakingRefusal =
  | { refused: 'insufficient_points'; number: string; balanceCentipoints: number; missingCentipoints: number }
  /** The household is as far behind already as the village lets one be. */
  | { refused: 'deduction_floor_reached'; number: string; name: string; unsettledCentipoints: number };

export function refuseTaking(
  taking: Extract<Taking, string>,
  account: { number: string; name: string; balanceCentipoints: number; amountCentipoints: number },
): TakingRefusal {
  const { number, name, balanceCentipoints, amountCentipoints } = account;
  if (taking === 'nothing_left') {
    return { refused: 'deduction_floor_reached', number, name, unsettledCentipoints: -balanceCentipoints };
  }
  const missingCentipoints = -(balanceCentipoints + amountCentipoints);
  return { refused: taking, number, balanceCentipoints, missingCentipoints };
}

/** Of an entry that takes points: below nothing it holds only while nothing else moves the account. */
export function takingTerms({ leftCentipoints, beyondCentipoints }: Exclude<Taking, string>, lastN: number) {
  return leftCentipoints < 0 || beyondCentipoints > 0
    ? { expectedN: lastN, leastCentipoints: Math.min(leftCentipoints, 0) }
    : {};
}
