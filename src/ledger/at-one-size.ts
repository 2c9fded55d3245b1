import { logSize } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** After so many rounds a refusal counts as it is. */
const MOST_ROUNDS = 10;

/**
 * Decides on the record at one size, for a decision that reads in several steps: where it refuses and the record went on meanwhile, the
 * reason may be half of an older and half of a newer state, so it is decided again. What it does not refuse is posted at that size or
 * not at all.
 */
export async function atOneSize<Decided extends object>(
  sql: Reader,
  villageId: number,
  decide: (expectedSize: number) => Promise<Decided>,
): Promise<Decided> {
  for (let round = 1; ; round += 1) {
    const expectedSize = await logSize(sql, villageId);
    const decided = await decide(expectedSize);
    if (!('refused' in decided) || round === MOST_ROUNDS) return decided;
    if ((await logSize(sql, villageId)) === expectedSize) return decided;
  }
}
