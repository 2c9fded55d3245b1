import type { Reader, Tx } from '../platform/database/db.ts';
import type { Role } from './permissions.ts';
import { foldUsername } from './sign-in.ts';

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

/** True when nobody can administer the county yet: the set-up page is open. */
export async function hasAdministrator(sql: Reader): Promise<boolean> {
  const [row] = await sql<{ has: boolean }[]>`
    select exists (select 1 from appointment where role = 'county_administrator') as has`;
  return row?.has ?? false;
}
