import type { Reader } from '../platform/database/db.ts';

export type DismissRefusal = { refused: 'cannot_dismiss_yourself' };

interface Dismissal {
  personId: number;
  /** Who dismisses. */
  byPersonId: number;
}

/** Ends one appointment as of today, so that its rights are gone at once. */
export async function endAppointment(
  sql: Reader,
  { appointmentId, personId, byPersonId, today }: Dismissal & { appointmentId: number; today: string },
): Promise<{ appointmentId: number } | DismissRefusal> {
  if (personId === byPersonId) return { refused: 'cannot_dismiss_yourself' };
  await sql`
    with ended as (
      update appointment
         set ends_on = greatest(starts_on, ${today})
       where appointment_id = ${appointmentId}
         and person_id = ${personId}
      returning person_id
    )
    update session
       set ended_at = now()
      from ended
     where session.person_id = ended.person_id
       and session.ended_at is null`;
  return { appointmentId };
}

/** Closes an account: all its sign-ins end, and its name stays with what it recorded. */
export async function disablePerson(
  sql: Reader,
  { personId, byPersonId }: Dismissal,
): Promise<{ personId: number } | DismissRefusal> {
  if (personId === byPersonId) return { refused: 'cannot_dismiss_yourself' };
  await sql`
    with disabled as (
      update person
         set disabled_at = now()
       where person_id = ${personId}
         and disabled_at is null
      returning person_id
    )
    update session
       set ended_at = now()
      from disabled
     where session.person_id = disabled.person_id
       and session.ended_at is null`;
  return { personId };
}
