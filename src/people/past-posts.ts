import type { Reader } from '../platform/database/db.ts';
import type { Role } from './permissions.ts';

/** A post that somebody held once and holds no longer. */
export interface PastPost {
  role: Role;
  regionId: number;
  regionName: string;
  /** From this day on it was over. */
  endedOn: string;
}

/** What a person held before, the last that ended first. */
export async function pastPosts(
  sql: Reader,
  { personId, today }: { personId: number; today: string },
): Promise<PastPost[]> {
  return sql<PastPost[]>`
    select appointment.role,
           region.region_id as "regionId",
           region.name as "regionName",
           appointment.ends_on as "endedOn"
      from appointment
      join region
        on region.region_id = appointment.region_id
     where appointment.person_id = ${personId}
       and appointment.ends_on <= ${today}
     order by appointment.ends_on desc, appointment.appointment_id desc`;
}
