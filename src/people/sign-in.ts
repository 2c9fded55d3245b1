import type { Reader } from '../platform/database/db.ts';
import { newPublicToken } from '../platform/ids.ts';
import { NOBODYS_HASH, verifyPassword } from './passwords.ts';

/** In order of precedence. */
export type SignInRefusal = { refused: 'too_many_attempts'; retryAfterSeconds: number } | { refused: 'wrong_password' };

export interface SignIn {
  sessionId: string;
  personId: number;
  expiresAt: Date;
}

export const SESSION_HOURS = 12;

const MOST_FAILURES = 10;
const FAILURE_WINDOW_SECONDS = 15 * 60;

/**
 * Checks a password and opens a session. Failures are counted for the account and the address together, so that guessing
 * stops soon and nobody can shut the owner out from elsewhere. Known and unknown names get the same answer in the same time.
 */
export async function signIn(
  sql: Reader,
  { username, password, address }: { username: string; password: string; address: string },
): Promise<SignIn | SignInRefusal> {
  const name = username.normalize('NFKC').trim().toLowerCase();
  const [failures] = await sql<{ count: number }[]>`
    select count(*)::integer as count
      from sign_in_failure
     where username = ${name}
       and address = ${address}
       and failed_at > now() - make_interval(secs => ${FAILURE_WINDOW_SECONDS})`;
  if ((failures?.count ?? 0) >= MOST_FAILURES) {
    return { refused: 'too_many_attempts', retryAfterSeconds: FAILURE_WINDOW_SECONDS };
  }
  const [found] = await sql<{ personId: number; passwordHash: string }[]>`
    select person_id as "personId", password_hash as "passwordHash"
      from person
     where username = ${name}
       and disabled_at is null`;
  const isRight = await verifyPassword(found?.passwordHash ?? (await NOBODYS_HASH), password);
  if (!found || !isRight) {
    await sql`insert into sign_in_failure (username, address) values (${name}, ${address})`;
    return { refused: 'wrong_password' };
  }
  const sessionId = newPublicToken();
  const expiresAt = new Date(Date.now() + SESSION_HOURS * 3_600_000);
  await sql`
    insert into session (session_id, person_id, expires_at)
    values (${sessionId}, ${found.personId}, ${expiresAt})`;
  return { sessionId, personId: found.personId, expiresAt };
}

/** Ends a session for good; the token that names it is worth nothing from the next request on. */
export async function signOut(sql: Reader, sessionId: string): Promise<void> {
  await sql`
    update session
       set ended_at = now()
     where session_id = ${sessionId}
       and ended_at is null`;
}
