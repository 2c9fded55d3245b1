/**
 * Whom a county asks for a second step. It is offered to everybody who signs in. As long as a county has not chosen, its first
 * secretaries and all offices above them must have one from the second day on, because they approve, publish and appoint; a county of the
 * demonstration asks nobody. A village that has no suitable phone can go on: the administrator may turn the demand off, which is logged.
 */
import type { Reader } from '../platform/database/db.ts';
import { eventIn } from './security-events.ts';

export const DEMANDS = ['offered', 'administrators', 'offices', 'supervisors'] as const;

export type SecondFactorDemand = (typeof DEMANDS)[number];

/** What holds for a region whose county's setting is `setting`, as an expression. */
export function demandOf(sql: Reader) {
  return sql`coalesce(setting.second_factor, case when region.is_made_up then 'offered' else 'supervisors' end)`;
}

export async function secondFactorDemand(sql: Reader, countyId: number): Promise<SecondFactorDemand> {
  const [row] = await sql<{ demand: SecondFactorDemand }[]>`
    select ${demandOf(sql)} as demand
      from region
      left join access_setting as setting
        on setting.region_id = region.region_id
     where region.region_id = ${countyId}`;
  return row?.demand ?? 'offered';
}

export async function setSecondFactorDemand(
  sql: Reader,
  {
    countyId,
    demand,
    personId,
    address,
  }: { countyId: number; demand: SecondFactorDemand; personId: number; address: string },
): Promise<void> {
  const details = { second_factor: demand };
  await sql`
    with changed as (
      insert into access_setting (region_id, second_factor)
      values (${countyId}, ${demand})
          on conflict (region_id) do update set second_factor = excluded.second_factor
      returning region_id
    )
    select ${eventIn(sql, { kind: 'setting.changed', personId, regionId: countyId, address, details })}
      from changed`;
}
