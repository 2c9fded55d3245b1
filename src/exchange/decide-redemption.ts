import type { QuotaUse } from '../goods/index.ts';
import type { AccountStatus, ActDraft, MoveDraft } from '../ledger/index.ts';

/** In order of precedence. */
export type RedemptionRefusal =
  | { refused: 'card_of_another_village'; number: string }
  | { refused: 'unknown_card'; number: string }
  | { refused: 'card_not_open'; number: string }
  | { refused: 'card_frozen'; number: string }
  | { refused: 'card_closed'; number: string }
  | { refused: 'unknown_goods'; goods: string }
  | { refused: 'price_changed'; quotedCentipoints: number; spentCentipoints: number }
  | { refused: 'month_quota_reached'; goods: string; most: number; taken: number; wanted: number }
  | { refused: 'year_quota_reached'; goods: string; most: number; taken: number; wanted: number }
  | {
      refused: 'gift_points_locked';
      balanceCentipoints: number;
      lockedCentipoints: number;
      earnCentipoints: number;
      spendableCentipoints: number;
      spentCentipoints: number;
    }
  | {
      refused: 'base_not_spendable';
      balanceCentipoints: number;
      baseCentipoints: number;
      spendableCentipoints: number;
      spentCentipoints: number;
    }
  | { refused: 'insufficient_points'; balanceCentipoints: number; spentCentipoints: number; missingCentipoints: number }
  | { refused: 'out_of_stock'; goods: string; wanted: number; quantityOnHand: number };

export interface RedemptionRequest {
  /** Card number. */
  card: string;
  lines: readonly { code: string; quantity: number }[];
  /** The total that the person at the counter agreed to, where one was shown. */
  quotedCentipoints?: number | undefined;
}

export interface RedemptionBasis {
  /** The digits with which every card number of this village begins. */
  cardPrefix: string;
  card: {
    number: string;
    accountId: number;
    pseudonym: string;
    headName: string;
    status: AccountStatus;
    balanceCentipoints: number;
    /** What stays on every card of the village; 0 where all can be spent. */
    baseCentipoints: number;
    /** What it was given and has not matched yet, and what it has to earn for that. */
    lockedCentipoints: number;
    earnCentipoints: number;
    /** The number of the account's last entry. */
    lastN: number;
    /** The household asked for digits at the counter. */
    hasPin: boolean;
  } | null;
  goods: readonly {
    goodsId: number;
    code: string;
    priceCentipoints: number;
    /** What may be handed out today, first expiring first. */
    lots: readonly { lotId: number; quantityOnHand: number }[];
  }[];
  /** What the household may fetch and has fetched; null where the village has no such limits. */
  quotas: readonly QuotaUse[] | null;
}

export interface RedemptionDraft {
  acts: [ActDraft];
  spentCentipoints: number;
  balanceAfterCentipoints: number;
}

/** Points for goods: one act that takes the points and issues the goods, or the first reason why not. */
export function decideRedemption(
  request: RedemptionRequest,
  { cardPrefix, card, goods, quotas }: RedemptionBasis,
): RedemptionRefusal | RedemptionDraft {
  const number = request.card;
  if (!card) return { refused: number.startsWith(cardPrefix) ? 'unknown_card' : 'card_of_another_village', number };
  if (card.status === 'registered') return { refused: 'card_not_open', number };
  if (card.status === 'frozen') return { refused: 'card_frozen', number };
  if (card.status === 'closed') return { refused: 'card_closed', number };

  const byCode = new Map(goods.map((item) => [item.code, item]));
  const wanted = sumByCode(request.lines);
  const unknown = [...wanted.keys()].find((code) => !byCode.has(code));
  if (unknown !== undefined) return { refused: 'unknown_goods', goods: unknown };

  const lines = [...wanted].map(([code, quantity]) => ({
    item: byCode.get(code) as RedemptionBasis['goods'][number],
    quantity,
  }));
  const spentCentipoints = lines.reduce((sum, { item, quantity }) => sum + item.priceCentipoints * quantity, 0);
  const { quotedCentipoints } = request;
  if (quotedCentipoints !== undefined && quotedCentipoints !== spentCentipoints) {
    return { refused: 'price_changed', quotedCentipoints, spentCentipoints };
  }
  const overQuota = refuseQuota(wanted, quotas ?? []);
  if (overQuota) return overQuota;
  const { balanceCentipoints, baseCentipoints, lockedCentipoints, earnCentipoints } = card;
  const balanceAfterCentipoints = balanceCentipoints - spentCentipoints;
  const keptCentipoints = baseCentipoints + lockedCentipoints;
  const spendableCentipoints = Math.max(balanceCentipoints - keptCentipoints, 0);
  if (lockedCentipoints > 0 && balanceAfterCentipoints >= 0 && balanceAfterCentipoints < keptCentipoints) {
    return {
      refused: 'gift_points_locked',
      balanceCentipoints,
      lockedCentipoints,
      earnCentipoints,
      spendableCentipoints,
      spentCentipoints,
    };
  }
  if (baseCentipoints > 0 && balanceAfterCentipoints < baseCentipoints) {
    return {
      refused: 'base_not_spendable',
      balanceCentipoints,
      baseCentipoints,
      spendableCentipoints,
      spentCentipoints,
    };
  }
  if (balanceAfterCentipoints < 0) {
    return {
      refused: 'insufficient_points',
      balanceCentipoints,
      spentCentipoints,
      missingCentipoints: -balanceAfterCentipoints,
    };
  }

  const moves: MoveDraft[] = [];
  for (const { item, quantity } of lines) {
    const issued = issueFirstExpiring(item, quantity);
    if (!issued) {
      const quantityOnHand = item.lots.reduce((sum, lot) => sum + lot.quantityOnHand, 0);
      return { refused: 'out_of_stock', goods: item.code, wanted: quantity, quantityOnHand };
    }
    moves.push(...issued);
  }
  const act: ActDraft = {
    type: 'points.redeem',
    facts: { goods: lines.map(({ item, quantity }) => ({ code: item.code, price: item.priceCentipoints, quantity })) },
    disclosed: { card: number, household: card.headName },
    entry: {
      accountId: card.accountId,
      pseudonym: card.pseudonym,
      amountCentipoints: -spentCentipoints,
      // Two tills at once would both find room for the last piece, and a point that is worth less since would pay the old price.
      expectedN: card.lastN,
      ...(keptCentipoints > 0 && { leastCentipoints: keptCentipoints }),
    },
    moves,
  };
  return { acts: [act], spentCentipoints, balanceAfterCentipoints };
}

/** The same goods twice in a basket are one line, so that stock and price are checked against the whole of it. */
function sumByCode(lines: RedemptionRequest['lines']): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { code, quantity } of lines) sums.set(code, (sums.get(code) ?? 0) + quantity);
  return sums;
}

/** 限量: the first goods of which the household would have more than its share of the month or year. */
function refuseQuota(wanted: ReadonlyMap<string, number>, quotas: readonly QuotaUse[]): RedemptionRefusal | null {
  for (const { code, monthMax, monthTaken, yearMax, yearTaken } of quotas) {
    const asked = { goods: code, wanted: wanted.get(code) ?? 0 };
    if (monthMax !== null && monthTaken + asked.wanted > monthMax) {
      return { refused: 'month_quota_reached', ...asked, most: monthMax, taken: monthTaken };
    }
    if (yearMax !== null && yearTaken + asked.wanted > yearMax) {
      return { refused: 'year_quota_reached', ...asked, most: yearMax, taken: yearTaken };
    }
  }
  return null;
}

/** Takes from the lots in their order; null when they do not hold enough. */
function issueFirstExpiring(item: RedemptionBasis['goods'][number], quantity: number): MoveDraft[] | null {
  const moves: MoveDraft[] = [];
  let left = quantity;
  for (const { lotId, quantityOnHand } of item.lots) {
    if (left === 0) break;
    const taken = Math.min(left, quantityOnHand);
    moves.push({ lotId, quantity: -taken, unitPriceCentipoints: item.priceCentipoints });
    left -= taken;
  }
  return left === 0 ? moves : null;
}
