/**
 * 换分值: what a point is worth becomes another, and nobody's points lose any of their worth by it. What a household holds is converted
 * lot by lot, each rounded up to a hundredth for the household; what that gives away beside the worth of before stands in the act, in
 * hundredths of a fen, so before × old rate + rounding = after × new rate, exactly. The shelf is priced anew on the same day: by value ÷
 * new rate where the rate made the price, and where somebody's word made it so that it costs as much as it did, both up to half a point.
 *
 * A line in publicity was agreed to at what it was worth, so it is converted like any part of what a household holds, its own points or
 * the deduction that it will be (that one rounded down, to the good of the household too). Goods that are kept for somebody and prices
 * that wait for a second word are in the old points: they come to their end first. What stood in the record stays as it is.
 */
import type { PublicLine } from '../claims/index.ts';
import type { AccountStatus, ActDraft, Conversion } from '../ledger/index.ts';

/** In order of precedence. */
export type RateRefusal =
  | { refused: 'rate_unchanged'; fenPerPoint: number }
  /** Points or prices would become larger than anything can hold. */
  | { refused: 'rate_too_far' }
  | { refused: 'rate_change_waits'; held: number; proposals: number };

export interface RateBasis {
  fenPerPoint: number;
  openingCentipoints: number;
  /** Kept goods; prices that somebody asked for. */
  held: number;
  proposals: number;
  households: readonly ConvertedHousehold[];
  /** In publicity; those of one household together. */
  lines: readonly PublicLine[];
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
  lines: (PublicLine & { convertedCentipoints: number })[];
  prices: { code: string; name: string; priceCentipoints: number; newCentipoints: number; effective: string }[];
  beforeCentipoints: number;
  afterCentipoints: number;
  openingCentipoints: number;
  /** In hundredths of a fen. */
  rounding: number;
  acts: ActDraft[];
  /** The claims that wait for other points from here on, each with its act, from 1. */
  converted: { claim: string; amount: number; act: number }[];
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
  const { fenPerPoint: was, held, proposals } = basis;
  if (rate === was) return { refused: 'rate_unchanged', fenPerPoint: rate };
  if (held > 0 || proposals > 0) return { refused: 'rate_change_waits', held, proposals };
  const households = basis.households.map((household) => ({
    ...household,
    changeCentipoints: household.convertedCentipoints - household.balanceCentipoints,
  }));
  const prices = basis.goods.flatMap(({ code, name, prices }) =>
    prices
      .filter(({ priceCentipoints, newCentipoints }) => priceCentipoints !== newCentipoints)
      .map((price) => ({ code, name, ...price })),
  );
  const lines = basis.lines.map((line) => ({
    ...line,
    convertedCentipoints: convertedLine(line.amountCentipoints, { was, rate }),
  }));
  const pendingBefore = lines.map(({ amountCentipoints }) => Math.max(amountCentipoints, 0));
  const pendingAfter = lines.map(({ convertedCentipoints }) => Math.max(convertedCentipoints, 0));
  const beforeCentipoints = sumOf([...households.map((each) => each.balanceCentipoints), ...pendingBefore]);
  const afterCentipoints = sumOf([...households.map((each) => each.convertedCentipoints), ...pendingAfter]);
  const openingCentipoints = Math.ceil((basis.openingCentipoints * was) / rate);
  const largest = [openingCentipoints, ...pendingAfter, ...prices.map(({ newCentipoints }) => newCentipoints)];
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
      .map((each) => convert({ ...each, leastCentipoints: each.convertedCentipoints }, { was, rate })),
    ...convertPending(lines, { was, rate }),
    ...prices.map(
      ({ code, newCentipoints: price, effective }): ActDraft => ({
        type: 'goods.price',
        facts: { item: code, price, effective, method: 'newRate' },
      }),
    ),
  ];
  const converted = lines.map(({ claimId: claim, convertedCentipoints: amount, account }) => {
    acts.push({ type: 'claim.convert', facts: { claim, was, rate }, account });
    return { claim, amount, act: acts.length };
  });
  return {
    households,
    lines,
    prices,
    beforeCentipoints,
    afterCentipoints,
    openingCentipoints,
    rounding,
    acts,
    converted,
  };
}

/** Rounded to the good of the household; a deduction stays one. */
function convertedLine(centipoints: number, { was, rate }: Conversion): number {
  const worth = (Math.abs(centipoints) * was) / rate;
  return centipoints > 0 ? Math.ceil(worth) : -Math.max(Math.floor(worth), 1);
}

/** An account of publicity holds the lines of its household, so one entry converts them all. */
function convertPending(lines: RateChange['lines'], conversion: Conversion): ActDraft[] {
  const changes = new Map<number, { line: RateChange['lines'][number]; centipoints: number }>();
  for (const line of lines) {
    if (!line.pending) continue;
    const { accountId } = line.pending;
    const before = changes.get(accountId)?.centipoints ?? 0;
    changes.set(accountId, { line, centipoints: before + line.convertedCentipoints - line.amountCentipoints });
  }
  return [...changes.values()].flatMap(({ line: { pending, number, headName }, centipoints }) =>
    pending && centipoints !== 0
      ? [convert({ ...pending, number, headName, changeCentipoints: centipoints, leastCentipoints: 0 }, conversion)]
      : [],
  );
}

function sumOf(parts: readonly number[]): number {
  return parts.reduce((sum, part) => sum + part, 0);
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
    leastCentipoints,
  }: Pick<ConvertedHousehold, 'accountId' | 'pseudonym' | 'number' | 'headName' | 'status' | 'lastN'> & {
    changeCentipoints: number;
    leastCentipoints: number;
  },
  { was, rate }: Conversion,
): ActDraft {
  return {
    type: 'points.convert',
    facts: { was, rate },
    disclosed: { card: number, household: headName },
    entry: {
      accountId,
      pseudonym,
      amountCentipoints: changeCentipoints,
      expectedN: lastN,
      // What is owed is more points where a point is worth less.
      ...(leastCentipoints < 0 && { leastCentipoints }),
      status: { from: status, to: status },
    },
  };
}
