/**
 * 换分值: what a point is worth becomes another, and nobody's points lose any of their worth by it. What a household holds is converted
 * lot by lot, each rounded up to a hundredth for the household; what that gives away beside the worth of before stands in the act, in
 * hundredths of a fen, so before × old rate + rounding = after × new rate, exactly. The shelf is priced anew on the same day: by value ÷
 * new rate where the rate made the price, and where somebody's word made it so that it costs as much as it did, both up to half a point.
 *
 * Points in publicity, goods that are kept for somebody and prices that wait for a second word are all in the old points: they come
 * to their end first. What stood in the record stays as it is.
 */
import type { AccountStatus, ActDraft } from '../ledger/index.ts';

/** In order of precedence. */
export type RateRefusal =
  | { refused: 'rate_unchanged'; fenPerPoint: number }
  /** Points or prices would become larger than anything can hold. */
  | { refused: 'rate_too_far' }
  | { refused: 'rate_change_waits'; pendingCentipoints: number; held: number; proposals: number };

export interface RateBasis {
  fenPerPoint: number;
  openingCentipoints: number;
  /** In publicity; kept goods; prices that somebody asked for. */
  pendingCentipoints: number;
  held: number;
  proposals: number;
  households: readonly ConvertedHousehold[];
  goods: readonly PricedGoods[];
}

export interface ConvertedHousehold {
  accountId: number;
  pseudonym: string;
  number: string;
  headName: string;
  groupName: string;
  status: AccountStatus;
  lastN: number;
  balanceCentipoints: number;
  /** What its lots come to at the new rate. */
  convertedCentipoints: number;
}

export interface PricedGoods {
  code: string;
  name: string;
  /** What it costs today, and what was announced for later days; with what each becomes at the new rate. */
  prices: readonly { priceCentipoints: number; newCentipoints: number; effective: string }[];
}

export interface RateChange {
  households: (ConvertedHousehold & { changeCentipoints: number })[];
  prices: { code: string; name: string; priceCentipoints: number; newCentipoints: number; effective: string }[];
  beforeCentipoints: number;
  afterCentipoints: number;
  openingCentipoints: number;
  /** In hundredths of a fen. */
  rounding: number;
  acts: ActDraft[];
}

/** Ten million points. */
const MOST_CENTIPOINTS = 1_000_000_000;

export interface RateRequest {
  fenPerPoint: number;
  reason: string;
}

export function decideRateChange(
  { fenPerPoint: rate, reason }: RateRequest,
  basis: RateBasis,
): RateRefusal | RateChange {
  const { fenPerPoint: was, pendingCentipoints, held, proposals } = basis;
  if (rate === was) return { refused: 'rate_unchanged', fenPerPoint: rate };
  if (pendingCentipoints > 0 || held > 0 || proposals > 0) {
    return { refused: 'rate_change_waits', pendingCentipoints, held, proposals };
  }
  const households = basis.households.map((household) => ({
    ...household,
    changeCentipoints: household.convertedCentipoints - household.balanceCentipoints,
  }));
  const prices = basis.goods.flatMap(({ code, name, prices }) =>
    prices
      .filter(({ priceCentipoints, newCentipoints }) => priceCentipoints !== newCentipoints)
      .map((price) => ({ code, name, ...price })),
  );
  const beforeCentipoints = households.reduce((sum, { balanceCentipoints }) => sum + balanceCentipoints, 0);
  const afterCentipoints = households.reduce((sum, { convertedCentipoints }) => sum + convertedCentipoints, 0);
  const openingCentipoints = Math.ceil((basis.openingCentipoints * was) / rate);
  const largest = [openingCentipoints, ...prices.map(({ newCentipoints }) => newCentipoints)];
  if (Math.max(...largest) > MOST_CENTIPOINTS || afterCentipoints * rate > Number.MAX_SAFE_INTEGER) {
    return { refused: 'rate_too_far' };
  }
  const rounding = afterCentipoints * rate - beforeCentipoints * was;
  const facts = {
    rate,
    was,
    opening: openingCentipoints,
    before: beforeCentipoints,
    after: afterCentipoints,
    rounding,
  };
  const acts: ActDraft[] = [
    { type: 'rate.change', facts, disclosed: { reason } },
    ...households
      .filter(({ changeCentipoints }) => changeCentipoints !== 0)
      .map((each) => convert(each, { was, rate })),
    ...prices.map(
      ({ code, newCentipoints: price, effective }): ActDraft => ({
        type: 'goods.price',
        facts: { item: code, price, effective, method: 'newRate' },
      }),
    ),
  ];
  return { households, prices, beforeCentipoints, afterCentipoints, openingCentipoints, rounding, acts };
}

/** Also on a frozen card: its points are worth what they were. What was converted is what stood on the card at that entry. */
function convert(
  {
    accountId,
    pseudonym,
    number,
    headName,
    status,
    lastN,
    changeCentipoints,
  }: ConvertedHousehold & { changeCentipoints: number },
  facts: { was: number; rate: number },
): ActDraft {
  return {
    type: 'points.convert',
    facts,
    disclosed: { card: number, household: headName },
    entry: {
      accountId,
      pseudonym,
      amountCentipoints: changeCentipoints,
      expectedN: lastN,
      status: { from: status, to: status },
    },
  };
}
