import type { Reader } from '../platform/database/db.ts';
import type { Appointment } from './permissions.ts';

/** Who is signed in, with the roles held today. */
export interface Viewer {
  sessionId: string;
  personId: number;
  username: string;
  displayName: string;
  mustChangePassword: boolean;
  appointments: Appointment[];
}

/** The person behind a sign-in that has neither ended nor expired, of somebody who is not disabled. */
export async function findViewer(sql: Reader, sessionId: string, today: string): Promise<Viewer | null> {
  const [viewer] = await sql<Viewer[]>`
    select session.session_id as "sessionId",
           person.person_id as "personId",
           person.username,
           person.display_name as "displayName",
           person.must_change_password as "mustChangePassword",
           coalesce(held.appointments, '[]') as appointments
      from session
      join person
        on person.person_id = session.person_id
      left join lateral (
        select jsonb_agg(
                 jsonb_build_object(
                   'role', appointment.role,
                   'regionId', region.region_id,
                   'regionCode', region.code,
                   'regionName', region.name
                 ) order by appointment.appointment_id
               ) as appointments
          from appointment
          join region
            on region.region_id = appointment.region_id
         where appointment.person_id = person.person_id
           and appointment.starts_on <= ${today}
           and (appointment.ends_on is null or appointment.ends_on > ${today})
      ) as held on true
     where session.session_id = ${sessionId}
       and session.ended_at is null
       and session.expires_at > now()
       and person.disabled_at is null`;
  return viewer ?? null;
}
