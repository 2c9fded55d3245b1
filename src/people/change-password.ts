import type { Reader } from '../platform/database/db.ts';
import { countAttempt, forgiveAttempts, type TooManyAttempts } from './attempts.ts';
import { commonPasswords } from './common-passwords.ts';
import { decidePassword, type PasswordRefusal } from './decide-password.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { eventIn } from './security-events.ts';

/** In order of precedence. */
export type ChangePasswordRefusal =
  | PasswordRefusal
  | TooManyAttempts
  | { refused: 'wrong_old_password'; attemptsLeft: number };

export interface PasswordChange {
  personId: number;
  username: string;
  /** The sign-in that stays; all others of this person end. */
  sessionId: string;
  oldPassword: string;
  newPassword: string;
  address: string;
}

/** Asks a person for the password again before something that a stranger at an unwatched computer must not do. */
export async function checkOwnPassword(
  sql: Reader,
  { personId, username, password, address }: { personId: number; username: string; password: string; address: string },
): Promise<{ personId: number } | TooManyAttempts | { refused: 'wrong_old_password'; attemptsLeft: number }> {
  const counted = await countAttempt(sql, { username, address });
  if ('refused' in counted) return counted;
  const [person] = await sql<{ passwordHash: string }[]>`
    select password_hash as "passwordHash"
      from person
     where person_id = ${personId}`;
  if (!person || !(await verifyPassword(person.passwordHash, password))) {
    return { refused: 'wrong_old_password', ...counted };
  }
  await forgiveAttempts(sql, { username, address });
  return { personId };
}

/** A person's own change. The old password is asked for again, because a signed-in computer may stand unwatched. */
export async function changePassword(
  sql: Reader,
  { personId, username, sessionId, oldPassword, newPassword, address }: PasswordChange,
): Promise<{ personId: number } | ChangePasswordRefusal> {
  const decided = decidePassword({ username, password: newPassword, oldPassword }, await commonPasswords());
  if ('refused' in decided) return decided;
  const checked = await checkOwnPassword(sql, { personId, username, password: oldPassword, address });
  if ('refused' in checked) return checked;
  const passwordHash = await hashPassword(decided.password);
  await replacePassword(sql, { personId, passwordHash, keepSession: sessionId, by: { personId, address } });
  return { personId };
}

interface ChangedBy {
  personId: number;
  address: string;
}

/** One statement, so that no sign-in with the old password outlives it. */
async function replacePassword(
  sql: Reader,
  {
    personId,
    passwordHash,
    keepSession,
    by,
  }: { personId: number; passwordHash: string; keepSession: string; by: ChangedBy },
): Promise<void> {
  await sql`
    with changed as (
      update person
         set password_hash = ${passwordHash},
             must_change_password = false
       where person_id = ${personId}
      returning person_id
    ),
    forgotten as (
      update known_device
         set ended_at = now()
        from changed
       where known_device.person_id = changed.person_id
         and known_device.ended_at is null
    ),
    signed_out as (
      update session
         set ended_at = now()
        from changed
       where session.person_id = changed.person_id
         and session.ended_at is null
         and session.session_id <> ${keepSession}
    )
    select ${eventIn(sql, { kind: 'password.changed', personId: by.personId, subjectId: personId, address: by.address })}
      from changed`;
}
