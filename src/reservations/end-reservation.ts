import { type AtCounter, type AtCounterRefusal, keptPresence, refusePin, whoIsThere } from '../exchange/index.ts';
import {
  type ActDraft,
  type CarryOutRefusal,
  carryOut,
  type PostedOperation,
  type PostingAnswer,
  postingParameter,
  type WriteOperation,
} from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { nextState, type ReservationEvent, type ReservationStateRefusal } from './decide-reservation.ts';
import { type Reservation, reservationBySeq, reservations } from './reservations.ts';

interface One {
  villageId: number;
  /** The number of the act that keeps the goods. */
  seq: number;
  today: string;
}

/** In order of precedence. */
export type EndingRefusal =
  | { refused: 'unknown_reservation' }
  | ReservationStateRefusal
  /** Frozen cards neither earn nor spend, and what is kept for them stays kept. */
  | { refused: 'card_frozen'; number: string };

const CAUSES = { cancel: 'cancelled', lapse: 'lapsed', hand_over: 'fetched' } as const;

/** 取消预留: points and goods come back, the points as old as they were. */
export async function cancelReservation(
  db: Db,
  one: One & { idempotencyKey: string; recordedBy: number; accountId?: number | undefined },
): Promise<PostedOperation | EndingRefusal | CarryOutRefusal> {
  const { villageId, seq, idempotencyKey, recordedBy, accountId } = one;
  const request = { villageId, kind: 'release', idempotencyKey, request: { seq }, recordedBy } as const;
  return carryOut<EndingRefusal>(db, request, async () => {
    const found = await endable(db, one, 'cancel');
    if ('refused' in found) return found;
    // From its own card a household reaches its own reservations alone.
    if (accountId !== undefined && found.accountId !== accountId) return { refused: 'unknown_reservation' };
    return { acts: [giveBack(found, 'cancel')], occurredOn: found.reservedOn, isCorrection: true };
  });
}

/** 到期退回: whatever is still held after its last day. Nobody decides anything, so it may be asked for at any time, twice at once too. */
export async function lapseReservations(
  db: Db,
  { villageId, today }: { villageId: number; today: string },
): Promise<number> {
  const held = await reservations(db.sql, { villageId, today }, { heldOnly: true, limit: MOST_A_ROUND });
  let lapsed = 0;
  for (const { seq, recordedBy } of held.filter(({ until, isActive }) => until < today && isActive)) {
    const idempotencyKey = `lapse-${seq}`;
    const request = { villageId, kind: 'lapse', idempotencyKey, request: { seq }, recordedBy } as const;
    const outcome = await carryOut<EndingRefusal>(db, request, async () => {
      const found = await endable(db, { villageId, seq, today }, 'lapse');
      if ('refused' in found) return found;
      return { acts: [giveBack(found, 'lapse')], occurredOn: found.reservedOn, isCorrection: true };
    });
    if (!('refused' in outcome) && !outcome.isReplay) lapsed += 1;
  }
  return lapsed;
}

const MOST_A_ROUND = 1_000;

export type HandingOverRefusal = EndingRefusal | { refused: 'reserved_goods_gone' } | AtCounterRefusal;

/**
 * 取货: what was kept is given back and exchanged in one go, at the price of the day on which it was reserved. The exchange is one as
 * any other: slip, record and reversal know nothing of the reservation.
 */
export async function handOver(
  db: Db,
  input: One & Omit<AtCounter, 'card'> & { idempotencyKey: string },
): Promise<PostedOperation | HandingOverRefusal | CarryOutRefusal> {
  const { villageId, seq, today, idempotencyKey, recordedBy } = input;
  const content = { seq, ...keptPresence(input) };
  const request = { villageId, kind: 'redemption', idempotencyKey, request: content, recordedBy } as const;
  let isPinRight = false;
  return carryOut<HandingOverRefusal>(db, request, async () => {
    const found = await endable(db, input, 'hand_over');
    if ('refused' in found) return found;
    if (found.isRestricted) return { refused: 'reserved_goods_gone' };
    const at: AtCounter = { ...input, card: found.cardNumber };
    const present = await whoIsThere(db, at, found.accountId);
    if ('refused' in present) return present;
    if (found.hasPin && !isPinRight) {
      const refusal = await refusePin(db, at, request);
      if (refusal) return refusal;
      isPinRight = true;
    }
    const { facts, disclosed, logSize } = present;
    const { accountId, pseudonym, centipoints, cardNumber, headName, lines, moves } = found;
    const release = postingParameter({
      villageId,
      kind: 'release',
      idempotencyKey: `${idempotencyKey} release`,
      request: { seq },
      recordedBy,
      acts: [giveBack(found, 'hand_over')],
      occurredOn: found.reservedOn,
      isCorrection: true,
      ...(logSize !== undefined && { expectedSize: logSize }),
    });
    const goods = lines.map(({ code, priceCentipoints, quantity }) => ({ code, price: priceCentipoints, quantity }));
    return {
      acts: [
        {
          type: 'points.redeem',
          facts: { goods, hold: seq, ...facts },
          disclosed: { card: cardNumber, household: headName, ...disclosed },
          entry: { accountId, pseudonym, amountCentipoints: -centipoints },
          moves,
        },
      ],
      occurredOn: today,
      isCorrection: true,
      write: handingOver(release),
    };
  });
}

async function endable(
  db: Db,
  { villageId, seq, today }: One,
  event: ReservationEvent,
): Promise<Reservation | EndingRefusal> {
  const found = await reservationBySeq(db.sql, { villageId, today }, seq);
  if (!found) return { refused: 'unknown_reservation' };
  const next = nextState(found.state, event);
  if ('refused' in next) return next;
  return found.isActive ? found : { refused: 'card_frozen', number: found.cardNumber };
}

/** The opposite of the act that keeps it: what it drew on comes back as if it had never been. */
function giveBack(
  { seq, accountId, pseudonym, centipoints, moves }: Reservation,
  event: keyof typeof CAUSES,
): ActDraft {
  return {
    type: 'points.reverse',
    facts: { of: 'points.hold', cause: CAUSES[event] },
    reversesSeq: seq,
    entry: { accountId, pseudonym, amountCentipoints: centipoints },
    moves: moves.map(({ quantity, ...move }) => ({ ...move, quantity: -quantity })),
  };
}

/** See hand_over_goods.sql. */
function handingOver(release: string): WriteOperation {
  return (sql, villageId, operation) => sql<{ answer: PostingAnswer }[]>`
    select hand_over_goods(${villageId}, ${release}::text::jsonb, ${operation}::text::jsonb) as answer`;
}
