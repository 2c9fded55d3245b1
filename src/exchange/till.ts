import { isSignInInForce } from '../people/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { decideDisplay, type Shown } from './decide-display.ts';

/** One till as its display sees it. */
export interface TillState {
  sessionId: string;
  shown: Shown;
  /** Another one with every change. */
  version: string;
}

/**
 * A display is on: from now on the till tells what it does, and for a minute after its last display has gone. A page that is loaded anew
 * opens its next stream before the last one has ended, here or on another server, so nobody who leaves takes the till away; what
 * nobody watches any more goes when the next one comes.
 */
export async function watchTill(
  sql: Reader,
  { sessionId, villageId }: { sessionId: string; villageId: number },
): Promise<void> {
  await sql`
    with lapsed as (
      delete from till
       where watched_at < now() - interval '10 minutes'
         and session_id <> ${sessionId}
    )
    insert into till (session_id, village_id)
    values (${sessionId}, ${villageId})
    on conflict (session_id) do update
       set village_id = excluded.village_id,
           shown = case when till.village_id = excluded.village_id then till.shown else excluded.shown end,
           watched_at = now()`;
}

/** Costs an exchange without a display one look at an index and no row. A counter that is empty leaves the number that it called. */
export async function showOnTill(
  sql: Reader,
  { sessionId, villageId, shown }: { sessionId: string; villageId: number; shown: Shown },
): Promise<boolean> {
  const rows = await sql`
    update till
       set shown = ${JSON.stringify(shown)}::jsonb,
           changed_at = clock_timestamp()
     where session_id = ${sessionId}
       and village_id = ${villageId}
       and watched_at > now() - interval '1 minute'
       and (${shown.kind !== 'idle'} or till.shown ->> 'kind' <> 'called')
    returning session_id`;
  return rows.length > 0;
}

/** Nobody is asked for by this number any more. */
export async function endCallOnTill(
  sql: Reader,
  { sessionId, number }: { sessionId: string; number: number },
): Promise<void> {
  await sql`
    update till
       set shown = '{"kind":"idle"}',
           changed_at = clock_timestamp()
     where session_id = ${sessionId}
       and shown ->> 'kind' = 'called'
       and (shown ->> 'number')::integer = ${number}`;
}

/** The tills of these sign-ins, as long as they are in force; asking keeps them on, and what has been shown long enough goes. */
export async function tillStates(sql: Reader, sessionIds: readonly string[]): Promise<Map<string, TillState>> {
  const rows = await sql<{ sessionId: string; shown: Shown; version: string; ageSeconds: number }[]>`
    update till
       set watched_at = now()
      from session
     where till.session_id = any(${[...sessionIds]}::text[])
       and session.session_id = till.session_id
       and ${isSignInInForce(sql)}
    returning till.session_id as "sessionId",
              till.shown,
              till.changed_at::text as version,
              extract(epoch from now() - till.changed_at)::float as "ageSeconds"`;
  const expired: string[] = [];
  const states = rows.map(({ sessionId, shown, version, ageSeconds }) => {
    const decided = decideDisplay(shown, ageSeconds);
    if (decided !== shown) expired.push(sessionId);
    return [
      sessionId,
      { sessionId, shown: decided, version: decided === shown ? version : `${version} gone` },
    ] as const;
  });
  if (expired.length > 0) await forget(sql, expired);
  return new Map(states);
}

/** Not only from the screen. Kept is when it was, so that a display that has seen it gone is told nothing twice. */
async function forget(sql: Reader, sessionIds: readonly string[]): Promise<void> {
  await sql`
    update till
       set shown = '{"kind":"idle"}'
     where session_id = any(${[...sessionIds]}::text[])
       and changed_at < now() - interval '10 seconds'`;
}
