import { cardPrefix, cardsByNumber } from '../cards/index.ts';
import { type CountedAccount, capUsage, claimTerms, newestClaims, UNUSED, writeClaims } from '../claims/index.ts';
import { type CarryOutRefusal, carryOut, closedMonths, type PostedOperation } from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { newPublicId } from '../platform/ids.ts';
import { isOutsideLimits, ruleOn, ruleTerms } from '../rules/index.ts';
import {
  type AwardBasis,
  type AwardRefusal,
  type AwardRequest,
  decideAwardPreview,
  decideAwards,
} from './decide-awards.ts';

export interface AwardInput extends AwardRequest {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/** The most households that one request may name. */
export const MOST_CARDS = 2000;

/**
 * 加分 and 扣分: one rule, one day, any number of households; all or none. What the village wants somebody to agree to first becomes
 * a claim instead and moves no points yet.
 */
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
    const { basis, counted } = await awardBasis(db.sql, villageId, input, today);
    const decided = decideAwards(input, { ...basis, recordedBy });
    if ('refused' in decided) return decided;
    const { acts, claims: added } = decided;
    const isPlain = added.length === 0 && counted.length === 0;
    return { acts, occurredOn, ...(!isPlain && { write: writeClaims({ accounts: counted, added }) }) };
  });
}

/** The same decision without the posting, card by card, for the preview that shows each balance after. */
export async function previewAwards(sql: Reader, villageId: number, request: AwardRequest, today: string) {
  const { basis } = await awardBasis(sql, villageId, request, today);
  return decideAwardPreview(request, basis);
}

interface CountedBasis {
  basis: AwardBasis;
  /** Of whose claims the limits were counted: another one in the meantime would leave less room. */
  counted: CountedAccount[];
}

async function awardBasis(sql: Reader, villageId: number, request: AwardRequest, today: string): Promise<CountedBasis> {
  const { occurredOn } = request;
  const [months, rule, limits, prefix, cards, approval] = await Promise.all([
    closedMonths(sql, villageId),
    ruleOn(sql, villageId, request.rule, occurredOn),
    ruleTerms(sql, villageId),
    cardPrefix(sql, villageId),
    cardsByNumber(sql, villageId, [...request.cards]),
    claimTerms(sql, villageId),
  ]);
  const basis = {
    today,
    closedMonths: months,
    limits,
    approval,
    cardPrefix: prefix,
    drawClaimId: newPublicId,
    recordedBy: null,
  };
  if (!rule) return { basis: { ...basis, rule, cards }, counted: [] };
  const known = { ...rule, isOutsideLimits: isOutsideLimits(rule) };
  const hasLimit = limits.monthMaxCentipoints !== null || limits.yearMaxCentipoints !== null;
  const isLimited = rule.capPeriod !== null || (hasLimit && rule.pointsCentipoints > 0 && !known.isOutsideLimits);
  if (!isLimited) return { basis: { ...basis, rule: known, cards }, counted: [] };
  // After the cards, so that an award in between makes the numbers of their last entries old.
  const accountIds = cards.map(({ accountId }) => accountId);
  const counted = await newestClaims(sql, villageId, accountIds);
  const usage = await capUsage(sql, { villageId, accountIds, rule, occurredOn });
  return {
    basis: {
      ...basis,
      rule: known,
      cards: cards.map((card) => ({ ...card, used: usage.get(card.accountId) ?? UNUSED })),
    },
    counted,
  };
}
