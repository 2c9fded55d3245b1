import type { Reader } from '../platform/database/db.ts';
import { countAttempt, forgiveAttempts, type TooManyAttempts } from './attempts.ts';
import { decideDevice } from './decide-device.ts';
import { NOBODYS_HASH, verifyPassword } from './passwords.ts';
import { recordSecurityEvent } from './security-events.ts';
import { openSession, type SignIn } from './sessions.ts';

/** In order of precedence. */
export type SignInRefusal = TooManyAttempts | { refused: 'wrong_password'; attemptsLeft: number };

/** How a request comes: what it said of its browser, from where, on which day in the village. */
export interface SignInRequest {
  address: string;
  userAgent: string | undefined;
  today: string;
  surface: 'page' | 'api';
}

/** Checks a password and opens a session. Known and unknown names get the same answer in the same time. */
export async function signIn(
  sql: Reader,
  { username, password, address, userAgent, today, surface }: SignInRequest & { username: string; password: string },
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
  if (!found || !isRight) {
    const personId = found?.personId ?? null;
    await recordSecurityEvent(sql, { kind: 'sign_in.failed', isRefused: true, personId, address });
    return { refused: 'wrong_password', ...counted };
  }
  await forgiveAttempts(sql, attempt);
  const device = decideDevice(userAgent);
  return openSession(sql, { personId: found.personId, today, surface, device, address, by: 'password' });
}

/** Usernames are compared in one form, however an input method wrote them. */
export function foldUsername(username: string): string {
  return username.normalize('NFKC').trim().toLowerCase();
}

/** 2 to 40 letters, digits or characters, without spaces. */
export function isUsername(username: string): boolean {
  return /^[\p{L}\p{N}._-]{2,40}$/u.test(foldUsername(username));
}
