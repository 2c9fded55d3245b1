import type { Reader } from '../platform/database/db.ts';
import { type Read, readAlone, toRead } from '../platform/database/read-at-once.ts';
import type { PointsLife } from './decide-lots.ts';

/** What a village sets when its ledger is founded. */
export interface FoundingTerms extends Partial<PointsLife> {
  openingCentipoints: number;
  fenPerPoint: number;
  /** How many months the points of a household wait after its last member has left. */
  vacancyMonths?: number;
}

/** What a point is worth in a village, what a new card starts with, and how long points live. */
export type VillageTerms = Required<FoundingTerms>;

/** Points accumulate unless the village sets their months. */
export const USUAL_TERMS = { earnedMonths: null, openingMonths: null, vacancyMonths: 12 } as const;

export function villageTerms(sql: Reader, villageId: number): Promise<VillageTerms> {
  return readAlone(villageTermsRead(sql, villageId));
}

export function villageTermsRead(sql: Reader, villageId: number): Read<VillageTerms> {
  const query = sql<VillageTerms[]>`
    select opening_centipoints as "openingCentipoints",
           fen_per_point as "fenPerPoint",
           earned_months as "earnedMonths",
           opening_months as "openingMonths",
           vacancy_months as "vacancyMonths"
      from village_terms
     where village_id = ${villageId}`;
  return toRead(query, ([terms]) => {
    if (!terms) throw new Error(`village ${villageId} has no ledger`);
    return terms;
  });
}
