import {
  type CarryOutRefusal,
  carryOut,
  closedMonths,
  dueCentipoints,
  type PostedOperation,
  pointLots,
  villageTerms,
} from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { decideExpiry, type ExpiryRefusal } from './decide-expiry.ts';
import { allCards, type HouseholdCard } from './household-card.ts';

export interface ExpiryInput {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
  /** Everything that is no longer good on this day goes; it counts for this day. */
  occurredOn: string;
}

/** 到期清理: the points of the whole village that are too old, in one operation; it needs no decision but the day. */
export async function expirePoints(
  db: Db,
  { villageId, idempotencyKey, recordedBy, today, occurredOn }: ExpiryInput,
): Promise<PostedOperation | ExpiryRefusal | CarryOutRefusal> {
  const request = { villageId, kind: 'expiry', idempotencyKey, request: { occurredOn }, recordedBy } as const;
  return carryOut<ExpiryRefusal>(db, request, async () => {
    const [{ expires, households }, months] = await Promise.all([
      expiringPoints(db.sql, villageId, occurredOn),
      closedMonths(db.sql, villageId),
    ]);
    const decided = decideExpiry({ occurredOn }, { today, closedMonths: months, expires, households });
    return 'refused' in decided ? decided : { ...decided, occurredOn };
  });
}

export interface ExpiringPoints {
  expires: boolean;
  earnedMonths: number | null;
  openingMonths: number | null;
  /** Those who lose something on the day. */
  households: (HouseholdCard & { dueCentipoints: number })[];
}

/** Who would lose what on a day, which may lie ahead: for a notice in time. */
export async function expiringPoints(sql: Reader, villageId: number, day: string): Promise<ExpiringPoints> {
  const { earnedMonths, openingMonths } = await villageTerms(sql, villageId);
  const expires = earnedMonths !== null || openingMonths !== null;
  const months = { expires, earnedMonths, openingMonths };
  if (!expires) return { ...months, households: [] };
  const [lots, cards] = await Promise.all([
    pointLots(sql, villageId, { earnedMonths, openingMonths }),
    allCards(sql, villageId),
  ]);
  const households = cards
    .map((card) => ({ ...card, dueCentipoints: dueCentipoints(lots.get(card.accountId)?.lots ?? [], day) }))
    .filter((card) => card.dueCentipoints > 0);
  return { ...months, households };
}
