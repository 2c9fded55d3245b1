import type { Reader } from '../platform/database/db.ts';
import { newPublicToken } from '../platform/ids.ts';
import type { Device } from './decide-device.ts';
import { idleMinutesOf, SESSION_HOURS } from './decide-session.ts';
import type { Role } from './permissions.ts';
import { eventIn } from './security-events.ts';

export interface SignIn {
  sessionId: string;
  personId: number;
  expiresAt: Date;
}

export interface SessionDraft {
  personId: number;
  today: string;
  surface: 'page' | 'api';
  device: Device;
  address: string;
  /** What proved who it is, for the security log. */
  by: string;
}

/** Long enough to fetch the phone from the next room. */
const CODE_MINUTES = 10;

/** Opens a session whose idle limit follows from the roles held today. */
export async function openSession(sql: Reader, draft: SessionDraft): Promise<SignIn> {
  const { personId, today, surface, device, address, by } = draft;
  const held = await sql<{ role: Role }[]>`
    select role
      from appointment
     where person_id = ${personId}
       and starts_on <= ${today}
       and (ends_on is null or ends_on > ${today})`;
  const sessionId = newPublicToken();
  const expiresAt = new Date(Date.now() + SESSION_HOURS * 3_600_000);
  await sql`
    with opened as (
      insert into session (session_id, person_id, surface, expires_at, idle_minutes, browser, system, place)
      values (${sessionId}, ${personId}, ${surface}, ${expiresAt}, ${idleMinutesOf(held.map(({ role }) => role))},
              ${device.browser}, ${device.system}, mask_address(${address}))
      returning number
    )
    select ${eventIn(sql, { kind: 'sign_in.done', personId, address, details: { by, surface } })}
      from opened`;
  return { sessionId, personId, expiresAt };
}

/** The password was right; the session opens nothing before the second step has made it a sign-in. */
export async function openPendingSession(sql: Reader, draft: SessionDraft): Promise<SignIn> {
  const { personId, surface, device, address } = draft;
  const sessionId = newPublicToken();
  const expiresAt = new Date(Date.now() + CODE_MINUTES * 60_000);
  await sql`
    insert into session (session_id, person_id, surface, expires_at, needs_code, browser, system, place)
    values (${sessionId}, ${personId}, ${surface}, ${expiresAt}, true, ${device.browser}, ${device.system},
            mask_address(${address}))`;
  return { sessionId, personId, expiresAt };
}

/** Whose second step a session waits for. */
export async function findPendingSession(sql: Reader, sessionId: string): Promise<{ personId: number } | null> {
  const [found] = await sql<{ personId: number }[]>`
    select person_id as "personId"
      from session
      join person using (person_id)
     where session_id = ${sessionId}
       and needs_code
       and ended_at is null
       and expires_at > now()
       and disabled_at is null`;
  return found ?? null;
}

/** The second step is done: of two who do it at once, one ends it. */
export async function endPendingSession(sql: Reader, sessionId: string): Promise<boolean> {
  const ended = await sql`
    update session
       set ended_at = now()
     where session_id = ${sessionId}
       and ended_at is null
    returning number`;
  return ended.length > 0;
}

/** A sign-in that is in force. */
export interface OpenSignIn {
  number: number;
  surface: 'page' | 'api';
  device: Device;
  /** `203.0.113.*` */
  place: string;
  createdAt: Date;
  lastUsedAt: Date;
  isCurrent: boolean;
}

/** The sign-ins of a person that are in force, the last used first. */
export async function openSignIns(
  sql: Reader,
  { personId, currentSessionId = null }: { personId: number; currentSessionId?: string | null },
): Promise<OpenSignIn[]> {
  return sql<OpenSignIn[]>`
    select number,
           surface,
           jsonb_build_object('browser', browser, 'system', system) as device,
           place,
           created_at as "createdAt",
           last_used_at as "lastUsedAt",
           session_id is not distinct from ${currentSessionId} as "isCurrent"
      from session
     where person_id = ${personId}
       and ${isInForce(sql)}
     order by last_used_at desc, number desc
     limit 200`;
}

/** Neither ended nor run out nor left idle for too long. */
export function isInForce(sql: Reader) {
  return sql`
    session.ended_at is null
    and not session.needs_code
    and session.expires_at > now()
    and session.last_used_at > now() - make_interval(mins => session.idle_minutes)`;
}

export interface Ending {
  /** Whose sign-ins end. */
  personId: number;
  /** Who ends them. */
  byPersonId: number;
  address: string;
  /** One of them, all but one's own present one, or all. */
  which: { number: number } | { allBut: string } | 'all';
}

/**
 * Ends sign-ins for good, with all of them also the devices that know the person; the tokens that name them are worth nothing from the
 * next request on.
 */
export async function endSignIns(sql: Reader, ending: Ending): Promise<{ ended: number }> {
  const { personId, byPersonId, address, which } = ending;
  const chosen =
    which === 'all'
      ? sql`true`
      : 'number' in which
        ? sql`number = ${which.number}`
        : sql`session_id <> ${which.allBut}`;
  const ended = await sql`
    with ended as (
      update session
         set ended_at = now()
       where person_id = ${personId}
         and ended_at is null
         and ${chosen}
      returning number
    ),
    forgotten as (
      update known_device
         set ended_at = now()
       where person_id = ${personId}
         and ended_at is null
         and ${which === 'all'}
    )
    select ${eventIn(sql, { kind: 'sign_in.ended', personId: byPersonId, subjectId: personId, address })}
      from ended`;
  return { ended: ended.length };
}

/** The person signs out of this one sign-in. */
export async function signOut(
  sql: Reader,
  { sessionId, personId, address }: { sessionId: string; personId: number; address: string },
): Promise<void> {
  await sql`
    with ended as (
      update session
         set ended_at = now()
       where session_id = ${sessionId}
         and ended_at is null
      returning number
    )
    select ${eventIn(sql, { kind: 'sign_out', personId, address })}
      from ended`;
}
