import type { Reader } from '../platform/database/db.ts';
import { newPublicToken } from '../platform/ids.ts';
import { countAttempt, forgiveAttempts, type TooManyAttempts } from './attempts.ts';
import { NOBODYS_HASH, verifyPassword } from './passwords.ts';

/** In order of precedence. */
export type SignInRefusal = TooManyAttempts | { refused: 'wrong_password'; attemptsLeft: number };

export interface SignIn {
  sessionId: string;
  personId: number;
  expiresAt: Date;
}

const SESSION_HOURS = 12;

/** Checks a password and opens a session. Known and unknown names get the same answer in the same time. */
export async function signIn(
  sql: Reader,
  { username, password, address }: { username: string; password: string; address: string },
): Promise<SignIn | SignInRefusal> {
  const attempt = { username: foldUsername(username), address };
  const counted = await countAttempt(sql, attempt);
  if ('refused' in counted) return counted;
  const [found] = await sql<{ personId: number; passwordHash: string }[]>`
    select person_id as "personId", password_hash as "passwordHash"
      from person
     where username = ${attempt.username}
       and disabled_at is null`;
  const isRight = await verifyPassword(found?.passwordHash ?? (await NOBODYS_HASH), password);
  if (!found || !isRight) return { refused: 'wrong_password', ...counted };
  await forgiveAttempts(sql, attempt);
  return openSession(sql, found.personId);
}

/** Usernames are compared in one form, however an input method wrote them. */
export function foldUsername(username: string): string {
  return username.normalize('NFKC').trim().toLowerCase();
}

/** 2 to 40 letters, digits or characters, without spaces. */
export function isUsername(username: string): boolean {
  return /^[\p{L}\p{N}._-]{2,40}$/u.test(foldUsername(username));
}

async function openSession(sql: Reader, personId: number): Promise<SignIn> {
  const sessionId = newPublicToken();
  const expiresAt = new Date(Date.now() + SESSION_HOURS * 3_600_000);
  await sql`
    insert into session (session_id, person_id, expires_at)
    values (${sessionId}, ${personId}, ${expiresAt})`;
  return { sessionId, personId, expiresAt };
}

/** Ends a session for good; the token that names it is worth nothing from the next request on. */
export async function signOut(sql: Reader, sessionId: string): Promise<void> {
  await sql`
    update session
       set ended_at = now()
     where session_id = ${sessionId}
       and ended_at is null`;
}
