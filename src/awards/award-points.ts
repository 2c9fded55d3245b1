import { cardPrefix, cardsByNumber } from '../cards/index.ts';
import { type CarryOutRefusal, carryOut, closedMonths, type PostedOperation } from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { isOutsideLimits, ruleOn, ruleTerms } from '../rules/index.ts';
import { capUsage } from './cap-usage.ts';
import {
  type AwardBasis,
  type AwardRefusal,
  type AwardRequest,
  decideAwardPreview,
  decideAwards,
} from './decide-awards.ts';
import { UNUSED } from './decide-caps.ts';

export interface AwardInput extends AwardRequest {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/** The most households that one request may name. */
export const MOST_CARDS = 2000;

/** 加分 and 扣分: one rule, one day, any number of households; all or none. */
export async function awardPoints(
  db: Db,
  input: AwardInput,
): Promise<PostedOperation | AwardRefusal | CarryOutRefusal> {
  const { villageId, idempotencyKey, recordedBy, today, rule, occurredOn, cards, note = null } = input;
  const request = {
    villageId,
    kind: 'award',
    idempotencyKey,
    request: { rule, occurredOn, cards, note },
    recordedBy,
  } as const;
  return carryOut<AwardRefusal>(db, request, async () => {
    const decided = decideAwards(input, await awardBasis(db.sql, villageId, input, today));
    return 'refused' in decided ? decided : { acts: decided.acts, occurredOn };
  });
}

/** The same decision without the posting, card by card, for the preview that shows each balance after. */
export async function previewAwards(sql: Reader, villageId: number, request: AwardRequest, today: string) {
  return decideAwardPreview(request, await awardBasis(sql, villageId, request, today));
}

async function awardBasis(sql: Reader, villageId: number, request: AwardRequest, today: string): Promise<AwardBasis> {
  const { occurredOn } = request;
  const [months, rule, limits, prefix, cards] = await Promise.all([
    closedMonths(sql, villageId),
    ruleOn(sql, villageId, request.rule, occurredOn),
    ruleTerms(sql, villageId),
    cardPrefix(sql, villageId),
    cardsByNumber(sql, villageId, [...request.cards]),
  ]);
  const basis = { today, closedMonths: months, limits, cardPrefix: prefix };
  if (!rule) return { ...basis, rule, cards };
  const known = { ...rule, isOutsideLimits: isOutsideLimits(rule) };
  const hasLimit = limits.monthMaxCentipoints !== null || limits.yearMaxCentipoints !== null;
  const isLimited = rule.capPeriod !== null || (hasLimit && rule.pointsCentipoints > 0 && !known.isOutsideLimits);
  if (!isLimited) return { ...basis, rule: known, cards };
  // After the cards, so that an award in between makes the numbers of their last entries old.
  const accountIds = cards.map(({ accountId }) => accountId);
  const usage = await capUsage(sql, { villageId, accountIds, rule, occurredOn });
  return {
    ...basis,
    rule: known,
    cards: cards.map((card) => ({ ...card, used: usage.get(card.accountId) ?? UNUSED })),
  };
}
