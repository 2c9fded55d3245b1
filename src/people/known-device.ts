/**
 * Signing in with six digits on a browser that is known. The browser holds a random token and the person knows the digits, so
 * neither alone opens anything; after five wrong ones the device is unknown again. Only for people who work at the counter and
 * nowhere else, who sign in every day in front of a queue. Whatever ends the trust in a password ends it in every device.
 */
import { createHash } from 'node:crypto';
import type { Reader } from '../platform/database/db.ts';
import { newPublicToken } from '../platform/ids.ts';
import { type Device, decideDevice } from './decide-device.ts';
import { decidePin, type PinRefusal } from './decide-pin.ts';
import { worksAtTheCounter } from './decide-session.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import type { Role } from './permissions.ts';
import { eventIn } from './security-events.ts';
import { openSession, type SignIn } from './sessions.ts';
import type { RequestFacts } from './sign-in.ts';

const DEVICE_DAYS = 90;
const MOST_WRONG_PINS = 5;

export interface KnownPerson {
  deviceId: number;
  personId: number;
  displayName: string;
}

/** Who may sign in with six digits on the browser that holds the token. */
export async function peopleKnownTo(sql: Reader, token: string | undefined): Promise<KnownPerson[]> {
  if (!token) return [];
  return sql<KnownPerson[]>`
    select device_id as "deviceId", person_id as "personId", display_name as "displayName"
      from known_device
      join person using (person_id)
     where token_hash = ${hashOf(token)}
       and ${isTrusted(sql)}
       and disabled_at is null
     order by known_device.last_used_at desc`;
}

export interface OwnDevice {
  deviceId: number;
  device: Device;
  createdAt: Date;
  lastUsedAt: Date;
}

/** The browsers that know a person. */
export async function knownDevices(sql: Reader, personId: number): Promise<OwnDevice[]> {
  return sql<OwnDevice[]>`
    select device_id as "deviceId",
           jsonb_build_object('browser', browser, 'system', system) as device,
           created_at as "createdAt",
           last_used_at as "lastUsedAt"
      from known_device
     where person_id = ${personId}
       and ${isTrusted(sql)}
     order by last_used_at desc`;
}

function isTrusted(sql: Reader) {
  return sql`known_device.ended_at is null and known_device.expires_at > now()`;
}

/** True when somebody may choose six digits: at the counter, and nowhere else. */
export function mayUsePin({ appointments }: { appointments: readonly { role: Role }[] }): boolean {
  return worksAtTheCounter(appointments.map(({ role }) => role));
}

export interface DeviceDraft {
  personId: number;
  pin: string;
  /** What the browser holds already, as somebody else's device or this person's of before. */
  token: string | undefined;
  userAgent: string | undefined;
  address: string;
}

/** Makes the browser known. The caller has asked for the password just before. */
export async function trustDevice(
  sql: Reader,
  { personId, pin, token, userAgent, address }: DeviceDraft,
): Promise<{ token: string; expiresAt: Date } | PinRefusal> {
  const decided = decidePin(pin);
  if ('refused' in decided) return decided;
  // Several people share the office's computer: one token, a row for each of them.
  const isShared = (await peopleKnownTo(sql, token)).length > 0;
  const kept = isShared && token ? token : newPublicToken();
  const device = decideDevice(userAgent);
  const expiresAt = new Date(Date.now() + DEVICE_DAYS * 86_400_000);
  const pinHash = await hashPassword(decided.pin);
  await sql`
    with replaced as (
      update known_device
         set ended_at = now()
       where person_id = ${personId}
         and token_hash = ${hashOf(kept)}
         and ended_at is null
    ),
    added as (
      insert into known_device (person_id, token_hash, pin_hash, browser, system, expires_at)
      values (${personId}, ${hashOf(kept)}, ${pinHash}, ${device.browser}, ${device.system}, ${expiresAt})
      returning device_id
    )
    select ${eventIn(sql, { kind: 'device.added', personId, address })}
      from added`;
  return { token: kept, expiresAt };
}

/** In order of precedence. */
export type PinSignInRefusal = { refused: 'device_unknown' } | { refused: 'wrong_pin'; attemptsLeft: number };

interface PinInput {
  deviceId: number;
  pin: string;
  token: string | undefined;
  today: string;
  address: string;
}

/** Signs in with six digits. */
export async function signInWithPin(
  sql: Reader,
  { deviceId, pin, token, ...request }: RequestFacts & PinInput,
): Promise<SignIn | PinSignInRefusal> {
  const { address, today, surface, userAgent } = request;
  const checked = await checkPin(sql, { deviceId, pin, token, today, address });
  if ('refused' in checked) return checked;
  return openSession(sql, { ...checked, today, surface, device: decideDevice(userAgent), address, by: 'pin' });
}

/** Whose six digits these are. A guess counts before it is checked, so that many at once gain nothing. */
export async function checkPin(
  sql: Reader,
  { deviceId, pin, token, today, address }: PinInput,
): Promise<{ personId: number } | PinSignInRefusal> {
  const [device] = await sql<{ personId: number; pinHash: string; wrongPins: number; roles: Role[] }[]>`
    update known_device
       set wrong_pins = wrong_pins + 1
      from person
     where device_id = ${deviceId}
       and token_hash = ${hashOf(token ?? '')}
       and ${isTrusted(sql)}
       and wrong_pins < ${MOST_WRONG_PINS}
       and person.person_id = known_device.person_id
       and person.disabled_at is null
    returning person.person_id as "personId",
              pin_hash as "pinHash",
              wrong_pins as "wrongPins",
              array(
                select role
                  from appointment
                 where appointment.person_id = person.person_id
                   and starts_on <= ${today}
                   and (ends_on is null or ends_on > ${today})
              ) as roles`;
  // Who has another office by now signs in as the office does.
  if (!device || !worksAtTheCounter(device.roles)) return { refused: 'device_unknown' };
  const { personId, wrongPins } = device;
  if (await verifyPassword(device.pinHash, pin.normalize('NFKC').trim())) {
    await sql`update known_device set wrong_pins = 0, last_used_at = now() where device_id = ${deviceId}`;
    return { personId };
  }
  const isLocked = wrongPins >= MOST_WRONG_PINS;
  await sql`
    with locked as (
      update known_device
         set ended_at = case when ${isLocked} then now() else ended_at end
       where device_id = ${deviceId}
      returning device_id
    )
    select ${eventIn(sql, { kind: isLocked ? 'device.locked' : 'device.failed', isRefused: true, personId, address })}
      from locked`;
  return isLocked ? { refused: 'device_unknown' } : { refused: 'wrong_pin', attemptsLeft: MOST_WRONG_PINS - wrongPins };
}

/** The person takes the trust back from one of their devices. */
export async function forgetDevice(
  sql: Reader,
  { personId, deviceId, address }: { personId: number; deviceId: number; address: string },
): Promise<void> {
  await sql`
    with removed as (
      update known_device
         set ended_at = now()
       where person_id = ${personId}
         and device_id = ${deviceId}
         and ended_at is null
      returning device_id
    )
    select ${eventIn(sql, { kind: 'device.removed', personId, address })}
      from removed`;
}

/** 130 random bits need no slow hash. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
