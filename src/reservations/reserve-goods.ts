import { checkCardPin, type PinCheckRefusal } from '../cards/index.ts';
import { decideRedemption, type RedemptionRefusal, redemptionBasis } from '../exchange/index.ts';
import { type CarryOutRefusal, carryOut, findPosted, isHolding, type PostedOperation } from '../ledger/index.ts';
import { addDays } from '../platform/clock.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { villageSettings } from '../settings/index.ts';
import { decideHolding, type HoldingRefusal, keptUntil } from './decide-reservation.ts';

export interface ReservingInput {
  villageId: number;
  /** Card number. */
  card: string;
  lines: readonly { code: string; quantity: number }[];
  /** From its own card, without signing in; digits are asked where the household has some. */
  isByHousehold: boolean;
  pin?: string | undefined;
  address?: string | undefined;
  idempotencyKey: string;
  /** Who wrote it down, or HOUSEHOLD_ITSELF. */
  recordedBy: number;
  today: string;
}

export type ReservingRefusal = RedemptionRefusal | HoldingRefusal | PinCheckRefusal;

/** 预留: decided as an exchange of today, but what is taken is only kept. */
export async function reserveGoods(
  db: Db,
  input: ReservingInput,
): Promise<PostedOperation | ReservingRefusal | CarryOutRefusal> {
  const { villageId, card: number, isByHousehold, idempotencyKey, recordedBy, today } = input;
  const lines = input.lines.map(({ code, quantity }) => ({ code, quantity }));
  const content = { card: number, lines, isByHousehold };
  const request = { villageId, kind: 'reservation', idempotencyKey, request: content, recordedBy } as const;
  let isPinRight = false;
  return carryOut<ReservingRefusal>(db, request, async () => {
    const [basis, settings] = await Promise.all([
      redemptionBasis(db, { villageId, card: number, lines, today }),
      villageSettings(db.sql, villageId),
    ]);
    const decided = decideRedemption({ card: number, lines }, basis);
    if ('refused' in decided) return decided;
    const { card } = basis;
    const [{ entry, moves = [], facts, disclosed = {} }] = decided.acts;
    if (!card || !entry) throw new Error('an exchange has a card and an entry');
    const lots = moves.map(({ lotId }) => lotId);
    const { heldCount, useBy } = await holdingBasis(db.sql, { villageId, accountId: card.accountId, lots });
    const mayHouseholds = settings.householdsReserve;
    const against = decideHolding({ isByHousehold, mayHouseholds, heldCount });
    if (against) return against;
    if (isByHousehold && card.hasPin && !isPinRight) {
      const refusal = await refuseDigits(db.sql, input, request);
      if (refusal) return refusal;
      isPinRight = true;
    }
    const until = keptUntil(addDays(today, settings.reservationDays), useBy);
    return {
      acts: [
        {
          type: 'points.hold',
          facts: { ...facts, until },
          disclosed,
          // Two at once would both find room for one more.
          entry: { ...entry, expectedN: card.lastN },
          moves,
        },
      ],
      occurredOn: today,
      // Nothing was handed out, so it is no part of any month's record.
      isCorrection: true,
    };
  });
}

async function holdingBasis(
  sql: Reader,
  { villageId, accountId, lots }: { villageId: number; accountId: number; lots: readonly number[] },
): Promise<{ heldCount: number; useBy: (string | null)[] }> {
  const [found] = await sql<{ heldCount: number; useBy: (string | null)[] }[]>`
    select (
             select count(*)::integer
               from act
               join entry
                 on entry.village_id = act.village_id
                and entry.seq = act.seq
              where act.village_id = ${villageId}
                and entry.account_id = ${accountId}
                and ${isHolding(sql)}
           ) as "heldCount",
           (
             select coalesce(jsonb_agg(use_by), '[]')
               from stock_lot
              where village_id = ${villageId}
                and lot_id = any(${[...lots]}::integer[])
           ) as "useBy"`;
  if (!found) throw new Error('a query without a table answers one row');
  return found;
}

/** A repeat of what was done is answered without asking again. */
async function refuseDigits(
  sql: Reader,
  { villageId, card: number, pin, today, recordedBy, address }: ReservingInput,
  request: Parameters<typeof findPosted>[1],
): Promise<PinCheckRefusal | null> {
  if ((await findPosted(sql, request)) !== null) return null;
  return checkCardPin(sql, { villageId, personId: recordedBy, address: address ?? null }, { number, pin, today });
}
