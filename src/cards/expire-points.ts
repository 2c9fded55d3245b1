import {
  type CarryOutRefusal,
  carryOut,
  closedMonths,
  dueCentipoints,
  type PostedOperation,
  pointLots,
  villageTerms,
  yearEndDecision,
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
    const [{ expires, isYearly, households }, months] = await Promise.all([
      expiringPoints(db.sql, villageId, occurredOn),
      closedMonths(db.sql, villageId),
    ]);
    const decided = decideExpiry({ occurredOn }, { today, closedMonths: months, expires, isYearly, households });
    return 'refused' in decided ? decided : { ...decided, occurredOn };
  });
}

/**
 * 年底清零, by itself once the year is over: for the last day of the year, recorded for whoever recorded that the village decided so.
 * Where that December is published already it counts for today. Answers how many households lost something.
 */
export async function expireYearEnd(
  db: Db,
  { villageId, today }: Pick<ExpiryInput, 'villageId' | 'today'>,
): Promise<number> {
  if (!today.slice(5).startsWith('01-')) return 0;
  const decided = await yearEndDecision(db.sql, villageId);
  const lastDay = `${Number(today.slice(0, 4)) - 1}-12-31`;
  if (!decided || decided.since > lastDay) return 0;
  const idempotencyKey = `year-end ${lastDay}`;
  const input = { villageId, idempotencyKey, recordedBy: decided.recordedBy, today };
  const done = await expirePoints(db, { ...input, occurredOn: lastDay });
  const isPublished = 'refused' in done && done.refused === 'month_published';
  const outcome = isPublished ? await expirePoints(db, { ...input, occurredOn: today }) : done;
  return 'refused' in outcome || outcome.isReplay ? 0 : outcome.acts.length;
}

export interface ExpiringPoints {
  expires: boolean;
  /** Unused points go at the end of each year. */
  isYearly: boolean;
  earnedMonths: number | null;
  openingMonths: number | null;
  /** Those who lose something on the day. */
  households: (HouseholdCard & { dueCentipoints: number })[];
}

/** Who would lose what on a day, which may lie ahead: for a notice in time. */
export async function expiringPoints(sql: Reader, villageId: number, day: string): Promise<ExpiringPoints> {
  const [{ earnedMonths, openingMonths }, yearEnd] = await Promise.all([
    villageTerms(sql, villageId),
    yearEndDecision(sql, villageId),
  ]);
  const isYearly = yearEnd !== null;
  const expires = isYearly || earnedMonths !== null || openingMonths !== null;
  const months = { expires, isYearly, earnedMonths, openingMonths };
  if (!expires) return { ...months, households: [] };
  const [lots, cards] = await Promise.all([
    pointLots(sql, villageId, { earnedMonths, openingMonths, yearEndSince: yearEnd?.since ?? null }),
    allCards(sql, villageId),
  ]);
  const households = cards
    .map((card) => ({ ...card, dueCentipoints: dueCentipoints(lots.get(card.accountId)?.lots ?? [], day) }))
    .filter((card) => card.dueCentipoints > 0);
  return { ...months, households };
}
