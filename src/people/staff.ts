import type { Reader } from '../platform/database/db.ts';
import type { HeldAppointment } from './decide-help.ts';
import type { Role } from './permissions.ts';

/** An appointment that is held today or begins later, with its person and region. */
export interface StaffMember {
  appointmentId: number;
  personId: number;
  username: string;
  displayName: string;
  role: Role;
  regionCode: string;
  regionName: string;
  level: 'county' | 'township' | 'village';
  startsOn: string;
  /** Has not signed in with a password of their own yet. */
  mustChangePassword: boolean;
}

/** Who works in a region and everything below it; of one person where one is asked for. */
export async function staffBelow(
  sql: Reader,
  { regionId, today, personId = null }: { regionId: number; today: string; personId?: number | null },
): Promise<StaffMember[]> {
  return sql<StaffMember[]>`
    select appointment.appointment_id as "appointmentId",
           person.person_id as "personId",
           person.username,
           person.display_name as "displayName",
           appointment.role,
           region.code as "regionCode",
           region.name as "regionName",
           region.level,
           appointment.starts_on as "startsOn",
           person.must_change_password as "mustChangePassword"
      from appointment
      join person
        on person.person_id = appointment.person_id
      join region
        on region.region_id = appointment.region_id
      left join region as parent
        on parent.region_id = region.parent_id
     where ${regionId} in (region.region_id, parent.region_id, parent.parent_id)
       and (appointment.ends_on is null or appointment.ends_on > ${today})
       and person.disabled_at is null
       and (${personId}::integer is null or person.person_id = ${personId})
     order by region.code,
              array_position(array['county_administrator', 'county_officer', 'auditor', 'township_officer', 'manager', 'recorder', 'storekeeper', 'supervisor', 'leader', 'approver'], appointment.role),
              appointment.appointment_id`;
}

/** Everything that somebody holds today or later, wherever it is. */
export async function appointmentsHeld(
  sql: Reader,
  { personId, today }: { personId: number; today: string },
): Promise<HeldAppointment[]> {
  return sql<HeldAppointment[]>`
    select appointment.role,
           array_remove(array[region.region_id, parent.region_id, parent.parent_id], null) as "regionIds"
      from appointment
      join region
        on region.region_id = appointment.region_id
      left join region as parent
        on parent.region_id = region.parent_id
     where appointment.person_id = ${personId}
       and (appointment.ends_on is null or appointment.ends_on > ${today})`;
}
