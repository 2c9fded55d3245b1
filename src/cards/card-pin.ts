/**
 * 兑换密码. Setting, changing and removing it are security events and not acts of the public record: they move nobody's points,
 * and a record of them would tell every reader which pseudonyms are not protected. Nothing that was typed is kept but an Argon2id hash.
 */
import { hash, verify } from '@node-rs/argon2';
import { eventIn } from '../people/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { type CardPinRefusal, decideCardPin, foldPin } from './decide-card-pin.ts';
import type { HouseholdCard } from './household-card.ts';

/** As strong as the setting for passwords by OWASP's table, with a third of its memory: several counters check at once. */
const COST = { memoryCost: 7_168, timeCost: 5, parallelism: 1 } as const;

const MOST_WRONG = 5;

/** Why a locked one is opened again: chosen from these, because the security log holds nothing that was typed. */
export const UNLOCK_REASONS = ['mixed_up', 'mistyped', 'somebody_else'] as const;

export type UnlockReason = (typeof UNLOCK_REASONS)[number];

export interface CardPin {
  setAt: Date;
  /** Until the next day, or until it is opened again. */
  isLocked: boolean;
}

/** The household of the row `household` has one. */
export const hasPin = (sql: Reader) => sql`exists (
  select
    from card_pin
   where card_pin.village_id = household.village_id
     and card_pin.household_id = household.household_id
)`;

/** Null where the household asked for none. */
export async function cardPin(
  sql: Reader,
  { villageId, householdId, today }: { villageId: number; householdId: number; today: string },
): Promise<CardPin | null> {
  const [found] = await sql<CardPin[]>`
    select set_at as "setAt",
           coalesce(wrong_on = ${today}, false) and wrong_count >= ${MOST_WRONG} as "isLocked"
      from card_pin
     where village_id = ${villageId}
       and household_id = ${householdId}`;
  return found ?? null;
}

/** Who does it and where, for the security log. */
export interface PinActor {
  villageId: number;
  personId: number;
  address: string | null;
}

/** Sets the digits, or puts others in their place; a lock is gone with the old ones. */
export async function setCardPin(
  sql: Reader,
  actor: PinActor,
  { householdId, number, phone, status }: HouseholdCard,
  typed: string,
): Promise<{ isChange: boolean } | CardPinRefusal | { refused: 'card_closed'; number: string }> {
  if (status === 'closed') return { refused: 'card_closed', number };
  const decided = decideCardPin(typed, { number, phone });
  if ('refused' in decided) return decided;
  const pinHash = await hash(decided.pin, COST);
  const { villageId } = actor;
  const [written] = await sql<{ isChange: boolean }[]>`
    with before as (
      select from card_pin where village_id = ${villageId} and household_id = ${householdId}
    ),
    written as (
      insert into card_pin (village_id, household_id, pin_hash)
      values (${villageId}, ${householdId}, ${pinHash})
          on conflict (village_id, household_id) do update
         set pin_hash = excluded.pin_hash,
             set_at = now(),
             wrong_count = 0,
             wrong_on = null
      returning village_id
    )
    select exists(select from before) as "isChange",
           case when exists(select from before)
                then ${eventOf(sql, 'card_pin.changed', actor, number)}
                else ${eventOf(sql, 'card_pin.set', actor, number)}
           end
      from written`;
  if (!written) throw new Error('a row that was written was not answered');
  return { isChange: written.isChange };
}

export type NoPin = { refused: 'no_card_pin'; number: string };

/** The household wants none any more. */
export async function removeCardPin(
  sql: Reader,
  actor: PinActor,
  { householdId, number }: HouseholdCard,
): Promise<{ removed: true } | NoPin> {
  const removed = await sql`
    with removed as (
      delete from card_pin
       where village_id = ${actor.villageId}
         and household_id = ${householdId}
      returning village_id
    )
    select ${eventOf(sql, 'card_pin.removed', actor, number)}
      from removed`;
  return removed.length > 0 ? { removed: true } : { refused: 'no_card_pin', number };
}

/** Opens a locked one before its day is over. */
export async function unlockCardPin(
  sql: Reader,
  actor: PinActor,
  { householdId, number }: HouseholdCard,
  reason: UnlockReason,
): Promise<{ unlocked: true } | NoPin> {
  const unlocked = await sql`
    with unlocked as (
      update card_pin
         set wrong_count = 0,
             wrong_on = null
       where village_id = ${actor.villageId}
         and household_id = ${householdId}
      returning village_id
    )
    select ${eventOf(sql, 'card_pin.unlocked', actor, number, { reason })}
      from unlocked`;
  return unlocked.length > 0 ? { unlocked: true } : { refused: 'no_card_pin', number };
}

/** In order of precedence. */
export type PinCheckRefusal =
  | { refused: 'pin_needed'; number: string }
  | { refused: 'pin_locked'; number: string }
  | { refused: 'pin_wrong'; number: string; attemptsLeft: number };

/**
 * Null when the digits are right. The guess counts before it is checked, so that many at once gain nothing, and a locked card is
 * hashed against as well, so that the answer takes as long as any other.
 */
export async function checkCardPin(
  sql: Reader,
  actor: PinActor,
  { number, pin = '', today }: { number: string; pin: string | undefined; today: string },
): Promise<PinCheckRefusal | null> {
  const typed = foldPin(pin);
  if (typed === '') return { refused: 'pin_needed', number };
  const [counted] = await sql<{ householdId: number; pinHash: string; wrongCount: number }[]>`
    update card_pin
       set wrong_count = case when wrong_on = ${today} then least(wrong_count, ${MOST_WRONG}) + 1 else 1 end,
           wrong_on = ${today}
      from card
     where card.village_id = ${actor.villageId}
       and card.number = ${number}
       and card.ended_at is null
       and card_pin.village_id = card.village_id
       and card_pin.household_id = card.household_id
    returning card_pin.household_id as "householdId",
              pin_hash as "pinHash",
              wrong_count as "wrongCount"`;
  // Removed while the goods were being put into the bag.
  if (!counted) return null;
  const { householdId, pinHash, wrongCount } = counted;
  const isRight = await verify(pinHash, typed);
  if (wrongCount > MOST_WRONG) return { refused: 'pin_locked', number };
  if (isRight) {
    await sql`
      update card_pin
         set wrong_count = 0
       where village_id = ${actor.villageId}
         and household_id = ${householdId}
         and pin_hash = ${pinHash}`;
    return null;
  }
  const isLocked = wrongCount === MOST_WRONG;
  await sql`select ${eventOf(sql, isLocked ? 'card_pin.locked' : 'card_pin.failed', actor, number)}`;
  return isLocked
    ? { refused: 'pin_locked', number }
    : { refused: 'pin_wrong', number, attemptsLeft: MOST_WRONG - wrongCount };
}

type PinEvent = `card_pin.${'set' | 'changed' | 'removed' | 'failed' | 'locked' | 'unlocked'}`;

function eventOf(
  sql: Reader,
  kind: PinEvent,
  { villageId, personId, address }: PinActor,
  number: string,
  more: Record<string, string> = {},
) {
  const isRefused = kind === 'card_pin.failed' || kind === 'card_pin.locked';
  return eventIn(sql, { kind, isRefused, personId, regionId: villageId, address, details: { card: number, ...more } });
}
