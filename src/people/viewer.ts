import { villageDay } from '../platform/clock.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { decideToken } from './decide-session.ts';
import type { Appointment } from './permissions.ts';
import { demandOf } from './second-factor-demand.ts';
import { eventIn } from './security-events.ts';
import { isInForce } from './sessions.ts';

/** Who is signed in, with the roles held today. */
export interface Viewer {
  sessionId: string;
  personId: number;
  username: string;
  displayName: string;
  mustChangePassword: boolean;
  /** The county demands a second step of this person, who has none. */
  mustAddSecondFactor: boolean;
  appointments: Appointment[];
}

interface SessionState {
  expiresAt: Date;
  tokenGeneration: number;
  tokenSeenAt: Date | null;
  isStale: boolean;
  now: Date;
}

interface OpenSession {
  viewer: Viewer;
  state: SessionState;
}

/** The person behind a sign-in that is in force, of somebody who is not disabled. */
export async function findViewer(sql: Reader, sessionId: string, today: string): Promise<Viewer | null> {
  return (await findSessions(sql, [sessionId], today)).get(sessionId)?.viewer ?? null;
}

/** Those that are in force, of people who are not disabled. */
async function findSessions(
  sql: Reader,
  sessionIds: string[],
  today = villageDay(new Date()),
): Promise<Map<string, OpenSession>> {
  const rows = await sql<(Viewer & SessionState)[]>`
    select session.session_id as "sessionId",
           session.expires_at as "expiresAt",
           session.token_generation as "tokenGeneration",
           session.token_seen_at as "tokenSeenAt",
           session.last_used_at < now() - interval '1 minute' as "isStale",
           now() as now,
           person.person_id as "personId",
           person.username,
           person.display_name as "displayName",
           person.must_change_password as "mustChangePassword",
           coalesce(held.demands, false)
             and person.created_at < now() - interval '1 day'
             and not exists (
               select
                 from second_factor
                where second_factor.person_id = person.person_id
                  and confirmed_at is not null
             ) as "mustAddSecondFactor",
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
               ) as appointments,
               bool_or(
                 case ${demandOf(sql)}
                   when 'offices' then region.level <> 'village'
                   when 'supervisors' then region.level <> 'village' or appointment.role = 'supervisor'
                   when 'administrators' then appointment.role = 'county_administrator'
                   else false
                 end
               ) as demands
          from appointment
          join region
            on region.region_id = appointment.region_id
          left join region as parent
            on parent.region_id = region.parent_id
          left join access_setting as setting
            on setting.region_id in (region.region_id, parent.region_id, parent.parent_id)
         where appointment.person_id = person.person_id
           and appointment.starts_on <= ${today}
           and (appointment.ends_on is null or appointment.ends_on > ${today})
      ) as held on true
     where session.session_id = any(${sessionIds}::text[])
       and ${isInForce(sql)}
       and person.disabled_at is null`;
  return new Map(
    rows.map(({ expiresAt, tokenGeneration, tokenSeenAt, isStale, now, ...viewer }) => [
      viewer.sessionId,
      { viewer, state: { expiresAt, tokenGeneration, tokenSeenAt, isStale, now } },
    ]),
  );
}

export interface ShownToken {
  sessionId: string;
  /** Null for a token that is never exchanged: a program's. */
  generation: number | null;
  signedAt: Date;
}

/** The successor that the browser is to keep from now on. */
export interface NextToken {
  sessionId: string;
  generation: number;
  expiresAt: Date;
}

/**
 * A request with a token: who it is, that the sign-in was used just now, and the token's successor when its time has come.
 * A token that comes back after its successor has been in use ends the sign-in, because two browsers hold it.
 */
export async function useSession(
  { sql, readTogether }: Db,
  token: ShownToken,
  { address, mayRenew }: { address: string; mayRenew: boolean },
): Promise<{ viewer: Viewer; next: NextToken | null } | null> {
  const found = await readTogether(findSessions, token.sessionId);
  if (!found) return null;
  const { viewer, state } = found;
  const { sessionId, personId } = viewer;
  const { tokenGeneration: newest, tokenSeenAt, expiresAt, now } = state;
  const { generation: shown, signedAt } = token;
  const verdict = shown === null ? 'keep' : decideToken({ shown, signedAt, newest, newestSeenAt: tokenSeenAt, now });
  if (verdict === 'copied') {
    await sql`
      with ended as (
        update session
           set ended_at = now()
         where session_id = ${sessionId}
           and ended_at is null
        returning number
      )
      select ${eventIn(sql, { kind: 'sign_in.copied', isRefused: true, personId, address })}
        from ended`;
    return null;
  }
  if (verdict === 'renew' && mayRenew) {
    // Of several requests at once one makes the successor; the others go on with what they have.
    const renewed = await sql`
      update session
         set token_generation = token_generation + 1,
             token_seen_at = null,
             last_used_at = now()
       where session_id = ${sessionId}
         and token_generation = ${newest}
      returning number`;
    return { viewer, next: renewed.length === 0 ? null : { sessionId, generation: newest + 1, expiresAt } };
  }
  if (verdict === 'seen' || state.isStale) {
    await sql`
      update session
         set last_used_at = now(),
             token_seen_at = case when token_generation = ${shown} then coalesce(token_seen_at, now()) else token_seen_at end
       where session_id = ${sessionId}`;
  }
  return { viewer, next: verdict === 'again' && mayRenew ? { sessionId, generation: newest, expiresAt } : null };
}
