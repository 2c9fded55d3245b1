import type { Reader } from '../platform/database/db.ts';
import { eventIn } from './security-events.ts';

export type DismissRefusal = { refused: 'cannot_dismiss_yourself' };

interface Dismissal {
  personId: number;
  /** Who dismisses. */
  byPersonId: number;
  address: string;
}

/** Ends one appointment as of today, so that its rights are gone at once. */
export async function endAppointment(
  sql: Reader,
  { appointmentId, personId, byPersonId, address, today }: Dismissal & { appointmentId: number; today: string },
): Promise<{ appointmentId: number } | DismissRefusal> {
  if (personId === byPersonId) return { refused: 'cannot_dismiss_yourself' };
  await sql`
    with ended as (
      update appointment
         set ends_on = greatest(starts_on, ${today})
       where appointment_id = ${appointmentId}
         and person_id = ${personId}
      returning person_id, region_id, role
    ),
    forgotten as (
      update known_device
         set ended_at = now()
        from ended
       where known_device.person_id = ended.person_id
         and known_device.ended_at is null
    ),
    signed_out as (
      update session
         set ended_at = now()
        from ended
       where session.person_id = ended.person_id
         and session.ended_at is null
    )
    select record_security_event(
             'person.dismissed', false, ${byPersonId}, person_id, region_id, ${address}, jsonb_build_object('role', role))
      from ended`;
  return { appointmentId };
}

/** Closes an account: all its sign-ins end, and its name stays with what it recorded. */
export async function disablePerson(
  sql: Reader,
  { personId, byPersonId, address }: Dismissal,
): Promise<{ personId: number } | DismissRefusal> {
  if (personId === byPersonId) return { refused: 'cannot_dismiss_yourself' };
  await sql`
    with disabled as (
      update person
         set disabled_at = now()
       where person_id = ${personId}
         and disabled_at is null
      returning person_id
    ),
    forgotten as (
      update known_device
         set ended_at = now()
        from disabled
       where known_device.person_id = disabled.person_id
         and known_device.ended_at is null
    ),
    signed_out as (
      update session
         set ended_at = now()
        from disabled
       where session.person_id = disabled.person_id
         and session.ended_at is null
    )
    select ${eventIn(sql, { kind: 'person.closed', personId: byPersonId, subjectId: personId, address })}
      from disabled`;
  return { personId };
}
