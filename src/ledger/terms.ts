import type { Reader } from '../platform/database/db.ts';
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

export async function villageTerms(sql: Reader, villageId: number): Promise<VillageTerms> {
  const [terms] = await sql<VillageTerms[]>`
    select opening_centipoints as "openingCentipoints",
           fen_per_point as "fenPerPoint",
           earned_months as "earnedMonths",
           opening_months as "openingMonths",
           vacancy_months as "vacancyMonths"
      from village_terms
     where village_id = ${villageId}`;
  if (!terms) throw new Error(`village ${villageId} has no ledger`);
  return terms;
}
