import type { Reader, Tx } from '../platform/database/db.ts';
import { type AppointmentRefusal, decideAppointment } from './decide-appointment.ts';
import type { Role } from './permissions.ts';
import { recordSecurityEvent } from './security-events.ts';
import { foldUsername } from './sign-in.ts';
import { appointmentsHeld } from './staff.ts';

export interface PersonDraft {
  username: string;
  displayName: string;
  role: Role;
  regionId: number;
  startsOn: string;
  mustChangePassword: boolean;
}

/** In order of precedence. */
export type AppointRefusal = { refused: 'username_taken'; username: string };

/** Makes an account with a first appointment. The password comes hashed, so that no transaction waits for the hashing. */
export async function appoint(
  tx: Tx,
  draft: PersonDraft,
  passwordHash: string,
): Promise<{ personId: number; username: string } | AppointRefusal> {
  const username = foldUsername(draft.username);
  const [person] = await tx<{ personId: number }[]>`
    insert into person (username, display_name, password_hash, must_change_password)
    values (${username}, ${draft.displayName}, ${passwordHash}, ${draft.mustChangePassword})
        on conflict (username) do nothing
    returning person_id as "personId"`;
  if (!person) return { refused: 'username_taken', username };
  await tx`
    insert into appointment (person_id, region_id, role, starts_on)
    values (${person.personId}, ${draft.regionId}, ${draft.role}, ${draft.startsOn})`;
  return { ...person, username };
}

export interface FurtherAppointment {
  personId: number;
  role: Role;
  regionId: number;
  startsOn: string;
  byPersonId: number;
  address: string;
}

/** Gives somebody who has an account one more role. Rights change, so every sign-in ends. */
export async function appointFurther(
  tx: Tx,
  { personId, role, regionId, startsOn, byPersonId, address }: FurtherAppointment,
): Promise<{ personId: number } | AppointmentRefusal> {
  // Two at once would not see each other's role.
  await tx`select from person where person_id = ${personId} for update`;
  const held = await appointmentsHeld(tx, { personId, today: startsOn });
  const decided = decideAppointment({ role, regionId, held });
  if ('refused' in decided) return decided;
  await tx`
    insert into appointment (person_id, region_id, role, starts_on)
    values (${personId}, ${regionId}, ${role}, ${startsOn})`;
  await tx`
    update session
       set ended_at = now()
     where person_id = ${personId}
       and ended_at is null`;
  await recordSecurityEvent(tx, {
    kind: 'person.appointed',
    personId: byPersonId,
    subjectId: personId,
    regionId,
    address,
    details: { role },
  });
  return { personId };
}

/** Whether anybody was ever appointed to administer the county. */
export async function hasAdministrator(sql: Reader): Promise<boolean> {
  const [row] = await sql<{ has: boolean }[]>`
    select exists (select 1 from appointment where role = 'county_administrator') as has`;
  return row?.has ?? false;
}
