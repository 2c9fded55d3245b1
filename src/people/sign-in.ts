import type { Reader } from '../platform/database/db.ts';
import type { Vault } from '../platform/vault.ts';
import { countAttempt, forgiveAttempts, type TooManyAttempts } from './attempts.ts';
import { decideDevice } from './decide-device.ts';
import { NOBODYS_HASH, verifyPassword } from './passwords.ts';
import { type CodeRefusal, secondFactorOf, takeCode } from './second-factor.ts';
import { recordSecurityEvent } from './security-events.ts';
import { endPendingSession, findPendingSession, openPendingSession, openSession, type SignIn } from './sessions.ts';
import { checkTemporary, type TemporaryPasswordOver } from './temporary-password.ts';

/** In order of precedence. */
export type SignInRefusal =
  | TooManyAttempts
  | { refused: 'wrong_password'; attemptsLeft: number }
  | TemporaryPasswordOver
  | CodeRefusal;

interface PersonFound {
  personId: number;
  passwordHash: string;
  mustChangePassword: boolean;
  createdAt: Date;
}

/** The password was right, and the second step is to come: the session opens nothing yet. */
export type SecondStep = SignIn & { needsCode: true };

/** How a request comes: what it said of its browser, from where, on which day in the village. */
export interface RequestFacts {
  address: string;
  userAgent: string | undefined;
  today: string;
  surface: 'page' | 'api';
}

interface SignInRequest extends RequestFacts {
  vault: Vault;
  /** The second step at once, as a program does it. */
  otp?: string | undefined;
}

/** Checks a password and opens a session. Known and unknown names get the same answer in the same time. */
export async function signIn(
  sql: Reader,
  {
    username,
    password,
    address,
    userAgent,
    today,
    surface,
    vault,
    otp,
  }: SignInRequest & { username: string; password: string },
): Promise<SignIn | SecondStep | SignInRefusal> {
  const attempt = { username: foldUsername(username), address };
  const counted = await countAttempt(sql, attempt);
  if ('refused' in counted) return counted;
  const [found] = await sql<PersonFound[]>`
    select person_id as "personId",
           password_hash as "passwordHash",
           must_change_password as "mustChangePassword",
           created_at as "createdAt"
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
  const { personId } = found;
  const over = checkTemporary(found, today);
  if (over) {
    const details = { reason: over.refused };
    await recordSecurityEvent(sql, { kind: 'sign_in.failed', isRefused: true, personId, address, details });
    return over;
  }
  const draft = { personId, today, surface, device: decideDevice(userAgent), address };
  const factor = await secondFactorOf(sql, personId);
  if (!factor?.isConfirmed) return openSession(sql, { ...draft, by: 'password' });
  if (otp === undefined) return { ...(await openPendingSession(sql, { ...draft, by: 'password' })), needsCode: true };
  const taken = await takeCode(sql, { vault, personId, code: otp, address });
  return 'refused' in taken ? taken : openSession(sql, { ...draft, by: taken.by });
}

/** The second step at a page: the waiting session ends and the sign-in begins with a token of its own. */
export async function finishSignIn(
  sql: Reader,
  { sessionId, code, ...request }: Omit<SignInRequest, 'otp'> & { sessionId: string; code: string },
): Promise<SignIn | { refused: 'session_expired' } | CodeRefusal> {
  const pending = await findPendingSession(sql, sessionId);
  if (!pending) return { refused: 'session_expired' };
  const { address, today, surface, userAgent, vault } = request;
  const taken = await takeCode(sql, { vault, personId: pending.personId, code, address });
  if ('refused' in taken) return taken;
  if (!(await endPendingSession(sql, sessionId))) return { refused: 'session_expired' };
  const { personId } = pending;
  return openSession(sql, { personId, today, surface, device: decideDevice(userAgent), address, by: taken.by });
}

/** Usernames are compared in one form, however an input method wrote them. */
export function foldUsername(username: string): string {
  return username.normalize('NFKC').trim().toLowerCase();
}

/** 2 to 40 letters, digits or characters, without spaces. */
export function isUsername(username: string): boolean {
  return /^[\p{L}\p{N}._-]{2,40}$/u.test(foldUsername(username));
}
