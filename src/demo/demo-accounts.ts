import type { Role } from '../people/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { DEMO_PASSWORD } from './demo-password.ts';

/** Somebody to sign in as in the demonstration. */
export interface DemoAccount {
  username: string;
  password: string;
  displayName: string;
  role: Role;
  region: { code: string; name: string; level: 'county' | 'township' | 'village' };
}

const DEMO_ROLES: readonly Role[] = [
  'manager',
  'supervisor',
  'township_officer',
  'county_officer',
  'leader',
  'approver',
  'donor',
];

/**
 * Managers, supervisors and officers who still have the demonstration's password, so in any other database nobody: those of the
 * first village first, then the offices above it, then everybody else in the order of the codes.
 */
export async function demoAccounts(sql: Reader, today: string): Promise<DemoAccount[]> {
  return sql<DemoAccount[]>`
    with main_village as (
      select village.region_id as village_id, village.parent_id as township_id, township.parent_id as county_id
        from region as village
        join region as township
          on township.region_id = village.parent_id
       where village.level = 'village'
         and village.is_made_up
       order by village.code
       limit 1
    )
    select person.username,
           ${DEMO_PASSWORD} as password,
           person.display_name as "displayName",
           appointment.role,
           jsonb_build_object('code', region.code, 'name', region.name, 'level', region.level) as region
      from appointment
      join person
        on person.person_id = appointment.person_id
      join demo_load
        on demo_load.password_hash = person.password_hash
       and demo_load.finished_at is not null
      join region
        on region.region_id = appointment.region_id
      left join main_village
        on region.region_id in (main_village.village_id, main_village.township_id, main_village.county_id)
     where person.disabled_at is null
       and appointment.role = any(${[...DEMO_ROLES]}::text[])
       and appointment.starts_on <= ${today}
       and (appointment.ends_on is null or appointment.ends_on > ${today})
     order by (main_village.village_id is null),
              array_position(${[...DEMO_ROLES]}::text[], appointment.role),
              region.code,
              appointment.appointment_id`;
}
