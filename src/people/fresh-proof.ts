/**
 * Who is signed in proves again who they are before what matters: with the password, with six digits where this browser is known,
 * or with a code of the authenticator. A computer that stands unwatched does no more harm than what can be put right.
 */
import type { Reader } from '../platform/database/db.ts';
import type { Vault } from '../platform/vault.ts';
import type { TooManyAttempts } from './attempts.ts';
import { checkOwnPassword } from './change-password.ts';
import { checkPin, type PinSignInRefusal, peopleKnownTo } from './known-device.ts';
import { type CodeRefusal, secondFactorOf, takeCode } from './second-factor.ts';
import { recordSecurityEvent } from './security-events.ts';

/** So long a proof counts. */
const FRESH_MINUTES = 15;

export async function isProofFresh(sql: Reader, sessionId: string): Promise<boolean> {
  const [found] = await sql<{ isFresh: boolean }[]>`
    select proved_at > now() - make_interval(mins => ${FRESH_MINUTES}) as "isFresh"
      from session
     where session_id = ${sessionId}`;
  return found?.isFresh ?? false;
}

export interface ProofMeans {
  /** The row of this browser as one that knows the person. */
  deviceId: number | null;
  hasAuthenticator: boolean;
}

/** What somebody can prove it with, besides the password. */
export async function proofMeans(
  sql: Reader,
  { personId, deviceToken }: { personId: number; deviceToken: string | undefined },
): Promise<ProofMeans> {
  const [known, factor] = await Promise.all([peopleKnownTo(sql, deviceToken), secondFactorOf(sql, personId)]);
  const own = known.find((person) => person.personId === personId);
  return { deviceId: own?.deviceId ?? null, hasAuthenticator: factor?.isConfirmed ?? false };
}

/** In order of precedence. */
export type ProofRefusal =
  | TooManyAttempts
  | { refused: 'wrong_old_password'; attemptsLeft: number }
  | PinSignInRefusal
  | CodeRefusal;

export interface Proof {
  vault: Vault;
  sessionId: string;
  personId: number;
  username: string;
  /** What was typed: no password is as short as six digits, so it says itself what it is. */
  proof: string;
  deviceToken: string | undefined;
  today: string;
  address: string;
}

/** Checks what was typed; a right one counts for this sign-in from now on. */
export async function proveAgain(sql: Reader, input: Proof): Promise<{ by: string } | ProofRefusal> {
  const { sessionId, personId, address } = input;
  const outcome = await check(sql, input);
  if ('refused' in outcome) {
    // Digits and codes are told of where they are checked.
    if (outcome.refused === 'wrong_old_password') {
      await recordSecurityEvent(sql, { kind: 'proof.failed', isRefused: true, personId, address });
    }
    return outcome;
  }
  await sql`
    update session
       set proved_at = now()
     where session_id = ${sessionId}`;
  return outcome;
}

async function check(
  sql: Reader,
  { vault, personId, username, proof, deviceToken, today, address }: Proof,
): Promise<{ by: 'password' | 'pin' | 'authenticator' | 'recovery_code' } | ProofRefusal> {
  const { deviceId, hasAuthenticator } = await proofMeans(sql, { personId, deviceToken });
  if (/^\d{6}$/.test(proof.normalize('NFKC').trim())) {
    if (deviceId !== null) {
      const checked = await checkPin(sql, { deviceId, pin: proof, token: deviceToken, today, address });
      return 'refused' in checked ? checked : { by: 'pin' };
    }
    if (hasAuthenticator) return takeCode(sql, { vault, personId, code: proof, address });
  }
  const checked = await checkOwnPassword(sql, { personId, username, password: proof, address });
  return 'refused' in checked ? checked : { by: 'password' };
}
