import type { Reader } from '../platform/database/db.ts';

/** What a point is worth in a village and what a new card starts with. */
export interface VillageTerms {
  openingCentipoints: number;
  fenPerPoint: number;
}

export async function villageTerms(sql: Reader, villageId: number): Promise<VillageTerms> {
  const [terms] = await sql<VillageTerms[]>`
    select opening_centipoints as "openingCentipoints", fen_per_point as "fenPerPoint"
      from village_terms
     where village_id = ${villageId}`;
  if (!terms) throw new Error(`village ${villageId} has no ledger`);
  return terms;
}
