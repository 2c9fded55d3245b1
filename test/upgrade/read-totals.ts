import type { Sql } from '../../src/platform/database/connect.ts';

/** What no upgrade may change, by the code of the village. */
export interface VillageTotals {
  code: string;
  acts: number;
  /** Of all leaf hashes in order. */
  log: string;
  entries: number;
  pointsCentipoints: number;
  goods: number;
  people: number;
}

export async function readTotals(sql: Sql): Promise<VillageTotals[]> {
  return sql<VillageTotals[]>`
    select code,
           (select count(*) from act where village_id = region_id) as acts,
           (select encode(sha256(coalesce(string_agg(leaf_hash, ''::bytea order by seq), ''::bytea)), 'hex')
              from act
             where village_id = region_id) as log,
           (select count(*) from entry where village_id = region_id) as entries,
           (select coalesce(sum(balance_centipoints), 0)::bigint
              from account
             where village_id = region_id) as "pointsCentipoints",
           (select coalesce(sum(quantity_on_hand), 0)::bigint from stock_lot where village_id = region_id) as goods,
           (select count(*) from appointment where appointment.region_id = region.region_id) as people
      from region
     where level = 'village'
     order by code`;
}
