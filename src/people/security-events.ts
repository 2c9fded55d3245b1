import type { Reader } from '../platform/database/db.ts';

/** What the security log tells of. A kind is a noun or a pair of area and what happened. */
export const SECURITY_EVENTS = [
  'sign_in.done',
  'sign_in.failed',
  'sign_in.throttled',
  'sign_in.copied',
  'sign_in.ended',
  'sign_out',
  'access.refused',
  'proof.failed',
  'password.changed',
  'second_factor.added',
  'second_factor.failed',
  'second_factor.recovered',
  'second_factor.removed',
  'device.added',
  'device.failed',
  'device.locked',
  'device.removed',
  'setting.changed',
  'reset.issued',
  'reset.failed',
  'reset.done',
  'person.appointed',
  'person.dismissed',
  'person.closed',
  'household.copied',
  'card_pin.set',
  'card_pin.changed',
  'card_pin.removed',
  'card_pin.failed',
  'card_pin.locked',
  'card_pin.unlocked',
  'export.downloaded',
  'terminal.administrator',
  'terminal.keys_rotated',
  'terminal.log_closed',
  'terminal.log_imported',
  'terminal.backed_up',
  'terminal.restored',
] as const;

export type SecurityEventKind = (typeof SECURITY_EVENTS)[number];

export interface SecurityEvent {
  kind: SecurityEventKind;
  isRefused?: boolean;
  /** Who does it; null when nobody is known. */
  personId: number | null;
  /** Whom it is about, when that is somebody else. */
  subjectId?: number | null;
  regionId?: number | null;
  /** Where the request came from; null for what the server does by itself. */
  address: string | null;
  /** Codes and numbers: no secret, nothing that was typed, no name. */
  details?: Record<string, string | number>;
}

/**
 * The event as an expression, for `select` in the statement that does what it tells of: the two stand or fall together.
 * `with ended as (update … returning …) select ${eventIn(sql, …)} from ended`
 */
export function eventIn(sql: Reader, event: SecurityEvent) {
  const { kind, isRefused = false, personId, subjectId = null, regionId = null, address, details = {} } = event;
  return sql`record_security_event(
    ${kind}, ${isRefused}, ${personId}::integer, ${subjectId}::integer, ${regionId}::integer, ${address}::text,
    ${sql.json(details)}::jsonb)`;
}

/** An event that stands for itself, or in the transaction of the caller. */
export async function recordSecurityEvent(sql: Reader, event: SecurityEvent): Promise<void> {
  await sql`select ${eventIn(sql, event)}`;
}
