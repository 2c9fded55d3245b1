/**
 * A new password for somebody who has lost theirs: an office gives a code, the person chooses the password. Whoever gives the
 * code never knows the password, and cannot use the code unseen, because the person's own sign-in stops working.
 */
import { villageDay, villageTime } from '../platform/clock.ts';
import type { Reader } from '../platform/database/db.ts';
import { newPublicId } from '../platform/ids.ts';
import { countAttempt, forgiveAttempts, type TooManyAttempts } from './attempts.ts';
import { commonPasswords } from './common-passwords.ts';
import { decidePassword, type PasswordRefusal } from './decide-password.ts';
import { hashPassword, NOBODYS_HASH, verifyPassword } from './passwords.ts';
import { eventIn, recordSecurityEvent } from './security-events.ts';
import { foldUsername } from './sign-in.ts';

const RESET_CODE_HOURS = 24;

export interface IssuedCode {
  /** `ABCD-EFGH`, shown this once. */
  code: string;
  /** The day and the time on the village's clock until which it can be used. */
  until: { day: string; time: string };
}

/** Draws a code; one that was given before is void. */
export async function issueResetCode(
  sql: Reader,
  { personId, byPersonId, address }: { personId: number; byPersonId: number; address: string },
): Promise<IssuedCode> {
  const drawn = newPublicId().slice(0, 8);
  const codeHash = await hashPassword(drawn);
  const expiresAt = new Date(Date.now() + RESET_CODE_HOURS * 3_600_000);
  await sql`
    with issued as (
      insert into reset_code (person_id, code_hash, issued_by, expires_at)
      values (${personId}, ${codeHash}, ${byPersonId}, ${expiresAt})
          on conflict (person_id) do update
         set code_hash = excluded.code_hash,
             issued_by = excluded.issued_by,
             issued_at = now(),
             expires_at = excluded.expires_at
      returning person_id
    )
    select ${eventIn(sql, { kind: 'reset.issued', personId: byPersonId, subjectId: personId, address })}
      from issued`;
  const code = `${drawn.slice(0, 4)}-${drawn.slice(4)}`;
  return { code, until: { day: villageDay(expiresAt), time: villageTime(expiresAt) } };
}

/** In order of precedence. */
export type ResetRefusal = PasswordRefusal | TooManyAttempts | { refused: 'wrong_reset_code'; attemptsLeft: number };

export interface Reset {
  username: string;
  code: string;
  newPassword: string;
  address: string;
}

/** Uses a code, once: the new password holds and every sign-in ends. Nobody learns here which names exist. */
export async function resetPassword(
  sql: Reader,
  { username, code, newPassword, address }: Reset,
): Promise<{ personId: number } | ResetRefusal> {
  const folded = foldUsername(username);
  const decided = decidePassword({ username: folded, password: newPassword }, await commonPasswords());
  if ('refused' in decided) return decided;
  const attempt = { username: `${folded} (code)`, address };
  const counted = await countAttempt(sql, attempt);
  if ('refused' in counted) return counted;
  const [found] = await sql<{ personId: number; codeHash: string }[]>`
    select person_id as "personId", code_hash as "codeHash"
      from reset_code
      join person using (person_id)
     where username = ${folded}
       and disabled_at is null
       and expires_at > now()`;
  const isRight = await verifyPassword(found?.codeHash ?? (await NOBODYS_HASH), foldCode(code));
  const used = found && isRight ? await useCode(sql, { ...found, address, password: decided.password }) : false;
  if (!found || !used) {
    const personId = found?.personId ?? null;
    await recordSecurityEvent(sql, { kind: 'reset.failed', isRefused: true, personId, address });
    return { refused: 'wrong_reset_code', ...counted };
  }
  await forgiveAttempts(sql, attempt);
  await forgiveAttempts(sql, { username: folded, address });
  return { personId: found.personId };
}

/** One statement: of two who use the same code at once, one finds it gone. */
async function useCode(
  sql: Reader,
  { personId, codeHash, address, password }: { personId: number; codeHash: string; address: string; password: string },
): Promise<boolean> {
  const passwordHash = await hashPassword(password);
  const used = await sql`
    with used as (
      delete from reset_code
       where person_id = ${personId}
         and code_hash = ${codeHash}
         and expires_at > now()
      returning person_id
    ),
    changed as (
      update person
         set password_hash = ${passwordHash},
             must_change_password = false
        from used
       where person.person_id = used.person_id
    ),
    forgotten as (
      update known_device
         set ended_at = now()
        from used
       where known_device.person_id = used.person_id
         and known_device.ended_at is null
    ),
    signed_out as (
      update session
         set ended_at = now()
        from used
       where session.person_id = used.person_id
         and session.ended_at is null
    )
    select ${eventIn(sql, { kind: 'reset.done', personId, address })}
      from used`;
  return used.length > 0;
}

/** Case, spaces and the hyphen do not matter. */
function foldCode(code: string): string {
  return code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
}
