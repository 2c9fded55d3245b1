import type { Reader } from '../platform/database/db.ts';

/** One change of what a point is worth. */
export interface RateOnRecord {
  seq: number;
  changedOn: string;
  wasFen: number;
  fenPerPoint: number;
  beforeCentipoints: number;
  afterCentipoints: number;
  /** In hundredths of a fen: what rounding up gave to the households. */
  rounding: number;
}

/** The newest first. */
export async function rateHistory(sql: Reader, villageId: number): Promise<RateOnRecord[]> {
  return sql<RateOnRecord[]>`
    select seq,
           occurred_on as "changedOn",
           (facts ->> 'was')::integer as "wasFen",
           (facts ->> 'rate')::integer as "fenPerPoint",
           (facts ->> 'before')::bigint as "beforeCentipoints",
           (facts ->> 'after')::bigint as "afterCentipoints",
           (facts ->> 'rounding')::bigint as rounding
      from act
     where village_id = ${villageId}
       and type = 'rate.change'
     order by seq desc
     limit 100`;
}
