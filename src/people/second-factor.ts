/**
 * The second step of a sign-in: a code from an authenticator, or one from a sheet of paper. Each code is taken once. Guesses are
 * counted for the person alone, wherever they come from, because only somebody who knows the password gets to guess.
 */
import { randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import type { Reader, Tx } from '../platform/database/db.ts';
import { newPublicId } from '../platform/ids.ts';
import { openVault, type Vault } from '../platform/vault.ts';
import { countAttempt, forgiveAttempts, type TooManyAttempts } from './attempts.ts';
import { eventIn, recordSecurityEvent } from './security-events.ts';
import { matchingStep } from './totp.ts';

const RECOVERY_CODES = 10;

/** What opens the secrets of authenticators. */
export function openFactorVault(dataDir: string): Vault {
  return openVault(dataDir, 'authenticators');
}

const SECRET_BYTES = 20;

/** Before there was a vault secrets lay in their table as they are. */
function secretIn(vault: Vault, sealed: Buffer, personId: number): Buffer | null {
  return sealed.length === SECRET_BYTES ? sealed : vault.open(sealed, contextOf(personId));
}

const contextOf = (personId: number) => `second_factor ${personId}`;

export interface SecondFactor {
  isConfirmed: boolean;
  recoveryCodesLeft: number;
}

export async function secondFactorOf(sql: Reader, personId: number): Promise<SecondFactor | null> {
  const [found] = await sql<SecondFactor[]>`
    select confirmed_at is not null as "isConfirmed",
           (select count(*)::integer
              from recovery_code
             where recovery_code.person_id = second_factor.person_id
               and used_at is null) as "recoveryCodesLeft"
      from second_factor
     where person_id = ${personId}`;
  return found ?? null;
}

/** Draws a secret that waits for its first code; one that waits already stays, so that a scanned code stays right. */
export async function beginSecondFactor(sql: Reader, vault: Vault, personId: number): Promise<void> {
  if (await waitingSecret(sql, vault, personId)) return;
  await sql`
    insert into second_factor (person_id, secret, recovery_salt)
    values (${personId}, ${vault.seal(randomBytes(SECRET_BYTES), contextOf(personId))}, ${randomBytes(16)})
        on conflict (person_id) do update
       set secret = excluded.secret,
           recovery_salt = excluded.recovery_salt
     where second_factor.confirmed_at is null`;
}

/** The secret that waits for its first code, to be shown to its owner. */
export async function waitingSecret(sql: Reader, vault: Vault, personId: number): Promise<Buffer | null> {
  const [found] = await sql<{ secret: Buffer }[]>`
    select secret
      from second_factor
     where person_id = ${personId}
       and confirmed_at is null`;
  return found ? secretIn(vault, found.secret, personId) : null;
}

/** In order of precedence. */
export type CodeRefusal = TooManyAttempts | { refused: 'wrong_code'; attemptsLeft: number };

interface CodeInput {
  vault: Vault;
  personId: number;
  code: string;
  address: string;
}

/** The first right code turns the second step on; the codes for paper are handed out now and never again. */
export async function confirmSecondFactor(
  tx: Tx,
  { vault, personId, code, address }: CodeInput,
): Promise<{ recoveryCodes: string[] } | CodeRefusal> {
  const attempt = attemptOf(personId);
  const counted = await countAttempt(tx, { ...attempt, from: address });
  if ('refused' in counted) return counted;
  const [found] = await tx<{ secret: Buffer; recoverySalt: Buffer }[]>`
    select secret, recovery_salt as "recoverySalt"
      from second_factor
     where person_id = ${personId}
       and confirmed_at is null
       for update`;
  const secret = found ? secretIn(vault, found.secret, personId) : null;
  const step = secret ? matchingStep(secret, foldCode(code), new Date()) : null;
  if (!found || step === null) return { refused: 'wrong_code', ...counted };
  await forgiveAttempts(tx, attempt);
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, () => newPublicId().slice(0, 10));
  const hashes = await Promise.all(recoveryCodes.map((drawn) => hashRecoveryCode(drawn, found.recoverySalt)));
  await tx`
    update second_factor
       set confirmed_at = now(),
           last_step = ${step}
     where person_id = ${personId}`;
  for (const hash of hashes) {
    await tx`insert into recovery_code (person_id, code_hash) values (${personId}, ${hash})`;
  }
  await recordSecurityEvent(tx, { kind: 'second_factor.added', personId, address });
  return { recoveryCodes: recoveryCodes.map((drawn) => `${drawn.slice(0, 5)}-${drawn.slice(5)}`) };
}

/** Takes a code, once: six digits of the authenticator or one of the codes on paper. */
export async function takeCode(
  sql: Reader,
  { vault, personId, code, address }: CodeInput,
): Promise<{ by: 'authenticator' | 'recovery_code' } | CodeRefusal> {
  const attempt = attemptOf(personId);
  const counted = await countAttempt(sql, { ...attempt, from: address });
  if ('refused' in counted) return counted;
  const [found] = await sql<{ secret: Buffer; recoverySalt: Buffer }[]>`
    select secret, recovery_salt as "recoverySalt"
      from second_factor
     where person_id = ${personId}
       and confirmed_at is not null`;
  const by = found ? await takeEither(sql, { vault, personId, code: foldCode(code), address }, found) : null;
  if (by === null) {
    await recordSecurityEvent(sql, { kind: 'second_factor.failed', isRefused: true, personId, address });
    return { refused: 'wrong_code', ...counted };
  }
  await forgiveAttempts(sql, attempt);
  return { by };
}

async function takeEither(
  sql: Reader,
  { vault, personId, code, address }: CodeInput,
  { secret: sealed, recoverySalt }: { secret: Buffer; recoverySalt: Buffer },
): Promise<'authenticator' | 'recovery_code' | null> {
  const secret = secretIn(vault, sealed, personId);
  const step = secret && matchingStep(secret, code, new Date());
  if (secret && step !== null) {
    const taken = await sql`
      update second_factor
         set last_step = ${step},
             secret = ${vault.isNewest(sealed) ? sealed : vault.seal(secret, contextOf(personId))}
       where person_id = ${personId}
         and last_step < ${step}
      returning person_id`;
    return taken.length > 0 ? 'authenticator' : null;
  }
  if (code.length !== 10) return null;
  const taken = await sql`
    with taken as (
      update recovery_code
         set used_at = now()
       where person_id = ${personId}
         and code_hash = ${await hashRecoveryCode(code, recoverySalt)}
         and used_at is null
      returning person_id
    )
    select ${eventIn(sql, { kind: 'second_factor.recovered', personId, address })}
      from taken`;
  return taken.length > 0 ? 'recovery_code' : null;
}

/** Turns the second step off; its codes on paper are void. */
export async function removeSecondFactor(
  sql: Reader,
  { personId, byPersonId, address }: { personId: number; byPersonId: number; address: string },
): Promise<void> {
  await sql`
    with removed as (
      delete from second_factor
       where person_id = ${personId}
      returning person_id
    )
    select ${eventIn(sql, { kind: 'second_factor.removed', personId: byPersonId, subjectId: personId, address })}
      from removed`;
}

/** Fifty random bits deserve the same hashing as a password; one salt a person, so that one hash finds the code. */
function hashRecoveryCode(code: string, salt: Buffer): Promise<Buffer> {
  return hashRaw(code, { memoryCost: 19_456, timeCost: 2, parallelism: 1, salt });
}

/** No username holds a parenthesis. */
function attemptOf(personId: number) {
  return { username: `(code of ${personId})`, address: '*' };
}

function foldCode(code: string): string {
  return code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
}
